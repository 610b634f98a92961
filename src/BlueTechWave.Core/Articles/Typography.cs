using System.Text;
using Markdig.Helpers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace BlueTechWave.Core.Articles;

/// <summary>
/// Typewriter marks become the printer's: curly quotes, apostrophes, – for --, — for ---, … for three dots. Only words are touched:
/// code, addresses, raw HTML and escaped marks stay as typed. The library's own version misses apostrophes and most closing quotes.
/// </summary>
internal static class Typography
{
    public static void Polish(MarkdownDocument document)
    {
        foreach (var block in document.Descendants<LeafBlock>())
            if (block.Inline is { } line)
            {
                var before = ' ';
                Polish(line, ref before);
            }
    }

    private static void Polish(ContainerInline line, ref char before)
    {
        for (var inline = line.FirstChild; inline is not null; inline = inline.NextSibling)
            switch (inline)
            {
                case LinkInline { IsAutoLink: true } or CodeInline or AutolinkInline or HtmlEntityInline: before = 'x'; break;
                case LineBreakInline: before = ' '; break;
                case LiteralInline words: Polish(words, ref before); break;
                case ContainerInline inner: Polish(inner, ref before); break;
            }
    }

    private static void Polish(LiteralInline words, ref char before)
    {
        var typed = words.Content.AsSpan();
        if (typed.IsEmpty) return;

        var last = before;
        before = typed[^1];
        if (typed.IndexOfAny("\"'-.") < 0) return;

        var printed = new StringBuilder(typed.Length);
        var at = 0;
        if (words.IsFirstCharacterEscaped) printed.Append(typed[at++]);
        while (at < typed.Length)
        {
            if (printed.Length > 0) last = printed[^1];
            var rest = typed[at..];
            var run = Run(rest);
            (string? mark, var taken) = (rest[0], run) switch
            {
                ('"', _) => (Opens(last) ? "“" : "”", 1),
                ('\'', _) => (Opens(last) && !(rest.Length > 1 && char.IsAsciiDigit(rest[1])) ? "‘" : "’", 1),
                ('-', 2) => ("–", 2),
                ('-', 3) => ("—", 3),
                ('.', 3) => ("…", 3),
                _ => ((string?)null, run),
            };

            if (mark is null) printed.Append(rest[..taken]);
            else printed.Append(mark);
            at += taken;
        }

        words.Content = new StringSlice(printed.ToString());
        before = printed[^1];
    }

    /// <summary>Equal dashes or dots at the start, or else everything up to the next mark; quotes stand alone.</summary>
    private static int Run(ReadOnlySpan<char> text)
    {
        if (text[0] is '"' or '\'') return 1;

        var end = text[0] is '-' or '.' ? text.IndexOfAnyExcept(text[0]) : text.IndexOfAny("\"'-.");
        return end < 0 ? text.Length : end;
    }

    private static bool Opens(char before) => char.IsWhiteSpace(before) || before is '(' or '[' or '{' or '“' or '‘' or '–' or '—' or '-' or '/' or '=';
}
