using BlueTechWave.Core.Data;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Feeds;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Heralds;

/// <summary>Tells the WebSub hub which feeds say something new; it fetches them and hands them on to who subscribed there.</summary>
public sealed class HubHerald(IServiceScopeFactory scopes, SiteFrames frames, SiteAddress address, IOptions<WebSubOptions> options, TimeProvider clock, ILogger<HubHerald> log)
    : Herald(scopes, clock, log)
{
    protected override string Listener => $"The hub {options.Value.Hub}";

    protected override int InOneMessage => 100;

    protected override async Task<IReadOnlyCollection<string>> AddressesAsync(NewsDbContext db, IReadOnlyCollection<Notice> noticed, CancellationToken cancellation) =>
        [.. (await TouchedFeeds.OfAsync(db, await frames.GetAsync(cancellation), noticed, cancellation)).Select(address.Of)];

    protected override HttpRequestMessage Tell(IReadOnlyCollection<string> addresses) => new(HttpMethod.Post, options.Value.Hub)
    {
        Content = new FormUrlEncodedContent([new("hub.mode", "publish"), .. addresses.Select(feed => KeyValuePair.Create("hub.url", feed))]),
    };
}
