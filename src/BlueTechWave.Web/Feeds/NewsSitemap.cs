using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Feeds;

/// <summary>
/// The news of the last two days, as Google News asks for it: no more than a thousand, and nothing that is paid for.
/// </summary>
internal static class NewsSitemap
{
    private const string News = "http://www.google.com/schemas/sitemap-news/0.9";
    private const int AtMost = 1_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(48);

    public static async Task<IResult> MakeAsync(FeedDesk desk)
    {
        var frame = await desk.FrameAsync();
        var since = desk.Clock.GetUtcNow().UtcDateTime - Fresh;
        var paidFor = frame.Categories.Values.Where(c => c.IsPartnerContent).Select(c => c.Id).ToList();
        var articles = await desk.Db.ListingEntries.In(Listing.Site).Where(e => e.PublishedAt >= since)
            .Join(desk.Db.Articles.AsNoTracking().Published(), e => e.ArticleId, a => a.Id, (_, a) => a)
            .Where(a => !paidFor.Contains(a.CategoryId ?? 0) && !a.FurtherCategories.Any(f => paidFor.Contains(f.CategoryId)))
            .OrderByDescending(a => a.PublishedAt).ThenByDescending(a => a.Id)
            .Take(AtMost)
            .Select(a => new { a.Headline, a.Slug, Year = a.Year!.Value, Month = a.Month!.Value, PublishedAt = a.PublishedAt!.Value })
            .ToListAsync(desk.Cancellation);
        desk.Http.Shows(Notice.AnyArticle, Notice.Frame);

        return TypedResults.Bytes(XmlText.Document(xml =>
        {
            xml.WriteStartElement("urlset", Sitemaps.Space);
            xml.WriteAttributeString("xmlns", "news", null, News);
            foreach (var article in articles)
            {
                xml.WriteStartElement("url", Sitemaps.Space);
                xml.Element("loc", desk.Whole(To.Article(article.Year, article.Month, article.Slug)), Sitemaps.Space);
                xml.WriteStartElement("news", "news", News);
                xml.WriteStartElement("news", "publication", News);
                xml.Element("news", "name", News, desk.SiteName);
                xml.Element("news", "language", News, "en");
                xml.WriteEndElement();
                xml.Element("news", "publication_date", News, XmlText.Moment(article.PublishedAt));
                xml.Element("news", "title", News, article.Headline);
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }), "application/xml; charset=utf-8");
    }
}
