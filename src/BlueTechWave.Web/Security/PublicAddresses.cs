using System.Net;
using System.Net.Sockets;

namespace BlueTechWave.Web.Security;

/// <summary>Which network addresses are anybody's, and which are our own house or nobody's.</summary>
public static class PublicAddresses
{
    /// <summary>This host, private and shared networks, links, clouds' metadata (169.254.169.254), tests, broadcast, and what is reserved.</summary>
    private static readonly IPNetwork[] NotV4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Of the addresses of version 6 only these are given out at all.</summary>
    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotV6 = [.. new[] { "2001::/23", "2001:db8::/32", "3fff::/20" }.Select(IPNetwork.Parse)];

    /// <summary>6to4 and NAT64 (RFC 6052, 8215) lead to the address of version 4 within them.</summary>
    private static readonly (IPNetwork Network, int At)[] Holding =
        [(IPNetwork.Parse("2002::/16"), 2), (IPNetwork.Parse("64:ff9b::/96"), 12)];

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return IsPublic(address.MapToIPv4());
        if (address.AddressFamily == AddressFamily.InterNetwork) return !NotV4.Any(n => n.Contains(address));
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return false;

        foreach (var (network, at) in Holding)
            if (network.Contains(address)) return IsPublic(new IPAddress(address.GetAddressBytes().AsSpan(at, 4)));
        return GlobalV6.Contains(address) && !NotV6.Any(n => n.Contains(address));
    }
}
