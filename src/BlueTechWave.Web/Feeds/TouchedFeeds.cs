using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Links;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Feeds;

/// <summary>Which feeds say something else after a change: those whose list has changed, and those that show a changed article.</summary>
internal static class TouchedFeeds
{
    private const int AskedAtOnce = 500;

    /// <returns>Site-relative addresses.</returns>
    public static async Task<IReadOnlyCollection<string>> OfAsync(NewsDbContext db, SiteFrame frame, IReadOnlyCollection<Notice> noticed, CancellationToken cancellation)
    {
        var listings = noticed.Select(n => n.ChangedListing).OfType<Listing>().ToHashSet();
        foreach (var ids in noticed.Where(n => n == Notice.Article(n.Key)).Select(n => n.Key).Chunk(AskedAtOnce))
            listings.UnionWith(await ShowingAsync(db, ids, cancellation));

        var pages = listings.Contains(Listing.Site) ? [To.Home] : new List<string>();
        pages.AddRange(KeysOf(ListingKind.Category).Select(id => frame.Category(id)).OfType<CategoryNode>().Select(To.Category));
        foreach (var keys in KeysOf(ListingKind.Tag).Chunk(AskedAtOnce))
            pages.AddRange((await db.Tags.Where(t => keys.Contains(t.Id)).Select(t => t.Slug).ToListAsync(cancellation)).Select(To.Tag));
        foreach (var keys in KeysOf(ListingKind.Author).Chunk(AskedAtOnce))
            pages.AddRange((await db.Authors.Where(a => keys.Contains(a.Id)).Select(a => a.Slug).ToListAsync(cancellation)).Select(To.Author));

        return
        [
            .. pages.Select(To.FeedOf).SelectMany(feed => FeedFormat.All.Select(format => feed + format.Suffix)),
            .. await OfCommentsAsync(db, noticed, cancellation),
        ];

        IEnumerable<int> KeysOf(ListingKind kind) => listings.Where(l => l.Kind == kind).Select(l => l.Key);
    }

    /// <summary>An old article that is mended is in no feed any more.</summary>
    private static async Task<List<Listing>> ShowingAsync(NewsDbContext db, int[] articles, CancellationToken cancellation)
    {
        var showing = await db.ListingEntries
            .Where(e => articles.Contains(e.ArticleId) && e.Kind <= ListingKind.Author)
            .Where(e => e.PublishedAt >= (db.ListingEntries.Where(x => x.Kind == e.Kind && x.Key == e.Key)
                .OrderByDescending(x => x.PublishedAt).Skip(ArticleFeeds.Newest - 1).Select(x => (DateTime?)x.PublishedAt).FirstOrDefault() ?? DateTime.UnixEpoch))
            .Select(e => new { e.Kind, e.Key })
            .Distinct()
            .ToListAsync(cancellation);
        return [.. showing.Select(e => new Listing(e.Kind, e.Key))];
    }

    private static async Task<IReadOnlyCollection<string>> OfCommentsAsync(NewsDbContext db, IReadOnlyCollection<Notice> noticed, CancellationToken cancellation)
    {
        if (!noticed.Contains(Notice.AllComments)) return [];

        var feeds = new List<string> { To.CommentsFeed };
        foreach (var ids in noticed.Where(n => n.Key > 0 && n == Notice.Comments(n.Key)).Select(n => n.Key).Chunk(AskedAtOnce))
        {
            var articles = await db.Articles.AsNoTracking().Published().Where(a => ids.Contains(a.Id))
                .Select(a => new { Year = a.Year!.Value, Month = a.Month!.Value, a.Slug }).ToListAsync(cancellation);
            feeds.AddRange(articles.Select(a => To.FeedOf(To.Article(a.Year, a.Month, a.Slug))));
        }

        return feeds;
    }
}
