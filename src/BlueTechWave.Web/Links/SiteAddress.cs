using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Links;

/// <summary>Turns site-relative addresses into whole ones, for what leaves the site: feeds, cards, canonical links.</summary>
public sealed class SiteAddress(IOptions<SiteOptions> site, IHttpContextAccessor http)
{
    /// <summary>Scheme and host, without a trailing slash.</summary>
    public string Root => site.Value.BaseUrl ?? (http.HttpContext?.Request is { } request
        ? $"{request.Scheme}://{request.Host.ToUriComponent()}"
        : "http://localhost:5000");

    public string Of(string relative) => Root + relative;
}
