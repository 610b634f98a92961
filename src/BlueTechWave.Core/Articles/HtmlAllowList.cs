using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;

namespace BlueTechWave.Core.Articles;

/// <summary>What may stand on a page: the whole of a text's HTML passes here once, ours and what people typed alike.</summary>
internal static class HtmlAllowList
{
    private static readonly string[] Typed =
    [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "div", "blockquote", "figure", "figcaption", "details", "summary",
        "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th",
        "a", "b", "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup", "mark", "kbd", "abbr", "cite", "q", "small", "time",
        "code", "samp", "var", "span", "dfn", "br", "wbr", "img",
    ];

    private static readonly string[] Attributes =
    [
        "href", "src", "alt", "title", "class", "id", "width", "height", "colspan", "rowspan", "scope", "datetime", "open", "start",
        "reversed", "value", "lang", "dir", "type", "checked", "disabled", "data-article", "data-picture", "data-video",
    ];

    private static readonly string[] Classes =
    [
        .. Dialect.Containers, "also", "video", "video-link", "center", "end", "footnotes", "footnote-ref", "footnote-back-ref",
        "contains-task-list", "task-list-item",
    ];

    /// <summary>Attributes that mean something on these elements only.</summary>
    private static readonly Dictionary<string, string[]> Homes = new()
    {
        ["href"] = ["a"],
        ["src"] = ["img"],
        ["alt"] = ["img"],
        ["width"] = ["img"],
        ["height"] = ["img"],
        ["colspan"] = ["td", "th"],
        ["rowspan"] = ["td", "th"],
        ["scope"] = ["th"],
        ["datetime"] = ["time", "del", "ins"],
        ["open"] = ["details"],
        ["start"] = ["ol"],
        ["reversed"] = ["ol"],
        ["value"] = ["li"],
        ["type"] = ["input"],
        ["checked"] = ["input"],
        ["disabled"] = ["input"],
        ["data-article"] = ["a", "p"],
        ["data-picture"] = ["img"],
        ["data-video"] = ["figure"],
    };

    private static readonly HashSet<string> TypedSet = [.. Typed];
    private static readonly HtmlSanitizer Sanitizer = Build();

    /// <summary>True if a person may type this element; checkboxes, for one, only come from task lists.</summary>
    public static bool IsTyped(string element) => TypedSet.Contains(element);

    /// <summary>The HTML as a document that holds nothing but what is allowed; the caller disposes it.</summary>
    public static IHtmlDocument Clean(string html)
    {
        var page = Sanitizer.SanitizeDom(html);
        foreach (var element in page.Body!.QuerySelectorAll("*"))
            foreach (var attribute in element.Attributes.ToArray())
                if (Homes.TryGetValue(attribute.Name, out var homes) && !homes.Contains(element.LocalName))
                    element.RemoveAttribute(attribute.Name);

        return page;
    }

    /// <summary>The page as HTML that is XML's too in its escapes: no bare <c>&lt;</c> but where a tag starts.</summary>
    public static string Print(IHtmlDocument page)
    {
        var html = new StringBuilder();
        AppendChildren(html, page.Body!);
        return html.ToString();
    }

    /// <summary>The same for nodes of a page, in order.</summary>
    public static string Print(IEnumerable<INode> nodes)
    {
        var html = new StringBuilder();
        foreach (var node in nodes) Append(html, node);
        return html.ToString();
    }

    private static void AppendChildren(StringBuilder html, INode node)
    {
        // By index: the library's own printer asks for the next sibling, which is a search, and makes a long page quadratic.
        for (var i = 0; i < node.ChildNodes.Length; i++) Append(html, node.ChildNodes[i]);
    }

    private static void Append(StringBuilder html, INode node)
    {
        if (node is IText text) PlainParagraphs.AppendEscaped(html, text.Data, quotes: false);
        if (node is not IElement element) return;

        html.Append('<').Append(element.LocalName);
        foreach (var attribute in element.Attributes)
        {
            html.Append(' ').Append(attribute.Name).Append("=\"");
            PlainParagraphs.AppendEscaped(html, attribute.Value);
            html.Append('"');
        }

        html.Append('>');
        if (element.Flags.HasFlag(NodeFlags.SelfClosing)) return;

        // A reader's parser drops the first line end of a pre.
        if (element.LocalName == "pre" && element.FirstChild is IText { Data: ['\n', ..] }) html.Append('\n');
        AppendChildren(html, element);
        html.Append("</").Append(element.LocalName).Append('>');
    }

    private static HtmlSanitizer Build()
    {
        var options = new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "input" },
            AllowedAttributes = new HashSet<string>(Attributes, StringComparer.OrdinalIgnoreCase),
            AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto", "tel" },
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "src" },
            AllowedClasses = new HashSet<string>(Classes),
            AllowedCssProperties = new HashSet<string>(),
            AllowedAtRules = new HashSet<AngleSharp.Css.Dom.CssRuleType>(),
        };
        options.AllowedTags.UnionWith(Typed);
        return new HtmlSanitizer(options);
    }
}
