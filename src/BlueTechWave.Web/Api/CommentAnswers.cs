using System.Globalization;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Feeds;
using BlueTechWave.Web.Links;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Api;

/// <summary>What readers say, as far as everybody sees it: approved, under public articles. Nothing else of whoever wrote is told.</summary>
internal static class CommentAnswers
{
    private const string Name = "comments";

    private sealed record Said(int Id, int? ParentId, string Name, string Html, DateTime At, bool IsStaff, bool IsFeatured, int ArticleId, string Slug, int Year, int Month)
    {
        public Func<string, string> Whole { get; init; } = null!;

        public string Address => Whole($"{To.Article(Year, Month, Slug)}#comment-{Id.ToString(CultureInfo.InvariantCulture)}");
    }

    private static readonly IReadOnlyList<Field<Said>> Fields =
    [
        new("id", "Stays the same.", () => Shape.Whole(40, 1), c => c.Id),
        new("url", "Where it stands.", () => Shape.Address("https://paper.example/2024/09/robots-learn-to-swim#comment-40"), c => c.Address),
        new("article", "The id of the article it stands under.", () => Shape.Whole(12, 1), c => c.ArticleId),
        new("parent", "The id of the comment it answers.", () => Shape.OrNothing(Shape.Whole(39, 1)), c => c.ParentId),
        new("name", "As its writer gave it.", () => Shape.Text("Ada Reader"), c => c.Name),
        new("createdAt", "When it was written.", () => Shape.Moment(), c => ArticleFields.Moment(c.At)),
        new("body", "HTML, safe to print.", () => Shape.Text("<p>I was there.</p>"), c => FeedHtml.Absolute(c.Html, new Uri(c.Address))),
        new("isStaff", "The paper itself answers.", Shape.Yes, c => c.IsStaff),
        new("isFeatured", "Editors have picked it out.", Shape.Yes, c => c.IsFeatured),
    ];

    private static readonly Parameter Article = new("article", "The id of an article: comments under it alone.", () => Shape.Whole(12, 1));

    public static readonly Operation List = new($"{Operation.Root}/comments", "listComments", "Comments, newest first", "Approved ones, under articles that are public.",
        "Comment", Fields, [Article, Parameter.Fields, Parameter.Limit, Parameter.After], ListAsync);

    private static async Task<Answer?> ListAsync(ApiDesk desk)
    {
        var (fields, limit, after) = (desk.Fields(Fields), desk.Limit(), desk.After(Name));
        var article = 0;
        if (desk.Asked(Article) is { } typed && (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out article) || article < 1)) desk.Refuse(Article, "It must be the id of an article, a whole number.");
        if (desk.Wrong is not null) return null;

        var comments = desk.Db.Comments.AsNoTracking().Visible();
        if (article > 0) comments = comments.Where(c => c.ArticleId == article);
        if (after is { Id: var before }) comments = comments.Where(c => c.Id < before);
        var found = await comments
            .Join(desk.Db.Articles.Published(), c => c.ArticleId, a => a.Id, (c, a) => new { c, a })
            .OrderByDescending(x => x.c.Id).Take(limit + 1)
            .Select(x => new Said(x.c.Id, x.c.ParentId, x.c.Name, x.c.BodyHtml, x.c.CreatedAt, x.c.IsStaff, x.c.IsFeatured, x.a.Id, x.a.Slug, x.a.Year!.Value, x.a.Month!.Value))
            .ToListAsync(desk.Cancellation);

        // The site's list as well: with an article that comes back, its comments do.
        desk.Http.Shows(article > 0 ? Notice.Comments(article) : Notice.AllComments, Notice.List(Listing.Site));
        desk.Http.Shows(found.Select(c => Notice.Article(c.ArticleId)));
        return Answer.Of(fields, found.Take(limit).Select(c => c with { Whole = desk.Whole }), found.Count > limit ? new Cursor(Name, 0, found[limit - 1].Id) : null);
    }
}
