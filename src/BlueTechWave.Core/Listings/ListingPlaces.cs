using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Listings;

/// <summary>Places far down a long listing, found without reading all that stands above them.</summary>
public static class ListingPlaces
{
    /// <summary>So many entries are walked over sooner than the months are asked for.</summary>
    private const int Walked = 4_000;

    /// <summary>The last of every <paramref name="size"/> entries, counted from the oldest, and the newest of all; the oldest first.</summary>
    public static async Task<List<ListingEntry>> EndsAsync(NewsDbContext db, Listing listing, int size, CancellationToken cancellation)
    {
        var ends = await db.ListingEnds(listing, size).AsNoTracking().ToListAsync(cancellation);
        return [.. ends.OrderBy(e => e.PublishedAt).ThenBy(e => e.ArticleId)];
    }

    /// <summary>
    /// The entries from the <paramref name="skip"/>th on, newest first. How many each month has is kept: the walk to a page deep in the
    /// archive begins with the month that it is in, not with today.
    /// </summary>
    internal static async Task<IQueryable<ListingEntry>> FromAsync(NewsDbContext db, Listing listing, int skip, CancellationToken cancellation, int walked = Walked)
    {
        var entries = db.ListingEntries.In(listing);
        if (listing != Listing.Site || skip <= walked || await MonthAsync(db, skip, cancellation) is not { } month) return entries.NewestFirst().Skip(skip);
        return entries.Where(e => e.PublishedAt <= month.Newest).NewestFirst().Skip(skip - month.Before);
    }

    /// <returns>
    /// When the month's newest was published, and how many are newer; null where months overlap, so that their lengths say
    /// nothing: a month is that of the site's time zone on the day, and the zone may have been another.
    /// </returns>
    private static async Task<(DateTime Newest, int Before)?> MonthAsync(NewsDbContext db, int skip, CancellationToken cancellation)
    {
        var months = await db.ListingCounts.Where(c => c.Kind == ListingKind.Month && c.Count > 0).OrderByDescending(c => c.Key)
            .Select(c => new
            {
                c.Count,
                Oldest = db.ListingEntries.Where(e => e.Kind == c.Kind && e.Key == c.Key).Min(e => e.PublishedAt),
                Newest = db.ListingEntries.Where(e => e.Kind == c.Kind && e.Key == c.Key).Max(e => e.PublishedAt),
            })
            .ToListAsync(cancellation);
        if (months.Zip(months.Skip(1)).Any(pair => pair.First.Oldest <= pair.Second.Newest)) return null;

        var before = 0;
        foreach (var month in months)
        {
            if (before + month.Count > skip) return (month.Newest, before);
            before += month.Count;
        }

        return null;
    }
}
