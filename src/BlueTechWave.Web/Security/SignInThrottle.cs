using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace BlueTechWave.Web.Security;

/// <summary>Who tries to get in, and from where.</summary>
/// <param name="Door">What is tried, and for which account: guesses at one are not held against another.</param>
/// <param name="Browser">A browser that has been in this account before; it is counted by itself.</param>
public sealed record Attempt(string Door, string? Browser, IPAddress? From);

/// <summary>
/// Slows guessing down. After a few failures each further one has to wait longer, for the account and for the network it
/// comes from; no wait is longer than a quarter of an hour, and a browser that the account knows waits only for itself,
/// so that nobody can keep the owner of an account out by failing in her name. All nodes count together while they can.
/// </summary>
public sealed class SignInThrottle(TimeProvider clock, SharedCounts shared)
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private const int FreeForAccount = 5;
    private const int FreeForNetwork = 30;
    private const int KnownAtMost = 20_000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromHours(1);

    // The same as below, where all nodes see it. Of each: failures, when the last was, when it opens again.
    private const string SharedBegin = """
        local now, wait = tonumber(ARGV[1]), 0
        for _, key in ipairs(KEYS) do
          wait = math.max(wait, tonumber(redis.call('HGET', key, 'opens') or 0) - now)
        end
        if wait > 0 then return wait end
        for i, key in ipairs(KEYS) do
          local beyond = redis.call('HINCRBY', key, 'failures', 1) - tonumber(ARGV[4 + i])
          local opens = now
          if beyond >= 0 then opens = now + math.min(tonumber(ARGV[2]) * 2 ^ math.min(beyond, 10), tonumber(ARGV[3])) end
          redis.call('HSET', key, 'last', now, 'opens', opens)
          redis.call('PEXPIRE', key, ARGV[4])
        end
        return 0
        """;

    private const string SharedSucceed = """
        for i, key in ipairs(KEYS) do
          if ARGV[1 + i] == ARGV[1] and tonumber(redis.call('HGET', key, 'failures') or 0) > 1 then
            redis.call('HINCRBY', key, 'failures', -1)
            redis.call('HSET', key, 'opens', redis.call('HGET', key, 'last'))
          else
            redis.call('DEL', key)
          end
        end
        return 0
        """;

    private readonly Dictionary<string, Tally> _tallies = [];
    private readonly Lock _lock = new();

    /// <summary>
    /// Zero to go on. An attempt counts as failed from its beginning until it is told to have succeeded, so that guesses
    /// sent all at once do not slip through together.
    /// </summary>
    public async ValueTask<TimeSpan> BeginAsync(Attempt attempt)
    {
        // Its own count goes on, for the time when there is no other.
        var here = Begin(attempt);
        Counter[] counted = [.. Counted(attempt)];
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var wait = await shared.AskAsync(SharedBegin, Array.ConvertAll(counted, c => c.Key),
            [now, (long)FirstWait.TotalMilliseconds, (long)LongestWait.TotalMilliseconds, (long)ForgottenAfter.TotalMilliseconds, .. counted.Select(c => (RedisValue)c.Free)]);
        return wait is null ? here : TimeSpan.FromMilliseconds((long)wait);
    }

    public async ValueTask SucceedAsync(Attempt attempt)
    {
        Succeed(attempt);
        Counter[] counted = [.. Counted(attempt)];
        await shared.AskAsync(SharedSucceed, Array.ConvertAll(counted, c => c.Key), [FreeForNetwork, .. counted.Select(c => (RedisValue)c.Free)]);
    }

    private TimeSpan Begin(Attempt attempt)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            var counted = Counted(attempt).Select(c => (c.Key, c.Free, Tally: Find(c.Key, now))).ToList();
            var opens = counted.Max(c => c.Tally.OpensAt);
            if (opens > now) return opens - now;

            foreach (var (key, free, tally) in counted)
            {
                var failures = tally.Failures + 1;
                _tallies[key] = new(failures, now, now + Wait(failures - free));
            }

            if (_tallies.Count > KnownAtMost) Forget(now);
            return TimeSpan.Zero;
        }
    }

    private void Succeed(Attempt attempt)
    {
        lock (_lock)
        {
            foreach (var (key, free) in Counted(attempt))
            {
                // One right password says nothing of the others that this network tries.
                if (free == FreeForNetwork && _tallies.TryGetValue(key, out var tally) && tally.Failures > 1)
                    _tallies[key] = new(tally.Failures - 1, tally.LastAt, tally.LastAt);
                else
                    _tallies.Remove(key);
            }
        }
    }

    /// <summary>“40 seconds”, “2 minutes”.</summary>
    public static string Say(TimeSpan wait)
    {
        var (number, unit) = wait < TimeSpan.FromMinutes(1) ? ((int)Math.Ceiling(wait.TotalSeconds), "second") : ((int)Math.Ceiling(wait.TotalMinutes), "minute");
        return FormattableString.Invariant($"{number} {unit}{(number == 1 ? "" : "s")}");
    }

    private static IEnumerable<Counter> Counted(Attempt attempt)
    {
        var door = attempt.Door.Length > 300 ? attempt.Door[..300] : attempt.Door;
        if (attempt.Browser is { } browser) return [new($"browser {browser} {door}", FreeForAccount)];
        return [new($"account {door}", FreeForAccount), new($"network {Network(attempt.From)}", FreeForNetwork)];
    }

    /// <summary>In IPv6 whoever has one address has the 2⁶⁴ beside it.</summary>
    private static string Network(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static TimeSpan Wait(int beyond)
    {
        if (beyond < 0) return TimeSpan.Zero;
        var wait = FirstWait * Math.Pow(2, Math.Min(beyond, 10));
        return wait < LongestWait ? wait : LongestWait;
    }

    private Tally Find(string key, DateTimeOffset now) =>
        _tallies.TryGetValue(key, out var tally) && now - tally.LastAt < ForgottenAfter ? tally : default;

    private void Forget(DateTimeOffset now)
    {
        var stale = _tallies.Where(t => now - t.Value.LastAt >= ForgottenAfter).Select(t => t.Key).ToList();
        if (stale.Count == 0) stale = [.. _tallies.OrderBy(t => t.Value.LastAt).Take(KnownAtMost / 4).Select(t => t.Key)];
        foreach (var key in stale) _tallies.Remove(key);
    }

    private readonly record struct Counter(string Key, int Free);

    private readonly record struct Tally(int Failures, DateTimeOffset LastAt, DateTimeOffset OpensAt);
}
