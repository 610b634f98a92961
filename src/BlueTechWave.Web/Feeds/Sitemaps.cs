using System.Globalization;
using System.Xml;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Feeds;

/// <summary>
/// Every public address for search engines (sitemaps.org): an index, all articles in chunks, and all other pages.
/// A chunk is a stretch of the site's listing, oldest first: it is always full, and its members stay where they are as
/// the archive grows.
/// </summary>
internal static class Sitemaps
{
    public const string Space = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string MediaType = "application/xml; charset=utf-8";

    /// <summary>The protocol allows 50,000; smaller ones are made and fetched anew more cheaply.</summary>
    public const int PerChunk = 5_000;

    /// <summary>Leaves room under the protocol's 50,000 for all else on the same map.</summary>
    private const int TagsAtMost = 30_000;

    /// <summary>The protocol's own limit for one map.</summary>
    private const int AddressesAtMost = 50_000;

    private const int AddressesPerWrite = 500;

    public static async Task<IResult> IndexAsync(FeedDesk desk)
    {
        var (chunks, pages) = await ChangesAsync(desk);
        desk.Http.Shows(Notice.AnyArticle, Notice.Counts, Notice.Frame);
        return TypedResults.Bytes(XmlText.Document(xml =>
        {
            xml.WriteStartElement("sitemapindex", Space);
            Write("/sitemaps/pages.xml", pages);
            for (var chunk = 0; chunk < chunks.Count; chunk++) Write(AddressOf(chunk + 1), chunks[chunk]);
            xml.WriteEndElement();

            void Write(string map, DateTime? changed)
            {
                xml.WriteStartElement("sitemap", Space);
                xml.Element("loc", desk.Whole(map), Space);
                if (changed is { } at) xml.Element("lastmod", XmlText.Moment(at), Space);
                xml.WriteEndElement();
            }
        }), MediaType);
    }

    /// <summary>When each chunk last changed, and the map of all other pages: lists change with what they list.</summary>
    private static async Task<(IReadOnlyList<DateTime> Chunks, DateTime? Pages)> ChangesAsync(FeedDesk desk)
    {
        var chunks = (await ListingPlaces.EndsAsync(desk.Db, Listing.Site, PerChunk, desk.Cancellation)).ConvertAll(e => (Last: (e.PublishedAt, e.ArticleId), Changed: e.PublishedAt));

        var touched = desk.Db.Articles.Where(a => a.UpdatedAt != null && a.PublishedAt != null).Select(a => new { a.Id, PublishedAt = a.PublishedAt!.Value, At = a.UpdatedAt!.Value, IsGone = false })
            .Concat(desk.Db.Articles.Where(a => a.WithdrawnAt != null && a.PublishedAt != null).Select(a => new { a.Id, PublishedAt = a.PublishedAt!.Value, At = a.WithdrawnAt!.Value, IsGone = true }));
        await foreach (var article in touched.AsAsyncEnumerable().WithCancellation(desk.Cancellation))
        {
            var chunk = chunks.FindIndex(c => c.Last.CompareTo((article.PublishedAt, article.Id)) >= 0);
            if (chunk < 0) chunk = chunks.Count - 1;
            // Behind one that is gone all move up by a place.
            for (var i = chunk; i >= 0 && i < (article.IsGone ? chunks.Count : chunk + 1); i++)
                if (article.At > chunks[i].Changed) chunks[i] = (chunks[i].Last, article.At);
        }

        var standing = await desk.Db.Pages.Select(p => new { p.Id, p.RevisedAt }).ToListAsync(desk.Cancellation);
        desk.Http.Shows(standing.Select(p => Notice.Page(p.Id)));
        var revised = standing.Max(p => p.RevisedAt);
        var newest = chunks.Count == 0 ? (DateTime?)null : chunks.Max(c => c.Changed);
        return ([.. chunks.Select(c => c.Changed)], newest > revised || revised is null ? newest : revised);
    }

    public static async Task<IResult> ArticlesAsync(FeedDesk desk, int number)
    {
        var frame = await desk.FrameAsync();
        if (number > Chunks(frame.ArticleCount) || desk.Http.Request.Path != AddressOf(number)) return TypedResults.NotFound();

        desk.Http.Shows(Notice.AnyArticle, Notice.Frame);
        var first = await desk.Db.ListingEntries.In(Listing.Site).OrderBy(e => e.PublishedAt).ThenBy(e => e.ArticleId)
            .Skip((number - 1) * PerChunk).Select(e => new { e.PublishedAt, e.ArticleId }).FirstAsync(desk.Cancellation);
        // An index of its own has all that is printed: rows of articles are long, and lie all over the disk.
        var articles = desk.Db.Articles.Published()
            .Where(a => a.PublishedAt >= first.PublishedAt && (a.PublishedAt > first.PublishedAt || a.Id >= first.ArticleId))
            .OrderBy(a => a.PublishedAt).ThenBy(a => a.Id).Take(PerChunk)
            .Select(a => new { a.Year, a.Month, a.Slug, a.PublishedAt, a.UpdatedAt })
            .AsAsyncEnumerable()
            .Select(a => new Entry(To.Article(a.Year!.Value, a.Month!.Value, a.Slug), a.UpdatedAt > a.PublishedAt ? a.UpdatedAt : a.PublishedAt));
        return TypedResults.Stream(body => WriteAsync(body, desk, articles), MediaType);
    }

    public static async Task<IResult> PagesAsync(FeedDesk desk)
    {
        var frame = await desk.FrameAsync();
        var tags = await desk.Db.ListingCounts.Where(c => c.Kind == ListingKind.Tag && c.Count > 0)
            .Join(desk.Db.Tags, c => c.Key, t => t.Id, (c, t) => new { c.Count, t.Slug })
            .OrderByDescending(t => t.Count).ThenBy(t => t.Slug).Take(TagsAtMost)
            .Select(t => t.Slug).ToListAsync(desk.Cancellation);
        var authors = await desk.Db.ListingCounts.Where(c => c.Kind == ListingKind.Author && c.Count > 0)
            .Join(desk.Db.Authors, c => c.Key, a => a.Id, (_, a) => a.Slug)
            .OrderBy(slug => slug).ToListAsync(desk.Cancellation);
        var pages = await desk.Db.Pages.AsNoTracking().OrderBy(p => p.Slug).Select(p => new { p.Id, p.Slug, p.RevisedAt }).ToListAsync(desk.Cancellation);

        desk.Http.Shows(Notice.Counts, Notice.Frame);
        desk.Http.Shows(pages.Select(p => Notice.Page(p.Id)));
        Entry[] entries =
        [
            new(To.Home), new(To.Archives),
            .. pages.Select(p => new Entry(To.StandingPage(p.Slug), p.RevisedAt)),
            .. frame.Categories.Values.Where(c => c.Count > 0).OrderBy(c => c.Path, StringComparer.Ordinal).Select(c => new Entry(To.Category(c))),
            .. authors.Select(slug => new Entry(To.Author(slug))),
            .. frame.Months.Select(m => m.Year).Distinct().Select(year => new Entry(To.Year(year))),
            .. frame.Months.Select(m => new Entry(To.Month(m.Year, m.Month))),
            .. tags.Select(slug => new Entry(To.Tag(slug))),
        ];
        return TypedResults.Stream(body => WriteAsync(body, desk, entries.Take(AddressesAtMost).ToAsyncEnumerable()), MediaType);
    }

    public static string AddressOf(int chunk) => string.Create(CultureInfo.InvariantCulture, $"/sitemaps/articles-{chunk}.xml");

    private static int Chunks(int articles) => (articles + PerChunk - 1) / PerChunk;

    private static async Task WriteAsync(Stream body, FeedDesk desk, IAsyncEnumerable<Entry> entries)
    {
        using var buffer = new MemoryStream();
        using var xml = XmlWriter.Create(buffer, XmlText.Settings);
        xml.WriteStartDocument();
        xml.WriteStartElement("urlset", Space);
        var written = 0;
        await foreach (var entry in entries.WithCancellation(desk.Cancellation))
        {
            xml.WriteStartElement("url", Space);
            xml.Element("loc", desk.Whole(entry.Address), Space);
            if (entry.ChangedAt is { } changed) xml.Element("lastmod", XmlText.Moment(changed), Space);
            xml.WriteEndElement();
            if (++written % AddressesPerWrite == 0) await SendAsync();
        }

        xml.WriteEndDocument();
        await SendAsync();

        async Task SendAsync()
        {
            xml.Flush();
            await body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), desk.Cancellation);
            buffer.SetLength(0);
        }
    }

    private sealed record Entry(string Address, DateTime? ChangedAt = null);
}
