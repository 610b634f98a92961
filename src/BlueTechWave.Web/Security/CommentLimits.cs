using System.Threading.RateLimiting;
using BlueTechWave.Web.Options;

namespace BlueTechWave.Web.Security;

/// <summary>How often one address may comment, and how often anybody under one article. Asked where the answer can keep the reader's words.</summary>
public sealed class CommentLimits(RateLimitOptions allowed) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _byAddress = Limiter<string>(allowed.CommentsPerMinute);
    private readonly PartitionedRateLimiter<int> _byArticle = Limiter<int>(allowed.CommentsPerArticlePerMinute);

    /// <summary>How long to wait, and for whom it is too much; null where it may pass.</summary>
    public (TimeSpan Wait, string Why)? Take(string address, int articleId)
    {
        using var own = _byAddress.AttemptAcquire(address);
        if (!own.IsAcquired) return (Wait(own), $"You have sent {allowed.CommentsPerMinute} within a minute.");

        using var all = _byArticle.AttemptAcquire(articleId);
        return all.IsAcquired ? null : (Wait(all), "Many are writing here at this moment.");
    }

    public void Dispose()
    {
        _byAddress.Dispose();
        _byArticle.Dispose();
    }

    private static PartitionedRateLimiter<T> Limiter<T>(int permits)
        where T : notnull =>
        PartitionedRateLimiter.Create<T, T>(of => RateLimitPartition.GetFixedWindowLimiter(of, _ => new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) }));

    private static TimeSpan Wait(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var after) && after > TimeSpan.FromSeconds(1) ? after : TimeSpan.FromSeconds(1);
}
