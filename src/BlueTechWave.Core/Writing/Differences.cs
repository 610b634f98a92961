using System.Globalization;
using DiffPlex;

namespace BlueTechWave.Core.Writing;

public enum Mark
{
    Same,
    Removed,
    Added,
}

public sealed record Piece(Mark Mark, string Text);

/// <summary>A stretch of two texts, in reading order: the same in both, or what became of it.</summary>
public sealed record Passage(IReadOnlyList<Piece> Pieces)
{
    public bool IsChanged => Pieces.Any(p => p.Mark != Mark.Same);

    public string Old => string.Concat(Pieces.Where(p => p.Mark != Mark.Added).Select(p => p.Text));

    public string Now => string.Concat(Pieces.Where(p => p.Mark != Mark.Removed).Select(p => p.Text));
}

/// <summary>
/// What has changed between two texts: paragraph by paragraph and, within a paragraph that was changed, word by word. A
/// paragraph of which little is left is shown as taken out and put in whole, not as confetti.
/// </summary>
public static class Differences
{
    /// <summary>Comparing costs as the square of what differs; beyond this, a stretch is compared as one.</summary>
    private const int ComparedAtMost = 6_000;

    private const double LeftAtLeast = 0.3;

    /// <summary>All passages together are both texts, to the letter.</summary>
    public static IReadOnlyList<Passage> Of(string old, string now)
    {
        var passages = new List<Passage>();
        foreach (var (isSame, was, became) in Compare(MarkdownBlocks.Split(old), MarkdownBlocks.Split(now)))
        {
            if (isSame) passages.AddRange(was.Select(text => new Passage([new(Mark.Same, text)])));
            else passages.Add(new(Words(string.Concat(was), string.Concat(became))));
        }

        return passages;
    }

    private static List<Piece> Words(string old, string now)
    {
        if (old.Length == 0 || now.Length == 0) return Whole(old, now);

        var pieces = new List<Piece>();
        foreach (var (isSame, was, became) in Compare(CutWords(old), CutWords(now)))
        {
            if (isSame) pieces.Add(new(Mark.Same, string.Concat(was)));
            else pieces.AddRange(Whole(string.Concat(was), string.Concat(became)));
        }

        var left = pieces.Where(p => p.Mark == Mark.Same).Sum(p => p.Text.Count(c => !char.IsWhiteSpace(c)));
        return left < LeftAtLeast * Math.Min(old.Length, now.Length) ? Whole(old, now) : pieces;
    }

    private static List<Piece> Whole(string old, string now) =>
        [.. new Piece[] { new(Mark.Removed, old), new(Mark.Added, now) }.Where(p => p.Text.Length > 0)];

    /// <summary>What is the same at both ends is not compared at all: most edits are small.</summary>
    private static IEnumerable<(bool IsSame, IEnumerable<string> Was, IEnumerable<string> Became)> Compare(IReadOnlyList<string> old, IReadOnlyList<string> now)
    {
        var shorter = Math.Min(old.Count, now.Count);
        var head = 0;
        while (head < shorter && old[head] == now[head]) head++;
        var tail = 0;
        while (tail < shorter - head && old[^(tail + 1)] == now[^(tail + 1)]) tail++;

        if (head > 0) yield return (true, old.Take(head), []);
        var (was, became) = (old.Skip(head).SkipLast(tail).ToList(), now.Skip(head).SkipLast(tail).ToList());
        if (was.Count + became.Count > 0)
        {
            if (was.Count + became.Count > ComparedAtMost) yield return (false, was, became);
            else foreach (var stretch in Middle(was, became)) yield return stretch;
        }

        if (tail > 0) yield return (true, old.TakeLast(tail), []);
    }

    private static IEnumerable<(bool IsSame, IEnumerable<string> Was, IEnumerable<string> Became)> Middle(List<string> old, List<string> now)
    {
        var diff = new Differ().CreateDiffs(nameof(old), nameof(now), ignoreWhiteSpace: false, ignoreCase: false, new Cut(old, now));
        var at = 0;
        foreach (var block in diff.DiffBlocks)
        {
            if (block.DeleteStartA > at) yield return (true, old.Skip(at).Take(block.DeleteStartA - at), []);
            yield return (false, old.Skip(block.DeleteStartA).Take(block.DeleteCountA), now.Skip(block.InsertStartB).Take(block.InsertCountB));
            at = block.DeleteStartA + block.DeleteCountA;
        }

        if (at < old.Count) yield return (true, old.Skip(at), []);
    }

    /// <summary>Words, and each white space and mark by itself.</summary>
    private static List<string> CutWords(string text)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = at + 1;
            if (IsOfWord(text[at])) while (end < text.Length && IsOfWord(text[end])) end++;
            words.Add(text[at..end]);
            at = end;
        }

        return words;
    }

    // Halves of a pair and accents stay with their letter.
    private static bool IsOfWord(char c) =>
        char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || c is '’' or '\'';
}
