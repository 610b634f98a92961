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
        /// <param name="onFirst">How many the first page has, where that is not <paramref name="size"/>.</param>
        public IQueryable<ListingEntry> Page(int number, int size, int? onFirst = null)
        {
            var before = number < 2 ? 0 : (onFirst ?? size) + (number - 2L) * size;
            return entries.Skip((int)Math.Clamp(before, 0, int.MaxValue)).Take(number < 2 ? onFirst ?? size : size);
        }
    }
}
