using System.Collections.Concurrent;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Media;

/// <summary>
/// Which pictures readers may have, by their key, remembered for some seconds: a page of twenty pictures asks the store for
/// each once. A change is known when its notice comes.
/// </summary>
public sealed class ShownKeys(TimeProvider clock)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (bool IsShown, DateTimeOffset Until)> _known = new();

    private long _forgotten;

    public async ValueTask<bool> HasAsync(string key, Func<NewsDbContext> db, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(key, out var known) && known.Until > now) return known.IsShown;

        var begun = Interlocked.Read(ref _forgotten);
        var store = db();
        var isShown = await store.Pictures.AnyAsync(p => p.Key == key && p.Printed == key && p.IsShown, cancellation)
            || await store.PictureLeftovers.AnyAsync(l => l.Key == key && store.Pictures.Any(p => p.Id == l.PictureId && !p.IsHeld && p.TrashedAt == null), cancellation);
        if (_known.Count >= Most) _known.Clear();
        // What was read before a change is not remembered after it.
        if (Interlocked.Read(ref _forgotten) == begun) _known[key] = (isShown, now + Lasts);
        return isShown;
    }

    public void Forget()
    {
        Interlocked.Increment(ref _forgotten);
        _known.Clear();
    }
}
