using System.Net;

namespace BlueTechWave.Web.Tests;

public class HeaderTests
{
    [Fact]
    public async Task Every_kind_of_answer_carries_the_security_headers()
    {
        await using var site = await NewsSite.OpenAsync();
        var article = await site.PublishAsync("Robots learn to swim");
        var gone = await site.PublishAsync("Robots learn to lie");
        await site.WithdrawAsync(gone);
        var home = await site.Reader.PageAsync("/");
        var style = home.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;

        foreach (var (what, request, status) in new[]
        {
            ("home", Get("/"), HttpStatusCode.OK),
            ("home from the cache", Get("/"), HttpStatusCode.OK),
            ("home, head", new(HttpMethod.Head, "/"), HttpStatusCode.OK),
            ("article", Get(NewsSite.AddressOf(article)), HttpStatusCode.OK),
            ("search", Get("/search?q=robots"), HttpStatusCode.OK),
            ("standing page", Get("/about"), HttpStatusCode.OK),
            ("feed", Get("/feed"), HttpStatusCode.OK),
            ("sitemap", Get("/sitemap.xml"), HttpStatusCode.OK),
            ("robots.txt", Get("/robots.txt"), HttpStatusCode.OK),
            ("style sheet", Get(style), HttpStatusCode.OK),
            ("health", Get("/healthz/live"), HttpStatusCode.OK),
            ("another spelling", Get("/About/"), HttpStatusCode.MovedPermanently),
            ("not found", Get("/nowhere"), HttpStatusCode.NotFound),
            ("no such file", Get("/css/nothing.css"), HttpStatusCode.NotFound),
            ("gone", Get(NewsSite.AddressOf(gone)), HttpStatusCode.Gone),
            ("wrong method", new(HttpMethod.Delete, "/feed"), HttpStatusCode.MethodNotAllowed),
            ("comment from elsewhere", new(HttpMethod.Post, NewsSite.AddressOf(article) + "/comments") { Content = new FormUrlEncodedContent([]) }, HttpStatusCode.Forbidden),
        })
        {
            using var answer = await site.Reader.SendAsync(request);
            Assert.Equal($"{what} {status}", $"{what} {answer.StatusCode}");
            AssertSafe(what, answer);
            request.Dispose();
        }

        static HttpRequestMessage Get(string address) => new(HttpMethod.Get, address);
    }

    [Fact]
    public async Task A_page_that_breaks_is_a_page_all_the_same_safe_and_not_kept()
    {
        await using var site = await NewsSite.OpenAsync();
        var address = NewsSite.AddressOf(await site.PublishAsync("Robots learn to swim"));
        _ = await site.FrameAsync();
        site.Queries.InterruptAfter(sql => sql.Contains("\"Headline\"", StringComparison.Ordinal), () => throw new InvalidOperationException("The press is jammed."));

        using var broken = await site.Reader.GetAsync(address);
        var page = await broken.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, broken.StatusCode);
        Assert.Equal("text/html", broken.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("jammed", page, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", page, StringComparison.Ordinal);
        AssertSafe("broken", broken);
        Assert.True(broken.Headers.CacheControl?.NoStore, "A broken page may be stored.");
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync(address));
    }

    [Fact]
    public async Task A_page_asks_for_nothing_that_its_policy_forbids()
    {
        await using var site = await NewsSite.OpenAsync();
        var around = await Neighbourhood.SettleAsync(site, site.PublishAsync);

        foreach (var address in new[] { "/", NewsSite.AddressOf(around.Article), "/category/internet-governance", "/tag/airships", "/author/daniel-okoro", "/2024", "/2024/09", "/archives", "/search?q=zeppelin", "/about", "/contact" })
        {
            var page = await site.Reader.PageAsync(address);
            Assert.Empty(page.QuerySelectorAll("[style], style, [onclick], [onload], [onerror], script:not([src]):not([type='application/ld+json'])").Select(e => $"{address}: {e.OuterHtml}"));
            foreach (var loaded in page.QuerySelectorAll("script[src], img[src], link[rel=stylesheet], link[rel=preload], link[rel=icon], link[rel=manifest], source[src]"))
            {
                var from = loaded.GetAttribute("src") ?? loaded.GetAttribute("href")!;
                Assert.True(from.StartsWith('/') && !from.StartsWith("//", StringComparison.Ordinal), $"{address} loads {from}");
                Assert.Equal($"{from} OK", $"{from} {await site.Reader.StatusAsync(from)}");
            }
        }
    }

    [Fact]
    public async Task Nothing_tells_what_the_paper_is_printed_with()
    {
        await using var site = await NewsSite.OpenAsync();
        using var answer = await site.Reader.GetAsync("/");

        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("X-Powered-By"));
    }

    [Fact]
    public async Task A_missing_page_is_never_stored_on_the_way()
    {
        await using var site = await NewsSite.OpenAsync();
        using var answer = await site.Reader.GetAsync("/2024/09/not-yet-written");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.False(answer.Headers.CacheControl?.Public ?? false);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("noindex", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static void AssertSafe(string what, HttpResponseMessage answer)
    {
        var policy = Value("Content-Security-Policy");
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Value("X-Content-Type-Options"));
        Assert.Equal("DENY", Value("X-Frame-Options"));
        Assert.Equal("strict-origin-when-cross-origin", Value("Referrer-Policy"));
        Assert.Contains("camera=()", Value("Permissions-Policy"), StringComparison.Ordinal);
        Assert.Equal("same-origin", Value("Cross-Origin-Opener-Policy"));
        Assert.False(answer.Headers.Contains("Set-Cookie"), $"{what} sets a cookie");

        string Value(string header)
        {
            Assert.True(answer.Headers.TryGetValues(header, out var values), $"{what} has no {header}");
            return Assert.Single(values!);
        }
    }
}
