using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace BlueTechWave.Web.Feeds;

/// <summary>
/// When a feed last said something else, for feed readers that know only dates. The dates of its articles would not do:
/// they go back when the newest is withdrawn, and stay where they are when a headline is mended; such a reader would
/// then be told that nothing has changed.
/// </summary>
internal sealed class FeedMoments(TimeProvider clock)
{
    private const int KnownAtMost = 20_000;

    private readonly ConcurrentDictionary<string, (string Hash, DateTime At)> _known = new();

    /// <summary>To the second, as HTTP writes it: a second change within one counts as the next one's.</summary>
    public DateTime Of(string path, byte[] feed)
    {
        if (_known.Count >= KnownAtMost) _known.Clear();
        var hash = Convert.ToHexString(SHA256.HashData(feed));
        var now = clock.GetUtcNow().UtcDateTime;
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        return _known.AddOrUpdate(path, _ => (hash, now), (_, last) => last.Hash == hash ? last : (hash, Later(last.At.AddSeconds(1), now))).At;
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
