using System.Globalization;
using BlueTechWave.Core;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Caching;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Api;

/// <summary>Articles: a list, newest first, or one.</summary>
internal static class ArticleAnswers
{
    private const string Name = "articles";

    public static readonly Parameter Category = new("category", "The path of a category, as in fintech/regulation; what is under it counts too.", () => Shape.Text("ai"));
    public static readonly Parameter Tag = new("tag", "The slug of a tag.", () => Shape.Text("microsoft"));
    public static readonly Parameter Author = new("author", "The slug of an author.", () => Shape.Text("lina-moreau"));
    public static readonly Parameter From = new("from", "First published then or later: a day of the paper’s own zone, or a moment (RFC 3339).", () => Shape.Text("2024-09-01"), "2020-01-01");
    public static readonly Parameter Until = new("to", "First published on that day or before it, or before that moment.", () => Shape.Text("2024-09-30"), "2030-01-01T00:00:00Z");
    private static readonly Parameter Key = new("key", "An article’s id, or its slug; of several with one slug the newest.", () => Shape.Text("robots-learn-to-swim"), IsRequired: true, IsInPath: true);

    public static readonly Operation List = new($"{Operation.Root}/articles", "listArticles", "Articles, newest first",
        "Everything that is public. What is published while you walk through the list comes before where you are; nothing comes twice.",
        "Article", ArticleFields.All, [Category, Tag, Author, From, Until, Parameter.Fields, Parameter.Limit, Parameter.After], ListAsync);

    public static readonly Operation One = new($"{Operation.Root}/articles/{{key}}", "getArticle", "One article, whole",
        "By its id, which never changes, or by its slug.",
        "Article", ArticleFields.All, [Key, Parameter.Fields], OneAsync)
    {
        IsList = false,
    };

    private static async Task<Answer?> ListAsync(ApiDesk desk)
    {
        var (fields, limit, after) = (desk.Fields(ArticleFields.All), desk.Limit(), desk.After(Name));
        var (from, until) = (desk.Moment(From), desk.Moment(Until, isEnd: true));
        if (from >= until) desk.Refuse(Until, "It lies before from.");
        var listings = await ListingsAsync(desk);
        if (desk.Wrong is not null) return null;

        desk.Http.Shows(listings.Select(Notice.List));
        var db = desk.Db;
        var entries = db.ListingEntries.In(listings[0]);
        // Each row's place in another list is its whole key there: one step, however long that list is.
        foreach (var other in listings.Skip(1))
            entries = entries.Where(e => db.ListingEntries.Any(o => o.Kind == other.Kind && o.Key == other.Key && o.PublishedAt == e.PublishedAt && o.ArticleId == e.ArticleId));
        if (from is { } first) entries = entries.Where(e => e.PublishedAt >= first);
        if (until is { } end) entries = entries.Where(e => e.PublishedAt < end);
        if (after is { Moment: var moment, Id: var id }) entries = entries.Where(e => e.PublishedAt <= moment && (e.PublishedAt < moment || e.ArticleId < id));

        var articles = entries.NewestFirst().Take(limit + 1)
            .Join(db.Articles.AsNoTracking().Published(), e => e.ArticleId, a => a.Id, (_, article) => article)
            .OrderByDescending(a => a.PublishedAt).ThenByDescending(a => a.Id);
        var (items, last) = await ArticleItem.LoadAsync(desk, articles, fields, limit);
        return Answer.Of(fields, items, last is null ? null : new Cursor(Name, last.PublishedAt.Ticks, last.Id));
    }

    private static async Task<Answer?> OneAsync(ApiDesk desk)
    {
        var fields = desk.Fields(ArticleFields.All, isList: false);
        var key = (string)desk.Http.Request.RouteValues[Key.Name]!;
        if (desk.Wrong is not null || !Slug.IsOne(key)) return null;

        var articles = desk.Db.Articles.AsNoTracking().Published();
        articles = int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? articles.Where(a => a.Id == id)
            : articles.Where(a => a.Slug == key).OrderByDescending(a => a.PublishedAt).ThenByDescending(a => a.Id).Take(1);
        var (found, _) = await ArticleItem.LoadAsync(desk, articles, fields, limit: 1);
        // Another of the same slug may be published after it.
        desk.Http.Shows(Notice.List(Listing.Site));
        return found is [var article] ? Answer.Of(fields, article) : null;
    }

    /// <summary>The lists that all of it must be in, the shortest first; the site's own where nothing is asked.</summary>
    private static async Task<IReadOnlyList<Listing>> ListingsAsync(ApiDesk desk)
    {
        var found = new List<(Listing Listing, int Count)>();
        if (desk.Asked(Category) is { } path)
        {
            if ((await desk.FrameAsync()).CategoriesByPath.GetValueOrDefault(path) is { } category) found.Add((Listing.OfCategory(category.Id), category.Count));
            else desk.RefuseUnknown(Category, path);
        }

        if (desk.Asked(Tag) is { } tag)
        {
            var known = !Slug.IsOne(tag) ? null : await desk.Db.Tags.Where(t => t.Slug == tag)
                .Join(desk.Db.ListingCounts.Where(c => c.Kind == ListingKind.Tag && c.Count > 0), t => t.Id, c => c.Key, (_, c) => new { c.Key, c.Count }).FirstOrDefaultAsync(desk.Cancellation);
            if (known is null) desk.RefuseUnknown(Tag, tag);
            else found.Add((Listing.OfTag(known.Key), known.Count));
        }

        if (desk.Asked(Author) is { } author)
        {
            var known = !Slug.IsOne(author) ? null : await desk.Db.Authors.Where(a => a.Slug == author)
                .Join(desk.Db.ListingCounts.Where(c => c.Kind == ListingKind.Author && c.Count > 0), a => a.Id, c => c.Key, (_, c) => new { c.Key, c.Count }).FirstOrDefaultAsync(desk.Cancellation);
            if (known is null) desk.RefuseUnknown(Author, author);
            else found.Add((Listing.OfAuthor(known.Key), known.Count));
        }

        // The address behind a slug is another's once it is renamed.
        desk.Http.Shows(found.Where(f => f.Listing.Kind == ListingKind.Tag).Select(f => Notice.Tag(f.Listing.Key)));
        desk.Http.Shows(found.Where(f => f.Listing.Kind == ListingKind.Author).Select(f => Notice.Author(f.Listing.Key)));
        return found.Count == 0 ? [Listing.Site] : [.. found.OrderBy(f => f.Count).Select(f => f.Listing)];
    }
}
