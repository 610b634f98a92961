using System.Globalization;
using System.Threading.RateLimiting;
using BlueTechWave.Web.Options;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Security;

/// <summary>Which of <see cref="WriteLimits"/> a page is under.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WriteLimitAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>
/// How often one network address may write to us. Who reads is never limited here. Not the framework's middleware, whose
/// limiters nobody can dispose of: their timers keep a closed site in memory.
/// </summary>
public sealed class WriteLimits : IDisposable
{
    public const string Comments = "comments";
    public const string Messages = "messages";

    private const int AnsweredWhole = 4;

    private readonly Dictionary<string, PartitionedRateLimiter<HttpContext>> _limits;

    public WriteLimits(IOptions<RateLimitOptions> options) => _limits = new()
    {
        // The comment form answers the first few too many itself, with the reader's words in it; a flood gets the short answer.
        [Comments] = PerAddress(options.Value.CommentsPerMinute * AnsweredWhole, TimeSpan.FromMinutes(1)),
        [Messages] = PerAddress(options.Value.MessagesPerHour, TimeSpan.FromHours(1)),
    };

    /// <summary>Null to go on; otherwise how long to wait.</summary>
    public TimeSpan? Refuse(string name, HttpContext http)
    {
        using var lease = _limits[name].AttemptAcquire(http);
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
    }

    public void Dispose()
    {
        foreach (var limit in _limits.Values) limit.Dispose();
    }

    private static PartitionedRateLimiter<HttpContext> PerAddress(int permits, TimeSpan window) => PartitionedRateLimiter.Create<HttpContext, string>(http =>
        RateLimitPartition.GetFixedWindowLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new() { PermitLimit = permits, Window = window }));
}

public static class WriteLimiting
{
    public static IApplicationBuilder UseWriteLimits(this IApplicationBuilder app)
    {
        var limits = app.ApplicationServices.GetRequiredService<WriteLimits>();
        return app.Use((http, next) =>
        {
            if (!HttpMethods.IsPost(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<WriteLimitAttribute>() is not { } under
                || http.Features.Get<IStatusCodeReExecuteFeature>() is not null || limits.Refuse(under.Name, http) is not { } wait) return next(http);

            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = Math.Max(1, (int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
    }
}
