using System.Net;
using System.Net.Sockets;
using BlueTechWave.Web.Options;
using BlueTechWave.Web.Security;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Api;

/// <summary>Where one asker stands in this minute.</summary>
/// <param name="Policy">Which limit holds.</param>
/// <param name="Left">Requests that are still answered.</param>
/// <param name="Seconds">Until the next minute.</param>
internal readonly record struct Standing(string Policy, int Most, int Left, bool IsOver, int Seconds);

/// <summary>
/// How often a program may ask in a minute: by its key, or by its network address where it has none. Counted by the clock's
/// minutes, on all nodes together while they can; a new minute forgets everybody.
/// </summary>
internal sealed class ApiLimits(IOptions<RateLimitOptions> options, SharedCounts shared, TimeProvider clock)
{
    /// <summary>Who comes beyond them is not counted: memory is not to be had for the asking.</summary>
    private const int KnownAtMost = 100_000;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = [];
    private long _minute;

    public ValueTask<Standing> TakeAsync(int key) => TakeAsync($"key {key}", "key", options.Value.ApiKeyPerMinute);

    public ValueTask<Standing> TakeAsync(IPAddress? address) => TakeAsync(Network(address), "anonymous", options.Value.ApiPerMinute);

    /// <summary>Keys that open nothing are counted apart: who shares an address with a guesser still reads.</summary>
    public ValueTask<Standing> TakeGuessAsync(IPAddress? address, int requests = 1) => TakeAsync($"guess {Network(address)}", "guess", options.Value.ApiPerMinute, requests);

    private async ValueTask<Standing> TakeAsync(string who, string policy, int most, int requests = 1)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var here = Take(now, who, policy, most, requests);
        if (here.IsOver || await shared.AddAsync($"api {now.Ticks / TimeSpan.TicksPerMinute} {who}", Kept, requests) is not var (taken, _)) return here;
        return here with { IsOver = requests > 0 ? taken > most : taken >= most, Left = (int)Math.Clamp(most - taken, 0, here.Left) };
    }

    private Standing Take(DateTime now, string who, string policy, int most, int requests)
    {
        var seconds = 60 - now.Second;
        lock (_lock)
        {
            if (_minute != now.Ticks / TimeSpan.TicksPerMinute)
            {
                _minute = now.Ticks / TimeSpan.TicksPerMinute;
                _counts.Clear();
            }

            var taken = _counts.GetValueOrDefault(who);
            // With nothing to take it is asked only where things stand: whether one more would be answered.
            if (taken >= most) return new(policy, most, 0, true, seconds);
            if (requests > 0 && (taken > 0 || _counts.Count < KnownAtMost)) _counts[who] = taken += requests;
            return new(policy, most, most - taken, false, seconds);
        }
    }

    /// <summary>Whoever has one IPv6 address has all of its /64.</summary>
    private static string Network(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
