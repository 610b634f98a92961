using System.ComponentModel.DataAnnotations;

namespace BlueTechWave.Web.Options;

/// <summary>The section <c>Site</c>.</summary>
public sealed class SiteOptions
{
    [Required, StringLength(80)]
    public string Name { get; init; } = "Blue Tech Wave Media";

    /// <summary>Scheme and host that readers use, without a trailing slash; unset: taken from the request.</summary>
    [RegularExpression("https?://[^/?#]+", ErrorMessage = "Site:BaseUrl must be a scheme and a host, for example https://btw.example.")]
    public string? BaseUrl { get; init; }

    /// <summary>An IANA name. Decides days and months that readers see.</summary>
    [Required]
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Everything the site stores; relative to the content root.</summary>
    [Required]
    public string DataDirectory { get; init; } = "data";

    // A method: validation reads every property, and this one has no answer for a name that is no zone's.
    public TimeZoneInfo FindZone() => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
}

/// <summary>The section <c>Store</c>.</summary>
public sealed class StoreOptions
{
    [RegularExpression("Sqlite|Postgres", ErrorMessage = "Store:Provider must be Sqlite or Postgres.")]
    public string Provider { get; init; } = "Sqlite";

    public bool MigrateOnStart { get; init; } = true;
}

/// <summary>The section <c>RateLimits</c>: how often one address may write to us.</summary>
public sealed class RateLimitOptions
{
    [Range(1, 10_000)]
    public int CommentsPerMinute { get; init; } = 5;

    [Range(1, 10_000)]
    public int MessagesPerHour { get; init; } = 5;
}
