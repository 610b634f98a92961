using System.Text.RegularExpressions;
using System.Xml;

namespace BlueTechWave.Core.Exchange.Wordpress;

/// <summary>An element of an export: its own text and the elements in it, names with their prefixes.</summary>
internal sealed record Element(string Name, IReadOnlyDictionary<string, string> Attributes)
{
    public string Text { get; set; } = "";

    public List<Element> Parts { get; } = [];

    public string this[string part] => Parts.Find(p => p.Name == part)?.Text ?? "";
}

/// <summary>
/// Reads one cut-out element. Prefixes are taken as they are, for each version of the format binds them to other
/// addresses; no document type is read and nothing is fetched.
/// </summary>
internal static partial class ElementReader
{
    private const int MaxDepth = 20;

    /// <exception cref="XmlException">It is no XML, even after what is usually wrong has been mended.</exception>
    public static Element Read(string xml)
    {
        xml = WithoutControls(xml);
        try
        {
            return Parse(xml);
        }
        catch (XmlException)
        {
            return Parse(Mend(xml));
        }
    }

    private static Element Parse(string xml)
    {
        using var reader = new XmlTextReader(xml, XmlNodeType.Element, new XmlParserContext(null, null, null, XmlSpace.Preserve))
        {
            Namespaces = false,
            // Without it a reference to a character that XML forbids would end the reading.
            Normalization = false,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
        };
        var open = new Stack<Element>();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var isEmpty = reader.IsEmptyElement;
                    var element = new Element(reader.Name, Attributes(reader));
                    if (open.TryPeek(out var outer)) outer.Parts.Add(element);
                    if (isEmpty && open.Count == 0) return element;
                    if (open.Count >= MaxDepth) throw new XmlException("Elements are nested too deep.");
                    if (!isEmpty) open.Push(element);
                    break;
                case XmlNodeType.EndElement:
                    var whole = open.Pop();
                    if (open.Count == 0) return whole;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when open.TryPeek(out var at):
                    // The white space between parts is nobody's text.
                    if (at.Parts.Count == 0) at.Text += reader.Value;
                    break;
                case XmlNodeType.EntityReference when open.TryPeek(out var around):
                    // Declared nowhere that is read, it stands for itself.
                    around.Text += $"&{reader.Name};";
                    break;
            }
        }

        throw new XmlException("There is no element.");
    }

    private static Dictionary<string, string> Attributes(XmlTextReader reader)
    {
        var attributes = new Dictionary<string, string>();
        while (reader.MoveToNextAttribute()) attributes[reader.Name] = reader.Value;
        reader.MoveToElement();
        return attributes;
    }

    private static string WithoutControls(string xml) =>
        xml.AsSpan().IndexOfAnyExcept(Legal) < 0 && !xml.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')
            ? xml
            : string.Concat(xml.EnumerateRunes().Where(r => r.Value >= ' ' || r.Value is '\t' or '\n' or '\r').Where(r => (r.Value & 0xFFFE) != 0xFFFE).Select(r => r.ToString()));

    private static readonly System.Buffers.SearchValues<char> Legal = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 0xFFFE).Select(c => (char)c).Where(c => c >= ' ' || c is '\t' or '\n' or '\r')]);

    /// <summary>Outside CDATA: an ampersand that begins nothing XML knows, and a less-than sign that begins no tag, are those signs.</summary>
    private static string Mend(string xml) => Loose().Replace(xml, found => found switch
    {
        { Groups: [_, { Success: true }, ..] } => found.Value,
        { Value: "&" } => "&amp;",
        _ => "&lt;",
    });

    [GeneratedRegex(@"(<!\[CDATA\[.*?\]\]>)|&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)|<(?![/!?A-Za-z])", RegexOptions.Singleline)]
    private static partial Regex Loose();
}
