using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Articles;

/// <param name="Path"><see cref="LeadPicture.Path"/>.</param>
public sealed record CardPicture(string Path, int Width, int Height, string Alt)
{
    /// <summary>One of the library's: its path is where its renditions begin.</summary>
    public bool IsCut => Path.StartsWith("/media/", StringComparison.Ordinal);
}

public sealed record CardAuthor(string Name, string Slug, int AuthorId);

/// <summary>The small shape that every list shows: never a body.</summary>
public sealed record ArticleCard
{
    public required int Id { get; init; }

    public required string Headline { get; init; }

    public required string Slug { get; init; }

    public required int Year { get; init; }

    public required int Month { get; init; }

    public required string Text { get; init; }

    public required DateTime PublishedAt { get; init; }

    public DateTime? UpdatedAt { get; init; }

    public required int ReadingMinutes { get; init; }

    public int? CategoryId { get; init; }

    public CardPicture? Picture { get; init; }

    public required IReadOnlyList<CardAuthor> Authors { get; init; }

    /// <summary>One page of a listing, newest first: one query, and one more far behind.</summary>
    /// <param name="page">From 1. One beyond the end is an empty page, however large the number.</param>
    /// <param name="onFirst">How many the first page has, where that is not <paramref name="size"/>.</param>
    public static async Task<List<ArticleCard>> ListAsync(NewsDbContext db, Listing listing, int page, int size, CancellationToken cancellation, int? onFirst = null)
    {
        var before = page < 2 ? 0 : (onFirst ?? size) + (page - 2L) * size;
        var entries = await ListingPlaces.FromAsync(db, listing, (int)Math.Min(before, int.MaxValue), cancellation);
        return await entries.Take(page < 2 ? onFirst ?? size : size).Cards(db).ToListAsync(cancellation);
    }

    /// <summary>These articles, in the order asked for; those not public are left out.</summary>
    public static async Task<List<ArticleCard>> OfAsync(NewsDbContext db, IReadOnlyCollection<int> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0) return [];
        var found = await db.Articles.AsNoTracking().Published().Where(a => EF.Parameter(ids).Contains(a.Id)).Cards(db).ToDictionaryAsync(c => c.Id, cancellation);
        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    /// <summary>The articles read most in the week before <paramref name="now"/>.</summary>
    public static async Task<IReadOnlyList<ArticleCard>> MostReadAsync(NewsDbContext db, DateTime now, int count, CancellationToken cancellation)
    {
        var since = DateOnly.FromDateTime(now.AddDays(-7));
        var ids = await db.ArticleViews.Where(v => v.Day >= since)
            .GroupBy(v => v.ArticleId)
            .Select(g => new { ArticleId = g.Key, Views = g.Sum(v => v.Count) })
            .OrderByDescending(v => v.Views).ThenByDescending(v => v.ArticleId)
            .Take(count * 2)
            .Select(v => v.ArticleId)
            .ToListAsync(cancellation);
        return [.. (await OfAsync(db, ids, cancellation)).Take(count)];
    }
}

internal static class CardQueries
{
    extension(IQueryable<ListingEntry> entries)
    {
        /// <summary>The cards of these entries, in listing order.</summary>
        public IQueryable<ArticleCard> Cards(NewsDbContext db) =>
            entries.Join(db.Articles, e => e.ArticleId, a => a.Id, (e, a) => a)
                .OrderByDescending(a => a.PublishedAt).ThenByDescending(a => a.Id)
                .Cards(db);
    }

    extension(IQueryable<Article> articles)
    {
        // The slug is asked for one author at a time: joined, SQLite would build the join of all bylines first.
        public IQueryable<ArticleCard> Cards(NewsDbContext db) => articles.Select(article => new ArticleCard
        {
            Id = article.Id,
            Headline = article.Headline,
            Slug = article.Slug,
            Year = article.Year!.Value,
            Month = article.Month!.Value,
            Text = article.CardText,
            PublishedAt = article.PublishedAt!.Value,
            UpdatedAt = article.UpdatedAt,
            ReadingMinutes = article.ReadingMinutes,
            CategoryId = article.CategoryId,
            Picture = article.Picture == null || article.Picture.Path == ""
                ? null
                : new CardPicture(article.Picture.Path, article.Picture.Width, article.Picture.Height, article.Picture.Alt),
            Authors = article.Bylines.OrderBy(b => b.Position).Select(b => new CardAuthor(b.Name, db.Authors.Where(a => a.Id == b.AuthorId).Select(a => a.Slug).First(), b.AuthorId)).ToList(),
        });
    }
}
