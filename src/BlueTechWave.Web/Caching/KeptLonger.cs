using System.Buffers.Binary;
using BlueTechWave.Web.Faults;
using BlueTechWave.Web.Options;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Caching;

/// <summary>
/// The output cache's store, in which a page lies longer than it is fresh: past its time it is given only to whoever would get none
/// otherwise (<see cref="StaleAnswers"/>). What a save has emptied is gone, fresh or not; what is doubted is past its time.
/// </summary>
public sealed class KeptLonger(IOutputCacheStore inner, IHttpContextAccessor accessor, StoreWatch watch, IOptions<LoadOptions> load, TimeProvider clock) : IOutputCacheStore
{
    // Behind the page, where whoever reads the page does not look: it is given as it is kept, not copied for each reader.
    private const int Mark = sizeof(long) + sizeof(int);

    private readonly TimeSpan _longer = TimeSpan.FromHours(load.Value.StaleHours);
    private volatile Doubts _doubts = new(0, DateTimeOffset.MinValue);

    /// <summary>Whatever is kept now may be out of date.</summary>
    public void Doubt() => _doubts = new(_doubts.Count + 1, clock.GetUtcNow());

    public ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken) => inner.EvictByTagAsync(tag, cancellationToken);

    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        if (await inner.GetAsync(key, cancellationToken) is not { Length: >= Mark } kept) return null;

        var (now, doubts) = (clock.GetUtcNow().UtcTicks, _doubts);
        var mark = kept.AsSpan(^Mark);
        var over = now - BinaryPrimitives.ReadInt64LittleEndian(mark);
        if (BinaryPrimitives.ReadInt32LittleEndian(mark[sizeof(long)..]) != doubts.Count) over = Math.Max(over, now - doubts.At.UtcTicks);
        if (over >= 0 && !MayBeStale(TimeSpan.FromTicks(over))) return null;
        return kept;
    }

    public ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken)
    {
        var kept = new byte[value.Length + Mark];
        value.CopyTo(kept, 0);
        BinaryPrimitives.WriteInt64LittleEndian(kept.AsSpan(value.Length), (clock.GetUtcNow() + validFor).UtcTicks);
        BinaryPrimitives.WriteInt32LittleEndian(kept.AsSpan(value.Length + sizeof(long)), _doubts.Count);
        return inner.SetAsync(key, kept, tags, validFor + _longer, cancellationToken);
    }

    private bool MayBeStale(TimeSpan over)
    {
        if (over > _longer || accessor.HttpContext?.Features.Get<StaleAnswer>() is not { } asked) return false;
        asked.IsThere = true;
        if (asked.Why is null && !watch.IsAway) return false;
        asked.Over = over;
        return true;
    }

    private sealed record Doubts(int Count, DateTimeOffset At);
}
