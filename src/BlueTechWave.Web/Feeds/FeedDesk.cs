using System.Globalization;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Feeds;

/// <summary>What the making of any feed or sitemap needs; found anew for each request.</summary>
internal readonly record struct FeedDesk(HttpContext Http, NewsDbContext Db, SiteFrames Frames, SiteAddress Address, IOptions<SiteOptions> Site, IOptions<WebSubOptions> WebSub,
    FeedMoments Moments, TimeProvider Clock)
{
    public static FeedDesk Of(HttpContext http)
    {
        var services = http.RequestServices;
        return new(http, Need<NewsDbContext>(), Need<SiteFrames>(), Need<SiteAddress>(), Need<IOptions<SiteOptions>>(), Need<IOptions<WebSubOptions>>(), Need<FeedMoments>(), Need<TimeProvider>());

        T Need<T>() where T : notnull => services.GetRequiredService<T>();
    }

    public CancellationToken Cancellation => Http.RequestAborted;

    public string? Hub => WebSub.Value.Hub is { Length: > 0 } hub ? new Uri(hub).AbsoluteUri : null;

    public string SiteName => Site.Value.Name;

    /// <summary>A part of the address, which its pattern has made sure of.</summary>
    public string Route(string name) => (string)Http.Request.RouteValues[name]!;

    public int Number(string name) => int.Parse(Route(name), CultureInfo.InvariantCulture);

    public ValueTask<SiteFrame> FrameAsync() => Frames.GetAsync(Cancellation);

    public string Whole(string relative) => Address.Of(relative);

    /// <summary>A tag URI (RFC 4151): stays the same when a slug, the scheme or the port changes.</summary>
    public string IdOf(string what) => $"tag:{new Uri(Address.Root).IdnHost},2023:{what}";
}
