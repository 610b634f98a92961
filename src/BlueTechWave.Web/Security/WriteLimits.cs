using System.Globalization;
using System.Threading.RateLimiting;
using BlueTechWave.Web.Options;
using Microsoft.AspNetCore.RateLimiting;

namespace BlueTechWave.Web.Security;

/// <summary>How often one network address may write to us. Who reads is never limited here.</summary>
public static class WriteLimits
{
    public const string Comments = "comments";
    public const string Messages = "messages";

    private const int AnsweredWhole = 4;

    public static void Configure(RateLimiterOptions limits, RateLimitOptions allowed)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
            context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        // The comment form answers the first few too many itself, with the reader's words in it; a flood gets the short answer.
        limits.AddPolicy(Comments, http => Window(http, allowed.CommentsPerMinute * AnsweredWhole, TimeSpan.FromMinutes(1)));
        limits.AddPolicy(Messages, http => Window(http, allowed.MessagesPerHour, TimeSpan.FromHours(1)));
    }

    private static RateLimitPartition<string> Window(HttpContext http, int permits, TimeSpan window) =>
        HttpMethods.IsPost(http.Request.Method)
            ? RateLimitPartition.GetFixedWindowLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new() { PermitLimit = permits, Window = window })
            : RateLimitPartition.GetNoLimiter("");
}
