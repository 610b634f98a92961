using System.Text.Json.Nodes;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Feeds;
using BlueTechWave.Web.Links;

namespace BlueTechWave.Web.Api;

/// <summary>What is told of an article.</summary>
internal static class ArticleFields
{
    public static readonly IReadOnlyList<Field<ArticleItem>> All =
    [
        new("id", "Stays the same whatever becomes of headline and address.", () => Shape.Whole(12, 1), i => i.Article.Id),
        new("url", "Its page.", () => Shape.Address("https://paper.example/2024/09/robots-learn-to-swim"), i => i.Address),
        new("headline", "As it stands above the article.", () => Shape.Text("Robots learn to swim"), i => i.Article.Headline),
        new("slug", "The last part of its address; two articles of different months may share one.", () => Shape.Text("robots-learn-to-swim"), i => i.Article.Slug),
        new("summary", "A sentence or two, plain.", () => Shape.Text("They crossed the harbour on Wednesday."), i => i.Article.Summary),
        new("publishedAt", "First publication.", () => Shape.Moment(), i => Moment(i.Article.PublishedAt)),
        new("updatedAt", "The last update or correction that readers should know of.", () => Shape.OrNothing(Shape.Moment()), i => i.Article.UpdatedAt is { } at ? Moment(at) : null),
        new("category", "The one it is filed under first.", () => new JsonObject { ["anyOf"] = new JsonArray(Shape.Ref("Subject"), new JsonObject { ["type"] = "null" }) }, i => i.Category is { } c ? Subject(i, c) : null),
        new("authors", "In the order of the byline, with the names it went out under.", () => Shape.List(Shape.Ref("Named")),
            i => i.Of(FeedPartKind.Author).Select(a => new { name = a.Name, slug = a.Slug, url = i.Whole(To.Author(a.Slug!)) })),
        new("tags", "Words it shares with others.", () => Shape.List(Shape.Ref("Named")), i => i.Of(FeedPartKind.Tag).Select(t => new { name = t.Name, slug = t.Slug, url = i.Whole(To.Tag(t.Slug!)) })),
        new("picture", "The one above it; null where it has none of its own.", () => new JsonObject { ["anyOf"] = new JsonArray(Shape.Ref("Picture"), new JsonObject { ["type"] = "null" }) }, i => Picture(i)),
        new("readingMinutes", "How long it takes to read.", () => Shape.Whole(3, 1), i => i.Article.ReadingMinutes),
        new("words", "Of key points, take and body together.", () => Shape.Whole(640), i => i.Article.Words, IsUsual: false),
        new("categories", "All it is filed under, the first one first.", () => Shape.List(Shape.Ref("Subject")), i => i.Categories.Select(c => Subject(i, c)), IsUsual: false),
        new("keyPoints", "Up to five sentences, as plain text.", () => Shape.List(Shape.Text("They can.")), i => i.Text.KeyPoints.Select(LightMarkdown.Plain), IsUsual: false),
        new("ourTake", "The paper’s opinion, with its own attribution.", () => new JsonObject { ["anyOf"] = new JsonArray(Shape.Ref("Take"), new JsonObject { ["type"] = "null" }) },
            i => i.Text.Take is { } take ? new { label = take.Label, html = FeedHtml.Absolute(take.Html, new Uri(i.Address)), by = take.Attribution, role = take.Role } : null, IsUsual: false),
        new("body", "The story as HTML, safe to print, with whole addresses. Only this field reads it.", () => Shape.Text("<h2>What happened</h2><p>They swam.</p>"), i => i.Body(), IsUsual: false),
        new("corrections", "What was put right, the oldest first.", () => Shape.List(Shape.Ref("Correction")),
            i => i.Of(FeedPartKind.Correction).Select(c => new { kind = c.Slug is null ? "clarification" : "correction", note = c.Name, correctedAt = Moment(c.At!.Value) }), IsUsual: false),
        new("commentCount", "Comments that readers see.", () => Shape.Whole(4), i => i.Article.CommentCount, IsUsual: false),
    ];

    /// <summary>The smaller things that articles are made of, for the documentation.</summary>
    public static IEnumerable<(string Name, JsonObject Shape)> Parts =>
    [
        ("Subject", Shape.Of(("name", Shape.Text("Artificial intelligence")), ("path", Shape.Text("ai")), ("url", Shape.Address("https://paper.example/category/ai")))),
        ("Named", Shape.Of(("name", Shape.Text("Lina Moreau")), ("slug", Shape.Text("lina-moreau")), ("url", Shape.Address("https://paper.example/author/lina-moreau")))),
        ("Picture", Shape.Of(("url", Shape.Address("https://paper.example/media/…/full-1200.jpg")), ("width", Shape.Whole(1200, 1)), ("height", Shape.Whole(800, 1)),
            ("alt", Shape.Text("Three robots in a pool")), ("caption", Shape.OrNothing(Shape.Text("At noon."))), ("credit", Shape.OrNothing(Shape.Text("Photo: Lina Moreau"))))),
        ("Take", Shape.Of(("label", Shape.Text(OurTake.UsualLabel)), ("html", Shape.Text("<p>About time.</p>")), ("by", Shape.Text("Lina Moreau")), ("role", Shape.Text("BTW reporter")))),
        ("Correction", Shape.Of(("kind", Shape.OneOf("correction", "clarification")), ("note", Shape.Text("An earlier version said that they sank.")), ("correctedAt", Shape.Moment()))),
    ];

    public static string Moment(DateTime utc) => XmlText.Moment(utc);

    private static object Subject(ArticleItem item, CategoryNode category) => new { name = category.Name, path = category.Path, url = item.Whole(To.Category(category)) };

    /// <summary>A drawing as it is; of a photograph the widest of its sizes.</summary>
    private static object? Picture(ArticleItem item)
    {
        if (item.Article.Picture is not { Path.Length: > 0 } picture) return null;
        var (path, width, height) = (picture.Path, picture.Width, picture.Height);
        if (picture.PictureId is not null)
        {
            var widest = Slot.Full.WidthsFor(width, height)[^1];
            (path, width, height) = ($"{path}/{new Rendition(Slot.Full, widest, "jpg").Name}", widest, Slot.Full.HeightAt(widest, width, height));
        }

        return new { url = item.Whole(path), width, height, alt = picture.Alt, caption = picture.Caption, credit = picture.Credit };
    }
}
