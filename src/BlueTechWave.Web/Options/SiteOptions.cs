using System.ComponentModel.DataAnnotations;
using System.Net;

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

    /// <summary>Machines whose word is taken for who asks, besides this one: addresses or networks, parted by commas.</summary>
    public string Proxies { get; init; } = "";

    /// <summary>Null if one of them is neither an address nor a network.</summary>
    public IReadOnlyList<IPNetwork>? FindProxies()
    {
        List<IPNetwork> found = [];
        foreach (var proxy in Proxies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(proxy, out var network)) found.Add(network);
            else if (IPAddress.TryParse(proxy, out var address)) found.Add(new(address, address.GetAddressBytes().Length * 8));
            else return null;
        }

        return found;
    }

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

/// <summary>The section <c>RateLimits</c>: how often one address may write to us, and how often programs may read.</summary>
public sealed class RateLimitOptions
{
    [Range(1, 10_000)]
    public int CommentsPerMinute { get; init; } = 5;

    /// <summary>Under one article, from everybody together.</summary>
    [Range(1, 100_000)]
    public int CommentsPerArticlePerMinute { get; init; } = 120;

    [Range(1, 10_000)]
    public int MessagesPerHour { get; init; } = 5;

    /// <summary>Programs without a key, from one network address.</summary>
    [Range(1, 1_000_000)]
    public int ApiPerMinute { get; init; } = 60;

    /// <summary>With one key, from wherever.</summary>
    [Range(1, 1_000_000)]
    public int ApiKeyPerMinute { get; init; } = 600;
}

/// <summary>The section <c>Comments</c>: what the machine does with comments; what editors decide about them is in the newsroom.</summary>
public sealed class CommentOptions
{
    /// <summary>Sent sooner after the form was made, a comment waits for an editor: nobody types so fast. 0: never.</summary>
    [Range(0, 60)]
    public int LeastSeconds { get; init; } = 3;

    /// <summary>Network addresses of comments and reports are forgotten after so many days.</summary>
    [Range(1, 3650)]
    public int KeepAddressesDays { get; init; } = 60;

    /// <summary>How many seconds pass between a comment becoming public and the letters that tell of it, so that a slip can be undone.</summary>
    [Range(0, 86_400)]
    public int MailAfterSeconds { get; init; } = 30;
}

/// <summary>The section <c>Imports</c>: moving in from the newsroom.</summary>
public sealed class ImportOptions
{
    /// <summary>Of an export that is brought through the browser; the command line takes any.</summary>
    [Range(1, 100_000)]
    public int MaxMegabytes { get; init; } = 2048;

    public long Bytes => (long)MaxMegabytes << 20;
}
