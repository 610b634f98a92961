using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Feeds;

/// <summary>What readers said, newest first: approved comments under public articles, and nothing else.</summary>
internal static class CommentFeeds
{
    private const int Newest = 50;

    public static async Task<Feed> OfAllAsync(FeedDesk desk)
    {
        var comments = await Approved(desk.Db).ToListAsync(desk.Cancellation);
        // The site's list as well: with an article that comes back, its comments do.
        desk.Http.Shows(Notice.AllComments, Notice.List(Listing.Site), Notice.Frame);
        desk.Http.Shows(comments.Select(c => Notice.Article(c.ArticleId)));

        return Make(desk, $"Comments – {desk.SiteName}", $"What readers say on {desk.SiteName}", To.Home, "comments", comments,
            c => $"{c.Name} on {c.Headline}");
    }

    /// <summary>Null where no public article has this address.</summary>
    public static async Task<Feed?> OfArticleAsync(FeedDesk desk, int year, int month, string slug)
    {
        var article = await desk.Db.Articles.AsNoTracking().Published().At(year, month, slug)
            .Select(a => new { a.Id, a.Headline })
            .FirstOrDefaultAsync(desk.Cancellation);
        if (article is null) return null;

        var comments = await Approved(desk.Db, article.Id).ToListAsync(desk.Cancellation);
        desk.Http.Shows(Notice.Article(article.Id), Notice.Comments(article.Id), Notice.Frame);
        return Make(desk, $"Comments on: {article.Headline}", $"What readers say on “{article.Headline}”", To.Article(year, month, slug),
            $"article/{article.Id}/comments", comments, c => c.Name);
    }

    private static IQueryable<Said> Approved(NewsDbContext db, int? article = null)
    {
        var comments = db.Comments.AsNoTracking().Where(c => c.State == CommentState.Approved);
        if (article is { } id) comments = comments.Where(c => c.ArticleId == id);
        return comments
            .Join(db.Articles.Published(), c => c.ArticleId, a => a.Id, (c, a) => new { c, a })
            .OrderByDescending(x => x.c.Id)
            .Take(Newest)
            .Select(x => new Said(x.c.Id, x.c.Name, x.c.BodyHtml, x.c.CreatedAt, x.c.DecidedAt, x.a.Id, x.a.Headline, x.a.Slug, x.a.Year!.Value, x.a.Month!.Value));
    }

    private static Feed Make(FeedDesk desk, string title, string description, string page, string id, List<Said> comments, Func<Said, string> titleOf) => new()
    {
        Id = desk.IdOf(id),
        Title = title,
        Description = description,
        Page = desk.Whole(page),
        Self = desk.Whole(desk.Http.Request.Path.Value!),
        Hub = desk.Hub,
        Publisher = desk.SiteName,
        Home = desk.Whole(To.Home),
        Items = [.. comments.Select(comment =>
        {
            var address = desk.Whole($"{To.Article(comment.Year, comment.Month, comment.Slug)}#comment-{comment.Id}");
            var html = FeedHtml.Absolute(comment.Html, new Uri(address));
            return new FeedItem
            {
                Id = desk.IdOf($"comment/{comment.Id}"),
                Title = titleOf(comment),
                Address = address,
                Summary = html,
                Html = html,
                PublishedAt = comment.At,
                // One that waited a week is new to a reader who asked yesterday.
                ChangedAt = comment.DecidedAt > comment.At ? comment.DecidedAt.Value : comment.At,
                Authors = [new(comment.Name, null)],
            };
        })],
    };

    /// <summary>A comment without what is never shown: its address.</summary>
    private sealed record Said(int Id, string Name, string Html, DateTime At, DateTime? DecidedAt, int ArticleId, string Headline, string Slug, int Year, int Month);
}
