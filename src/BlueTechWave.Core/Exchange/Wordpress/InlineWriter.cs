using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Exchange.Wordpress;

/// <summary>The line of a paragraph as Markdown. A line end in it is a break the reader sees.</summary>
/// <param name="breaks">Whether a line end in the source is one: so it is in the classic editor.</param>
/// <param name="html">Whether the dialect takes HTML where it has no sign of its own.</param>
/// <param name="address">Where a link or picture leads from here.</param>
internal sealed partial class InlineWriter(bool breaks, bool html, Func<string, string> address)
{
    private static readonly Dictionary<string, string> Marks = new() { ["strong"] = "**", ["b"] = "**", ["em"] = "*", ["i"] = "*", ["del"] = "~~", ["s"] = "~~" };
    private static readonly HashSet<string> Spelled = ["sub", "sup", "u", "ins", "mark", "kbd", "abbr", "cite", "q", "small", "time", "samp", "var", "dfn"];
    private static readonly string[] Told = ["title", "datetime", "lang", "dir"];

    private readonly StringBuilder _out = new();
    private readonly List<string> _open = [];

    public static string Write(IEnumerable<INode> nodes, bool breaks, bool html, Func<string, string> address)
    {
        var writer = new InlineWriter(breaks, html, address);
        foreach (var node in nodes) writer.Append(node);
        return Lines(writer._out.ToString());
    }

    private void Append(INode node)
    {
        if (node is IText text) AppendText(text.Data);
        if (node is not IElement element) return;

        switch (element.LocalName)
        {
            case "br": Break(); break;
            case "img": AppendPicture(element); break;
            case "code" when element.Children.Length == 0: AppendCode(element.TextContent); break;
            case "a" when element.GetAttribute("href") is { } href && !_open.Contains("a") && Addresses.IsSafe(href): AppendLink(element, href.Trim()); break;
            case var name when Marks.TryGetValue(name, out var mark) && (html || mark != "~~"): AppendMarked(element, mark); break;
            case var name when html && (Spelled.Contains(name) || name is "code" || name is "span" && (element.HasAttribute("lang") || element.HasAttribute("dir"))): AppendSpelled(element, name); break;
            default: AppendChildren(element); break;
        }
    }

    private void AppendChildren(INode node)
    {
        for (var i = 0; i < node.ChildNodes.Length; i++) Append(node.ChildNodes[i]);
    }

    private void Break()
    {
        while (_out.Length > 0 && _out[^1] == ' ') _out.Length--;
        _out.Append('\n');
    }

    private void AppendText(string text)
    {
        var pieces = breaks ? text.Split('\n') : [text];
        for (var i = 0; i < pieces.Length; i++)
        {
            // Beside a break that is there anyway a line end is only where the line was ended.
            if (i > 0 && _out.Length > 0 && _out[^1] != '\n') Break();
            AppendWords(pieces[i]);
        }
    }

    private void AppendWords(string words)
    {
        var collapsed = White().Replace(words, " ");
        if (_out.Length == 0 || _out[^1] is ' ' or '\n') collapsed = collapsed.TrimStart(' ');
        if (collapsed.Length == 0) return;

        var at = 0;
        foreach (Match link in Bare().Matches(collapsed))
        {
            _out.Append(Escape(collapsed[at..link.Index], Last));
            // A bare address is a link here; one with signs in it is fenced, so that they stay its own.
            if (html && !_open.Contains("a") && Fenceable().IsMatch(link.Value)) _out.Append('<').Append(link.Value).Append('>');
            else _out.Append(Escape(link.Value, Last).Replace("://", "\\://", StringComparison.Ordinal));
            at = link.Index + link.Length;
        }

        _out.Append(Escape(collapsed[at..], Last));
    }

    private char Last => _out.Length > 0 ? _out[^1] : '\n';

    private void AppendMarked(IElement element, string mark)
    {
        if (_open.Contains(mark))
        {
            AppendChildren(element);
            return;
        }

        var inside = Inside(element, mark);
        var words = inside.Trim(' ', '\n', '\u00A0');
        if (words.Length == 0 || mark == "~~" && words.Contains('\n'))
        {
            _out.Append(inside);
            return;
        }

        var start = inside.IndexOf(words, StringComparison.Ordinal);
        _out.Append(inside, 0, start);
        var next = element.NextSibling is IText after && after.Data.Length > 0 ? after.Data[0] : ' ';
        // Beside a letter a mark opens and closes only around letters; beside another mark it is none.
        var isClear = start > 0 || !(char.IsLetterOrDigit(Last) && !char.IsLetterOrDigit(words[0])) && Last is not ('*' or '~' or '_' or '\\');
        var isClosed = start + words.Length < inside.Length || !(char.IsLetterOrDigit(next) && !char.IsLetterOrDigit(words[^1]));
        if (!html || isClear && isClosed) _out.Append(mark).Append(words).Append(mark);
        else _out.Append('<').Append(element.LocalName).Append('>').Append(words).Append("</").Append(element.LocalName).Append('>');
        _out.Append(inside, start + words.Length, inside.Length - start - words.Length);
    }

    private void AppendSpelled(IElement element, string name)
    {
        _out.Append('<').Append(name);
        foreach (var attribute in Told)
            if (element.GetAttribute(attribute) is { } value) _out.Append(' ').Append(attribute).Append("=\"").Append(PlainParagraphs.Escape(value.ReplaceLineEndings(" "))).Append('"');
        _out.Append('>');
        AppendChildren(element);
        _out.Append("</").Append(name).Append('>');
    }

    private void AppendLink(IElement element, string href)
    {
        var inside = Inside(element, "a");
        var words = inside.Trim(' ', '\n');
        if (words.Length == 0) return;

        var start = inside.IndexOf(words, StringComparison.Ordinal);
        if (start > 0) _out.Append(' ');
        if (Last == '!') _out.Insert(_out.Length - 1, '\\');
        var target = address(href);
        if (element.TextContent.Trim() == href && html && target == href && Fenceable().IsMatch(href)) _out.Append('<').Append(href).Append('>');
        else _out.Append('[').Append(words).Append("](").Append(Destination(target)).Append(')');
        if (start + words.Length < inside.Length) _out.Append(' ');
    }

    private void AppendPicture(IElement picture)
    {
        var alt = Escape(White().Replace(picture.GetAttribute("alt") ?? "", " ").Trim(), ' ');
        var source = picture.GetAttribute("src")?.Trim() ?? "";
        if (html && picture.GetAttribute(WordpressPictures.Mark) is { } ours) _out.Append("![").Append(alt).Append("](").Append(ours).Append(')');
        else if (!html || source.Length == 0 || !Addresses.IsSafe(source)) _out.Append(alt);
        else _out.Append("![").Append(alt).Append("](").Append(Destination(address(source))).Append(')');
    }

    private void AppendCode(string code)
    {
        code = White().Replace(code, " ").Trim();
        if (code.Length == 0) return;

        var longest = Ticks().Matches(code).Select(m => m.Length).DefaultIfEmpty(0).Max();
        var fence = new string('`', longest + 1);
        var room = code[0] == '`' || code[^1] == '`' ? " " : "";
        _out.Append(fence).Append(room).Append(code).Append(room).Append(fence);
    }

    private string Inside(IElement element, string kind)
    {
        var inner = new InlineWriter(breaks, html, address);
        inner._open.AddRange(_open);
        inner._open.Add(kind);
        // Whether a space is the second one is known out here only.
        inner._out.Append(Last is ' ' or '\n' ? "" : "\u0001");
        inner.AppendChildren(element);
        return inner._out.ToString().Replace("\u0001", "", StringComparison.Ordinal);
    }

    public static string Destination(string address)
    {
        var safe = new StringBuilder(address.Length);
        foreach (var c in address)
            _ = c switch
            {
                ' ' => safe.Append("%20"),
                '(' => safe.Append("%28"),
                ')' => safe.Append("%29"),
                '<' => safe.Append("%3C"),
                '>' => safe.Append("%3E"),
                '\\' => safe.Append("%5C"),
                '"' => safe.Append("%22"),
                < ' ' => safe,
                _ => safe.Append(c),
            };
        return Entity().Replace(safe.ToString(), "&amp;");
    }

    /// <summary>Words that stay words: a backslash before whatever Markdown would take for a sign.</summary>
    public static string Escape(string words, char before)
    {
        var escaped = new StringBuilder(words.Length + 8);
        for (var i = 0; i < words.Length; i++)
        {
            var (previous, next) = (i > 0 ? words[i - 1] : before, i + 1 < words.Length ? words[i + 1] : ' ');
            var isSign = words[i] switch
            {
                '\\' or '`' or '*' or '[' or ']' or '<' or '|' => true,
                '~' => previous == '~' || next == '~',
                '_' => !char.IsLetterOrDigit(previous) || !char.IsLetterOrDigit(next),
                '&' => Entity().IsMatch(words.AsSpan(i)),
                ':' => i >= 3 && Scheme().IsMatch(words[Math.Max(0, i - 6)..i]),
                '.' => i >= 3 && words.AsSpan(i - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase),
                _ => false,
            };
            if (isSign) escaped.Append('\\');
            escaped.Append(words[i]);
        }

        return escaped.ToString();
    }

    private static string Lines(string text)
    {
        var lines = text.Trim(' ', '\n').Split('\n');
        for (var i = 0; i < lines.Length; i++) lines[i] = LineStart().Replace(lines[i].Trim(' '), "$1\\$2");
        return string.Join('\n', lines);
    }

    [GeneratedRegex("[ \\t\\r\\n\\f]+")]
    private static partial Regex White();

    [GeneratedRegex(@"https?://[^\s<>""\[\]\\`|{}^]*[A-Za-z0-9/=_-]")]
    private static partial Regex Bare();

    [GeneratedRegex(@"^https?://[A-Za-z0-9.:/?#@!$&'()*+,;=_~%-]+$")]
    private static partial Regex Fenceable();

    [GeneratedRegex("`+")]
    private static partial Regex Ticks();

    [GeneratedRegex("&(?=(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);)")]
    private static partial Regex Entity();

    [GeneratedRegex("(?:https?|ftp|mailto|tel)$", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"^([0-9]{1,9}(?=[.)](?:\s|$))|(?=[#>+=:~-]))(.)")]
    private static partial Regex LineStart();
}
