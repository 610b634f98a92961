using System.Globalization;
using System.Text;
using System.Text.Json;
using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Exchange.Ghost;

/// <summary>A text of Ghost's present editor as HTML. What is unknown gives its words.</summary>
internal sealed class Lexical(ISet<string> notes)
{
    /// <summary>Deeper than any person nests.</summary>
    private const int Deepest = 100;

    /// <summary>The signs on a text, by the bits of its format, in the order they are put around it.</summary>
    private static readonly (int Bit, string Tag)[] Formats = [(1, "strong"), (2, "em"), (4, "del"), (8, "u"), (32, "sub"), (64, "sup"), (128, "mark"), (16, "code")];

    private readonly StringBuilder _html = new();
    private readonly List<(int Bit, string Tag)> _marks = [];
    private int _depth;

    /// <returns>Null for what is no Lexical.</returns>
    public static string? Html(JsonElement document, ISet<string> notes)
    {
        var root = document.Part("root");
        if (root.ValueKind != JsonValueKind.Object) return null;
        var lexical = new Lexical(notes);
        lexical.AppendAll(root);
        return lexical._html.ToString();
    }

    private void AppendAll(JsonElement parent)
    {
        if (++_depth > Deepest) Unmarked(() => _html.Append(PlainParagraphs.Escape(GhostCards.Words(parent))));
        else foreach (var child in parent.Items("children")) Append(child);
        _depth--;
        Mark(0);
    }

    private void Append(JsonElement node)
    {
        var type = node.Text("type");
        switch (type)
        {
            case "text" or "extended-text" or "tk" or "code-highlight" or "tab" or "emoji":
                Mark(node.Number("format"));
                _html.Append(PlainParagraphs.Escape(node.Text("text")));
                break;
            case "linebreak": _html.Append("<br>"); break;
            case "link" or "autolink": Around($"<a href=\"{PlainParagraphs.Escape(node.Text("url"))}\">", node, "</a>"); break;
            case "paragraph": Around("<p>", node, "</p>"); break;
            case "heading" or "extended-heading": Around($"<{Level(node)}>", node, $"</{Level(node)}>"); break;
            case "quote" or "extended-quote" or "aside": Around("<blockquote>", node, "</blockquote>"); break;
            case "code": Around("<pre>", node, "</pre>"); break;
            case "list": Unmarked(() => AppendList(node)); break;
            case "table": Around("<table>", node, "</table>"); break;
            case "tablerow": Around("<tr>", node, "</tr>"); break;
            case "tablecell": Around(node.Number("headerState") > 0 ? "<th>" : "<td>", node, node.Number("headerState") > 0 ? "</th>" : "</td>"); break;
            case "root" or "zwnj": AppendAll(node); break;
            case var card when GhostCards.Html(card, node, notes) is { } html: Unmarked(() => _html.Append(html)); break;
            default: AppendUnknown(type, node); break;
        }
    }

    private void AppendUnknown(string type, JsonElement node)
    {
        notes.Add($"The card “{GhostText.Plain(type)}” is unknown here: its words stay");
        if (node.Items("children").Count > 0) Around("<div>", node, "</div>");
        else if (GhostCards.Words(node) is { Length: > 0 } words) Unmarked(() => _html.Append("<p>").Append(PlainParagraphs.Escape(words)).Append("</p>"));
    }

    private void Around(string open, JsonElement node, string close) => Unmarked(() =>
    {
        _html.Append(open);
        AppendAll(node);
        _html.Append(close);
    });

    private void Unmarked(Action append)
    {
        Mark(0);
        append();
    }

    /// <summary>A list within a list is an entry of its own to Lexical, and belongs to the one before it.</summary>
    private void AppendList(JsonElement list)
    {
        var isNumbered = list.Text("listType") == "number" || list.Text("tag") == "ol";
        var start = list.Number("start");
        _html.Append(!isNumbered ? "<ul>" : start > 1 ? string.Create(CultureInfo.InvariantCulture, $"<ol start=\"{start}\">") : "<ol>");
        var isOpen = false;
        foreach (var item in list.Items("children"))
        {
            var isNested = isOpen && item.Items("children") is { Count: > 0 } inside && inside.All(c => c.Text("type") == "list");
            if (!isNested) _html.Append(isOpen ? "</li><li>" : "<li>");
            isOpen = true;
            if (item.Text("type") is "listitem") AppendAll(item);
            else Append(item);
            Mark(0);
        }

        _html.Append(isOpen ? "</li>" : "").Append(isNumbered ? "</ol>" : "</ul>");
    }

    /// <summary>Signs go on over several texts as long as they are the same: only what differs is closed and opened.</summary>
    private void Mark(int format)
    {
        var keep = 0;
        while (keep < _marks.Count && (format & _marks[keep].Bit) != 0) keep++;
        for (; _marks.Count > keep; _marks.RemoveAt(_marks.Count - 1)) _html.Append("</").Append(_marks[^1].Tag).Append('>');
        foreach (var mark in Formats)
        {
            if ((format & mark.Bit) == 0 || _marks.Contains(mark)) continue;
            _marks.Add(mark);
            _html.Append('<').Append(mark.Tag).Append('>');
        }
    }

    private static string Level(JsonElement heading) => heading.Text("tag") is ['h', >= '1' and <= '6'] tag ? tag : "h2";
}
