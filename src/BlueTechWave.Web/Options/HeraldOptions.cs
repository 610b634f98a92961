using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Options;

/// <summary>The section <c>WebSub</c>: the hub that hands our feeds on to their subscribers.</summary>
public sealed class WebSubOptions
{
    /// <summary>Unset: none.</summary>
    public string? Hub { get; init; }
}

/// <summary>The section <c>IndexNow</c>: search engines that want to be told what changed.</summary>
public sealed class IndexNowOptions
{
    /// <summary>Any word of ours; served as <c>/{key}.txt</c> to show that the site is ours. Unset: nobody is told.</summary>
    public string? Key { get; init; }

    public string Endpoint { get; init; } = "https://api.indexnow.org/indexnow";
}

public static class HeraldOptions
{
    public static void AddHeraldOptions(this IServiceCollection services)
    {
        services.AddOptions<WebSubOptions>().BindConfiguration("WebSub")
            .Validate(o => string.IsNullOrEmpty(o.Hub) || IsWeb(o.Hub), "WebSub:Hub must be a whole web address, for example https://hub.example/.")
            .Validate<IOptions<SiteOptions>>((o, site) => string.IsNullOrEmpty(o.Hub) || !string.IsNullOrEmpty(site.Value.BaseUrl),
                "Site:BaseUrl must be set where WebSub:Hub is: a hub is told whole addresses.")
            .ValidateOnStart();
        services.AddOptions<IndexNowOptions>().BindConfiguration("IndexNow")
            .Validate(o => string.IsNullOrEmpty(o.Key) || (o.Key.Length is >= 8 and <= 128 && o.Key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')),
                "IndexNow:Key must be 8 to 128 lower-case letters, digits and hyphens.")
            .Validate(o => IsWeb(o.Endpoint), "IndexNow:Endpoint must be a whole web address, for example https://api.indexnow.org/indexnow.")
            .Validate<IOptions<SiteOptions>>((o, site) => string.IsNullOrEmpty(o.Key) || !string.IsNullOrEmpty(site.Value.BaseUrl),
                "Site:BaseUrl must be set where IndexNow:Key is: search engines are told whole addresses.")
            .ValidateOnStart();
    }

    private static bool IsWeb(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", Host.Length: > 0, Fragment: "" };
}
