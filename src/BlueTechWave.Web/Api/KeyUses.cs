using System.Collections.Concurrent;

namespace BlueTechWave.Web.Api;

/// <summary>Counts what is asked with each key, until it is written down.</summary>
public sealed class KeyUses(TimeProvider clock)
{
    private ConcurrentDictionary<(int Key, DateOnly Day), long> _counts = new();

    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    public void Count(int key) => _counts.AddOrUpdate((key, Today), 1, (_, count) => count + 1);

    /// <summary>What is not written down yet.</summary>
    public long Of(int key, DateOnly day) => _counts.GetValueOrDefault((key, day));

    /// <summary>What was counted since the last call.</summary>
    public IReadOnlyList<(int Key, DateOnly Day, long Requests)> TakeAll() =>
        [.. Interlocked.Exchange(ref _counts, new()).Select(c => (c.Key.Key, c.Key.Day, c.Value))];
}
