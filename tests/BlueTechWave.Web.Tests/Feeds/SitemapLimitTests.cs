using System.Net;
using BlueTechWave.Core.Articles;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Feeds;

/// <summary>Sitemaps by their schemas, at the numbers and hours where they begin another, and when they change.</summary>
public class SitemapLimitTests
{
    [Theory, EachStore]
    public async Task Every_map_of_the_demo_is_valid_and_has_each_public_article_once(Store store)
    {
        await using var site = await NewsSite.OpenEmptyAsync(store);
        await site.LoadDemoAsync();

        var listed = new List<string>();
        foreach (var map in SitemapSchemas.AssertValid(await site.Reader.TextAsync("/sitemap.xml")).Elements())
        {
            Assert.NotNull(map.Element(Reading.Map + "lastmod"));
            var path = new Uri(map.Element(Reading.Map + "loc")!.Value).AbsolutePath;
            listed.AddRange(SitemapSchemas.AssertValid(await site.Reader.TextAsync(path)).Elements().Select(e => new Uri(e.Element(Reading.Map + "loc")!.Value).AbsolutePath));
        }

        SitemapSchemas.AssertValid(await site.Reader.TextAsync("/sitemap-news.xml"));
        var published = await site.AskAsync(db => db.Articles.Published().ToListAsync());
        Assert.Equal(published.Select(NewsSite.AddressOf).Order(), listed.Where(path => path.StartsWith("/20", StringComparison.Ordinal) && path.Count(c => c == '/') == 3).Order());
        foreach (var path in listed) Assert.Equal($"{path} OK", $"{path} {await site.Reader.StatusAsync(path)}");
    }

    [Theory, EachStore]
    public async Task The_index_says_when_each_map_last_changed(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var first = await site.PublishAsync("Robots learn to swim", copy => copy.At = site.Now.AddDays(-3));
        await site.PrintAsync(first, 4_999);
        var second = await site.PublishAsync("Whales learn to code", copy => copy.At = site.Now.AddDays(-2));
        Assert.Equal([("pages", site.Now.AddDays(-2)), ("articles-1", site.Now.AddDays(-3)), ("articles-2", site.Now.AddDays(-2))], await ChangesAsync(site));

        site.Clock.Advance(TimeSpan.FromHours(1));
        await site.ChangeAsync(first, a => a.Update(site.Now));
        Assert.Equal([("pages", site.Now), ("articles-1", site.Now), ("articles-2", site.Now.AddHours(-1).AddDays(-2))], await ChangesAsync(site));

        site.Clock.Advance(TimeSpan.FromHours(1));
        await site.WithdrawAsync(second);
        Assert.Equal([("pages", site.Now), ("articles-1", site.Now)], await ChangesAsync(site));

        site.Clock.Advance(TimeSpan.FromHours(1));
        await site.EditAsync(async db => (await db.Pages.SingleAsync(p => p.Slug == "about")).Write("About us", "", "We are three.", site.Now));
        Assert.Equal([("pages", site.Now), ("articles-1", site.Now.AddHours(-1))], await ChangesAsync(site));
    }

    [Theory, EachStore]
    public async Task A_map_holds_five_thousand_articles_and_the_next_begins_another(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        await site.PrintAsync(article, 4_999);
        Assert.Equal(2, SitemapSchemas.AssertValid(await site.Reader.TextAsync("/sitemap.xml")).Elements().Count());
        Assert.Equal(5_000, SitemapSchemas.AssertValid(await site.Reader.TextAsync("/sitemaps/articles-1.xml")).Elements().Count());
        Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync("/sitemaps/articles-2.xml"));

        await site.PublishAsync("Whales learn to code", copy => copy.At = site.Now.AddMinutes(1));

        Assert.Equal(3, SitemapSchemas.AssertValid(await site.Reader.TextAsync("/sitemap.xml")).Elements().Count());
        Assert.Equal(5_000, SitemapSchemas.AssertValid(await site.Reader.TextAsync("/sitemaps/articles-1.xml")).Elements().Count());
        Assert.EndsWith("/whales-learn-to-code", Assert.Single(SitemapSchemas.AssertValid(await site.Reader.TextAsync("/sitemaps/articles-2.xml")).Elements()).Element(Reading.Map + "loc")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_map_of_pages_stops_at_the_protocols_limit()
    {
        await using var site = await NewsSite.OpenAsync();
        await site.HireAsync(50_100);

        Assert.Equal(50_000, SitemapSchemas.AssertValid(await site.Reader.TextAsync("/sitemaps/pages.xml")).Elements().Count());
    }

    [Theory, EachStore]
    public async Task The_news_map_reaches_back_two_days_to_the_second(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishAsync("Two days to the second", copy => copy.At = site.Now.AddHours(-48));
        await site.PublishAsync("A second more", copy => copy.At = site.Now.AddHours(-48).AddSeconds(-1));
        await site.PublishAsync("Just now");

        Assert.Equal(["/2024/09/just-now", "/2024/09/two-days-to-the-second"], await NewsAsync(site));
    }

    [Theory, EachStore]
    public async Task The_news_map_has_the_thousand_newest(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var oldest = await site.PublishAsync("Robots learn to swim", copy => copy.At = site.Now.AddHours(-2));
        await site.PrintAsync(oldest, 999);
        Assert.Equal(1_000, (await NewsAsync(site)).Count);

        await site.PublishAsync("Whales learn to code");

        var news = await NewsAsync(site);
        Assert.Equal((1_000, "/2024/09/whales-learn-to-code"), (news.Count, news[0]));
        Assert.DoesNotContain("/2024/09/robots-learn-to-swim", news);
    }

    [Theory, EachStore]
    public async Task What_is_paid_for_is_no_news_whichever_of_its_categories_says_so(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.EditAsync(db =>
        {
            db.Add(new Core.Categories.Category("Partner Content", isPartnerContent: true));
            return Task.CompletedTask;
        });
        await site.PublishAsync("Why our modems are best", copy => copy.Category = "partner-content");
        var also = await site.PublishAsync("Modems, a history");
        await site.PublishAsync("Robots learn to swim");
        await site.EditAsync(async db =>
        {
            var article = await db.Articles.Include(a => a.FurtherCategories).SingleAsync(a => a.Id == also.Id);
            article.FileUnder(await db.Categories.SingleAsync(c => c.Slug == "ai"), await db.Categories.SingleAsync(c => c.Slug == "partner-content"));
        });

        Assert.Equal(["/2024/09/robots-learn-to-swim"], await NewsAsync(site));
    }

    private static async Task<List<(string Map, DateTime At)>> ChangesAsync(NewsSite site) =>
        [.. SitemapSchemas.AssertValid(await site.Reader.TextAsync("/sitemap.xml")).Elements().Select(map => (
            Path.GetFileNameWithoutExtension(map.Element(Reading.Map + "loc")!.Value),
            ((DateTimeOffset)map.Element(Reading.Map + "lastmod")!).UtcDateTime))];

    private static async Task<IReadOnlyList<string>> NewsAsync(NewsSite site) =>
        [.. SitemapSchemas.AssertValid(await site.Reader.TextAsync("/sitemap-news.xml")).Elements().Select(url => new Uri(url.Element(Reading.Map + "loc")!.Value).AbsolutePath)];
}
