using System.Text;

namespace BlueTechWave.Core.Articles;

/// <summary>
/// HTML a person typed, cut to whole, plain tags with harmless attributes. Our own attributes (<c>data-</c>, <c>id</c>) do not pass,
/// and an unfinished tag cannot swallow what we print after it, so nobody can forge them.
/// </summary>
internal static class RawHtml
{
    private const int MaxAttributes = 16;

    private static readonly HashSet<string> Attributes = new(StringComparer.OrdinalIgnoreCase)
    {
        "href", "src", "alt", "title", "class", "width", "height", "colspan", "rowspan", "scope", "datetime", "open", "start", "reversed",
        "value", "lang", "dir",
    };

    /// <summary>Elements whose content is no prose either.</summary>
    private static readonly HashSet<string> Unread = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "iframe", "object", "embed", "svg", "math", "template", "noscript", "noembed", "noframes", "textarea", "title",
        "select", "xmp", "plaintext", "canvas", "head",
    };

    public static string Filter(string raw)
    {
        var html = new StringBuilder(raw.Length);
        var at = 0;
        while (at < raw.Length)
        {
            var tag = raw.IndexOf('<', at);
            if (tag < 0) break;

            html.Append(raw, at, tag - at);
            at = tag + 1;
            var next = at < raw.Length ? raw[at] : ' ';
            if (next is '!' or '?') at = AfterDeclaration(raw, tag);
            else if (char.IsAsciiLetter(next) || next == '/' && at + 1 < raw.Length && char.IsAsciiLetter(raw[at + 1]))
            {
                at = AppendTag(html, raw, tag);
                // Nothing ends a tag from here on: the rest is words.
                if (at == tag) return html.Append(raw[tag..].Replace("<", "&lt;", StringComparison.Ordinal)).ToString();
            }
            else html.Append("&lt;");
        }

        return at < raw.Length ? html.Append(raw, at, raw.Length - at).ToString() : html.ToString();
    }

    private static int AfterDeclaration(string raw, int tag)
    {
        var comment = raw.AsSpan(tag).StartsWith("<!--");
        var end = raw.IndexOf(comment ? "-->" : ">", tag + (comment ? 4 : 2), StringComparison.Ordinal);
        return end < 0 ? raw.Length : end + (comment ? 3 : 1);
    }

    /// <summary>Copies what may stand of the tag at <paramref name="tag"/>; returns where it ends, or its start if it never does.</summary>
    private static int AppendTag(StringBuilder html, string raw, int tag)
    {
        var closes = raw[tag + 1] == '/';
        var nameStart = tag + (closes ? 2 : 1);
        var at = nameStart;
        while (at < raw.Length && char.IsAsciiLetterOrDigit(raw[at])) at++;
        var name = raw[nameStart..at].ToLowerInvariant();
        // A custom element is none of ours.
        var whole = at < raw.Length && (char.IsWhiteSpace(raw[at]) || raw[at] is '>' or '/');
        var known = whole && HtmlAllowList.IsTyped(name);

        var mark = html.Length;
        html.Append(closes ? "</" : "<").Append(name);
        var count = 0;
        while (true)
        {
            while (at < raw.Length && (char.IsWhiteSpace(raw[at]) || raw[at] == '/')) at++;
            if (at >= raw.Length)
            {
                html.Length = mark;
                return tag;
            }

            if (raw[at] == '>') break;
            at = ReadAttribute(raw, at, out var key, out var value);
            if (known && !closes && ++count <= MaxAttributes && Attributes.Contains(raw[key])) AppendAttribute(html, raw[key], raw.AsSpan(value));
        }

        at++;
        if (known) html.Append('>');
        else html.Length = mark;
        return !closes && Unread.Contains(name) ? AfterUnread(raw, name, at) : at;
    }

    private static int ReadAttribute(string raw, int at, out Range key, out Range value)
    {
        var start = at++;
        while (at < raw.Length && !char.IsWhiteSpace(raw[at]) && raw[at] is not ('=' or '>' or '/')) at++;
        key = start..at;
        value = at..at;

        var equals = at;
        while (equals < raw.Length && char.IsWhiteSpace(raw[equals])) equals++;
        if (equals >= raw.Length || raw[equals] != '=') return at;

        at = equals + 1;
        while (at < raw.Length && char.IsWhiteSpace(raw[at])) at++;
        if (at < raw.Length && raw[at] is '"' or '\'')
        {
            var end = raw.IndexOf(raw[at], at + 1);
            if (end < 0) return raw.Length;
            value = (at + 1)..end;
            return end + 1;
        }

        start = at;
        while (at < raw.Length && !char.IsWhiteSpace(raw[at]) && raw[at] != '>') at++;
        value = start..at;
        return at;
    }

    private static void AppendAttribute(StringBuilder html, string key, ReadOnlySpan<char> value)
    {
        html.Append(' ').Append(key.ToLowerInvariant()).Append("=\"");
        foreach (var c in value)
            _ = c switch { '"' => html.Append("&quot;"), '<' => html.Append("&lt;"), '>' => html.Append("&gt;"), _ => html.Append(c) };
        html.Append('"');
    }

    private static int AfterUnread(string raw, string name, int at)
    {
        var end = raw.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? raw.Length : end;
    }
}
