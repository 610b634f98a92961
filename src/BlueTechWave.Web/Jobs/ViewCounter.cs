using System.Collections.Concurrent;
using System.Globalization;
using BlueTechWave.Core.Articles;
using BlueTechWave.Web.Imports;

namespace BlueTechWave.Web.Jobs;

/// <summary>
/// Counts how often articles are read, cached or not: an address and a number, nothing about the reader.
/// </summary>
public sealed class ViewCounter
{
    /// <summary>Addresses held between two visits of the job; what is more is not counted.</summary>
    private const int HeldAtMost = 20_000;

    private static readonly string[] Machines = ["bot", "crawl", "spider", "slurp", "curl", "wget", "headless", "monitor", "preview", "feed"];

    private ConcurrentDictionary<ArticleAddress, int> _counts = new();

    public void Count(HttpContext http)
    {
        if (http.Response.StatusCode is not (StatusCodes.Status200OK or StatusCodes.Status304NotModified)) return;
        if (!HttpMethods.IsGet(http.Request.Method) || IsMachine(http.Request.Headers.UserAgent.ToString())) return;

        var route = http.Request.RouteValues;
        if (route["page"] is not "/Article" || route["slug"] is not string { Length: <= 200 } slug) return;

        Count(new(Number(route["year"]), Number(route["month"]), slug), 1);
    }

    /// <summary>Counts so many at once: what was taken and could not be written down.</summary>
    public void Count(ArticleAddress address, int times)
    {
        if (_counts.Count < HeldAtMost || _counts.ContainsKey(address)) _counts.AddOrUpdate(address, times, (_, count) => count + times);
    }

    /// <summary>What was counted since the last call.</summary>
    public IReadOnlyDictionary<ArticleAddress, int> TakeAll() => Interlocked.Exchange(ref _counts, new());

    private static int Number(object? part) => int.Parse((string)part!, CultureInfo.InvariantCulture);

    private static bool IsMachine(string agent) =>
        agent.Length == 0 || Machines.Any(name => agent.Contains(name, StringComparison.OrdinalIgnoreCase));
}

public static class Viewing
{
    /// <summary>After routing, so that the article is known; before the cache, so that its hits count too.</summary>
    public static IApplicationBuilder UseViewCounter(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        await next(http);
        if (http.Features.Get<OwnQuestion>() is null) http.RequestServices.GetRequiredService<ViewCounter>().Count(http);
    });
}
