using AngleSharp.Dom;
using BlueTechWave.Web.Tests.Nodes;

namespace BlueTechWave.Web.Tests;

[OnTwoNodes]
public class PagingTests
{
    private const int Stories = 65;

    [Theory, EachStore]
    public async Task A_listing_shows_every_story_once_from_the_newest_on(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishManyAsync(Stories, (_, copy) => copy.Tags = ["Robots"]);
        var inOrder = Enumerable.Range(1, Stories).Select(i => $"story-number-{i}").ToList();

        foreach (var listing in new[] { "/category/ai", "/tag/robots", "/author/lina-moreau", "/2024" })
        {
            var pages = await WalkAsync(site, listing);
            Assert.Equal(inOrder, pages.SelectMany(StoriesOn));
            Assert.InRange(pages.Count, 2, 20);
        }
    }

    [Theory, EachStore]
    public async Task Home_shows_no_story_twice_on_a_page_and_its_further_pages_reach_the_last(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishManyAsync(Stories);

        var pages = await WalkAsync(site, "/");

        Assert.InRange(pages.Count, 2, 20);
        foreach (var page in pages)
        {
            var headlines = page.QuerySelectorAll("main h2, main h3").Select(h => h.TextContent.Trim()).Where(t => t.StartsWith("Story number", StringComparison.Ordinal)).ToList();
            Assert.Equal(headlines.Distinct(), headlines);
            Assert.NotEmpty(headlines);
        }

        Assert.Equal(Stories, pages.SelectMany(StoriesOn).Distinct().Count());
    }

    [Theory, EachStore]
    public async Task Neighbouring_pages_name_each_other(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishManyAsync(Stories);

        foreach (var listing in new[] { "/", "/category/ai", "/author/lina-moreau", "/2024" })
        {
            var second = await site.Reader.PageAsync($"{listing.TrimEnd('/')}/page/2");
            Assert.Equal(listing, Link(second, "prev"));
            Assert.Equal($"{listing.TrimEnd('/')}/page/3", Link(second, "next"));
            Assert.Equal($"{listing.TrimEnd('/')}/page/2", Link(second, "canonical"));
            Assert.Null(Link(await site.Reader.PageAsync(listing), "prev"));
        }
    }

    [Theory, EachStore]
    public async Task There_is_nothing_before_the_first_page_and_nothing_beyond_the_last(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishManyAsync(Stories, (_, copy) => copy.Tags = ["Robots"]);

        foreach (var listing in new[] { "", "/category/ai", "/tag/robots", "/author/lina-moreau", "/2024", "/2024/09" })
        {
            var last = (await WalkAsync(site, listing.Length == 0 ? "/" : listing)).Count;
            foreach (var page in new[] { $"{last + 1}", "0", "-1", "00", "02x", "99999999999", "2147483647" })
                Assert.Equal($"{listing}/page/{page} 404", $"{listing}/page/{page} {await site.Reader.AnswerAsync($"{listing}/page/{page}")}");
        }
    }

    [Theory, EachStore]
    public async Task A_listing_without_a_story_says_so(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);

        foreach (var address in new[] { "/", "/category/ai", "/author/lina-moreau", "/archives" })
            Assert.Equal($"{address} 200", $"{address} {await site.Reader.AnswerAsync(address)}");
        foreach (var address in new[] { "/2024", "/2024/09", "/tag/robots", "/category/ai/page/2" })
            Assert.Equal($"{address} 404", $"{address} {await site.Reader.AnswerAsync(address)}");
    }

    [Theory, EachStore]
    public async Task A_search_has_further_pages_too(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishManyAsync(Stories);

        var seen = new HashSet<string>();
        for (var page = 1; page <= 4; page++)
            seen.UnionWith(StoriesOn(await site.Reader.PageAsync($"/search?q=wednesday&sort=newest&page={page}")));

        Assert.Equal(Stories, seen.Count);
    }

    private static async Task<List<IDocument>> WalkAsync(NewsSite site, string listing)
    {
        var pages = new List<IDocument>();
        for (var at = listing; at is not null && pages.Count < 50; at = Link(pages[^1], "next")) pages.Add(await site.Reader.PageAsync(at));
        return pages;
    }

    /// <summary>Slugs of the stories that the page's main part lists, in order, each once.</summary>
    private static IEnumerable<string> StoriesOn(IDocument page) => page.QuerySelectorAll("main article a[href], main li a[href]")
        .Select(a => a.GetAttribute("href")!.Split('/')[^1])
        .Where(slug => slug.StartsWith("story-number-", StringComparison.Ordinal))
        .Distinct();

    private static string? Link(IDocument page, string rel) =>
        page.QuerySelector($"link[rel={rel}]")?.GetAttribute("href") is { } href ? new Uri(new Uri("http://paper/"), href).AbsolutePath : null;
}
