using System.Buffers;

namespace BlueTechWave.Core.Articles;

/// <summary>
/// Weighs Markdown before it is parsed, in one pass. The parser and the HTML library are linear for what people write, but some
/// signs make the parser look ahead to the end of their paragraph, and each mark costs memory; a text beyond these limits is
/// printed plain instead. Limits count what is in the text, never time, so the same text always gets the same page.
/// </summary>
internal static class Tangle
{
    /// <summary>Look-ahead, as the sum over paragraphs of marks × characters: at most about half a second.</summary>
    public const long MaxLookAhead = 150_000_000;

    /// <summary>Marks and lines in the whole text, each of which becomes an object: at most about 200 MB.</summary>
    public const int MaxPieces = 300_000;

    /// <summary>Table cells, as columns of the widest row × rows: short rows are filled up, so a small text can be a huge table.</summary>
    public const long MaxCells = 50_000;

    /// <summary>Lines that open or close a <c>:::</c> container, each of which may stay open and is asked at every later line.</summary>
    public const int MaxContainerLines = 500;

    /// <summary>Quotes and lists opened at the start of one line.</summary>
    public const int MaxLineDepth = 50;

    /// <summary>Columns a quote or list mark may be indented by: lists nest by indentation too.</summary>
    public const int MaxIndent = 100;

    private static readonly SearchValues<char> Marks = SearchValues.Create("[]<:*_~`@|!(\"'&\\+^#-{}$=.>");

    public static bool IsTooMuch(string text)
    {
        long lookAhead = 0, cells = 0;
        int pieces = 0, containers = 0;
        int length = 0, marks = 0, rows = 0, widest = 0;

        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var start = Start(line, out var depth);
            if (depth > MaxLineDepth || depth > 0 && start > MaxIndent + 4 * depth) return true;
            if (line[start..].StartsWith(":::") && ++containers > MaxContainerLines) return true;

            if (line.IsWhiteSpace() || StartsItem(line))
            {
                lookAhead += (long)marks * length;
                cells += (long)widest * rows;
                length = marks = rows = widest = 0;
            }

            var (looking, all, columns) = Count(line);
            length += line.Length + 1;
            marks += looking;
            rows++;
            widest = Math.Max(widest, columns);
            pieces += all + 1;
            if (pieces > MaxPieces) return true;
        }

        lookAhead += (long)marks * length;
        cells += (long)widest * rows;
        return lookAhead > MaxLookAhead || cells > MaxCells;
    }

    /// <summary>Marks that look ahead, marks in all, and table borders in a line.</summary>
    private static (int Looking, int All, int Columns) Count(ReadOnlySpan<char> line)
    {
        int looking = 0, all = 0, borders = 0;
        for (int next; (next = line.IndexOfAny(Marks)) >= 0; line = line[(next + 1)..])
        {
            all++;
            switch (line[next])
            {
                case '[' or ']' or '<' or ':' or '*' or '_' or '~' or '`' or '@': looking++; break;
                case '.' when next >= 3 && line[next - 1] is 'w' or 'W': looking++; break;
                case '|' or '+': borders++; break;
            }
        }

        return (looking, all, borders > 1 ? borders : 0);
    }

    /// <summary>Where the words of a line start, after quote and list marks, and how many of those there are.</summary>
    private static int Start(ReadOnlySpan<char> line, out int depth)
    {
        depth = 0;
        var i = 0;
        for (; i < line.Length; i++)
        {
            if (line[i] is ' ' or '\t') continue;

            if (line[i] is '>' or '-' or '*' or '+')
            {
                // A rule or bold text is not a nest: a list mark is followed by a space.
                if (line[i] != '>' && i + 1 < line.Length && line[i + 1] is not (' ' or '\t')) return i;
                depth++;
                continue;
            }

            var digits = line[i..].IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9 || line[i + digits] is not ('.' or ')')) return i;
            depth++;
            i += digits;
        }

        return i;
    }

    /// <summary>An unindented bullet always ends the paragraph before it; a numbered line may belong to it.</summary>
    private static bool StartsItem(ReadOnlySpan<char> line) =>
        line.Length > 2 && line[0] is '-' or '*' && line[1] == ' ' && line[2] is not (' ' or '\t' or '-' or '*');
}
