using System.Globalization;
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
/// How often one network address may write to us, whichever node it meets. Who reads is never limited here. Not the framework's middleware, whose
/// limiters nobody can dispose of: their timers keep a closed site in memory.
/// </summary>
public sealed class WriteLimits : IDisposable
{
    public const string Comments = "comments";
    public const string Messages = "messages";

    private const int AnsweredWhole = 4;

    private readonly Dictionary<string, SharedLimit> _limits;

    public WriteLimits(IOptions<RateLimitOptions> options, SharedCounts shared) => _limits = new()
    {
        // The comment form answers the first few too many itself, with the reader's words in it; a flood gets the short answer.
        [Comments] = new("comments", options.Value.CommentsPerMinute * AnsweredWhole, TimeSpan.FromMinutes(1), shared),
        [Messages] = new("messages", options.Value.MessagesPerHour, TimeSpan.FromHours(1), shared),
    };

    /// <summary>Null to go on; otherwise how long to wait.</summary>
    public ValueTask<TimeSpan?> RefuseAsync(string name, HttpContext http) => _limits[name].RefuseAsync(http.Connection.RemoteIpAddress?.ToString() ?? "");

    public void Dispose()
    {
        foreach (var limit in _limits.Values) limit.Dispose();
    }
}

public static class WriteLimiting
{
    public static IApplicationBuilder UseWriteLimits(this IApplicationBuilder app)
    {
        var limits = app.ApplicationServices.GetRequiredService<WriteLimits>();
        return app.Use(async (http, next) =>
        {
            if (!HttpMethods.IsPost(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<WriteLimitAttribute>() is not { } under
                || http.Features.Get<IStatusCodeReExecuteFeature>() is not null || await limits.RefuseAsync(under.Name, http) is not { } wait)
            {
                await next(http);
                return;
            }

            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            http.Response.Headers.RetryAfter = Math.Max(1, (int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        });
    }
}
