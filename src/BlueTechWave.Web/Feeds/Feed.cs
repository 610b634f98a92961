using BlueTechWave.Web.Links;

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

    /// <summary>Where its subscribers are told at once what is new; null where no hub is configured.</summary>
    public string? Hub { get; init; }

    public required string Publisher { get; init; }

    /// <summary>The site's front page.</summary>
    public required string Home { get; init; }

    public required IReadOnlyList<FeedItem> Items { get; init; }

    /// <summary>Null for a feed with nothing in it.</summary>
    public DateTime? ChangedAt => Items.Count == 0 ? null : Items.Max(i => i.ChangedAt);
}

internal sealed record FeedAuthor(string Name, string? Page);

/// <summary>The card's picture, with the whole address of it.</summary>
internal sealed record FeedPicture(string Address, string MediaType, int Width, int Height, string Alt, string? Credit)
{
    public static FeedPicture Of(ShareImage image, string? credit, Uri root) =>
        new(new Uri(root, image.Path).AbsoluteUri, image.MediaType, image.Width, image.Height, image.Alt, credit);
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

    /// <summary>That of the card: what stands for the item in a list. Null for a comment.</summary>
    public FeedPicture? Picture { get; init; }

    /// <summary>The feed of what is said under it.</summary>
    public string? Comments { get; init; }
}
