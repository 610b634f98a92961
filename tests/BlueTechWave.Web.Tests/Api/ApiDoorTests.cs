using System.Net;
using System.Text.RegularExpressions;

namespace BlueTechWave.Web.Tests.Api;

/// <summary>Where programs come in: from anywhere, so often, with a key or without.</summary>
public partial class ApiDoorTests
{
    private const string Articles = "/api/v1/articles";

    [Fact]
    public async Task A_page_on_another_site_may_read_and_send_its_key()
    {
        await using var site = await NewsSite.OpenAsync();
        foreach (var address in new[] { Articles, "/api/v1/nowhere", $"{Articles}?limit=0", "/openapi/v1.json" })
        {
            using var answer = await site.Reader.GetAsync(address);
            Assert.Equal(("*", "cross-origin"), (answer.Header("Access-Control-Allow-Origin"), answer.Header("Cross-Origin-Resource-Policy")));
            Assert.Contains("Link", answer.Header("Access-Control-Expose-Headers"));
            Assert.Equal("", answer.Header("Access-Control-Allow-Credentials"));
        }

        using var preflight = await site.Reader.AskAsync(Articles, method: HttpMethod.Options);
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Contains("Authorization", preflight.Header("Access-Control-Allow-Headers"));
        Assert.Contains("GET", preflight.Header("Access-Control-Allow-Methods"));
        using var page = await site.Reader.GetAsync("/");
        Assert.Equal("", page.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task What_is_not_there_or_not_done_is_a_problem_not_a_page()
    {
        await using var site = await NewsSite.OpenAsync();

        foreach (var address in new[] { "/api/v1", "/api/v1/nowhere", "/api/v1/articles/no-such-story", "/api/v1/articles/999999", "/api/v1/articles/99999999999999999999", "/api/v1/articles/a/b", "/api/v1/articles/A%20b" })
            Assert.Equal($"{address} 404 not-found", $"{address} {await site.Reader.ProblemAsync(address)}");
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch })
        {
            Assert.Equal("405 bad-method", await site.Reader.ProblemAsync(Articles, method: method));
            using var answer = await site.Reader.AskAsync(Articles, method: method);
            Assert.Equal(["GET", "HEAD", "OPTIONS"], answer.Content.Headers.Allow);
        }

        using var head = await site.Reader.AskAsync("/api/v1/nowhere", method: HttpMethod.Head);
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (head.StatusCode, head.Content.Headers.ContentType!.MediaType));
        Assert.Equal("301 /api/v1/articles?limit=5", await site.Reader.AnswerAsync("/api/v1/Articles/?limit=5"));
    }

    [Theory, EachStore]
    public async Task Who_asks_too_often_waits_until_the_next_minute_and_is_told_how_long(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:ApiPerMinute=3");
        site.Clock.Advance(TimeSpan.FromSeconds(20));
        for (var left = 2; left >= 0; left--)
        {
            using var answer = await site.Reader.GetAsync(Articles);
            Assert.Equal((HttpStatusCode.OK, $"\"anonymous\";r={left};t=40", "\"anonymous\";q=3;w=60"), (answer.StatusCode, answer.Header("RateLimit"), answer.Header("RateLimit-Policy")));
        }

        Assert.Equal("429 too-many-requests", await site.Reader.ProblemAsync(Articles));
        using (var refused = await site.Reader.GetAsync("/api/v1/tags")) Assert.Equal((TimeSpan.FromSeconds(40), "\"anonymous\";r=0;t=40"), (refused.Headers.RetryAfter!.Delta, refused.Header("RateLimit")));
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync("/"));
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync("/openapi/v1.json"));

        site.Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync(Articles));
    }

    [Theory, EachStore]
    public async Task A_key_opens_more_and_is_counted_apart(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:ApiPerMinute=1", "RateLimits:ApiKeyPerMinute=4");
        var (one, other) = (await site.KeyAsync("One"), await site.KeyAsync("Other"));
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync(Articles));
        Assert.Equal(HttpStatusCode.TooManyRequests, await site.Reader.StatusAsync(Articles));

        for (var i = 0; i < 4; i++) Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusOfAsync(Articles, one));
        Assert.Equal("429 too-many-requests", await site.Reader.ProblemAsync(Articles, one));
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusOfAsync(Articles, other));
    }

    [Theory, EachStore]
    public async Task A_wrong_key_is_refused_even_what_everybody_may_have_and_guessing_closes_nobody_out(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:ApiPerMinute=3");
        var key = await site.KeyAsync();
        await site.Reader.TextAsync(Articles);
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusOfAsync(Articles, key));

        Assert.Equal("401 bad-key", await site.Reader.ProblemAsync(Articles, Core.Api.ApiKey.Make()));
        Assert.Equal("401 bad-key", await site.Reader.ProblemAsync(Articles, "nonsense"));
        using (var basic = new HttpRequestMessage(HttpMethod.Get, Articles) { Headers = { { "Authorization", "Basic YTpi" } } })
        using (var answer = await site.Reader.SendAsync(basic))
            Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (answer.StatusCode, answer.Headers.WwwAuthenticate.Single().Scheme));
        Assert.Equal("429 too-many-requests", await site.Reader.ProblemAsync(Articles, Core.Api.ApiKey.Make()));

        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusOfAsync(Articles, key));
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync(Articles));
    }

    [Theory, EachStore]
    public async Task Guessing_does_not_keep_the_store_busy(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:ApiPerMinute=3");
        for (var i = 0; i < 3; i++) await site.Reader.ProblemAsync(Articles, Core.Api.ApiKey.Make());

        Assert.Empty(await site.Queries.OfAsync(() => site.Reader.ProblemAsync(Articles, Core.Api.ApiKey.Make())));
    }

    [Theory, EachStore]
    public async Task A_revoked_key_is_shut_on_every_node_within_a_minute(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var key = await site.KeyAsync();
        await using var node = await site.OpenAgainAsync(TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.OK, await node.Reader.StatusOfAsync(Articles, key));
        Assert.Empty(await node.Queries.OfAsync(() => node.Reader.StatusOfAsync(Articles, key)));

        await site.EditAsync(async db => (await db.ApiKeys.FindAsync(1))!.Revoke(site.Now));
        node.Clock.Advance(TimeSpan.FromSeconds(59));

        Assert.Equal("401 bad-key", await node.Reader.ProblemAsync(Articles, key));
    }

    [Theory, EachStore]
    public async Task What_the_cache_keeps_says_nothing_of_whoever_asked_first(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var key = await site.KeyAsync();
        using var keyed = await site.Reader.AskAsync(Articles, key);
        using var anonymous = await site.Reader.AskAsync(Articles);
        using var again = await site.Reader.AskAsync(Articles, key);

        Assert.NotNull(anonymous.Headers.Age);
        Assert.NotNull(again.Headers.Age);
        Assert.Equal(["\"key\"", "\"anonymous\"", "\"key\""], new[] { keyed, anonymous, again }.Select(a => Policy().Match(a.Header("RateLimit")).Value));
        Assert.Equal(Kept(keyed), Kept(anonymous));
        Assert.Equal(3, new[] { keyed, anonymous, again }.Select(a => a.Header("X-Request-Id")).Distinct().Count());

        static List<string> Kept(HttpResponseMessage answer) =>
            [.. answer.Headers.Concat(answer.Content.Headers).Where(h => !h.Key.StartsWith("RateLimit", StringComparison.Ordinal) && h.Key.ToUpperInvariant() is not ("AGE" or "DATE" or "X-REQUEST-ID")).Select(h => $"{h.Key}: {string.Join(",", h.Value)}").Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex("^\"[a-z]+\"")]
    private static partial Regex Policy();
}
