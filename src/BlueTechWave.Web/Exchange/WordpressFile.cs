using System.Globalization;
using System.Text;
using System.Xml;
using BlueTechWave.Web.Feeds;
using XmlText = BlueTechWave.Web.Feeds.XmlText;

namespace BlueTechWave.Web.Exchange;

/// <summary>A WordPress export (WXR 1.2) as it is written: its namespaces, and the forms that WordPress gives to text and time.</summary>
internal sealed class WordpressFile : IDisposable
{
    public const string Wp = "http://wordpress.org/export/1.2/";
    public const string Content = "http://purl.org/rss/1.0/modules/content/";
    public const string Excerpt = "http://wordpress.org/export/1.2/excerpt/";
    public const string Dc = "http://purl.org/dc/elements/1.1/";
    public const string CommentApi = "http://wellformedweb.org/CommentAPI/";

    private readonly XmlWriter _xml;

    public WordpressFile(Stream to)
    {
        _xml = XmlWriter.Create(to, new() { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = "\t", NewLineChars = "\n", NewLineHandling = NewLineHandling.None });
        _xml.WriteStartElement("rss");
        _xml.WriteAttributeString("version", "2.0");
        foreach (var (prefix, space) in new[] { ("excerpt", Excerpt), ("content", Content), ("wfw", CommentApi), ("dc", Dc), ("wp", Wp) }) _xml.WriteAttributeString("xmlns", prefix, null, space);
        _xml.WriteStartElement("channel");
    }

    public static string RssDate(DateTime utc) => utc.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    public static string Date(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public void Start(string name) => StartAs(name);

    public void End() => _xml.WriteEndElement();

    public void Number(string name, long value) => Text(name, value.ToString(CultureInfo.InvariantCulture));

    public void Text(string name, string value)
    {
        StartAs(name);
        _xml.WriteString(XmlText.Legal(value));
        _xml.WriteEndElement();
    }

    /// <summary>As WordPress writes what somebody has typed: not escaped, but set apart.</summary>
    public void Typed(string name, string value)
    {
        StartAs(name);
        _xml.WriteCData(XmlText.Legal(value));
        _xml.WriteEndElement();
    }

    public void Guid(string address)
    {
        _xml.WriteStartElement("guid");
        _xml.WriteAttributeString("isPermaLink", "false");
        _xml.WriteString(address);
        _xml.WriteEndElement();
    }

    /// <summary>A category, tag or menu that an item is in.</summary>
    public void Term(string domain, string nicename, string name)
    {
        _xml.WriteStartElement("category");
        _xml.WriteAttributeString("domain", domain);
        _xml.WriteAttributeString("nicename", nicename);
        _xml.WriteCData(XmlText.Legal(name));
        _xml.WriteEndElement();
    }

    /// <summary>Nothing where there is no value.</summary>
    public void Meta(string key, string? value)
    {
        if (value is null) return;
        Start("wp:postmeta");
        Typed("wp:meta_key", key);
        Typed("wp:meta_value", value);
        End();
    }

    public void Dispose() => _xml.Dispose();

    private void StartAs(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) _xml.WriteStartElement(name);
        else _xml.WriteStartElement(name[..colon], name[(colon + 1)..], name[..colon] switch { "wp" => Wp, "content" => Content, "excerpt" => Excerpt, _ => Dc });
    }
}
