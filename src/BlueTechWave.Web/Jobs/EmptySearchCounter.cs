using System.Collections.Concurrent;
using BlueTechWave.Core.Search;

namespace BlueTechWave.Web.Jobs;

/// <summary>Counts searches that found nothing: the words and a number, nothing about the reader.</summary>
public sealed class EmptySearchCounter
{
    private ConcurrentDictionary<string, int> _counts = new();

    public void Count(string typed)
    {
        if (EmptySearch.Normalized(typed) is not { } words) return;
        if (_counts.Count < EmptySearch.KeptOfADay || _counts.ContainsKey(words)) _counts.AddOrUpdate(words, 1, (_, count) => count + 1);
    }

    /// <summary>What was counted since the last call.</summary>
    public IReadOnlyDictionary<string, int> TakeAll() => Interlocked.Exchange(ref _counts, new());
}
