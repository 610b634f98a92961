using BlueTechWave.Core.Articles;

namespace BlueTechWave.Web.Feeds;

/// <summary>A list of what is new, as it leaves the site: every address in it is a whole one.</summary>
internal sealed record Feed
{
    public const string Language = "en-GB";

    /// <summary>How long a reader may wait before it asks again. Asking sooner costs us nothing: the answer is 304.</summary>
    public const int MinutesToLive = 30;

    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>The page that lists the same.</summary>
    public required string Page { get; init; }

    /// <summary>Where this feed itself is.</summary>
    public required string Self { get; init; }

    public required string Publisher { get; init; }

    /// <summary>The site's front page.</summary>
    public required string Home { get; init; }

    public required IReadOnlyList<FeedItem> Items { get; init; }

    /// <summary>Null for a feed with nothing in it.</summary>
    public DateTime? ChangedAt => Items.Count == 0 ? null : Items.Max(i => i.ChangedAt);
}

internal sealed record FeedAuthor(string Name, string? Page);

/// <summary>A picture in a format that every feed reader shows.</summary>
internal sealed record FeedPicture(string Address, string MediaType, int Width, int Height, string Alt, string? Credit)
{
    /// <summary>Null for a drawing (SVG): few feed readers show one, and some refuse the whole item.</summary>
    public static FeedPicture? Of(LeadPicture? picture, Uri root) =>
        picture is not null && MediaTypeOf(picture.Path) is { } type
            ? new(new Uri(root, picture.Path).AbsoluteUri, type, picture.Width, picture.Height, picture.Alt, picture.Credit)
            : null;

    private static string? MediaTypeOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".jpg" or ".jpeg" => "image/jpeg",
        ".png" => "image/png",
        ".webp" => "image/webp",
        ".gif" => "image/gif",
        ".avif" => "image/avif",
        _ => null,
    };
}

internal sealed record FeedItem
{
    /// <summary>Never changes, whatever becomes of headline and address.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Address { get; init; }

    public required string Summary { get; init; }

    public required string Html { get; init; }

    public required DateTime PublishedAt { get; init; }

    /// <summary>Publication, or the last update readers should know of.</summary>
    public required DateTime ChangedAt { get; init; }

    public required IReadOnlyList<FeedAuthor> Authors { get; init; }

    /// <summary>Names of categories, then of tags.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    public FeedPicture? Picture { get; init; }

    /// <summary>The feed of what is said under it.</summary>
    public string? Comments { get; init; }
}
