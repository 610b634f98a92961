using System.Text;

namespace BlueTechWave.Core.Articles;

/// <summary>
/// Closes every tag in order and where it belongs, in one pass, before a real HTML parser sees it: its rules for misnested tags
/// (reopened formatting, text moved out of tables) can turn a few kilobytes into millions of elements, and it recurses by depth.
/// </summary>
internal static class WellFormedHtml
{
    /// <summary>Elements a page may hold; a long read has a few thousand.</summary>
    public const int MaxElements = 60_000;

    /// <summary>Elements within each other; deeper tags are left out, their words stay.</summary>
    public const int MaxDepth = 120;

    private static readonly HashSet<string> Void = ["br", "hr", "img", "wbr", "input", "col"];
    private static readonly HashSet<string> Structure = ["ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "colgroup"];
    private static readonly HashSet<string> Flow =
        ["div", "blockquote", "li", "td", "th", "dd", "dt", "figure", "figcaption", "details", "summary", "caption"];
    private static readonly HashSet<string> Block =
        ["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "div", "blockquote", "figure", "figcaption", "details", "summary", "ul", "ol", "dl", "table"];

    /// <summary>Elements that live only directly in some others.</summary>
    private static readonly Dictionary<string, string[]> Parents = new()
    {
        ["li"] = ["ul", "ol"],
        ["dt"] = ["dl"],
        ["dd"] = ["dl"],
        ["caption"] = ["table"],
        ["colgroup"] = ["table"],
        ["col"] = ["colgroup", "table"],
        ["thead"] = ["table"],
        ["tbody"] = ["table"],
        ["tfoot"] = ["table"],
        ["tr"] = ["thead", "tbody", "tfoot", "table"],
        ["td"] = ["tr"],
        ["th"] = ["tr"],
    };

    /// <summary>The same HTML, well formed; null if it holds too many elements. Every <c>&lt;</c> in it must start a whole tag.</summary>
    public static string? Of(string html)
    {
        var page = new Page(html.Length);
        var at = 0;
        while (at < html.Length)
        {
            var tag = html.IndexOf('<', at);
            if (tag < 0) tag = html.Length;
            page.Text(html.AsSpan(at, tag - at));
            if (tag == html.Length) break;

            at = EndOfTag(html, tag);
            page.Tag(html.AsSpan(tag, at - tag));
            if (page.Elements > MaxElements) return null;
        }

        return page.Close();
    }

    private static int EndOfTag(string html, int at)
    {
        while (at < html.Length && html[at] != '>')
        {
            if (html[at] == '"')
            {
                at = html.IndexOf('"', at + 1);
                if (at < 0) return html.Length;
            }

            at++;
        }

        return Math.Min(at + 1, html.Length);
    }

    private sealed class Page(int capacity)
    {
        private readonly StringBuilder _html = new(capacity + 64);
        private readonly List<string> _open = [];

        public int Elements { get; private set; }

        public void Text(ReadOnlySpan<char> text)
        {
            if (!text.IsWhiteSpace()) Leave(Structure);
            _html.Append(text);
        }

        public void Tag(ReadOnlySpan<char> tag)
        {
            var closes = tag[1] == '/';
            var words = tag[(closes ? 2 : 1)..];
            var name = words[..words.IndexOfAny(" />\n\t")].ToString();
            if (closes) CloseTo(name);
            else if (Settle(name)) Append(name, tag);
        }

        public string Close()
        {
            while (_open.Count > 0) Pop();
            return _html.ToString();
        }

        private void Append(string name, ReadOnlySpan<char> tag)
        {
            if (_open.Count >= MaxDepth && !Void.Contains(name)) return;
            Elements++;
            _html.Append(tag);
            if (!Void.Contains(name)) _open.Add(name);
        }

        private void CloseTo(string name)
        {
            if (!_open.Contains(name)) return;
            while (_open[^1] != name) Pop();
            Pop();
        }

        /// <summary>Closes what cannot hold the element; false if it has no place here.</summary>
        private bool Settle(string name)
        {
            if (Parents.TryGetValue(name, out var parents))
            {
                var parent = _open.FindLastIndex(open => parents.Contains(open));
                if (parent < 0) return false;
                while (_open.Count > parent + 1) Pop();
                return true;
            }

            if (Block.Contains(name))
            {
                while (_open.Count > 0 && !Flow.Contains(_open[^1])) Pop();
                return true;
            }

            Leave(Structure);
            return name != "a" || !_open.Contains("a");
        }

        private void Leave(HashSet<string> kind)
        {
            while (_open.Count > 0 && kind.Contains(_open[^1])) Pop();
        }

        private void Pop()
        {
            _html.Append("</").Append(_open[^1]).Append('>');
            _open.RemoveAt(_open.Count - 1);
        }
    }
}
