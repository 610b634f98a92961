using System.Globalization;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Exchange;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Imports;

/// <summary>An old address that leads nowhere, and why.</summary>
/// <param name="IsRight">Nobody should find it: it was never public, or was taken back here.</param>
public sealed record LostAddress(string Path, string Why, bool IsRight);

/// <summary>What the addresses of an old site answer.</summary>
public sealed record AddressParity(int Found, int Moved, IReadOnlyList<LostAddress> Lost)
{
    public bool IsKept => Lost.All(l => l.IsRight);

    public string Summary => string.Create(CultureInfo.InvariantCulture, $"{Found + Moved + Lost.Count:N0} old addresses: {Found:N0} answer 200, {Moved:N0} one 301, {Lost.Count:N0} neither{(Lost.Count == 0 ? "" : IsKept ? ", all of them rightly" : "")}.");

    /// <summary>Those first that should lead somewhere.</summary>
    public IEnumerable<string> LostLines => Lost.OrderBy(l => l.IsRight).ThenBy(l => l.Path, StringComparer.Ordinal).Select(lost => $"{lost.Path}  {lost.Why}{(lost.IsRight ? ": rightly" : "")}");

    public override string ToString() => string.Join('\n', [Summary, .. LostLines.Select(line => $"  {line}")]) + "\n";
}

/// <summary>Walks to every address that readers of the old site know: each answers at once or after one step.</summary>
public sealed class OldAddressCheck(OwnAnswers site, IServiceScopeFactory scopes)
{
    public async Task<AddressParity> WalkAsync(ExportFile export, IProgress<long>? progress, CancellationToken cancellation)
    {
        var (found, moved) = (0, 0);
        List<LostAddress> lost = [];
        var places = OldPlace.Of(export.Read(progress));
        await Parallel.ForEachAsync(places, cancellation, async (place, stop) =>
        {
            var (status, to) = await site.AskAsync(place.Path, stop);
            if (status == StatusCodes.Status200OK)
            {
                Interlocked.Increment(ref found);
                return;
            }

            var why = $"answers {status}";
            if (status == StatusCodes.Status301MovedPermanently && to is not null)
            {
                // Elsewhere is not ours to look.
                var there = to.StartsWith('/') ? (await site.AskAsync(Uri.UnescapeDataString(to), stop)).Status : StatusCodes.Status200OK;
                if (there == StatusCodes.Status200OK)
                {
                    Interlocked.Increment(ref moved);
                    return;
                }

                why = $"leads to {to}, which answers {there}";
            }

            var explained = await WhyAsync(export.Source, place, stop);
            lock (lost) lost.Add(new(place.Path, explained.Why is { } reason ? $"{why}; {reason}" : why, explained.IsRight));
        });
        return new(found, moved, lost);
    }

    private async Task<(string? Why, bool IsRight)> WhyAsync(string source, OldPlace place, CancellationToken cancellation)
    {
        if (place.Closed is { } closed) return (closed, true);
        if (place.Kind is not { } kind) return (null, false);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        if (place.Parent is { } parent)
        {
            // Found as long as what it was brought for is.
            if (await db.ImportedItems.OursAsync(source, ImportedKind.Article, parent, cancellation) is { } article) return await WhyAsync(db, ImportedKind.Article, article, cancellation);
            if (await db.ImportedItems.OursAsync(source, ImportedKind.Page, parent, cancellation) is { } page) return await WhyAsync(db, ImportedKind.Page, page, cancellation);
            return (OldPlace.NotKept, true);
        }

        return await db.ImportedItems.OursAsync(source, kind, place.Id, cancellation) is { } ours ? await WhyAsync(db, kind, ours, cancellation) : (kind == ImportedKind.Picture ? "its file has not been brought" : "it has not been imported", false);
    }

    private static async Task<(string? Why, bool IsRight)> WhyAsync(NewsDbContext db, ImportedKind kind, int ours, CancellationToken cancellation)
    {
        switch (kind)
        {
            case ImportedKind.Article:
                return await db.Articles.Where(a => a.Id == ours).Select(a => (ArticleStatus?)a.Status).FirstOrDefaultAsync(cancellation) switch
                {
                    null => ("it was removed here", true),
                    ArticleStatus.Withdrawn => ("it is withdrawn here", true),
                    ArticleStatus.Trashed => ("it is in the trash here", true),
                    ArticleStatus.Published => (null, false),
                    _ => ("it is not published here yet", true),
                };
            case ImportedKind.Page:
                return await db.Pages.AnyAsync(p => p.Id == ours, cancellation) ? (null, false) : ("it was removed here", true);
            case ImportedKind.Picture:
                return await db.Pictures.Where(p => p.Id == ours).Select(p => new { p.IsShown, p.IsHeld, Trashed = p.TrashedAt != null }).FirstOrDefaultAsync(cancellation) switch
                {
                    null or { Trashed: true } => ("it was removed here", true),
                    { IsHeld: true } => ("it is held back here", true),
                    { IsShown: false } => ("its sizes are not cut yet: the site does that while it serves", false),
                    _ => (null, false),
                };
            default:
                return (null, false);
        }
    }
}
