using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Listings;

/// <summary>
/// Keeps the listings true: after a save, and in its transaction, the changed articles enter and leave the lists
/// they belong to, and the lists' lengths follow.
/// </summary>
internal static class ListingKeeper
{
    /// <returns>The listings whose members or order changed.</returns>
    public static async Task<IReadOnlySet<Listing>> KeepAsync(NewsDbContext db, IReadOnlyCollection<int> articles)
    {
        var (left, entered) = await CompareAsync(db, articles);
        if (left.Count == 0 && entered.Count == 0) return new HashSet<Listing>();

        foreach (var gone in left)
        {
            await db.ListingEntries
                .Where(e => e.Kind == gone.Kind && e.Key == gone.Key && e.PublishedAt == gone.PublishedAt && e.ArticleId == gone.ArticleId)
                .ExecuteDeleteAsync();
        }

        await db.InsertListingEntriesAsync(entered);
        await db.CountListingsAsync(Differences(left, entered));
        return left.Concat(entered).Select(e => e.Listing).ToHashSet();
    }

    /// <summary>Whether all of these articles are just where they belong.</summary>
    public static async Task<bool> IsTrueAsync(NewsDbContext db, IReadOnlyCollection<int> articles) =>
        await CompareAsync(db, articles) is { Left.Count: 0, Entered.Count: 0 };

    /// <summary>Takes articles that are about to be deleted from all lists.</summary>
    /// <returns>The listings that had them.</returns>
    public static async Task<IReadOnlySet<Listing>> RemoveAsync(NewsDbContext db, IReadOnlyCollection<int> articles)
    {
        var left = await db.ListingEntries.AsNoTracking().Where(e => articles.Contains(e.ArticleId)).ToListAsync();
        await db.ListingEntries.Where(e => articles.Contains(e.ArticleId)).ExecuteDeleteAsync();
        await db.CountListingsAsync(Differences(left, []));
        return left.Select(e => e.Listing).ToHashSet();
    }

    private static async Task<(List<ListingEntry> Left, List<ListingEntry> Entered)> CompareAsync(NewsDbContext db, IReadOnlyCollection<int> articles)
    {
        var before = await db.ListingEntries.AsNoTracking().Where(e => articles.Contains(e.ArticleId)).ToListAsync();
        var after = await BelongingsAsync(db, articles);
        return ([.. before.ExceptBy(after.Select(Place), Place)], [.. after.ExceptBy(before.Select(Place), Place)]);
    }

    private static (Listing, DateTime, int) Place(ListingEntry e) => (e.Listing, e.PublishedAt, e.ArticleId);

    /// <summary>Always in one order, so that two savers never wait for each other in a circle.</summary>
    private static IEnumerable<(Listing Listing, int By)> Differences(List<ListingEntry> left, List<ListingEntry> entered) =>
        entered.Select(e => (e.Listing, By: 1)).Concat(left.Select(e => (e.Listing, By: -1)))
            .GroupBy(d => d.Listing, d => d.By)
            .Select(g => (g.Key, g.Sum()))
            .Where(d => d.Item2 != 0)
            .OrderBy(d => d.Key.Kind).ThenBy(d => d.Key.Key);

    private static async Task<List<ListingEntry>> BelongingsAsync(NewsDbContext db, IReadOnlyCollection<int> articles)
    {
        var found = await db.Articles.AsNoTracking().Published().Where(a => articles.Contains(a.Id))
            .Select(a => new
            {
                a.Id,
                PublishedAt = a.PublishedAt!.Value,
                a.Year,
                a.Month,
                a.CategoryId,
                Further = a.FurtherCategories.Select(f => f.CategoryId).ToList(),
                Tags = a.Tags.Select(t => t.TagId).ToList(),
                Authors = a.Bylines.Select(b => b.AuthorId).ToList(),
            })
            .AsSplitQuery()
            .ToListAsync();
        if (found.Count == 0) return [];

        var parents = await db.Categories.AsNoTracking().Select(c => new { c.Id, c.ParentId }).ToDictionaryAsync(c => c.Id, c => c.ParentId);

        return [.. found.SelectMany(a =>
        {
            var categories = a.Further.Append(a.CategoryId ?? 0).SelectMany(id => WithAncestors(id, parents)).Distinct();
            return new List<Listing> { Listing.Site, Listing.OfYear(a.Year!.Value), Listing.OfMonth(a.Year!.Value, a.Month!.Value) }
                .Concat(categories.Select(Listing.OfCategory))
                .Concat(a.Tags.Select(Listing.OfTag))
                .Concat(a.Authors.Select(Listing.OfAuthor))
                .Select(listing => new ListingEntry(listing, a.PublishedAt, a.Id));
        })];
    }

    private static IEnumerable<int> WithAncestors(int id, Dictionary<int, int?> parents)
    {
        // Bounded: a tree that an import has tied into a knot must not hang the save.
        for (int? at = id, steps = 0; at is { } here && parents.TryGetValue(here, out var parent) && steps < 32; at = parent, steps++)
            yield return here;
    }
}
