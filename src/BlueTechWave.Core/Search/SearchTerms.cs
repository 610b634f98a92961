using System.Text;

namespace BlueTechWave.Core.Search;

/// <summary>What a reader typed, cut into terms: words, the beginning of a word, phrases, and what must not occur.</summary>
public sealed class SearchTerms
{
    /// <summary>Private-use characters: they occur in no text, and become marks only after encoding.</summary>
    public const char Open = '\uE000';

    /// <inheritdoc cref="Open"/>
    public const char Close = '\uE001';

    public const int LongestQuery = 200;
    public const int MostTerms = 12;
    public const int CountedAtMost = 1000;
    public const int ShortestPrefix = 3;

    private const string Apostrophes = "'’‘ʼ";
    private const string Joiners = ".-‐‑/&+@_:" + Apostrophes;

    private SearchTerms(IReadOnlyList<Term> all) => All = all;

    /// <param name="Text">One word, or several with a space between for a phrase.</param>
    /// <param name="IsPrefix">The last word being typed is taken as a beginning too; short ones are not, so that they stay fast.</param>
    public readonly record struct Term(string Text, bool IsPhrase = false, bool IsPrefix = false, bool IsExcluded = false)
    {
        public bool IsWord => !IsPhrase && !IsExcluded;

        public override string ToString() => (IsExcluded ? "-" : "") + (IsPhrase ? $"\"{Text}\"" : Text);
    }

    public IReadOnlyList<Term> All { get; }

    public IReadOnlyList<Term> Wanted => [.. All.Where(t => !t.IsExcluded)];

    public IReadOnlyList<Term> Excluded => [.. All.Where(t => t.IsExcluded)];

    /// <summary>Words were typed, but only such as every article has: that asks for everything there is.</summary>
    public bool IsEverything { get; private init; }

    public bool IsEmpty => All.Count == 0 && !IsEverything;

    public override string ToString() => string.Join(' ', All);

    /// <summary>The same with other terms; what was a beginning of a word stays one.</summary>
    public SearchTerms With(IEnumerable<Term> terms) => new([.. terms]) { IsEverything = IsEverything };

    public static SearchTerms Parse(string typed)
    {
        if (typed.Length > LongestQuery) typed = typed[..LongestQuery];
        typed = Folding.Composed(typed);

        var terms = new List<Term>();
        var parts = typed.Split('"');
        for (var i = 0; i < parts.Length; i++)
        {
            // Odd parts stand between two quotes; a quote left open means only itself.
            if (i % 2 == 0 || i == parts.Length - 1) AddWords(parts[i], terms);
            else if (Words(parts[i]) is { Count: > 0 } words) terms.Add(Joined(words, IsMinus(parts[i - 1])));
        }

        if (terms.Count == 0) return new([]);
        if (!typed.EndsWith('"') && terms[^1] is { IsWord: true, Text.Length: >= ShortestPrefix } last) terms[^1] = last with { IsPrefix = true };
        var telling = terms.Where(t => !StopWords.AreAll(t.Text)).Take(MostTerms).ToList();
        return new(telling) { IsEverything = telling.Count == 0 };
    }

    /// <summary>Runs of letters and digits: what both indexes take for words.</summary>
    public static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune)) word.Append(rune.ToString());
            else if (word.Length > 0) Take();
        }

        if (word.Length > 0) Take();
        return words;

        void Take()
        {
            words.Add(word.ToString());
            word.Clear();
        }
    }

    private static void AddWords(string text, List<Term> terms)
    {
        foreach (var chunk in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var excluded = chunk.Length > 1 && chunk[0] == '-' && Rune.IsLetterOrDigit(Rune.GetRuneAt(chunk, 1));
            foreach (var piece in Pieces(chunk)) terms.Add(Joined(piece, excluded));
        }
    }

    /// <summary>“HTTP/2”, “Wi-Fi” and “1.3B” are one thing each; other signs only stand between words.</summary>
    private static IEnumerable<List<string>> Pieces(string chunk)
    {
        var start = 0;
        for (var i = 0; i <= chunk.Length; i++)
        {
            if (i < chunk.Length && (char.IsLetterOrDigit(chunk[i]) || char.IsSurrogate(chunk[i]) || Joiners.Contains(chunk[i]))) continue;
            var piece = chunk[start..i].TrimEnd([.. Joiners]);
            start = i + 1;
            // “Mexico’s” is about Mexico.
            if (piece.Length > 2 && piece[^1] is 's' or 'S' && Apostrophes.Contains(piece[^2])) piece = piece[..^2];
            if (Words(piece) is { Count: > 0 } words) yield return words;
        }
    }

    private static Term Joined(List<string> words, bool excluded) =>
        new(string.Join(' ', words.Take(MostTerms)), IsPhrase: words.Count > 1, IsExcluded: excluded);

    private static bool IsMinus(string before) => before.EndsWith('-') && (before.Length == 1 || char.IsWhiteSpace(before[^2]));
}
