namespace BlueTechWave.Web.Links;

/// <summary>What a page says of itself to search engines, feed readers and whoever makes a card of it.</summary>
public sealed record PageHead
{
    /// <summary>Without the site's name.</summary>
    public required string Title { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Site-relative; null for pages that have no address of their own.</summary>
    public string? Canonical { get; init; }

    public string? Previous { get; init; }

    public string? Next { get; init; }

    /// <summary>Whether search engines should pass over it.</summary>
    public bool NoIndex { get; init; }

    public string OpenGraphType { get; init; } = "website";

    /// <summary>How the page is told where it is handed on; null: by its title, its description and the site's picture.</summary>
    public ShareCard? Card { get; init; }

    /// <summary>From home to here, site-relative: the same for the eye and for search engines.</summary>
    public IReadOnlyList<Crumb> Crumbs { get; init; } = [];

    /// <summary>Beside what every page says of the site, the paper and where it stands.</summary>
    public IReadOnlyList<string> JsonLd { get; init; } = [];

    /// <summary>A feed of this page's own, beside the site's.</summary>
    public (string Title, string Address)? Feed { get; init; }

    public ArticleTimes? Times { get; init; }

    public sealed record ArticleTimes(DateTime Published, DateTime? Updated, string Section, IReadOnlyList<string> Tags, IReadOnlyList<string> AuthorAddresses);
}
