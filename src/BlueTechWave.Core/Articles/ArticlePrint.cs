using System.Globalization;
using System.Text;

namespace BlueTechWave.Core.Articles;

/// <summary>Fills in the links between our stories when a page is printed, so that a renamed story never leaves a stale headline.</summary>
public static class ArticlePrint
{
    private const string Attribute = "data-article=\"";
    private const string Link = "<a data-article=\"";
    private const string Also = "<p class=\"also\" data-article=\"";

    /// <summary>
    /// The pressed HTML with its links to our stories filled in. A link to a story that readers cannot have is its words alone,
    /// an also-read line to one disappears. Without such links the answer is the same string.
    /// </summary>
    /// <param name="pressedHtml"><see cref="ArticleBody.Html"/>, as it was pressed.</param>
    /// <param name="find">The current headline and address of a story by identity, as plain text; null if it is not public.</param>
    public static string Print(string pressedHtml, Func<int, (string Headline, string Address)?> find)
    {
        var next = NextMarker(pressedHtml, 0);
        if (next < 0) return pressedHtml;

        var page = new StringBuilder(pressedHtml.Length + 256);
        var at = 0;
        for (; next >= 0; next = NextMarker(pressedHtml, at))
        {
            page.Append(pressedHtml, at, next - at);
            at = pressedHtml[next + 1] == 'p' ? PrintAlso(page, pressedHtml, next, find) : PrintLink(page, pressedHtml, next, find);
        }

        return page.Append(pressedHtml, at, pressedHtml.Length - at).ToString();
    }

    /// <summary>Text and attributes never hold a bare <c>&lt;</c>: what starts as our tags do is one of them.</summary>
    private static int NextMarker(string html, int at)
    {
        for (; (at = html.IndexOf(Attribute, at, StringComparison.Ordinal)) >= 0; at += Attribute.Length)
            foreach (var tag in (ReadOnlySpan<string>)[Link, Also])
            {
                var start = at + Attribute.Length - tag.Length;
                if (start >= 0 && string.CompareOrdinal(html, start, tag, 0, tag.Length) == 0) return start;
            }

        return -1;
    }

    private static int PrintAlso(StringBuilder page, string html, int at, Func<int, (string Headline, string Address)?> find)
    {
        var end = html.IndexOf("</p>", at, StringComparison.Ordinal) + "</p>".Length;
        if (find(Identity(html, at + Also.Length)) is null)
        {
            if (end < html.Length && html[end] == '\n') end++;
            return end;
        }

        var link = html.IndexOf(Link, at, StringComparison.Ordinal);
        page.Append("<p class=\"also\">").Append(html, html.IndexOf('>', at) + 1, link - html.IndexOf('>', at) - 1);
        var after = PrintLink(page, html, link, find);
        page.Append(html, after, end - after);
        return end;
    }

    private static int PrintLink(StringBuilder page, string html, int at, Func<int, (string Headline, string Address)?> find)
    {
        var words = html.IndexOf('>', at) + 1;
        var end = html.IndexOf("</a>", words, StringComparison.Ordinal);
        if (find(Identity(html, at + Link.Length)) is not var (headline, address))
        {
            page.Append(html, words, end - words);
            return end + "</a>".Length;
        }

        page.Append("<a href=\"");
        PlainParagraphs.AppendEscaped(page, address);
        page.Append("\">");
        if (end > words) page.Append(html, words, end - words);
        else PlainParagraphs.AppendEscaped(page, headline);
        page.Append("</a>");
        return end + "</a>".Length;
    }

    private static int Identity(string html, int at) =>
        int.Parse(html.AsSpan(at, html.IndexOf('"', at) - at), NumberStyles.None, CultureInfo.InvariantCulture);
}
