using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;

namespace BlueTechWave.Web.Feeds;

/// <summary>What one listing's feed is about.</summary>
/// <param name="Name">Null for the site's own.</param>
/// <param name="Path">The page that lists the same.</param>
internal sealed record FeedSubject(Listing Listing, string? Name, string? Description, string Path);

/// <summary>The newest articles of a listing, whole.</summary>
internal static class ArticleFeeds
{
    public const string PaidFor = "Partner Content";

    /// <summary>How many articles a feed has.</summary>
    public const int Newest = 20;

    public static async Task<Feed> MakeAsync(FeedDesk desk, FeedSubject about)
    {
        var frame = await desk.FrameAsync();
        var articles = await FeedArticle.NewestAsync(desk.Db, about.Listing, Newest, desk.Cancellation);
        desk.Http.Shows(Notice.List(about.Listing), Notice.Frame);
        desk.Http.Shows(articles.SelectMany(Shown));

        return new()
        {
            Id = desk.IdOf(about.Path.TrimStart('/') is { Length: > 0 } path ? path : "articles"),
            Title = about.Name is null ? desk.SiteName : $"{about.Name} – {desk.SiteName}",
            Description = about.Description is { Length: > 0 } description ? description
                : about.Name is null && frame.Settings.Tagline is { Length: > 0 } tagline ? tagline
                : $"The newest articles of {desk.SiteName}",
            Page = desk.Whole(about.Path),
            Self = desk.Whole(desk.Http.Request.Path.Value!),
            Hub = desk.Hub,
            Publisher = desk.SiteName,
            Home = desk.Whole(To.Home),
            Items = [.. articles.Select(article => Item(desk, frame, article))],
        };
    }

    private static IEnumerable<Notice> Shown(FeedArticle article) =>
    [
        Notice.Article(article.Id),
        .. article.Of(FeedPartKind.Author).Select(p => Notice.Author(p.Id)),
        .. article.Of(FeedPartKind.Tag).Select(p => Notice.Tag(p.Id)),
        // Those not public as well: they may become so.
        .. article.Of(FeedPartKind.Link).Select(p => Notice.Article(p.Id)),
    ];

    private static FeedItem Item(FeedDesk desk, SiteFrame frame, FeedArticle article)
    {
        var address = new Uri(desk.Whole(To.Article(article.Year, article.Month, article.Slug)));
        var card = ShareCard.Of(article.Id, article.Slug, article.SocialTitle, article.Headline, article.SocialDescription, article.CardText, article.Picture);
        var picture = FeedPicture.Of(card.Image, article.Picture?.Credit, address);
        CategoryNode[] categories = [.. article.Of(FeedPartKind.Category).Select(p => (int?)p.Id).Prepend(article.CategoryId)
            .Select(frame.Category).OfType<CategoryNode>().Distinct()];
        var isPaidFor = categories.Any(c => c.IsPartnerContent);

        return new()
        {
            Id = desk.IdOf($"article/{article.Id}"),
            Title = card.Title,
            Address = address.AbsoluteUri,
            Summary = card.Summary,
            Html = FeedHtml.Of(article, ShareImage.Of(article.Picture) is null ? null : picture, isPaidFor, address),
            PublishedAt = article.PublishedAt,
            ChangedAt = article.ChangedAt,
            Authors = [.. article.Of(FeedPartKind.Author).Select(a => new FeedAuthor(a.Name!, desk.Whole(To.Author(a.Slug!))))],
            Subjects = [.. categories.Select(c => c.Name).Concat(isPaidFor ? [PaidFor] : [])
                .Concat(article.Of(FeedPartKind.Tag).Select(t => t.Name!)).Distinct()],
            Picture = picture,
            Comments = $"{address.AbsoluteUri}/feed",
        };
    }
}
