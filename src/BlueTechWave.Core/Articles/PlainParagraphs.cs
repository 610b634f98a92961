using System.Text;

namespace BlueTechWave.Core.Articles;

/// <summary>A text that could not be set, printed as it was typed: escaped, one paragraph per blank line.</summary>
internal static class PlainParagraphs
{
    public static string Of(string source)
    {
        var html = new StringBuilder(source.Length + source.Length / 8);
        var open = false;
        foreach (var line in source.AsSpan().EnumerateLines())
        {
            if (line.IsWhiteSpace())
            {
                if (open) html.Append("</p>\n");
                open = false;
                continue;
            }

            html.Append(open ? "\n" : "<p>");
            AppendEscaped(html, line, quotes: false);
            open = true;
        }

        return open ? html.Append("</p>\n").ToString() : html.ToString();
    }

    public static string Escape(string text)
    {
        var html = new StringBuilder(text.Length);
        AppendEscaped(html, text);
        return html.ToString();
    }

    /// <summary>Appends text as HTML prints it; with quotes escaped it may stand in an attribute.</summary>
    public static void AppendEscaped(StringBuilder html, ReadOnlySpan<char> text, bool quotes = true)
    {
        while (text.IndexOfAny(quotes ? "<>&\"" : "<>&") is var special and >= 0)
        {
            html.Append(text[..special]).Append(text[special] switch { '<' => "&lt;", '>' => "&gt;", '&' => "&amp;", _ => "&quot;" });
            text = text[(special + 1)..];
        }

        html.Append(text);
    }
}
