using System.Globalization;
using BlueTechWave.Core.Listings;

namespace BlueTechWave.Core.Data;

/// <summary>Something a save changed that readers could notice. Pages say what they show in the same words.</summary>
public readonly record struct Notice(string Subject, int Key = 0)
{
    /// <summary>Nobody knows what: every page says that it shows this.</summary>
    public static Notice Everything => new("everything");

    /// <summary>What frames every page: menus, settings, categories' names, social links, standing pages' addresses.</summary>
    public static Notice Frame => new("frame");

    /// <summary>The numbers beside categories and months.</summary>
    public static Notice Counts => new("counts");

    public static Notice MostRead => new("most-read");

    /// <summary>What editors put on the home page by hand.</summary>
    public static Notice HomeSlots => new("home-slots");

    /// <summary>The list of all comments.</summary>
    public static Notice AllComments => new("comments");

    /// <summary>An article's text, and the headline, picture and address that other pages show of it.</summary>
    public static Notice Article(int id) => new("article", id);

    /// <summary>Which articles no reader may see yet.</summary>
    public static Notice Embargoes => new("embargoes");

    /// <summary>Any article's, for what shows thousands of them and could not name each: sitemaps, search.</summary>
    public static Notice AnyArticle => new("articles");

    /// <summary>The visible comments under an article.</summary>
    public static Notice Comments(int articleId) => new("comments", articleId);

    /// <summary>The list of all corrections.</summary>
    public static Notice Corrections => new("corrections");

    public static Notice Author(int id) => new("author", id);

    public static Notice Tag(int id) => new("tag", id);

    /// <summary>A picture's renditions, whether readers may have them, or what is said of it.</summary>
    public static Notice Picture(int id) => new("picture", id);

    public static Notice Page(int id) => new("page", id);

    /// <summary>Which articles a listing has, in which order.</summary>
    public static Notice List(Listing listing) => new($"list-{listing.Kind}", listing.Key);

    /// <summary>Which programs' keys open.</summary>
    public static Notice Keys => new("keys");

    /// <summary>The listing that this is about; null for anything else.</summary>
    public Listing? ChangedListing
    {
        get
        {
            foreach (var kind in Enum.GetValues<ListingKind>())
                if (this == List(new(kind, Key))) return new(kind, Key);
            return null;
        }
    }

    /// <summary>What <see cref="ToString"/> wrote; null for anything else.</summary>
    public static Notice? Parse(string text) =>
        text.Split(':') is [var subject, var key] && int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(subject, number) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Subject}:{Key}");
}
