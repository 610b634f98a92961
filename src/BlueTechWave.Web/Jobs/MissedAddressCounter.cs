using System.Collections.Concurrent;
using BlueTechWave.Core.Redirects;

namespace BlueTechWave.Web.Jobs;

/// <summary>Counts addresses that led nowhere: the address and a number, nothing about the reader.</summary>
public sealed class MissedAddressCounter
{
    private const int AtOnce = 500;

    private ConcurrentDictionary<string, int> _counts = new();

    public void Count(string path)
    {
        if (!MissedAddress.IsWorthOne(path)) return;
        if (_counts.Count < AtOnce || _counts.ContainsKey(path)) _counts.AddOrUpdate(path, 1, (_, count) => count + 1);
    }

    /// <summary>What was counted since the last call.</summary>
    public IReadOnlyDictionary<string, int> TakeAll() => Interlocked.Exchange(ref _counts, new());
}
