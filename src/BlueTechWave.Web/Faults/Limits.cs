using BlueTechWave.Web.Options;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace BlueTechWave.Web.Faults;

/// <summary>What one connection may ask for, and how slowly: whoever holds one without using it is dropped.</summary>
internal static class Limits
{
    public static void Set(KestrelServerOptions kestrel, LoadOptions load)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = load.Connections > 0 ? load.Connections : null;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(load.HeaderSeconds);
        // Somewhat longer than a proxy in front keeps its own: it must be the one that closes.
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
        limits.MinRequestBodyDataRate = limits.MinResponseDataRate = new(load.SlowBytesPerSecond, TimeSpan.FromSeconds(load.SlowSeconds));
        limits.MaxRequestBodySize = 1 << 20;
        limits.MaxRequestLineSize = 8 << 10;
        limits.MaxRequestHeadersTotalSize = 32 << 10;
        limits.MaxRequestHeaderCount = 100;
    }
}
