using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Exchange.Wordpress;

/// <summary>A block of a text as Markdown, and as the HTML it was, which stands where the Markdown would lose something.</summary>
/// <param name="IsFilm">A film is told by its own words, not by those that led to it.</param>
internal sealed record Piece(string Markdown, string Html, bool IsFilm = false);

/// <summary>Well-formed HTML as the paper's Markdown, block by block.</summary>
/// <param name="breaks">Whether an empty line parts paragraphs and a line end is a break, as in the classic editor.</param>
/// <param name="html">Whether the dialect takes HTML where it has no sign of its own.</param>
/// <param name="address">Where a link or picture leads from here.</param>
internal sealed partial class MarkdownWriter(bool breaks, bool html, Func<string, string> address)
{
    /// <summary>On an element whose words stand in a box, as Ghost marks it.</summary>
    public const string Note = "kg-callout-card";

    private static readonly HashSet<string> Blocks =
    [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "div", "blockquote", "figure", "figcaption", "details", "summary", "ul", "ol", "dl",
        "table", "caption", "li", "dt", "dd", "thead", "tbody", "tfoot", "tr", "td", "th",
    ];

    private bool _wasNumbered;

    /// <summary>In the classic editor all, in the block editor only what stands between blocks is parted by empty lines.</summary>
    public IEnumerable<Piece> Pieces(INode parent, bool parted)
    {
        List<INode> line = [];
        foreach (var child in parent.ChildNodes.ToArray())
        {
            if (child is IElement element && Blocks.Contains(element.LocalName))
            {
                foreach (var piece in Paragraphs(line, parted)) yield return Seen(piece, numbered: false);
                line.Clear();
                foreach (var piece in PiecesOf(element)) yield return Seen(piece, element.LocalName == "ol");
            }
            else if (child is IElement or IText) line.Add(child);
        }

        foreach (var piece in Paragraphs(line, parted)) yield return Seen(piece, numbered: false);
    }

    private Piece Seen(Piece piece, bool numbered)
    {
        _wasNumbered = numbered && !_wasNumbered;
        return piece;
    }

    private IEnumerable<Piece> PiecesOf(IElement element) => element.LocalName switch
    {
        "p" => Paragraphs([.. element.ChildNodes], breaks),
        ['h', >= '1' and <= '6' and var level] => Heading(element, level - '0'),
        "pre" => [new(Fence(element), Html([element]))],
        "hr" => html ? [new("---", "<hr>")] : [],
        "blockquote" => Inside(element) is { Length: > 0 } quoted ? [new(Prefixed(quoted, "> ", "> "), Html([element]))] : [],
        "ul" or "ol" => List(element),
        "table" => Table(element),
        "figure" => Figure(element),
        "dl" or "details" when html => Kept(element),
        "div" when html && element.ClassList.Contains(Note) => Inside(element) is { Length: > 0 } noted ? [new($"::: note\n{noted}\n:::", Html([element]))] : [],
        _ => Pieces(element, breaks),
    };

    private IEnumerable<Piece> Kept(IElement element) => element.TextContent.Trim().Length == 0 && element.QuerySelector("img") is null ? [] : [new(Html([element]), Html([element]))];

    private string Inside(INode parent, string between = "\n\n") => string.Join(between, new MarkdownWriter(breaks, html, address).Pieces(parent, breaks).Select(p => p.Markdown));

    private IEnumerable<Piece> Paragraphs(List<INode> line, bool parted)
    {
        foreach (var nodes in parted ? Parted(line) : [line])
        {
            if (html && Film(nodes) is { } film) yield return new($"![]({film})", "", IsFilm: true);
            // A space that does not break is how the editor keeps an empty line.
            else if (Line(nodes) is var words && !string.IsNullOrWhiteSpace(words)) yield return new(words, $"<p>{Html(nodes)}</p>");
        }
    }

    private string Line(IEnumerable<INode> nodes, bool single = false)
    {
        var line = InlineWriter.Write(nodes, breaks, html, address);
        return single ? line.Replace("\n", " ", StringComparison.Ordinal) : html ? Ends().Replace(line, "\\\n") : line;
    }

    /// <summary>An address that stands alone is what it leads to, if that is a film.</summary>
    private static string? Film(List<INode> nodes)
    {
        var shown = nodes.Where(n => n is IElement || n.TextContent.Trim().Length > 0).ToList();
        if (shown.Count != 1 || shown[0] is IElement { LocalName: not "a" } || shown[0] is IElement { Children.Length: > 0 }) return null;

        var words = shown[0].TextContent.Trim();
        if (shown[0] is IElement link && link.GetAttribute("href")?.Trim() != words) return null;
        return Video.Find(words) is null ? null : InlineWriter.Destination(words);
    }

    private static IEnumerable<List<INode>> Parted(List<INode> line)
    {
        List<INode> paragraph = [];
        foreach (var node in line)
        {
            if (node is not IText text)
            {
                paragraph.Add(node);
                continue;
            }

            var pieces = EmptyLines().Split(text.Data);
            for (var i = 0; i < pieces.Length; i++)
            {
                if (i > 0)
                {
                    yield return paragraph;
                    paragraph = [];
                }

                if (pieces[i].Length > 0) paragraph.Add(text.Owner!.CreateTextNode(pieces[i]));
            }
        }

        if (paragraph.Count > 0) yield return paragraph;
    }

    private IEnumerable<Piece> Heading(IElement heading, int level)
    {
        var words = Line(heading.ChildNodes, single: true);
        // The dialect reads trailing number signs as the heading's own.
        if (words.EndsWith('#')) words = words[..^1] + "\\#";
        if (words.Length > 0) yield return new(html ? $"{new string('#', level)} {words}" : words, Html([heading]));
    }

    private static string Fence(IElement pre)
    {
        foreach (var end in pre.QuerySelectorAll("br")) end.Replace(end.Owner!.CreateTextNode("\n"));
        var code = pre.TextContent.Trim('\n');
        var longest = Ticks().Matches(code).Select(m => m.Length).DefaultIfEmpty(0).Max();
        var fence = new string('`', Math.Max(3, longest + 1));
        return $"{fence}{Language(pre)}\n{code}\n{fence}";
    }

    private static string Language(IElement pre)
    {
        var classes = pre.ClassName + " " + pre.QuerySelector("code")?.ClassName;
        return LanguageName().Match(classes) is { Success: true } named ? named.Groups[1].Value.ToLowerInvariant() : "";
    }

    private IEnumerable<Piece> List(IElement list)
    {
        var items = list.Children.Where(c => c.LocalName == "li").ToList();
        var isNumbered = list.LocalName == "ol";
        if (html && (list.HasAttribute("reversed") || items.Exists(i => i.HasAttribute("value")) || items.Count != list.Children.Length)) return Kept(list);

        _ = int.TryParse(list.GetAttribute("start"), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (!list.HasAttribute("start") || number is < 0 or > 9_000_000) number = 1;
        // Two lists in a row are one to Markdown, unless their numbers end differently.
        var end = _wasNumbered ? ")" : ".";
        List<string> lines = [];
        foreach (var item in items)
        {
            var mark = isNumbered ? string.Create(CultureInfo.InvariantCulture, $"{number++}{end} ") : "- ";
            // Only a list that begins with 1 may follow a line at once.
            var isTight = item.Children.All(c => !Blocks.Contains(c.LocalName) || c.LocalName == "ul" || c.LocalName == "ol" && !c.HasAttribute("start"));
            lines.Add(Prefixed(Inside(item, isTight ? "\n" : "\n\n"), mark, new string(' ', mark.Length)).TrimEnd());
        }

        return items.Count == 0 ? [] : [new(string.Join('\n', lines), Html([list]))];
    }

    private IEnumerable<Piece> Table(IElement table)
    {
        if (!html) return table.QuerySelectorAll("tr").SelectMany(row => Paragraphs([.. row.QuerySelectorAll("td, th").SelectMany(c => c.ChildNodes.Append(row.Owner!.CreateTextNode(" ")))], parted: false));

        var rows = table.QuerySelectorAll("tr").Select(r => r.Children.ToList()).ToList();
        var isPlain = rows.Count > 1 && rows[0].Count > 0 && rows[0].TrueForAll(c => c.LocalName == "th") && rows.Skip(1).All(r => r.Count == rows[0].Count && r.TrueForAll(c => c.LocalName == "td"))
            && table.QuerySelector("table, caption, tfoot, [colspan], [rowspan], td > p + p, th p, ul, ol, pre, blockquote, figure, div, h1, h2, h3, h4, h5, h6, hr") is null;
        if (!isPlain) return Kept(table);

        var lines = rows.Select(row => $"| {string.Join(" | ", row.Select(Cell))} |").ToList();
        lines.Insert(1, $"|{string.Concat(rows[0].Select(_ => " --- |"))}");
        return [new(string.Join('\n', lines), Html([table]))];
    }

    private string Cell(IElement cell)
    {
        var inner = cell.Children is [{ LocalName: "p" } only] ? only : cell;
        return InlineWriter.Write(inner.ChildNodes, breaks: false, html: true, address).Replace("\n", "<br>", StringComparison.Ordinal);
    }

    private IEnumerable<Piece> Figure(IElement figure)
    {
        var caption = figure.QuerySelector("figcaption");
        var inner = figure.QuerySelectorAll("figure");
        if (html && inner.Length > 0 && figure.ClassList.Contains("wp-block-gallery")) return Gallery(figure, inner);

        var picture = figure.QuerySelectorAll("img") is { Length: 1 } pictures ? pictures[0] : null;
        var words = caption?.TextContent.Trim() ?? "";
        if (picture is not null && html && inner.Length == 0 && figure.QuerySelector("table, blockquote, pre, video") is null)
        {
            var around = picture.ParentElement is { LocalName: "a" } link ? link : picture;
            var own = around == picture || IsItself(around, picture);
            var said = figure.TextContent.Trim();
            if (own && said == words && (caption is null || caption.Children.Length == 0)) return [new(Pictured(picture, words), Html([figure]))];
            return Kept(figure);
        }

        // A frame around a table, a quotation, a film: what is framed is what counts.
        return caption is null || words.Length == 0 || !html ? Pieces(figure, breaks) : figure.QuerySelector("a") is not null || figure.TextContent.Contains("://", StringComparison.Ordinal) ? Pieces(figure, breaks) : Kept(figure);
    }

    private IEnumerable<Piece> Gallery(IElement gallery, IHtmlCollection<IElement> figures)
    {
        var shown = figures.SelectMany(Figure).ToList();
        var caption = gallery.Children.Where(c => c.LocalName == "figcaption").SelectMany(c => Paragraphs([.. c.ChildNodes], parted: false)).ToList();
        yield return new($"::: gallery\n{string.Join("\n\n", shown.Select(p => p.Markdown))}\n:::", string.Concat(shown.Select(p => p.Html)));
        foreach (var piece in caption) yield return piece;
    }

    /// <summary>A link from a picture to its own file, or to the page WordPress makes for it, is no link a reader misses.</summary>
    private static bool IsItself(IElement link, IElement picture)
    {
        var (href, source) = (link.GetAttribute("href") ?? "", picture.GetAttribute("src") ?? "");
        static string Stem(string address) => Size().Replace(address[(address.LastIndexOf('/') + 1)..], "");
        return href.Length > 0 && Stem(href).Length > 0 && Stem(href) == Stem(source);
    }

    private string Pictured(IElement picture, string caption)
    {
        var line = InlineWriter.Write([picture], breaks, html, address);
        return caption.Length == 0 || !line.EndsWith(')') ? line : $"{line[..^1]} \"{InlineWriter.Escape(BodyText.Collapse(caption), ' ').Replace("\"", "\\\"", StringComparison.Ordinal)}\")";
    }

    private static string Prefixed(string text, string first, string others)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++) lines[i] = ((i == 0 ? first : lines[i].Length == 0 ? others.TrimEnd() : others) + lines[i]);
        return string.Join('\n', lines);
    }

    /// <summary>HTML on lines none of which is empty: an empty one would end it.</summary>
    private string Html(IReadOnlyList<INode> nodes)
    {
        foreach (var element in nodes.OfType<IElement>().SelectMany(e => e.QuerySelectorAll("*").Prepend(e)))
        {
            foreach (var name in new[] { "class", "srcset", "style", WordpressPictures.Mark }) element.RemoveAttribute(name);
            foreach (var name in new[] { "href", "src" })
                if (element.GetAttribute(name) is { } led) element.SetAttribute(name, address(led.Trim()));
        }

        var printed = string.Concat(nodes.Select(n => n is IElement e && (e.LocalName == "pre" || e.QuerySelector("pre") is not null) ? Preformatted(e) : HtmlAllowList.Print([n])));
        if (breaks) printed = EmptyLines().Replace(printed, "<br><br>");
        return EmptyLines().Replace(printed, "\n").Trim('\n').Replace("\u0001", "&#10;", StringComparison.Ordinal);
    }

    private static string Preformatted(IElement element)
    {
        var copy = (IElement)element.Clone();
        foreach (var pre in copy.QuerySelectorAll("pre").Prepend(copy).Where(e => e.LocalName == "pre"))
            foreach (var text in pre.GetDescendants().OfType<IText>()) text.Data = text.Data.Replace('\n', '\u0001');
        return HtmlAllowList.Print([copy]);
    }

    [GeneratedRegex(@"\n[ \t]*(?:\n[ \t]*)+")]
    private static partial Regex EmptyLines();

    [GeneratedRegex(@"\n")]
    private static partial Regex Ends();

    [GeneratedRegex("`+")]
    private static partial Regex Ticks();

    [GeneratedRegex(@"(?:language-|lang-|brush:\s*|lang:)([A-Za-z0-9+#-]+)")]
    private static partial Regex LanguageName();

    [GeneratedRegex(@"(?:-[0-9]+x[0-9]+|-scaled)?\.[a-z]{3,4}$", RegexOptions.IgnoreCase)]
    private static partial Regex Size();
}
