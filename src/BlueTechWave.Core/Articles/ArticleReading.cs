using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace BlueTechWave.Core.Articles;

public sealed record ReadingAuthor(int Id, string Name, string Role, string Slug, string BioHtml, string? TipsEmail, ShownPicture? Portrait = null);

/// <param name="Count">Public articles with this tag.</param>
public sealed record ReadingTag(int Id, string Name, string Slug, int Count);

/// <param name="Label">“Correction” or “Clarification”.</param>
public sealed record ReadingCorrection(string Note, DateTime At, string Label);

/// <param name="AnswersName">Whom it answers, also where that comment stands on another page.</param>
public sealed record ReadingComment(int Id, int? ParentId, string Thread, string Name, string Html, DateTime At, bool IsStaff, bool IsFeatured, bool IsEdited, bool IsEditedByEditor, string? AnswersName);

/// <summary>An article as its reader gets it, in four queries whatever the archive holds.</summary>
public sealed record ArticleReading
{
    public const int CommentsPerPage = 50;
    private const int RelatedShown = 3;
    private const int TagsAsked = 8;
    private const int CandidatesPerTag = 8;

    public required ArticleRow Article { get; init; }

    public required IReadOnlyList<ReadingAuthor> Authors { get; init; }

    public required IReadOnlyList<ReadingTag> Tags { get; init; }

    /// <summary>Linked articles that are public, by id.</summary>
    public required IReadOnlyDictionary<int, (string Headline, int Year, int Month, string Slug)> Linked { get; init; }

    /// <summary>All linked ids, public or not: when one changes, so does this page.</summary>
    public required IReadOnlyList<int> LinkedIds { get; init; }

    public required IReadOnlyList<ReadingCorrection> Corrections { get; init; }

    /// <summary>Pictures in the text that readers may have, by id.</summary>
    public IReadOnlyDictionary<int, ShownPicture> Pictures { get; init; } = new Dictionary<int, ShownPicture>();

    public required IReadOnlyList<ReadingComment> Comments { get; init; }

    public required IReadOnlyList<ArticleCard> Related { get; init; }

    /// <summary>The one row of the article itself.</summary>
    public sealed record ArticleRow
    {
        public required int Id { get; init; }
        public required string Headline { get; init; }
        public required string Slug { get; init; }
        public required int Year { get; init; }
        public required int Month { get; init; }
        public required ArticleStatus Status { get; init; }
        public required DateTime PublishedAt { get; init; }
        public DateTime? UpdatedAt { get; init; }
        public string? WithdrawnReason { get; init; }
        public int? CategoryId { get; init; }
        public LeadPicture? Picture { get; init; }
        public required string CardText { get; init; }
        public required int Words { get; init; }
        public required int ReadingMinutes { get; init; }
        public required bool CommentsOpen { get; init; }

        /// <summary>Where it is not the site's.</summary>
        public CommentPolicy? CommentPolicy { get; init; }
        public required int CommentCount { get; init; }
        public string? SocialTitle { get; init; }
        public string? SocialDescription { get; init; }
        public required IReadOnlyList<string> KeyPoints { get; init; }
        public OurTake? Take { get; init; }
        public required string BodyHtml { get; init; }
    }

    // To find a page's article is what is asked most often: read as a query once for each kind of store, in which no word of ours
    // for a condition may stand.
    private static readonly ConditionalWeakTable<IModel, Func<NewsDbContext, int, int, string, CancellationToken, Task<ArticleRow?>>> Found = [];

    /// <summary>The article at this address, public or gone; null where there never was one.</summary>
    public static Task<ArticleRow?> FindAsync(NewsDbContext db, int year, int month, string slug, CancellationToken cancellation) =>
        Found.GetValue(db.Model, _ => EF.CompileAsyncQuery(Finding))(db, year, month, slug, cancellation);

    private static readonly Expression<Func<NewsDbContext, int, int, string, CancellationToken, ArticleRow?>> Finding = (db, year, month, slug, cancellation) =>
        db.Articles.AsNoTracking()
            .Where(a => a.Year == year && a.Month == month && a.Slug == slug)
            .Where(a => a.Status == ArticleStatus.Published || a.Status == ArticleStatus.Withdrawn || (a.Status == ArticleStatus.Trashed && a.PublishedAt != null))
            .Select(a => new ArticleRow
            {
                Id = a.Id,
                Headline = a.Headline,
                Slug = a.Slug,
                Year = a.Year!.Value,
                Month = a.Month!.Value,
                Status = a.Status,
                PublishedAt = a.PublishedAt!.Value,
                UpdatedAt = a.UpdatedAt,
                WithdrawnReason = a.WithdrawnReason,
                CategoryId = a.CategoryId,
                Picture = a.Picture,
                CardText = a.CardText,
                Words = a.Words,
                ReadingMinutes = a.ReadingMinutes,
                CommentsOpen = a.CommentsOpen,
                CommentPolicy = db.ArticleDiscussions.Where(d => d.ArticleId == a.Id).Select(d => (CommentPolicy?)d.Policy).FirstOrDefault(),
                CommentCount = a.CommentCount,
                SocialTitle = a.SocialTitle,
                SocialDescription = a.SocialDescription,
                KeyPoints = a.KeyPoints,
                Take = a.Take,
                BodyHtml = a.BodyHtml,
            })
            .FirstOrDefault();

    /// <param name="unrelated">Categories never offered as related: partner content.</param>
    public static async Task<ArticleReading> AroundAsync(NewsDbContext db, ArticleRow article, CommentOrder commentOrder, int commentPage, RelatedOrder order,
        IReadOnlyCollection<int> unrelated, CancellationToken cancellation)
    {
        var rows = (await AroundArticle.ReadAsync(db, article.Id, commentOrder, commentPage, cancellation))
            .ToLookup(r => (AroundArticle.Part)r.Part);
        var tags = rows[AroundArticle.Part.Tag].OrderBy(r => r.A).Select(r => new ReadingTag(r.Id, r.T1, r.T2, r.B)).ToList();
        var linked = rows[AroundArticle.Part.Linked].ToList();
        var portraits = rows[AroundArticle.Part.Portrait].ToDictionary(r => r.Id, Picture);

        return new()
        {
            Article = article,
            Authors = [.. rows[AroundArticle.Part.Author].OrderBy(r => r.A).Select(r => new ReadingAuthor(r.Id, r.T1, r.T2, r.Slug, r.T3 ?? "", r.T4, portraits.GetValueOrDefault(r.Id)))],
            Pictures = rows[AroundArticle.Part.Picture].ToDictionary(r => r.Id, Picture),
            Tags = tags,
            Linked = linked.Where(r => r.T2.Length > 0).ToDictionary(r => r.Id, r => (r.T1, r.A, r.B, r.T2)),
            LinkedIds = [.. linked.Select(r => r.Id)],
            Corrections = [.. rows[AroundArticle.Part.Correction].OrderBy(r => r.Id).Select(r => new ReadingCorrection(r.T1, Utc(r.At), Correction.LabelOf(r.A != 0)))],
            Comments = [.. InOrder(rows[AroundArticle.Part.Comment], commentOrder).Select(r => new ReadingComment(
                r.Id, r.A == 0 ? null : r.A, r.Slug, r.T1, r.T2, Utc(r.At), (r.B & 1) != 0, (r.B & 2) != 0, (r.B & 4) != 0, (r.B & 8) != 0, r.T3))],
            Related = await RelatedAsync(db, article, tags, linked.Select(r => r.Id).ToHashSet(), order, unrelated, cancellation),
        };
    }

    /// <summary>By shared tags, the rare ones weighing more, then the primary category, then the newest (or nearest in time).</summary>
    internal static async Task<IReadOnlyList<ArticleCard>> RelatedAsync(NewsDbContext db, ArticleRow article, IReadOnlyList<ReadingTag> tags,
        IReadOnlySet<int> linked, RelatedOrder order, IReadOnlyCollection<int> unrelated, CancellationToken cancellation)
    {
        var asked = tags.OrderBy(t => t.Count).Take(TagsAsked).ToList();
        var listings = asked.Select(t => Listing.OfTag(t.Id)).ToList();
        if (article.CategoryId is { } category) listings.Add(Listing.OfCategory(category));
        if (listings.Count == 0) return [];

        var found = (await RelatedArticles.CandidatesAsync(db, article.Id, listings, CandidatesPerTag, cancellation))
            .GroupBy(c => c.Id)
            .Select(of => (Id: of.Key, of.First().CategoryId, PublishedAt: Utc(of.First().PublishedAt), Tags: of.Select(c => c.TagId).ToList()))
            .ToList();

        var weights = asked.ToDictionary(t => t.Id, t => 1 / Math.Log2(t.Count + 2));
        var nearest = found
            .Where(f => !linked.Contains(f.Id) && !unrelated.Contains(f.CategoryId ?? 0))
            .OrderByDescending(f => f.Tags.Sum(id => id is { } tag ? weights.GetValueOrDefault(tag) : 0))
            .ThenByDescending(f => f.CategoryId == article.CategoryId)
            .ThenBy(f => order == RelatedOrder.NearInTime ? Math.Abs((f.PublishedAt - article.PublishedAt).Ticks) : -f.PublishedAt.Ticks)
            .ThenByDescending(f => f.Id)
            .Take(RelatedShown)
            .Select(f => f.Id)
            .ToList();
        return await ArticleCard.OfAsync(db, nearest, cancellation);
    }

    // A union keeps no order of its parts.
    private static IEnumerable<AroundArticle.Row> InOrder(IEnumerable<AroundArticle.Row> comments, CommentOrder order) => order switch
    {
        CommentOrder.Newest => comments.OrderByDescending(r => r.Id),
        CommentOrder.Oldest => comments.OrderBy(r => r.Id),
        _ => comments.OrderBy(r => r.Slug, StringComparer.Ordinal).ThenBy(r => r.Id),
    };

    private static ShownPicture Picture(AroundArticle.Row row) => new(row.Id, row.T1, row.A, row.B, row.T2, row.T3 ?? "", row.T4 ?? "", row.Slug);

    private static DateTime Utc(DateTime? at) => DateTime.SpecifyKind(at ?? default, DateTimeKind.Utc);
}
