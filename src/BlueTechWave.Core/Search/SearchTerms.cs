using System.Text;

namespace BlueTechWave.Core.Search;

/// <summary>What a reader typed, cut into terms: words, the beginning of a word, and quoted phrases.</summary>
public sealed class SearchTerms
{
    /// <summary>Private-use characters: they occur in no text, and become marks only after encoding.</summary>
    public const char Open = '\uE000';

    /// <inheritdoc cref="Open"/>
    public const char Close = '\uE001';

    public const int LongestQuery = 200;
    public const int MostTerms = 12;
    public const int CountedAtMost = 1000;

    private SearchTerms(IReadOnlyList<Term> all) => All = all;

    /// <param name="Text">One word, or several with a space between for a phrase.</param>
    public readonly record struct Term(string Text, bool IsPhrase, bool IsPrefix);

    public IReadOnlyList<Term> All { get; }

    public bool IsEmpty => All.Count == 0;

    /// <summary>The last word being typed is taken as a beginning; short ones are taken whole, so that they stay fast.</summary>
    public static SearchTerms Parse(string typed)
    {
        if (typed.Length > LongestQuery) typed = typed[..LongestQuery];
        typed = Folding.Composed(typed);

        var terms = new List<Term>();
        var parts = typed.Split('"');
        for (var i = 0; i < parts.Length && terms.Count < MostTerms; i++)
        {
            var words = Words(parts[i]);
            // Odd parts stand between two quotes; a quote left open means only itself.
            if (i % 2 == 1 && i < parts.Length - 1)
            {
                if (words.Count > 0) terms.Add(new(string.Join(' ', words.Take(MostTerms)), IsPhrase: words.Count > 1, IsPrefix: false));
                continue;
            }

            foreach (var word in words.Take(MostTerms - terms.Count)) terms.Add(new(word, false, IsPrefix: false));
        }

        if (terms.Count > 0 && !typed.EndsWith('"') && terms[^1] is { IsPhrase: false, Text.Length: >= 3 } last)
            terms[^1] = last with { IsPrefix = true };
        return new(terms);
    }

    private static List<string> Words(string text)
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
}
