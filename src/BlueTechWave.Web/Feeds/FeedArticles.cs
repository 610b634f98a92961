using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Core.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Feeds;

/// <summary>An article with everything that a feed prints of it, bodies included: here, and only here, a list has them.</summary>
internal sealed record FeedArticle
{
    public required int Id { get; init; }

    public required string Headline { get; init; }

    public required string Slug { get; init; }

    public required int Year { get; init; }

    public required int Month { get; init; }

    public required string CardText { get; init; }

    public string? SocialTitle { get; init; }

    public string? SocialDescription { get; init; }

    public required DateTime PublishedAt { get; init; }

    public DateTime? UpdatedAt { get; init; }

    public int? CategoryId { get; init; }

    public LeadPicture? Picture { get; init; }

    public required IReadOnlyList<string> KeyPoints { get; init; }

    public OurTake? Take { get; init; }

    public required string BodyHtml { get; init; }

    /// <summary>Pictures in the body that readers may have, by id.</summary>
    public IReadOnlyDictionary<int, ShownPicture> Pictures { get; private set; } = new Dictionary<int, ShownPicture>();

    public IReadOnlyList<FeedPart> Parts { get; private set; } = [];

    public DateTime ChangedAt => UpdatedAt > PublishedAt ? UpdatedAt.Value : PublishedAt;

    public IEnumerable<FeedPart> Of(FeedPartKind kind) => Parts.Where(p => p.Kind == kind).OrderBy(p => p.Position);

    /// <summary>The newest of a listing, in two queries, three where a text has pictures: the rows, then all that hangs on them, so that no body is sent twice.</summary>
    public static async Task<IReadOnlyList<FeedArticle>> NewestAsync(NewsDbContext db, Listing listing, int count, CancellationToken cancellation)
    {
        var articles = await db.ListingEntries.In(listing).NewestFirst().Take(count)
            .Join(db.Articles.AsNoTracking().Published(), e => e.ArticleId, a => a.Id, (_, article) => article)
            .OrderByDescending(a => a.PublishedAt).ThenByDescending(a => a.Id)
            .Select(a => new FeedArticle
            {
                Id = a.Id,
                Headline = a.Headline,
                Slug = a.Slug,
                Year = a.Year!.Value,
                Month = a.Month!.Value,
                CardText = a.CardText,
                SocialTitle = a.SocialTitle,
                SocialDescription = a.SocialDescription,
                PublishedAt = a.PublishedAt!.Value,
                UpdatedAt = a.UpdatedAt,
                CategoryId = a.CategoryId,
                Picture = a.Picture,
                KeyPoints = a.KeyPoints,
                Take = a.Take,
                BodyHtml = a.BodyHtml,
            })
            .ToListAsync(cancellation);
        return await WithPartsAsync(db, articles, cancellation);
    }

    /// <summary>Of articles in any state; one that was never public has year and month 0.</summary>
    public static Task<IReadOnlyList<FeedArticle>> OfAsync(NewsDbContext db, IReadOnlyList<Article> articles, CancellationToken cancellation) => WithPartsAsync(db,
    [
        .. articles.Select(a => new FeedArticle
        {
            Id = a.Id,
            Headline = a.Headline,
            Slug = a.Slug,
            Year = a.Year ?? 0,
            Month = a.Month ?? 0,
            CardText = a.CardText,
            PublishedAt = a.PublishedAt ?? a.CreatedAt,
            KeyPoints = a.KeyPoints,
            Take = a.Take,
            BodyHtml = a.BodyHtml,
        }),
    ], cancellation);

    private static async Task<IReadOnlyList<FeedArticle>> WithPartsAsync(NewsDbContext db, List<FeedArticle> articles, CancellationToken cancellation)
    {
        if (articles.Count == 0) return [];

        var parts = (await FeedPart.Of(db, [.. articles.Select(a => a.Id)]).ToListAsync(cancellation)).ToLookup(p => p.ArticleId);
        var pictures = await BodyPictures.ReadAsync(db, articles.Select(a => a.BodyHtml), cancellation);
        foreach (var article in articles) (article.Parts, article.Pictures) = ([.. parts[article.Id]], pictures);
        return articles;
    }
}

internal enum FeedPartKind
{
    Author = 0,
    Category = 1,
    Tag = 2,
    Link = 3,
    Correction = 4,
}

/// <summary>What hangs on an article, in one shape.</summary>
/// <param name="Name">A headline for a link, null where its target is not public; the note of a correction.</param>
/// <param name="Slug">Of a correction: null for a clarification.</param>
/// <param name="At">Of a correction: when it was made.</param>
internal sealed record FeedPart(FeedPartKind Kind, int ArticleId, int Position, int Id, string? Name, string? Slug, int? Year, int? Month, DateTime? At = null)
{
    /// <param name="only">Which kinds are wanted; all where nothing is said.</param>
    public static IQueryable<FeedPart> Of(NewsDbContext db, IReadOnlyList<int> articles, Func<FeedPartKind, bool>? only = null) => new[]
        {
            (FeedPartKind.Author, db.Set<Byline>().Where(b => articles.Contains(b.ArticleId))
                .Select(b => new { Kind = 0, b.ArticleId, b.Position, Id = b.AuthorId, Name = (string?)b.Name, Slug = (string?)b.Author.Slug, Year = (int?)null, Month = (int?)null, At = (DateTime?)null })),
            (FeedPartKind.Category, db.Set<FurtherCategory>().Where(f => articles.Contains(f.ArticleId))
                .Select(f => new { Kind = 1, f.ArticleId, Position = f.CategoryId, Id = f.CategoryId, Name = (string?)null, Slug = (string?)null, Year = (int?)null, Month = (int?)null, At = (DateTime?)null })),
            (FeedPartKind.Tag, db.Set<ArticleTag>().Where(t => articles.Contains(t.ArticleId))
                .Select(t => new { Kind = 2, t.ArticleId, t.Position, Id = t.TagId, Name = (string?)t.Tag.Name, Slug = (string?)t.Tag.Slug, Year = (int?)null, Month = (int?)null, At = (DateTime?)null })),
            (FeedPartKind.Link, db.Set<ArticleLink>().Where(l => articles.Contains(l.ArticleId))
                .LeftJoin(db.Articles.Published(), l => l.TargetId, a => a.Id, (l, a) => new { l, a })
                .Select(x => new { Kind = 3, x.l.ArticleId, Position = x.l.TargetId, Id = x.l.TargetId, Name = (string?)x.a!.Headline, Slug = (string?)x.a.Slug, x.a.Year, x.a.Month, At = (DateTime?)null })),
            (FeedPartKind.Correction, db.Corrections.Where(c => articles.Contains(c.ArticleId))
                .Select(c => new { Kind = 4, c.ArticleId, Position = c.Id, c.Id, Name = (string?)c.Note, Slug = c.IsClarification ? null : "", Year = (int?)null, Month = (int?)null, At = (DateTime?)c.At })),
        }
        .Where(part => only?.Invoke(part.Item1) != false).Select(part => part.Item2).Aggregate((one, other) => one.Concat(other))
        .Select(p => new FeedPart((FeedPartKind)p.Kind, p.ArticleId, p.Position, p.Id, p.Name, p.Slug, p.Year, p.Month, p.At));
}
