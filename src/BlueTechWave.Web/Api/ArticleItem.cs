using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Feeds;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Media;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Api;

/// <summary>A public article as far as it was asked for: its row, what hangs on it, its long texts only where a field wants them.</summary>
internal sealed record ArticleItem
{
    private static readonly string[] Long = ["keyPoints", "ourTake", "body"];

    public required Row Article { get; init; }

    public IReadOnlyList<FeedPart> Parts { get; private set; } = [];

    public Texts Text { get; private set; } = Texts.None;

    /// <summary>Where a search found it.</summary>
    public string Snippet { get; init; } = "";

    public required SiteFrame Frame { get; init; }

    public required Func<string, string> Whole { get; init; }

    private IReadOnlyDictionary<int, ShownPicture> Pictures { get; set; } = new Dictionary<int, ShownPicture>();

    public string Address => Whole(To.Article(Article.Year, Article.Month, Article.Slug));

    public CategoryNode? Category => Frame.Category(Article.CategoryId);

    public IEnumerable<CategoryNode> Categories => Of(FeedPartKind.Category).Select(p => (int?)p.Id).Prepend(Article.CategoryId).Select(Frame.Category).OfType<CategoryNode>().Distinct();

    public IEnumerable<FeedPart> Of(FeedPartKind kind) => Parts.Where(p => p.Kind == kind).OrderBy(p => p.Position);

    /// <summary>The story alone, as it reads elsewhere: links to what is public, whole addresses, pictures with theirs.</summary>
    public string Body()
    {
        var links = Of(FeedPartKind.Link).Where(l => l is { Name: not null, Slug: not null, Year: not null, Month: not null }).DistinctBy(l => l.Id)
            .ToDictionary(l => l.Id, l => ((string, string)?)(l.Name!, To.Article(l.Year!.Value, l.Month!.Value, l.Slug!)));
        var printed = BodyPictures.Print(ArticlePrint.Print(Text.BodyHtml, links.GetValueOrDefault), placed => PictureHtml.Plain(placed, Pictures));
        return FeedHtml.Absolute(printed, new Uri(Address));
    }

    /// <summary>
    /// These rows with what the fields want of them: one query for the rows, one for all that hangs on them, one for their long
    /// texts and one for pictures in these, the last two only if asked for. Rows not public any more are left out.
    /// </summary>
    /// <returns>As many as the limit, and the last of them if there are more.</returns>
    public static async Task<(IReadOnlyList<ArticleItem> Items, Row? Last)> LoadAsync(ApiDesk desk, IQueryable<Article> articles, IReadOnlyList<Field> fields, int limit, Func<int, string>? snippet = null)
    {
        var db = desk.Db;
        var frame = await desk.FrameAsync();
        var rows = await Rows(articles).ToListAsync(desk.Cancellation);
        var last = rows.Count > limit ? rows[limit - 1] : null;
        List<int> ids = [.. rows.Take(limit).Select(r => r.Id)];
        var names = fields.Select(f => f.Name).ToHashSet();
        var items = rows.Take(limit).ToDictionary(r => r.Id, r => new ArticleItem { Article = r, Frame = frame, Whole = desk.Whole, Snippet = snippet?.Invoke(r.Id) ?? "" });
        desk.Http.Shows(Notice.Frame);
        desk.Http.Shows(ids.Select(Notice.Article));
        if (names.Contains("commentCount")) desk.Http.Shows(ids.Select(Notice.Comments));
        if (ids.Count == 0) return ([], null);

        var kinds = Kinds(names).ToHashSet();
        if (kinds.Count > 0)
        {
            foreach (var parts in (await FeedPart.Of(db, ids, kinds.Contains).ToListAsync(desk.Cancellation)).GroupBy(p => p.ArticleId))
                items[parts.Key].Parts = [.. parts];
        }

        if (Long.Any(names.Contains))
        {
            var texts = await Texts.ReadAsync(db, ids, names.Contains("body"), desk.Cancellation);
            // Withdrawn a moment ago: gone whole, not shown without its words.
            ids.RemoveAll(id => !texts.ContainsKey(id));
            var pictures = await BodyPictures.ReadAsync(db, texts.Values.Select(t => t.BodyHtml), desk.Cancellation);
            foreach (var id in ids) (items[id].Text, items[id].Pictures) = (texts[id], pictures);
        }

        desk.Http.Shows(items.Values.SelectMany(i => i.Parts).Select(Shown).OfType<Notice>());
        return ([.. ids.Select(id => items[id])], last);
    }

    private static IEnumerable<FeedPartKind> Kinds(HashSet<string> names)
    {
        if (names.Contains("authors")) yield return FeedPartKind.Author;
        if (names.Contains("tags")) yield return FeedPartKind.Tag;
        if (names.Contains("categories")) yield return FeedPartKind.Category;
        if (names.Contains("corrections")) yield return FeedPartKind.Correction;
        if (names.Contains("body")) yield return FeedPartKind.Link;
    }

    private static Notice? Shown(FeedPart part) => part.Kind switch
    {
        FeedPartKind.Author => Notice.Author(part.Id),
        FeedPartKind.Tag => Notice.Tag(part.Id),
        // Those not public as well: they may become so.
        FeedPartKind.Link => Notice.Article(part.Id),
        _ => null,
    };

    private static IQueryable<Row> Rows(IQueryable<Article> articles) => articles.Select(a => new Row
    {
        Id = a.Id,
        Headline = a.Headline,
        Slug = a.Slug,
        Year = a.Year!.Value,
        Month = a.Month!.Value,
        Summary = a.CardText,
        PublishedAt = a.PublishedAt!.Value,
        UpdatedAt = a.UpdatedAt,
        Words = a.Words,
        ReadingMinutes = a.ReadingMinutes,
        CommentCount = a.CommentCount,
        CategoryId = a.CategoryId,
        Picture = a.Picture,
    });

    /// <summary>The small columns, which stand together in the store: all of them cost what one does.</summary>
    public sealed record Row
    {
        public required int Id { get; init; }
        public required string Headline { get; init; }
        public required string Slug { get; init; }
        public required int Year { get; init; }
        public required int Month { get; init; }
        public required string Summary { get; init; }
        public required DateTime PublishedAt { get; init; }
        public DateTime? UpdatedAt { get; init; }
        public required int Words { get; init; }
        public required int ReadingMinutes { get; init; }
        public required int CommentCount { get; init; }
        public int? CategoryId { get; init; }
        public LeadPicture? Picture { get; init; }
    }

    public sealed record Texts(IReadOnlyList<string> KeyPoints, OurTake? Take, string BodyHtml)
    {
        public static readonly Texts None = new([], null, "");

        public static async Task<Dictionary<int, Texts>> ReadAsync(NewsDbContext db, IReadOnlyList<int> ids, bool withBody, CancellationToken cancellation)
        {
            var articles = db.Articles.AsNoTracking().Published().Where(a => ids.Contains(a.Id));
            return withBody
                ? await articles.Select(a => new { a.Id, a.KeyPoints, a.Take, a.BodyHtml }).ToDictionaryAsync(a => a.Id, a => new Texts(a.KeyPoints, a.Take, a.BodyHtml), cancellation)
                : await articles.Select(a => new { a.Id, a.KeyPoints, a.Take }).ToDictionaryAsync(a => a.Id, a => new Texts(a.KeyPoints, a.Take, ""), cancellation);
        }
    }
}
