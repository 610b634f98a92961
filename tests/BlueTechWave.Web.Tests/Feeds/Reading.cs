using System.ServiceModel.Syndication;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace BlueTechWave.Web.Tests.Feeds;

/// <summary>Reads our feeds with somebody else's eyes.</summary>
internal static class Reading
{
    public static readonly XNamespace Map = "http://www.sitemaps.org/schemas/sitemap/0.9";
    public static readonly XNamespace News = "http://www.google.com/schemas/sitemap-news/0.9";

    public static async Task<SyndicationFeed> SyndicationAsync(this FeedSite site, string path)
    {
        using var text = new StringReader(await site.Reader.GetStringAsync(path));
        using var xml = XmlReader.Create(text);
        return SyndicationFeed.Load(xml);
    }

    public static async Task<JsonElement> JsonAsync(this FeedSite site, string path) =>
        JsonDocument.Parse(await site.Reader.GetStringAsync(path)).RootElement;

    public static async Task<XElement> XmlAsync(this FeedSite site, string path) =>
        XDocument.Parse(await site.Reader.GetStringAsync(path)).Root!;

    public static async Task<string[]> HeadlinesAsync(this FeedSite site, string path) =>
        [.. (await site.SyndicationAsync(path)).Items.Select(i => i.Title.Text)];

    public static string Html(this SyndicationItem item) =>
        item.Content is TextSyndicationContent { Text: var text }
            ? text
            : item.ElementExtensions.ReadElementExtensions<string>("encoded", "http://purl.org/rss/1.0/modules/content/").Single();

    /// <summary>All of an address, as a set of “path lastmod” of the map.</summary>
    public static async Task<string[]> LocationsAsync(this FeedSite site, string path) =>
        [.. (await site.XmlAsync(path)).Elements().Select(e => e.Element(Map + "loc")!.Value)];
}
