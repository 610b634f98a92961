using System.Text.Encodings.Web;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Feeds;

/// <summary>What the paper has put right, newest first.</summary>
internal static class CorrectionFeed
{
    private const int Newest = 50;

    public static async Task<Feed> MakeAsync(FeedDesk desk)
    {
        var lines = await CorrectionLine.Of(desk.Db).Take(Newest).ToListAsync(desk.Cancellation);
        desk.Http.Shows(Notice.Corrections, Notice.List(Listing.Site), Notice.Frame);
        desk.Http.Shows(lines.Select(l => Notice.Article(l.ArticleId)));
        return new()
        {
            Id = desk.IdOf("corrections"),
            Title = $"Corrections – {desk.SiteName}",
            Description = $"What {desk.SiteName} has put right",
            Page = desk.Whole(To.Corrections),
            Self = desk.Whole(desk.Http.Request.Path.Value!),
            Hub = desk.Hub,
            Publisher = desk.SiteName,
            Home = desk.Whole(To.Home),
            Items = [.. lines.Select(line => new FeedItem
            {
                Id = desk.IdOf($"correction/{line.Id}"),
                Title = $"{line.Label}: {line.Headline}",
                Address = desk.Whole($"{To.Article(line.Year, line.Month, line.Slug)}#corrected"),
                Summary = line.Note,
                Html = $"<p>{HtmlEncoder.Default.Encode(line.Note)}</p>",
                PublishedAt = line.At,
                ChangedAt = line.At,
                Authors = [new(desk.SiteName, null)],
            })],
        };
    }
}
