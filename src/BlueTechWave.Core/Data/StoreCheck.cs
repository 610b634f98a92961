using System.Data;
using System.Data.Common;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Listings;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Data;

/// <param name="Listed">Listings whose articles were not those that belong there.</param>
/// <param name="Counted">Listings whose length was wrong.</param>
/// <param name="Indexed">Articles whose search row was missing, out of date or should not have been there.</param>
/// <param name="Discussed">Articles that told a wrong number of comments.</param>
/// <param name="Shown">Pictures that were shown or hidden wrongly, and articles with a picture above them as it no longer is.</param>
/// <param name="Used">Places where a picture is used and was not known to be, or the other way round.</param>
/// <param name="Pressed">Texts that are set otherwise today. Looked at only where all is made anew.</param>
public sealed record StoreFindings(int Listed, int Counted, int Indexed, int Discussed = 0, int Shown = 0, int Used = 0, int Pressed = 0)
{
    public bool IsClean => Listed + Counted + Indexed + Discussed + Shown + Used + Pressed == 0;
}

/// <summary>
/// Looks whether what is derived still agrees with the articles, and mends what does not: in small transactions, while
/// the site serves and editors save. What is written once and never changed (threads, addresses, versions of the history)
/// cannot drift, and is not looked at; files of pictures are looked over by <see cref="Pictures.PictureLibrary"/>.
/// </summary>
public static class StoreCheck
{
    private const int Batch = 100;
    private const int Attempts = 5;

    // PostgreSQL's word for “somebody else has just changed this row”.
    private const string Overtaken = "40001";

    /// <param name="anew">Sets every text and makes every search row again, whatever its state.</param>
    public static async Task<StoreFindings> MendAsync(NewsDbContext db, bool anew = false, CancellationToken cancellation = default)
    {
        // Texts first: what they show and how they are found follows from them.
        var pressed = anew ? await TextCheck.MendAsync(db, cancellation) : 0;
        var shown = await PictureCheck.MendShownAsync(db, cancellation);
        var used = await PictureCheck.MendUsesAsync(db, anew, cancellation);
        var discussed = await MendCommentCountsAsync(db, cancellation);
        // The site looks for those that are missing by itself.
        if (anew) await db.CommentSearch.FillAsync(db, anew: true, cancellation);
        var listed = await MendListingsAsync(db, cancellation);
        var counted = await MendCountsAsync(db, cancellation);
        return new(listed, counted, await MendSearchAsync(db, anew, cancellation), discussed, shown, used, pressed);
    }

    private static async Task<int> MendCommentCountsAsync(NewsDbContext db, CancellationToken cancellation)
    {
        var ids = await db.Articles.Where(a => a.CommentCount != db.Comments.Count(c => c.ArticleId == a.Id && c.State == CommentState.Approved))
            .OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(cancellation);
        foreach (var chunk in ids.Chunk(Batch))
        {
            await using var batch = await db.Database.BeginTransactionAsync(cancellation);
            await HoldAsync(db, chunk);
            await db.Articles.Where(a => chunk.Contains(a.Id)).ExecuteUpdateAsync(set => set.SetProperty(
                a => a.CommentCount, a => db.Comments.Count(c => c.ArticleId == a.Id && c.State == CommentState.Approved)), CancellationToken.None);
            foreach (var id in chunk) db.Noticed.Add(Notice.Comments(id));
            db.Noticed.Add(Notice.AllComments);
            await batch.CommitAsync(CancellationToken.None);
        }

        return ids.Count;
    }

    private static async Task<int> MendListingsAsync(NewsDbContext db, CancellationToken cancellation)
    {
        var mended = new HashSet<Listing>();
        for (var last = 0; ;)
        {
            var after = last;
            var ids = await db.Articles.Where(a => a.Id > after).OrderBy(a => a.Id).Select(a => a.Id).Take(Batch).ToListAsync(cancellation);
            if (ids.Count == 0) return mended.Count;
            last = ids[^1];
            // Most are: to hold them all would write the whole archive anew.
            if (await ListingKeeper.IsTrueAsync(db, ids)) continue;

            await using var batch = await db.Database.BeginTransactionAsync(cancellation);
            await HoldAsync(db, ids);
            var changed = await ListingKeeper.KeepAsync(db, ids);
            mended.UnionWith(changed);
            foreach (var listing in changed) db.Noticed.Add(Notice.List(listing));
            await batch.CommitAsync(CancellationToken.None);
        }
    }

    private static async Task<int> MendCountsAsync(NewsDbContext db, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // One view of all rows; whoever has overtaken it makes it try again.
                await using var all = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
                var counted = await db.ListingEntries.GroupBy(e => new { e.Kind, e.Key }).Select(g => new { g.Key, Count = g.Count() })
                    .ToDictionaryAsync(g => new Listing(g.Key.Kind, g.Key.Key), g => g.Count, cancellation);
                var said = await db.ListingCounts.AsNoTracking().ToDictionaryAsync(c => new Listing(c.Kind, c.Key), c => c.Count, cancellation);
                var wrong = counted.Keys.Union(said.Keys)
                    .Select(listing => (Listing: listing, By: counted.GetValueOrDefault(listing) - said.GetValueOrDefault(listing)))
                    .Where(difference => difference.By != 0)
                    .OrderBy(d => d.Listing.Kind).ThenBy(d => d.Listing.Key).ToList();
                await db.CountListingsAsync(wrong);
                if (wrong.Count > 0) db.Noticed.Add(Notice.Counts);
                await all.CommitAsync(CancellationToken.None);
                return wrong.Count;
            }
            catch (DbException e) when (e.SqlState == Overtaken && attempt < Attempts)
            {
            }
        }
    }

    internal static async Task<int> MendSearchAsync(NewsDbContext db, bool anew, CancellationToken cancellation)
    {
        var ids = await db.Search.DriftedAsync(db, cancellation);
        if (anew) ids = [.. ids.Union(await db.Articles.Published().Select(a => a.Id).ToListAsync(cancellation))];
        foreach (var chunk in ids.Chunk(Batch))
        {
            await using var batch = await db.Database.BeginTransactionAsync(cancellation);
            await HoldAsync(db, chunk);
            await db.Search.KeepAsync(db, chunk);
            db.Noticed.Add(Notice.AnyArticle);
            await batch.CommitAsync(CancellationToken.None);
        }

        return ids.Count;
    }

    /// <summary>Nobody saves these articles between our reading and our writing.</summary>
    internal static Task<int> HoldAsync(NewsDbContext db, IReadOnlyCollection<int> ids) =>
        db.Articles.Where(a => ids.Contains(a.Id)).ExecuteUpdateAsync(set => set.SetProperty(a => a.Version, a => a.Version));
}
