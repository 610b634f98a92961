using System.Net;
using System.Net.Http.Headers;

namespace BlueTechWave.Web.Tests;

/// <summary>What browsers and a CDN in front of us are told they may keep.</summary>
public class DownstreamTests
{
    [Fact]
    public async Task Pages_and_feeds_may_be_kept_by_anybody_and_are_asked_for_again_each_time()
    {
        await using var site = await NewsSite.OpenAsync();
        var article = NewsSite.AddressOf(await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]));

        foreach (var address in new[] { "/", article, "/category/ai", "/tag/robots", "/author/lina-moreau", "/2024/09", "/archives", "/about", "/search?q=robots", "/feed", "/feed/atom", "/feed/json", "/sitemap.xml", "/sitemaps/articles-1.xml", "/sitemap-news.xml", "/robots.txt" })
        {
            for (var time = 0; time < 2; time++)
            {
                using var answer = await site.Reader.GetAsync(address);
                Assert.Equal($"{address} public, must-revalidate, max-age=0", $"{address} {answer.Headers.CacheControl}");
                Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
                Assert.False(Assert.IsType<EntityTagHeaderValue>(answer.Headers.ETag).IsWeak);
                Assert.False(answer.Headers.Contains("Set-Cookie"));
            }
        }
    }

    [Fact]
    public async Task Our_own_files_change_their_address_with_their_content_and_are_kept_for_good()
    {
        // Built, not published, the framework would ask browsers to forget them.
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, "EnableStaticAssetsDevelopmentCaching=true");
        var page = await site.Reader.PageAsync(NewsSite.AddressOf(await site.PublishAsync("Robots learn to swim")));
        var files = page.QuerySelectorAll("link[rel=stylesheet], script[src]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!).ToList();

        Assert.Contains(files, f => f.StartsWith("/site.", StringComparison.Ordinal) && f.EndsWith(".css", StringComparison.Ordinal));
        foreach (var file in files)
        {
            Assert.Matches(@"^/[a-z]+\.[a-z0-9]{10}\.(css|js)$", file);
            using var answer = await site.Reader.GetAsync(file);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl.MaxAge >= TimeSpan.FromDays(365), file);
        }
    }

    [Fact]
    public async Task Tracking_parameters_stay_out_of_every_address_that_a_page_gives_of_itself()
    {
        await using var site = await NewsSite.OpenAsync();
        var article = NewsSite.AddressOf(await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]));

        foreach (var address in new[] { "/", article, "/category/ai", "/tag/robots", "/author/lina-moreau", "/2024", "/2024/09", "/archives", "/about" })
        {
            var page = await site.Reader.PageAsync($"{address}?utm_source=letter&utm_medium=mail&fbclid=abc123&gclid=x&mc_cid=y&ref=z");
            var canonical = new Uri(site.Address, address).AbsoluteUri;
            Assert.Equal(canonical, page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"));
            Assert.Equal(canonical, page.QuerySelector("meta[property='og:url']")!.GetAttribute("content"));
            Assert.True(await site.Reader.IsCachedAsync($"{address}?fbclid=another"), address);
        }
    }
}
