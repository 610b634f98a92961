using System.Globalization;
using System.Text;
using System.Xml;

namespace BlueTechWave.Web.Feeds;

/// <summary>XML as feeds and sitemaps need it.</summary>
internal static class XmlText
{
    public static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = " ", CloseOutput = false };

    public static byte[] Document(Action<XmlWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Settings)) write(xml);
        return buffer.ToArray();
    }

    public static void Element(this XmlWriter xml, string name, string text, string? space = null)
    {
        xml.WriteStartElement(name, space);
        xml.WriteString(Legal(text));
        xml.WriteEndElement();
    }

    /// <summary>An element of a namespace that the document has declared under <paramref name="prefix"/>.</summary>
    public static void Element(this XmlWriter xml, string prefix, string name, string space, string text)
    {
        xml.WriteStartElement(prefix, name, space);
        xml.WriteString(Legal(text));
        xml.WriteEndElement();
    }

    public static void Attribute(this XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Legal(value));

    public static void Attribute(this XmlWriter xml, string name, int value) =>
        xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>W3C and RFC 3339.</summary>
    public static string Moment(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>XML 1.0 has no way to write most control characters or half of a surrogate pair; one of them makes a whole feed unreadable.</summary>
    public static string Legal(string text)
    {
        var at = FirstIllegal(text, 0);
        if (at < 0) return text;

        var legal = new StringBuilder(text.Length);
        for (var from = 0; ; from = at + 1, at = FirstIllegal(text, from))
        {
            if (at < 0) return legal.Append(text, from, text.Length - from).ToString();
            legal.Append(text, from, at - from);
        }
    }

    private static int FirstIllegal(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) continue;
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) i++;
            else return i;
        }

        return -1;
    }
}
