using System.Globalization;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Options;
using BlueTechWave.Web.Watching;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace BlueTechWave.Web.Caching;

/// <summary>
/// What may be kept of a reader's page: a whole answer, the same for everybody, signed in or not. It varies by host,
/// path, encoding and the few query keys that the page names; tracking parameters make no new entry.
/// </summary>
public sealed class ReaderPagePolicy(TimeSpan keep, params string[] queryKeys) : IOutputCachePolicy
{
    public const string Name = "Reader";

    /// <summary>For what changes with the clock alone.</summary>
    public const string BriefName = "ReaderBrief";

    /// <summary>For standing pages, of which one says that a message was sent.</summary>
    public const string StandingName = "ReaderStanding";

    /// <summary>For the search page, which has a query of its own.</summary>
    public const string SearchName = "ReaderSearch";

    /// <summary>For an article, whose reply form and comment pages are asked for in the query.</summary>
    public const string ArticleName = "ReaderArticle";

    /// <summary>For what programs read.</summary>
    public const string ApiName = "ReaderApi";

    /// <summary>
    /// Longer than this no query value is worth an entry: such a request is answered uncached.
    /// </summary>
    private const int LongestValue = 200;

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        var cacheable = context.HttpContext.Features.Get<Moment>() is null && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) &&
            !queryKeys.Any(key => request.Query[key].ToString().Length > LongestValue);

        // “Only if cached” is meant for caches on the way; ours would answer it with a failure.
        request.Headers.CacheControl = StringValues.Empty;
        context.EnableOutputCaching = cacheable;
        context.AllowCacheLookup = cacheable;
        context.AllowCacheStorage = cacheable;
        context.AllowLocking = true;
        context.ResponseExpirationTimeSpan = keep;
        context.CacheVaryByRules.QueryKeys = queryKeys.Length == 0 ? StringValues.Empty : new StringValues(queryKeys);
        context.CacheVaryByRules.HeaderNames = "Accept-Encoding";
        var services = context.HttpContext.RequestServices;
        // A page names the site's own address, whatever the request calls it; without one it names what was asked for.
        context.CacheVaryByRules.VaryByHost = services.GetRequiredService<IOptions<SiteOptions>>().Value.BaseUrl is null;
        context.Tags.Add(Notice.Everything.ToString());
        context.Tags.Add(GuardedCacheStore.Since(services.GetRequiredService<Evictions>().Now));
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        var isPrivate = response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.OrdinalIgnoreCase);
        if (response.StatusCode != StatusCodes.Status200OK || isPrivate || !StringValues.IsNullOrEmpty(response.Headers.SetCookie))
            context.AllowCacheStorage = false;
        return ValueTask.CompletedTask;
    }
}

/// <summary>Which tags have been emptied lately, in order, so that nothing read before is stored after.</summary>
public sealed class Evictions
{
    private const int Remembered = 4096;

    private readonly Lock _lock = new();
    private readonly Queue<(long At, string Tag)> _recent = new();
    private long _now;

    public long Now => Interlocked.Read(ref _now);

    public void Note(IEnumerable<string> tags)
    {
        lock (_lock)
        {
            var at = Interlocked.Increment(ref _now);
            foreach (var tag in tags) _recent.Enqueue((at, tag));
            while (_recent.Count > Remembered) _recent.Dequeue();
        }
    }

    /// <summary>Those of <paramref name="tags"/> emptied after <paramref name="since"/>; all, where memory does not reach that far.</summary>
    public IReadOnlyList<string> After(long since, IReadOnlyCollection<string> tags)
    {
        lock (_lock)
        {
            if (since >= _now) return [];
            if (_recent.Count >= Remembered && _recent.Peek().At > since) return [.. tags];
            var emptied = _recent.Where(e => e.At > since).Select(e => e.Tag).ToHashSet();
            return [.. tags.Where(emptied.Contains)];
        }
    }
}

/// <summary>
/// The output cache's store, guarded: a page that was being made while a save changed what it shows is not kept.
/// The policy passes the moment at which the page was begun as a tag of its own.
/// </summary>
public sealed class GuardedCacheStore(IOutputCacheStore inner, Evictions evictions, Figures? figures = null) : IOutputCacheStore
{
    private const string SincePrefix = "since:";

    public static string Since(long moment) => SincePrefix + moment.ToString(CultureInfo.InvariantCulture);

    public ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken) => inner.EvictByTagAsync(tag, cancellationToken);

    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        var found = await inner.GetAsync(key, cancellationToken);
        if (found is not null) figures?.Found();
        return found;
    }

    public async ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken)
    {
        var begun = tags?.FirstOrDefault(t => t.StartsWith(SincePrefix, StringComparison.Ordinal));
        var since = begun is null ? evictions.Now : long.Parse(begun.AsSpan(SincePrefix.Length), CultureInfo.InvariantCulture);
        string[] kept = [.. (tags ?? []).Where(t => t != begun)];
        var isStale = evictions.After(since, kept).Count > 0;
        figures?.Made(value.Length, isStale);
        if (isStale) return;

        await inner.SetAsync(key, value, kept, validFor, cancellationToken);
        // A save may have come between the question and the storing.
        foreach (var tag in evictions.After(since, kept)) await inner.EvictByTagAsync(tag, cancellationToken);
    }
}
