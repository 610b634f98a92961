using BlueTechWave.Core.Data;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Caching;

/// <summary>
/// The last look at a reader's page before it leaves: one that shows an article under embargo is withheld whole, and named in
/// the log. No article under embargo can be published, so this finds only what went wrong elsewhere.
/// </summary>
public sealed class EmbargoGuard(IServiceScopeFactory scopes, TimeProvider clock, ILogger<EmbargoGuard> log)
{
    /// <summary>A save that was not heard of is seen by then.</summary>
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(15);

    private volatile Known? _known;
    private long _forgotten;

    private sealed record Known(IReadOnlyList<(int Article, DateTime Until)> Embargoes, DateTime At);

    public void Forget()
    {
        Interlocked.Increment(ref _forgotten);
        _known = null;
    }

    /// <summary>Whether the page was withheld, and an answer without it given.</summary>
    public async Task<bool> WithholdsAsync(HttpContext http)
    {
        if (http.Features.Get<IOutputCacheFeature>() is not { } cache) return false;

        var now = clock.GetUtcNow().UtcDateTime;
        var known = _known is { } fresh && now - fresh.At < KnownFor ? fresh : await LoadAsync(now);
        var leaks = known.Embargoes.Where(e => e.Until > now && cache.Context.Tags.Contains(Notice.Article(e.Article).ToString())).Select(e => e.Article).ToList();
        if (leaks.Count == 0) return false;

        log.LogCritical("{Surface} would have shown article {Article}, which is under embargo, and was withheld.", http.Request.Path, string.Join(", ", leaks));
        var response = http.Response;
        // What it says of the page goes; what keeps any answer safe stays.
        (response.Headers.ContentEncoding, response.Headers.ETag, response.Headers.LastModified, response.ContentLength) = (default, default, default, null);
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.CacheControl = "no-store";
        response.Headers.RetryAfter = "300";
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync("This page is being put right. Please come back in a few minutes.", http.RequestAborted);
        return true;
    }

    private async Task<Known> LoadAsync(DateTime now)
    {
        var begun = Interlocked.Read(ref _forgotten);
        await using var scope = scopes.CreateAsyncScope();
        var embargoes = await scope.ServiceProvider.GetRequiredService<NewsDbContext>().Articles.Where(a => a.EmbargoedUntil > now)
            .Select(a => new { a.Id, Until = a.EmbargoedUntil!.Value }).ToListAsync();
        var known = new Known([.. embargoes.Select(e => (e.Id, e.Until))], now);
        // What was read before a change is not remembered after it.
        if (Interlocked.Read(ref _forgotten) == begun) _known = known;
        return known;
    }
}
