using Microsoft.AspNetCore.OutputCaching;

namespace BlueTechWave.Web.Caching;

/// <summary>
/// Pages kept in memory, up to a size in bytes: the one that nobody has asked for the longest makes room. However many odd
/// addresses are asked for once, the pages people read stay.
/// </summary>
public sealed class PageStore(long size, TimeProvider clock) : IOutputCacheStore
{
    /// <summary>What an entry costs beside its bytes, roughly.</summary>
    private const int Overhead = 512;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Page>> _pages = [];
    private readonly Dictionary<string, HashSet<string>> _keysByTag = [];
    private readonly LinkedList<Page> _lastAsked = new();
    private long _used;

    /// <summary>In bytes.</summary>
    public long Used => Interlocked.Read(ref _used);

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (!_pages.TryGetValue(key, out var node)) return new((byte[]?)null);
            _lastAsked.Remove(node);
            if (node.Value.Until <= now)
            {
                Forget(node.Value);
                return new((byte[]?)null);
            }

            _lastAsked.AddFirst(node);
            return new(node.Value.Bytes);
        }
    }

    public ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken)
    {
        var page = new Page(key, value, tags ?? [], clock.GetUtcNow() + validFor);
        if (page.Size > size) return ValueTask.CompletedTask;

        lock (_lock)
        {
            Remove(key);
            while (_used + page.Size > size) Remove(_lastAsked.Last!.Value.Key);
            _pages[key] = _lastAsked.AddFirst(page);
            _used += page.Size;
            foreach (var tag in page.Tags)
            {
                if (!_keysByTag.TryGetValue(tag, out var keys)) _keysByTag[tag] = keys = [];
                keys.Add(key);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_keysByTag.TryGetValue(tag, out var keys))
                foreach (var key in keys.ToList()) Remove(key);
        }

        return ValueTask.CompletedTask;
    }

    private void Remove(string key)
    {
        if (!_pages.TryGetValue(key, out var node)) return;
        _lastAsked.Remove(node);
        Forget(node.Value);
    }

    private void Forget(Page page)
    {
        _pages.Remove(page.Key);
        _used -= page.Size;
        foreach (var tag in page.Tags)
            if (_keysByTag.TryGetValue(tag, out var keys) && keys.Remove(page.Key) && keys.Count == 0) _keysByTag.Remove(tag);
    }

    private sealed record Page(string Key, byte[] Bytes, string[] Tags, DateTimeOffset Until)
    {
        public long Size => Bytes.Length + 2L * Key.Length + Overhead;
    }
}
