using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Links;

/// <summary>Turns site-relative addresses into whole ones, for what leaves the site: feeds, cards, canonical links.</summary>
public sealed class SiteAddress(IOptions<SiteOptions> site, IHttpContextAccessor http)
{
    /// <summary>Scheme and host, without a trailing slash.</summary>
    public string Root => site.Value.BaseUrl ?? FromRequest(http.HttpContext?.Request) ?? "http://localhost:5000";

    public string Of(string relative) => Root + relative;

    // What a client sends as Host may be no host at all, and HTTP/1.0 sends none.
    private static string? FromRequest(HttpRequest? request) =>
        request is { Host.HasValue: true } &&
        Uri.TryCreate($"{request.Scheme}://{request.Host.ToUriComponent()}", UriKind.Absolute, out var root) &&
        (root.Scheme == Uri.UriSchemeHttp || root.Scheme == Uri.UriSchemeHttps)
            ? root.GetLeftPart(UriPartial.Authority)
            : null;
}
