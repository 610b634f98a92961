using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using BlueTechWave.Web.Redirects;
using Xunit;

namespace BlueTechWave.Web.Tests.Feeds;

public partial class SitemapTests(SitemapTests.Archive archive) : IClassFixture<SitemapTests.Archive>
{
    private readonly FeedSite _site = archive.Site;

    [Fact]
    public async Task The_index_names_maps_that_exist()
    {
        var maps = await _site.LocationsAsync("/sitemap.xml");

        Assert.Equal(["https://btw.example/sitemaps/pages.xml", "https://btw.example/sitemaps/articles-1.xml"], maps);
        foreach (var map in maps) Assert.NotEmpty(await _site.LocationsAsync(new Uri(map).AbsolutePath));
    }

    [Fact]
    public async Task Every_public_article_is_on_a_map_with_its_last_change()
    {
        var map = await _site.XmlAsync("/sitemaps/articles-1.xml");
        var changed = map.Elements().ToDictionary(e => new Uri(e.Element(Reading.Map + "loc")!.Value).AbsolutePath, e => e.Element(Reading.Map + "lastmod")!.Value);

        Assert.Equal(["/2023/07/an-early-story", "/2025/07/a-rule-for-coins", "/2025/07/buy-our-modem", "/2025/07/fresh-rivals-1-3b-more"], changed.Keys.Order());
        Assert.Equal("2023-07-31T23:30:00Z", changed["/2023/07/an-early-story"]);
        Assert.Equal("2025-07-10T11:00:00Z", changed["/2025/07/a-rule-for-coins"]);
    }

    [Fact]
    public async Task All_other_pages_are_on_a_map_and_empty_ones_are_not() =>
        Assert.Equal(
            [
                "/", "/2023", "/2023/07", "/2025", "/2025/07", "/about", "/archives", "/author/ana-reporter", "/category/company-stories",
                "/category/company-stories/partner-content", "/category/fintech", "/category/fintech/regulation",
                "/category/internet-governance", "/category/internet-governance/regulation", "/tag/cables",
            ],
            (await _site.LocationsAsync("/sitemaps/pages.xml")).Select(a => new Uri(a).AbsolutePath).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Maps_follow_their_schema_and_every_address_on_them_is_canonical()
    {
        foreach (var map in new[] { "/sitemaps/pages.xml", "/sitemaps/articles-1.xml" })
        {
            var root = await _site.XmlAsync(map);
            Assert.Equal(Reading.Map + "urlset", root.Name);
            Assert.InRange(root.Elements().Count(), 1, 50_000);
            Assert.Distinct(root.Elements().Select(e => e.Element(Reading.Map + "loc")!.Value));
            Assert.All(root.Elements(), url =>
            {
                Assert.Equal(Reading.Map + "url", url.Name);
                Assert.All(url.Elements(), e => Assert.Contains(e.Name.LocalName, new[] { "loc", "lastmod" }));
                var address = new Uri(url.Element(Reading.Map + "loc")!.Value);
                Assert.Equal(FeedSite.Root, address.GetLeftPart(UriPartial.Authority));
                Assert.Equal("", address.Query + address.Fragment);
                Assert.Equal(address.AbsolutePath, Core.Redirects.Spelling.Of(address.AbsolutePath));
                if (url.Element(Reading.Map + "lastmod") is { } changed) Assert.Matches(W3cMoment(), changed.Value);
            });
        }
    }

    [Theory]
    [InlineData("/sitemaps/articles-0.xml")]
    [InlineData("/sitemaps/articles-2.xml")]
    [InlineData("/sitemaps/articles-01.xml")]
    [InlineData("/sitemaps/articles-99999999999.xml")]
    [InlineData("/sitemaps/nothing.xml")]
    public async Task A_map_that_is_not_in_the_index_is_not_found(string path)
    {
        using var answer = await _site.Reader.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_news_map_has_two_days_of_news_and_nothing_paid_for()
    {
        var map = await _site.XmlAsync("/sitemap-news.xml");
        var url = Assert.Single(map.Elements(Reading.Map + "url"));
        var news = url.Element(Reading.News + "news")!;

        Assert.Equal("https://btw.example/2025/07/fresh-rivals-1-3b-more", url.Element(Reading.Map + "loc")!.Value);
        Assert.Equal("Blue Tech Wave Media", news.Element(Reading.News + "publication")!.Element(Reading.News + "name")!.Value);
        Assert.Equal("en", news.Element(Reading.News + "publication")!.Element(Reading.News + "language")!.Value);
        Assert.Equal("2025-07-08T12:30:00Z", news.Element(Reading.News + "publication_date")!.Value);
        Assert.Equal("Fresh: rivals’ $1.3B & <more>", news.Element(Reading.News + "title")!.Value);
        Assert.Equal(["publication", "publication_date", "title"], news.Elements().Select(e => e.Name.LocalName));
    }

    [Fact]
    public async Task Robots_may_read_everything_readers_may_and_are_told_of_both_maps()
    {
        var lines = (await _site.Reader.GetStringAsync("/robots.txt")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(
            [
                "User-agent: *", "Allow: /", "Disallow: /newsroom", "Disallow: /account", "Disallow: /search",
                "Sitemap: https://btw.example/sitemap.xml", "Sitemap: https://btw.example/sitemap-news.xml",
            ],
            lines);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    private static partial Regex W3cMoment();

    public sealed class Archive : IAsyncLifetime
    {
        public FeedSite Site { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Site.InitializeAsync();
            await Site.AddPageAsync("about");
            await Site.WriteAsync("An early story", new(2023, 7, 31, 23, 30, 0, DateTimeKind.Utc));
            var coins = await Site.WriteAsync("A rule for coins", FeedSite.Now.AddDays(-3), "fintech/regulation");
            await Site.ChangeAsync(coins, a => a.Update(FeedSite.Now.AddHours(-1)));
            await Site.WriteAsync("Fresh: rivals’ $1.3B & <more>", FeedSite.Now.AddHours(-47.5));
            await Site.WriteAsync("Buy our modem", FeedSite.Now.AddHours(-1), "company-stories/partner-content");
            await Site.WriteAsync("A draft", null, "drafts-only", tags: ["Secret"], authors: ["New Reporter"]);
            var gone = await Site.WriteAsync("Gone", FeedSite.Now.AddHours(-2), "gone-only", tags: ["Gone tag"]);
            await Site.ChangeAsync(gone, a => a.Withdraw("Untrue.", FeedSite.Now));
        }

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }
}
