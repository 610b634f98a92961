namespace BlueTechWave.Core.Listings;

public enum ListingKind : byte
{
    Site = 0,
    Category = 1,
    Tag = 2,
    Author = 3,
    Year = 4,
    Month = 5,
}

/// <summary>
/// A list of public articles, newest first: all of them, those of a category and its children, a tag, an author,
/// a year or a month.
/// </summary>
/// <param name="Key">0 for the site, an id, a year, or year × 100 + month.</param>
public readonly record struct Listing(ListingKind Kind, int Key)
{
    public static Listing Site => new(ListingKind.Site, 0);

    public static Listing OfCategory(int id) => new(ListingKind.Category, id);

    public static Listing OfTag(int id) => new(ListingKind.Tag, id);

    public static Listing OfAuthor(int id) => new(ListingKind.Author, id);

    public static Listing OfYear(int year) => new(ListingKind.Year, year);

    public static Listing OfMonth(int year, int month) => new(ListingKind.Month, year * 100 + month);
}

/// <summary>
/// One article's place in one listing. A row is there exactly while the article is public: drafts, scheduled and
/// withdrawn pieces have none. Derived: the save writes it.
/// </summary>
public class ListingEntry
{
    private ListingEntry()
    {
    }

    public ListingEntry(Listing listing, DateTime publishedAt, int articleId) =>
        (Kind, Key, PublishedAt, ArticleId) = (listing.Kind, listing.Key, publishedAt, articleId);

    public ListingKind Kind { get; private set; }

    public int Key { get; private set; }

    public DateTime PublishedAt { get; private set; }

    public int ArticleId { get; private set; }

    public Listing Listing => new(Kind, Key);
}

/// <summary>How long a listing is, kept by the save so that no request has to count.</summary>
public class ListingCount
{
    public ListingKind Kind { get; private set; }

    public int Key { get; private set; }

    public int Count { get; private set; }
}
