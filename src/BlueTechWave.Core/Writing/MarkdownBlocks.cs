namespace BlueTechWave.Core.Writing;

/// <summary>
/// Markdown cut into the blocks a writer thinks in: paragraphs, headings, lists, whole fences and containers. The white
/// space between two blocks is a piece of its own, and all pieces together are the text again, to the letter.
/// </summary>
public static class MarkdownBlocks
{
    public static IReadOnlyList<string> Split(string text)
    {
        var pieces = new List<string>();
        var start = 0;
        string? fence = null;
        var wasBlank = true;
        for (var at = 0; at < text.Length;)
        {
            var next = text.IndexOf('\n', at) is >= 0 and var end ? end + 1 : text.Length;
            var line = text.AsSpan(at, next - at);
            var isBlank = fence is null && line.IsWhiteSpace();
            if (at > start && isBlank != wasBlank) Cut(at);
            wasBlank = isBlank;
            fence = fence is null ? Opening(line) : Closes(line, fence) ? null : fence;
            at = next;
        }

        if (start < text.Length) Cut(text.Length);
        return pieces;

        void Cut(int at)
        {
            pieces.Add(text[start..at]);
            start = at;
        }
    }

    /// <summary>
    /// Merges three texts block by block. Of the white space between blocks, only that there is some has a meaning; it
    /// stays as either writer had it.
    /// </summary>
    public static (string Text, bool Overlaps) Merge(string @base, string mine, string theirs)
    {
        if (mine == theirs || mine == @base) return (theirs, false);
        if (theirs == @base) return (mine, false);

        Dictionary<string, string> gaps = [];
        var (was, my, their) = (Blocks(@base, gaps), Blocks(mine, gaps), Blocks(theirs, gaps));
        var merged = ThreeWay.Merge(was, my, their);
        var blocks = merged.SelectMany(s => s.Theirs).ToList();
        var text = string.Concat(blocks.Select((block, i) => i == 0 ? block : gaps.GetValueOrDefault(block, "\n\n") + block));
        return (text + (theirs.EndsWith('\n') || mine.EndsWith('\n') ? "\n" : ""), merged.Any(s => s.IsOverlap));
    }

    private static List<string> Blocks(string text, Dictionary<string, string> gaps)
    {
        var blocks = new List<string>();
        var gap = "";
        foreach (var piece in Split(text))
        {
            if (string.IsNullOrWhiteSpace(piece))
            {
                gap += piece;
                continue;
            }

            var block = piece.TrimEnd('\n');
            if (blocks.Count > 0) gaps.TryAdd(block, gap);
            blocks.Add(block);
            gap = piece[block.Length..];
        }

        return blocks;
    }

    /// <summary>What would close the fence (code) or container that this line opens; null if it opens none.</summary>
    private static string? Opening(ReadOnlySpan<char> line)
    {
        var said = line.Trim();
        foreach (var mark in "`~:")
        {
            var length = said.Length - said.TrimStart(mark).Length;
            if (length < 3) continue;
            // A container without a name opens nothing; a back-tick later in the line makes it code within a line.
            var rest = said[length..];
            if (mark == ':' ? rest.Trim().IsEmpty : mark == '`' && rest.Contains('`')) return null;
            return new string(mark, length);
        }

        return null;
    }

    private static bool Closes(ReadOnlySpan<char> line, string fence)
    {
        var said = line.Trim();
        return said.Length >= fence.Length && said.Trim(fence[0]).IsEmpty;
    }
}
