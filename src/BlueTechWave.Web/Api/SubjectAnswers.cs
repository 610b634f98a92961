using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Api;

/// <summary>The tree of subjects, which the frame of every page has at hand.</summary>
internal static class CategoryAnswers
{
    private const string Name = "categories";

    private sealed record Item(CategoryNode Category, Func<string, string> Whole);

    private static readonly IReadOnlyList<Field<Item>> Fields =
    [
        new("id", "Stays the same whatever becomes of its name.", () => Shape.Whole(3, 1), c => c.Category.Id),
        new("name", "As readers see it.", () => Shape.Text("Regulation"), c => c.Category.Name),
        new("path", "What the parameter category takes.", () => Shape.Text("fintech/regulation"), c => c.Category.Path),
        new("url", "Its page.", () => Shape.Address("https://paper.example/category/fintech/regulation"), c => c.Whole(To.Category(c.Category))),
        new("description", "What stands under its name, plain.", () => Shape.Text("What governments ask of those who move money."), c => c.Category.Description),
        new("parent", "The id of the one it stands under; null at the top.", () => Shape.OrNothing(Shape.Whole(2, 1)), c => c.Category.Parent?.Id),
        new("isPartnerContent", "Paid for.", Shape.Yes, c => c.Category.IsPartnerContent),
        new("articles", "Public articles in it and under it.", () => Shape.Whole(12), c => c.Category.Count),
    ];

    public static readonly Operation List = new($"{Operation.Root}/categories", "listCategories", "Categories, by id", "All there are, also those without an article so far.",
        "Category", Fields, [Parameter.Fields, Parameter.Limit, Parameter.After], ListAsync);

    private static async Task<Answer?> ListAsync(ApiDesk desk)
    {
        var (fields, limit, after) = (desk.Fields(Fields), desk.Limit(), desk.After(Name));
        if (desk.Wrong is not null) return null;

        desk.Http.Shows(Notice.Frame, Notice.Counts);
        var found = (await desk.FrameAsync()).Categories.Values.Where(c => c.Id > (after?.Id ?? 0)).OrderBy(c => c.Id).Take(limit + 1).ToList();
        return Answer.Of(fields, found.Take(limit).Select(c => new Item(c, desk.Whole)), found.Count > limit ? new Cursor(Name, 0, found[limit - 1].Id) : null);
    }
}

/// <summary>Words that public articles share; what only a draft has is not among them.</summary>
internal static class TagAnswers
{
    private const string Name = "tags";

    private sealed record Item(int Id, string Name, string Slug, int Count, Func<string, string> Whole);

    private static readonly IReadOnlyList<Field<Item>> Fields =
    [
        new("id", "Stays the same whatever becomes of its name.", () => Shape.Whole(5, 1), t => t.Id),
        new("name", "As readers see it.", () => Shape.Text("Microsoft"), t => t.Name),
        new("slug", "What the parameter tag takes.", () => Shape.Text("microsoft"), t => t.Slug),
        new("url", "Its page.", () => Shape.Address("https://paper.example/tag/microsoft"), t => t.Whole(To.Tag(t.Slug))),
        new("articles", "Public articles that have it.", () => Shape.Whole(4, 1), t => t.Count),
    ];

    public static readonly Operation List = new($"{Operation.Root}/tags", "listTags", "Tags, by id", "Those that at least one public article has.",
        "Tag", Fields, [Parameter.Fields, Parameter.Limit, Parameter.After], ListAsync);

    private static async Task<Answer?> ListAsync(ApiDesk desk)
    {
        var (fields, limit, after) = (desk.Fields(Fields), desk.Limit(), desk.After(Name));
        if (desk.Wrong is not null) return null;

        var found = await desk.Db.ListingCounts.AsNoTracking().Having(ListingKind.Tag, after?.Id ?? 0)
            .Join(desk.Db.Tags, c => c.Key, t => t.Id, (c, t) => new { t.Id, t.Name, t.Slug, c.Count }).OrderBy(t => t.Id).Take(limit + 1).ToListAsync(desk.Cancellation);
        desk.Http.Shows(Notice.Counts);
        desk.Http.Shows(found.Select(t => Notice.Tag(t.Id)));
        return Answer.Of(fields, found.Take(limit).Select(t => new Item(t.Id, t.Name, t.Slug, t.Count, desk.Whole)), found.Count > limit ? new Cursor(Name, 0, found[limit - 1].Id) : null);
    }
}

/// <summary>Who writes: those whom a public article names.</summary>
internal static class AuthorAnswers
{
    private const string Name = "authors";

    private sealed record Item(int Id, string Name, string Title, string Slug, string BioHtml, int Count, Func<string, string> Whole);

    private static readonly IReadOnlyList<Field<Item>> Fields =
    [
        new("id", "Stays the same whatever becomes of its name.", () => Shape.Whole(7, 1), a => a.Id),
        new("name", "As readers see it.", () => Shape.Text("Lina Moreau"), a => a.Name),
        new("title", "What she does at the paper.", () => Shape.Text("BTW reporter"), a => a.Title),
        new("slug", "What the parameter author takes.", () => Shape.Text("lina-moreau"), a => a.Slug),
        new("url", "Its page.", () => Shape.Address("https://paper.example/author/lina-moreau"), a => a.Whole(To.Author(a.Slug))),
        new("bio", "HTML, safe to print.", () => Shape.Text("<p>Writes about networks.</p>"), a => a.BioHtml),
        new("articles", "Public articles that name her.", () => Shape.Whole(31, 1), a => a.Count),
    ];

    public static readonly Operation List = new($"{Operation.Root}/authors", "listAuthors", "Authors, by id", "Those whom at least one public article names.",
        "Author", Fields, [Parameter.Fields, Parameter.Limit, Parameter.After], ListAsync);

    private static async Task<Answer?> ListAsync(ApiDesk desk)
    {
        var (fields, limit, after) = (desk.Fields(Fields), desk.Limit(), desk.After(Name));
        if (desk.Wrong is not null) return null;

        var found = await desk.Db.ListingCounts.AsNoTracking().Having(ListingKind.Author, after?.Id ?? 0)
            .Join(desk.Db.Authors, c => c.Key, a => a.Id, (c, a) => new { a.Id, a.Name, a.Title, a.Slug, a.BioHtml, c.Count }).OrderBy(a => a.Id).Take(limit + 1).ToListAsync(desk.Cancellation);
        desk.Http.Shows(Notice.Counts);
        desk.Http.Shows(found.Select(a => Notice.Author(a.Id)));
        return Answer.Of(fields, found.Take(limit).Select(a => new Item(a.Id, a.Name, a.Title, a.Slug, a.BioHtml, a.Count, desk.Whole)), found.Count > limit ? new Cursor(Name, 0, found[limit - 1].Id) : null);
    }
}

file static class Counts
{
    /// <summary>Lists of that kind that have an article: along the key, from one on.</summary>
    public static IQueryable<ListingCount> Having(this IQueryable<ListingCount> counts, ListingKind kind, int after) =>
        counts.Where(c => c.Kind == kind && c.Key > after && c.Count > 0).OrderBy(c => c.Key);
}
