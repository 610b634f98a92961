using System.Xml;

namespace BlueTechWave.Web.Feeds;

/// <summary>Atom (RFC 4287), with replies (RFC 4685) and Media RSS thumbnails.</summary>
internal static class AtomWriter
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string Media = "http://search.yahoo.com/mrss/";

    public static byte[] Write(Feed feed) => XmlText.Document(xml =>
    {
        xml.WriteStartElement("feed", Atom);
        xml.WriteAttributeString("xmlns", "media", null, Media);
        xml.WriteAttributeString("xml", "lang", null, Feed.Language);
        xml.Element("id", feed.Id, Atom);
        xml.Element("title", feed.Title, Atom);
        xml.Element("subtitle", feed.Description, Atom);
        // Required, also of a feed that never had an entry.
        xml.Element("updated", XmlText.Moment(feed.ChangedAt ?? DateTime.UnixEpoch), Atom);
        Link(xml, "self", "application/atom+xml", feed.Self);
        if (feed.Hub is { } hub) Link(xml, "hub", null, hub);
        Link(xml, "alternate", "text/html", feed.Page);
        Author(xml, new(feed.Publisher, feed.Home));
        foreach (var item in feed.Items) Write(xml, item);
        xml.WriteEndElement();
    });

    private static void Write(XmlWriter xml, FeedItem item)
    {
        xml.WriteStartElement("entry", Atom);
        xml.Element("id", item.Id, Atom);
        xml.Element("title", item.Title, Atom);
        xml.Element("published", XmlText.Moment(item.PublishedAt), Atom);
        xml.Element("updated", XmlText.Moment(item.ChangedAt), Atom);
        Link(xml, "alternate", "text/html", item.Address);
        if (item.Comments is { } comments) Link(xml, "replies", "application/rss+xml", comments);
        if (item.Picture is { } attached) Link(xml, "enclosure", attached.MediaType, attached.Address);
        foreach (var author in item.Authors) Author(xml, author);
        foreach (var subject in item.Subjects)
        {
            xml.WriteStartElement("category", Atom);
            xml.Attribute("term", subject);
            xml.WriteEndElement();
        }

        xml.Element("summary", item.Summary, Atom);
        xml.WriteStartElement("content", Atom);
        xml.Attribute("type", "html");
        xml.WriteString(XmlText.Legal(item.Html));
        xml.WriteEndElement();
        if (item.Picture is { } picture)
        {
            xml.WriteStartElement("media", "thumbnail", Media);
            xml.Attribute("url", picture.Address);
            xml.Attribute("width", picture.Width);
            xml.Attribute("height", picture.Height);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Author(XmlWriter xml, FeedAuthor author)
    {
        xml.WriteStartElement("author", Atom);
        xml.Element("name", author.Name, Atom);
        if (author.Page is { } page) xml.Element("uri", page, Atom);
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string rel, string? type, string href)
    {
        xml.WriteStartElement("link", Atom);
        xml.Attribute("rel", rel);
        if (type is not null) xml.Attribute("type", type);
        xml.Attribute("href", href);
        xml.WriteEndElement();
    }
}
