using System.Globalization;
using System.Net;
using System.Text.Json;

namespace BlueTechWave.Web.Tests.Links;

/// <summary>
/// What pages tell search engines, against what these document: for an article headline, image, dates with their offset
/// and authors with a page; a breadcrumb that counts; a publisher with a logo; addresses that are whole, and lead somewhere.
/// </summary>
public class StructuredPageTests
{
    [Theory, EachStore]
    public async Task An_article_page_says_what_search_engines_ask_of_news(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Site:TimeZone=Asia/Tokyo");
        var article = await site.PublishAsync("Robots learn to swim", copy => (copy.Category, copy.Tags) = ("fintech/regulation", ["Robots", "Water"]));
        await site.ChangeAsync(article, a => a.Correct("It was Tuesday.", site.Now.AddHours(2)));
        var address = new Uri(site.Address, NewsSite.AddressOf(article)).AbsoluteUri;

        var said = await ReadAsync(site, NewsSite.AddressOf(article));
        var news = said["NewsArticle"];

        Assert.Equal("Robots learn to swim", Text(news, "headline"));
        Assert.Equal("2024-09-25T18:30:00+09:00", Text(news, "datePublished"));
        Assert.Equal("2024-09-25T20:30:00+09:00", Text(news, "dateModified"));
        Assert.Equal(address, news.GetProperty("mainEntityOfPage").GetProperty("@id").GetString());
        Assert.Equal("Lina Moreau", Text(news.GetProperty("author")[0], "name"));
        await LeadsSomewhereAsync(site, Text(news.GetProperty("author")[0], "url"));
        Assert.All(news.GetProperty("image").EnumerateArray(), image => Assert.EndsWith(".jpg", image.GetString(), StringComparison.Ordinal));
        await LeadsSomewhereAsync(site, news.GetProperty("image")[0].GetString()!);
        Assert.Equal("Blue Tech Wave Media", Text(news.GetProperty("publisher"), "name"));
        await LeadsSomewhereAsync(site, Text(news.GetProperty("publisher").GetProperty("logo"), "url"));
        Assert.Equal(["Robots", "Water"], news.GetProperty("keywords").EnumerateArray().Select(k => k.GetString()));

        var steps = said["BreadcrumbList"].GetProperty("itemListElement").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, steps.Count), steps.Select(s => s.GetProperty("position").GetInt32()));
        Assert.Equal(["Home", "Robots learn to swim"], [Text(steps[0], "name"), Text(steps[^1], "name")]);
        foreach (var step in steps.SkipLast(1)) await LeadsSomewhereAsync(site, Text(step, "item"));

        Assert.Equal(Text(said["Organization"], "@id"), Text(said["WebSite"].GetProperty("publisher"), "@id"));
        await LeadsSomewhereAsync(site, Text(said["WebSite"], "url"));
    }

    [Fact]
    public async Task Every_page_of_the_demo_says_it_in_records_that_can_be_read()
    {
        await using var site = await NewsSite.OpenEmptyAsync();
        await site.LoadDemoAsync();
        var map = System.Xml.Linq.XDocument.Parse(await site.Reader.TextAsync("/sitemaps/articles-1.xml"));
        foreach (var address in map.Descendants().Where(e => e.Name.LocalName == "loc").Select(e => new Uri(e.Value).AbsolutePath))
        {
            var said = await ReadAsync(site, address);
            var story = said.GetValueOrDefault("NewsArticle", said.GetValueOrDefault("AdvertiserContentArticle"));
            Assert.InRange(Text(story, "headline").Length, 1, 110);
            Assert.True(DateTimeOffset.Parse(Text(story, "dateModified"), CultureInfo.InvariantCulture) >= DateTimeOffset.Parse(Text(story, "datePublished"), CultureInfo.InvariantCulture), address);
            Assert.All(story.GetProperty("author").EnumerateArray(), author => Assert.StartsWith(site.Address.AbsoluteUri, Text(author, "url"), StringComparison.Ordinal));
            Assert.All(story.GetProperty("image").EnumerateArray(), image => Assert.StartsWith(site.Address.AbsoluteUri, image.GetString(), StringComparison.Ordinal));
            Assert.True(said.ContainsKey("BreadcrumbList"), address);
        }
    }

    private static async Task<Dictionary<string, JsonElement>> ReadAsync(NewsSite site, string address) =>
        (await site.Reader.PageAsync(address)).QuerySelectorAll("script[type='application/ld+json']")
            .Select(script => JsonDocument.Parse(script.TextContent).RootElement)
            .ToDictionary(thing => thing.GetProperty("@type").GetString()!);

    private static string Text(JsonElement thing, string name) => thing.GetProperty(name).GetString()!;

    private static async Task LeadsSomewhereAsync(NewsSite site, string address)
    {
        Assert.StartsWith(site.Address.AbsoluteUri, address, StringComparison.Ordinal);
        Assert.Equal($"{address} {HttpStatusCode.OK}", $"{address} {await site.Reader.StatusAsync(address)}");
    }
}
