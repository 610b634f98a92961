using System.Globalization;
using System.Xml;

namespace BlueTechWave.Web.Feeds;

/// <summary>RSS 2.0, with the modules every reader knows: content, Dublin Core, Atom, Media RSS, comments.</summary>
internal static class RssWriter
{
    private const string Content = "http://purl.org/rss/1.0/modules/content/";
    private const string DublinCore = "http://purl.org/dc/elements/1.1/";
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string Media = "http://search.yahoo.com/mrss/";
    private const string CommentApi = "http://wellformedweb.org/CommentAPI/";

    public static byte[] Write(Feed feed) => XmlText.Document(xml =>
    {
        xml.WriteStartElement("rss");
        xml.Attribute("version", "2.0");
        xml.WriteAttributeString("xmlns", "content", null, Content);
        xml.WriteAttributeString("xmlns", "dc", null, DublinCore);
        xml.WriteAttributeString("xmlns", "atom", null, Atom);
        xml.WriteAttributeString("xmlns", "media", null, Media);
        xml.WriteAttributeString("xmlns", "wfw", null, CommentApi);
        xml.WriteStartElement("channel");
        xml.Element("title", feed.Title);
        xml.Element("link", feed.Page);
        xml.Element("description", feed.Description);
        xml.Element("language", Feed.Language);
        if (feed.ChangedAt is { } changed) xml.Element("lastBuildDate", Date(changed));
        xml.Element("ttl", Feed.MinutesToLive.ToString(CultureInfo.InvariantCulture));
        xml.WriteStartElement("atom", "link", Atom);
        xml.Attribute("href", feed.Self);
        xml.Attribute("rel", "self");
        xml.Attribute("type", "application/rss+xml");
        xml.WriteEndElement();
        if (feed.Hub is { } hub)
        {
            xml.WriteStartElement("atom", "link", Atom);
            xml.Attribute("href", hub);
            xml.Attribute("rel", "hub");
            xml.WriteEndElement();
        }

        foreach (var item in feed.Items) Write(xml, item);
        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    private static void Write(XmlWriter xml, FeedItem item)
    {
        xml.WriteStartElement("item");
        xml.Element("title", item.Title);
        xml.Element("link", item.Address);
        xml.WriteStartElement("guid");
        xml.Attribute("isPermaLink", "false");
        xml.WriteString(item.Id);
        xml.WriteEndElement();
        xml.Element("pubDate", Date(item.PublishedAt));
        if (item.ChangedAt > item.PublishedAt) xml.Element("atom", "updated", Atom, XmlText.Moment(item.ChangedAt));
        foreach (var author in item.Authors) xml.Element("dc", "creator", DublinCore, author.Name);
        foreach (var subject in item.Subjects) xml.Element("category", subject);
        xml.Element("description", item.Summary);
        xml.WriteStartElement("content", "encoded", Content);
        xml.WriteCData(XmlText.Legal(item.Html));
        xml.WriteEndElement();
        if (item.Comments is { } comments)
        {
            xml.Element("comments", $"{item.Address}#respond");
            xml.Element("wfw", "commentRss", CommentApi, comments);
        }

        if (item.Picture is { } picture) Write(xml, picture);
        xml.WriteEndElement();
    }

    // Not an <enclosure>, which must state a length in bytes and makes podcast players download it.
    private static void Write(XmlWriter xml, FeedPicture picture)
    {
        xml.WriteStartElement("media", "content", Media);
        xml.Attribute("url", picture.Address);
        xml.Attribute("type", picture.MediaType);
        xml.Attribute("medium", "image");
        xml.Attribute("width", picture.Width);
        xml.Attribute("height", picture.Height);
        xml.Element("media", "description", Media, picture.Alt);
        if (picture.Credit is { Length: > 0 } credit) xml.Element("media", "credit", Media, credit);
        xml.WriteStartElement("media", "thumbnail", Media);
        xml.Attribute("url", picture.Address);
        xml.Attribute("width", picture.Width);
        xml.Attribute("height", picture.Height);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>RFC 822 with a year of four digits.</summary>
    private static string Date(DateTime utc) => utc.ToString("R", CultureInfo.InvariantCulture);
}
