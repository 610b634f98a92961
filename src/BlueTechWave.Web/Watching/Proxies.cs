using BlueTechWave.Web.Options;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Watching;

/// <summary>Whom the site believes about who asks, and how.</summary>
internal static class Proxies
{
    public static void AddProxies(this IServiceCollection services)
    {
        services.AddOptions<ProxyOptions>().BindConfiguration("Proxies").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((forwarded, proxies) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // From one known to the next, as far as they are known.
            forwarded.ForwardLimit = null;
            foreach (var network in proxies.Value.Networks()) forwarded.KnownIPNetworks.Add(network);
        });
    }
}
