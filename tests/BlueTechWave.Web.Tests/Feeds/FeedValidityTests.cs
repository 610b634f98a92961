using System.Globalization;
using System.ServiceModel.Syndication;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using AngleSharp.Html.Parser;

namespace BlueTechWave.Web.Tests.Feeds;

/// <summary>Every kind of feed over the whole demo, by what the W3C's validator and jsonfeed.org ask for.</summary>
public class FeedValidityTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";

    [Theory, EachStore]
    public async Task Every_feed_of_the_demo_is_valid(Store store)
    {
        await using var site = await NewsSite.OpenEmptyAsync(store);
        await site.LoadDemoAsync();
        var listings = await ListingsAsync(site);
        Assert.True(listings.Count > 10);

        foreach (var listing in listings)
        {
            AssertRss(await ReadAsync(site, $"{listing}/feed", "application/rss+xml"), Self(site, $"{listing}/feed"));
            AssertAtom(await ReadAsync(site, $"{listing}/feed/atom", "application/atom+xml"), Self(site, $"{listing}/feed/atom"));
            AssertJson(await ReadAsync(site, $"{listing}/feed/json", "application/feed+json"), Self(site, $"{listing}/feed/json"));
        }

        AssertRss(await ReadAsync(site, "/comments/feed", "application/rss+xml"), Self(site, "/comments/feed"));
    }

    /// <summary>The site's feed, and one of each category, and of some tags and authors.</summary>
    private static async Task<List<string>> ListingsAsync(NewsSite site)
    {
        var pages = XDocument.Parse(await site.Reader.TextAsync("/sitemaps/pages.xml")).Descendants(Reading.Map + "loc").Select(l => new Uri(l.Value).AbsolutePath).ToList();
        return
        [
            "", .. pages.Where(p => p.StartsWith("/category/", StringComparison.Ordinal)), .. pages.Where(p => p.StartsWith("/tag/", StringComparison.Ordinal)).Take(5),
            .. pages.Where(p => p.StartsWith("/author/", StringComparison.Ordinal)).Take(3),
        ];
    }

    private static string Self(NewsSite site, string path) => new Uri(site.Address, path).AbsoluteUri;

    private static async Task<string> ReadAsync(NewsSite site, string path, string mediaType)
    {
        using var answer = await site.Reader.GetAsync(path);
        Assert.Equal($"{path} {mediaType} utf-8", $"{path} {answer.Content.Headers.ContentType?.MediaType} {answer.Content.Headers.ContentType?.CharSet}");
        return await answer.Content.ReadAsStringAsync();
    }

    private static void AssertRss(string text, string self)
    {
        var feed = Load(text);
        var channel = XDocument.Parse(text).Root!.Element("channel")!;
        Assert.All(["title", "link", "description", "language"], name => Assert.NotEqual("", Assert.Single(channel.Elements(name)).Value));
        Assert.Equal(self, channel.Elements(Atom + "link").Single(l => l.Attribute("rel")!.Value == "self").Attribute("href")!.Value);
        Assert.NotEmpty(feed.Items);
        Assert.Distinct(channel.Elements("item").Select(i => Assert.Single(i.Elements("guid")).Value));
        foreach (var item in channel.Elements("item"))
        {
            Assert.All(["title", "link", "description", "pubDate"], name => Assert.Single(item.Elements(name)));
            AssertWhole(item.Element("link")!.Value);
            var guid = item.Element("guid")!;
            Assert.True(guid.Attribute("isPermaLink")!.Value == "false" || guid.Value.StartsWith("http", StringComparison.Ordinal));
            Assert.True(DateTimeOffset.TryParseExact(item.Element("pubDate")!.Value, "ddd, dd MMM yyyy HH:mm:ss 'GMT'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _), item.Element("pubDate")!.Value);
            AssertSelfContained(item.Element(Content + "encoded")!.Value);
        }
    }

    private static void AssertAtom(string text, string self)
    {
        var feed = Load(text);
        var root = XDocument.Parse(text).Root!;
        Assert.Equal("en-GB", root.Attribute(XNamespace.Xml + "lang")!.Value);
        Assert.Equal(self, root.Elements(Atom + "link").Single(l => l.Attribute("rel")!.Value == "self").Attribute("href")!.Value);
        Assert.Equal(feed.Items.Max(i => i.LastUpdatedTime), feed.LastUpdatedTime);
        Assert.Distinct(feed.Items.Select(i => i.Id));
        foreach (var entry in root.Elements(Atom + "entry").Prepend(root))
        {
            Assert.All(["id", "title", "updated"], name => Assert.NotEqual("", Assert.Single(entry.Elements(Atom + name)).Value));
            Assert.True(Uri.TryCreate(entry.Element(Atom + "id")!.Value, UriKind.Absolute, out _));
            Assert.NotEmpty(entry.Elements(Atom + "author"));
            foreach (var at in entry.Elements(Atom + "updated").Concat(entry.Elements(Atom + "published")))
                Assert.True(DateTimeOffset.TryParseExact(at.Value, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _), at.Value);
            Assert.All(entry.Elements(Atom + "link"), link => AssertWhole(link.Attribute("href")!.Value));
            if (entry != root) AssertSelfContained(entry.Element(Atom + "content")!.Value);
        }
    }

    private static void AssertJson(string text, string self)
    {
        var feed = JsonDocument.Parse(text).RootElement;
        Assert.Equal(("https://jsonfeed.org/version/1.1", self), (feed.GetProperty("version").GetString(), feed.GetProperty("feed_url").GetString()));
        Assert.NotEqual("", feed.GetProperty("title").GetString());
        AssertWhole(feed.GetProperty("home_page_url").GetString()!);
        var items = feed.GetProperty("items").EnumerateArray().ToList();
        Assert.NotEmpty(items);
        Assert.Distinct(items.Select(i => i.GetProperty("id").GetString()));
        foreach (var item in items)
        {
            AssertWhole(item.GetProperty("url").GetString()!);
            AssertWhole(item.GetProperty("image").GetString()!);
            Assert.True(item.GetProperty("date_published").TryGetDateTimeOffset(out _) && item.GetProperty("date_modified").TryGetDateTimeOffset(out _));
            Assert.All(item.GetProperty("authors").EnumerateArray(), a => Assert.NotEqual("", a.GetProperty("name").GetString()));
            AssertSelfContained(item.GetProperty("content_html").GetString()!);
        }
    }

    private static SyndicationFeed Load(string text)
    {
        using var characters = new StringReader(text);
        using var xml = XmlReader.Create(characters, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, CheckCharacters = true });
        return SyndicationFeed.Load(xml);
    }

    private static void AssertWhole(string address) =>
        Assert.True(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme.StartsWith("http", StringComparison.Ordinal), address);

    private static void AssertSelfContained(string html)
    {
        var body = new HtmlParser().ParseDocument(html).Body!;
        Assert.Empty(body.QuerySelectorAll("script, style, iframe, object, embed, form, [style], [onclick], [srcset]").Select(e => e.OuterHtml));
        foreach (var element in body.QuerySelectorAll("[href], [src], [cite], [poster]"))
            foreach (var name in new[] { "href", "src", "cite", "poster" })
                if (element.GetAttribute(name) is { } address)
                    Assert.True(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https" or "mailto" or "tel" }, address);
    }
}
