using System.Data.Common;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Backups;

/// <summary>
/// When the paper was last seen to come back from a backup: by what lies on this node's shelf, and by the log in the store, where
/// another node has said so.
/// </summary>
public sealed class LastProved(BackupShelf shelf, IServiceScopeFactory scopes)
{
    /// <summary>What the log calls it.</summary>
    public const string Act = "Proved";

    public async Task<DateTime?> LastAsync(CancellationToken cancellation = default)
    {
        var (here, elsewhere) = (shelf.LastProved(), await LoggedAsync(cancellation));
        return here > elsewhere || elsewhere is null ? here : elsewhere;
    }

    private async Task<DateTime?> LoggedAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredService<NewsDbContext>().Audit.Where(e => e.Subject == "Backup" && e.SubjectId == null && e.Act == Act)
                .OrderByDescending(e => e.Id).Select(e => (DateTime?)e.At).FirstOrDefaultAsync(cancellation);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // The shelf is there for when the store is not.
            return null;
        }
    }
}
