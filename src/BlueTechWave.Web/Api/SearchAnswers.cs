using BlueTechWave.Core;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Search;
using BlueTechWave.Web.Caching;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Api;

/// <summary>What the site's own search finds.</summary>
internal static class SearchAnswers
{
    private const string Name = "search";

    private static readonly Parameter Words = new("q", $"What a reader would type, up to {SearchTerms.LongestQuery} characters: words, “exact words” in quotes, -word to leave out.", () => Shape.Text("cables"), "robots", IsRequired: true);
    private static readonly Parameter Sort = new("sort", "The best first, or the newest.", () => Shape.OneOf("relevance", "newest"), "newest");

    private static readonly IReadOnlyList<Field<ArticleItem>> Fields =
        [.. ArticleFields.All, new("snippet", "Plain text around the place where it was found.", () => Shape.Text("Robots swam across the harbour"), i => i.Snippet)];

    public static readonly Operation Found = new($"{Operation.Root}/search", "searchArticles", "Articles that say something",
        $"The search that readers have: a slip in a word is mended, and said. It looks at no more than {SearchTerms.CountedAtMost:N0} articles; this list alone goes by places, so what is published meanwhile may move it on by one.",
        "FoundArticle", Fields, [Words, ArticleAnswers.Category, ArticleAnswers.Author, ArticleAnswers.From, ArticleAnswers.Until, Sort, Parameter.Fields, Parameter.Limit, Parameter.After], FindAsync)
    {
        Around =
        [
            ("total", $"How many there are; {SearchTerms.CountedAtMost} for as many or more.", () => Shape.Whole(7)),
            ("lookedFor", "What was looked for instead, where a word as typed occurs nowhere.", () => Shape.OrNothing(Shape.Text("cable"))),
        ],
    };

    private static async Task<Answer?> FindAsync(ApiDesk desk)
    {
        var (fields, limit, after) = (desk.Fields(Fields), desk.Limit(), desk.After(Name));
        var (from, until) = (desk.Moment(ArticleAnswers.From), desk.Moment(ArticleAnswers.Until, isEnd: true));
        var words = desk.Asked(Words) ?? "";
        if (words.Length == 0) desk.Refuse(Words, "It says what to look for.");
        if (words.Length > SearchTerms.LongestQuery) desk.Refuse(Words, $"It is longer than {SearchTerms.LongestQuery} characters.");
        if (from >= until) desk.Refuse(ArticleAnswers.Until, "It lies before from.");
        if (desk.Asked(Sort) is not (null or "relevance" or "newest")) desk.Refuse(Sort, "It must be relevance or newest.");
        var category = await CategoryAsync(desk);
        var author = desk.Wrong is null ? await AuthorAsync(desk) : null;
        if (desk.Wrong is not null) return null;

        desk.Http.Shows(Notice.AnyArticle);
        var page = after?.Id ?? 1;
        var asked = new SearchQuery(words, category, author, from, until, desk.Asked(Sort) == "newest" ? SearchSort.Newest : SearchSort.Relevance, page, limit);
        var result = asked.Skip < SearchTerms.CountedAtMost ? await desk.Db.Search.FindAsync(desk.Db, asked, desk.Cancellation) : SearchResult.Nothing;
        var snippets = result.Hits.ToDictionary(h => h.ArticleId, h => Plain(h.Snippet));
        List<int> ids = [.. result.Hits.Select(h => h.ArticleId)];
        var (items, _) = await ArticleItem.LoadAsync(desk, desk.Db.Articles.AsNoTracking().Published().Where(a => ids.Contains(a.Id)), fields, limit, id => snippets[id]);

        var isMore = ids.Count == limit && page * (long)limit < Math.Min(result.Total, SearchTerms.CountedAtMost);
        return Answer.Of(fields, items.OrderBy(i => ids.IndexOf(i.Article.Id)), isMore ? new Cursor(Name, 0, page + 1) : null, ("total", result.Total), ("lookedFor", result.ShownFor));
    }

    private static async Task<int?> CategoryAsync(ApiDesk desk)
    {
        if (desk.Asked(ArticleAnswers.Category) is not { } path) return null;
        if ((await desk.FrameAsync()).CategoriesByPath.GetValueOrDefault(path) is { } category) return category.Id;
        desk.RefuseUnknown(ArticleAnswers.Category, path);
        return null;
    }

    private static async Task<int?> AuthorAsync(ApiDesk desk)
    {
        if (desk.Asked(ArticleAnswers.Author) is not { } slug) return null;
        var id = Slug.IsOne(slug) ? await desk.Db.Authors.Where(a => a.Slug == slug).Select(a => (int?)a.Id).FirstOrDefaultAsync(desk.Cancellation) : null;
        if (id is { } author) desk.Http.Shows(Notice.Author(author));
        else desk.RefuseUnknown(ArticleAnswers.Author, slug);
        return id;
    }

    private static string Plain(string snippet) => snippet.Replace(SearchTerms.Open.ToString(), "", StringComparison.Ordinal).Replace(SearchTerms.Close.ToString(), "", StringComparison.Ordinal);
}
