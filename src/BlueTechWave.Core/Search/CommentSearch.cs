using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Search;

/// <summary>
/// How editors find comments by their words. Rows are written in the save of what they are about; those that a store of before, or one
/// that has moved, lacks are made beside the work: see <see cref="FillAsync"/>.
/// </summary>
public abstract class CommentSearch
{
    private const int AtOnce = 500;

    /// <summary>Those in a pile that have all these words, in order of their numbers.</summary>
    public async Task<IQueryable<int>> InAsync(NewsDbContext db, Queue queue, IReadOnlyList<string> words, bool newestFirst, int atMost, CancellationToken cancellation)
    {
        // Where the pile begins: those that wait are the last of a million.
        var pile = db.Comments.In(queue).Select(c => c.Id);
        var first = await (newestFirst ? pile.OrderDescending() : pile.Order()).FirstOrDefaultAsync(cancellation);
        return From(db, queue, words, newestFirst, first, atMost);
    }

    /// <summary>Brings the rows of these up to date, within the save's transaction.</summary>
    internal Task KeepAsync(NewsDbContext db, IEnumerable<Comment> comments) =>
        WriteAsync(db, [.. comments.Select(c => (c.Id, Words(c.Name, c.Body, c.State, c.OpenReports)))]);

    /// <param name="first">None before it is in the pile.</param>
    protected abstract IQueryable<int> From(NewsDbContext db, Queue queue, IReadOnlyList<string> words, bool newestFirst, int first, int atMost);

    internal abstract Task ForgetAsync(NewsDbContext db, IReadOnlyCollection<int> comments);

    /// <summary>Makes the rows that are missing, the newest first, in small steps: who searches meanwhile finds what is there.</summary>
    /// <param name="anew">Those that are there as well.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> FillAsync(NewsDbContext db, bool anew = false, CancellationToken cancellation = default)
    {
        for (var (filled, before) = (0, int.MaxValue); ;)
        {
            if (await MissingAsync(db, before, anew, AtOnce, cancellation) is not { Count: > 0 } ids) return filled;
            (filled, before) = (filled + ids.Count, ids[^1]);
            await using var step = await db.Database.BeginTransactionAsync(cancellation);
            await HoldAsync(db, ids);
            var comments = await db.Comments.AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Name, c.Body, c.State, c.OpenReports }).ToListAsync(cancellation);
            await WriteAsync(db, [.. comments.Select(c => (c.Id, Words(c.Name, c.Body, c.State, c.OpenReports)))]);
            await step.CommitAsync(CancellationToken.None);
        }
    }

    /// <summary>In a descending order.</summary>
    protected abstract Task<List<int>> MissingAsync(NewsDbContext db, int before, bool anew, int atMost, CancellationToken cancellation);

    /// <summary>Nobody saves these between our reading and our writing.</summary>
    protected abstract Task HoldAsync(NewsDbContext db, IReadOnlyCollection<int> comments);

    protected abstract Task WriteAsync(NewsDbContext db, IReadOnlyCollection<(int Comment, string Words)> rows);

    private static string Words(string name, string body, CommentState state, int openReports) => string.Join(' ', CommentWords.Of(name, body, state, openReports));
}
