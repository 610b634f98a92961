namespace BlueTechWave.Core.Listings;

public static class ListingQueries
{
    extension(IQueryable<ListingEntry> entries)
    {
        public IQueryable<ListingEntry> In(Listing listing) =>
            entries.Where(e => e.Kind == listing.Kind && e.Key == listing.Key);

        public IQueryable<ListingEntry> NewestFirst() =>
            entries.OrderByDescending(e => e.PublishedAt).ThenByDescending(e => e.ArticleId);

        /// <param name="number">From 1. One beyond the end is an empty page, however large the number.</param>
        public IQueryable<ListingEntry> Page(int number, int size) =>
            entries.Skip((int)Math.Clamp((number - 1L) * size, 0, int.MaxValue)).Take(size);
    }
}
