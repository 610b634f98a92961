using DiffPlex;

namespace BlueTechWave.Core.Writing;

/// <summary>
/// Markdown cut into the blocks a writer thinks in: paragraphs, headings, lists, whole fences and containers. The white
/// space between two blocks is a piece of its own, and all pieces together are the text again, to the letter.
/// </summary>
public sealed class MarkdownBlocks : IChunker
{
    public static readonly MarkdownBlocks Instance = new();

    IReadOnlyList<string> IChunker.Chunk(string text) => Split(text);

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
