using System.ComponentModel.DataAnnotations;
using System.Net;

namespace BlueTechWave.Web.Options;

/// <summary>The section <c>Proxies</c>: who may say for whom he asks.</summary>
public sealed class ProxyOptions : IValidatableObject
{
    private static readonly IPNetwork[] ThisMachine = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    /// <summary>Addresses and networks with commas between them, as in <c>10.0.0.0/8, 192.168.1.4</c>. This machine is one always.</summary>
    public string Known { get; init; } = "";

    public IReadOnlyList<IPNetwork> Networks() => [.. ThisMachine, .. Addresses.Parse(Known, out _)];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        Addresses.Parse(Known, out var wrong);
        if (wrong is not null) yield return new($"Proxies:Known: {wrong} is neither an address nor a network, such as 192.168.1.4 or 10.0.0.0/8.");
    }
}

/// <summary>Network addresses as they stand in a setting.</summary>
internal static class Addresses
{
    private static readonly char[] Between = [',', ';', ' '];

    /// <param name="wrong">The first part that is none.</param>
    public static IReadOnlyList<IPNetwork> Parse(string setting, out string? wrong)
    {
        wrong = null;
        List<IPNetwork> networks = [];
        foreach (var part in setting.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(part, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(part, out var address)) networks.Add(new(address, address.GetAddressBytes().Length * 8));
            else wrong ??= part;
        }

        return networks;
    }

    public static bool Hold(this IReadOnlyList<IPNetwork> networks, IPAddress? address)
    {
        if (address is null) return false;
        var one = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Any(n => n.Contains(one));
    }
}
