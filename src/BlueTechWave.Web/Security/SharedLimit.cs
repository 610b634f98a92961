using System.Threading.RateLimiting;

namespace BlueTechWave.Web.Security;

/// <summary>
/// So many within a window, each counted by whom or what it is of: on this node first, which costs nothing, then on all together.
/// </summary>
internal sealed class SharedLimit(string name, int permits, TimeSpan window, SharedCounts shared) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _here = PartitionedRateLimiter.Create<string, string>(of =>
        RateLimitPartition.GetFixedWindowLimiter(of, _ => new() { PermitLimit = permits, Window = window }));

    /// <summary>Null to go on; otherwise how long to wait.</summary>
    public async ValueTask<TimeSpan?> RefuseAsync(string of)
    {
        using (var lease = _here.AttemptAcquire(of))
            if (!lease.IsAcquired) return lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);

        return await shared.AddAsync($"{name} {of}", window) is var (count, left) && count > permits ? left : null;
    }

    public void Dispose() => _here.Dispose();
}
