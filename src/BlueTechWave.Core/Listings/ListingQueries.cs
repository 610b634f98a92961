namespace BlueTechWave.Core.Listings;

public static class ListingQueries
{
    extension(IQueryable<ListingEntry> entries)
    {
        public IQueryable<ListingEntry> In(Listing listing) =>
            entries.Where(e => e.Kind == listing.Kind && e.Key == listing.Key);

        public IQueryable<ListingEntry> NewestFirst() =>
            entries.OrderByDescending(e => e.PublishedAt).ThenByDescending(e => e.ArticleId);
    }
}
