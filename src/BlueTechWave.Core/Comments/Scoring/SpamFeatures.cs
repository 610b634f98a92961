using System.Globalization;
using System.Text;

namespace BlueTechWave.Core.Comments.Scoring;

/// <summary>One thing the model sees in a comment, in words an editor understands.</summary>
/// <param name="Name">“the word casino”, “three links or more”.</param>
/// <param name="Value">How much of it there is; a whole comment's words weigh as much as a short one's.</param>
public readonly record struct SpamFeature(string Name, float Value);

/// <summary>What the model sees of a comment: its words and pairs of words, its links, its shape, and what its writer is called. Nothing else of the writer.</summary>
public static class SpamFeatures
{
    private const int WordsRead = 400;
    private const int LongestWord = 24;

    /// <summary>Letters that look like Latin ones, as tricks use them within Latin words: Cyrillic, Greek, figures and signs.</summary>
    private static readonly Dictionary<char, char> Lookalikes = "аaеeоoрpсcуyхxкkмmтtвbнhіiѕsјjԁdɡgαaοoνvρpτtιiκkυuηn0o1i3e4a5s7t@a$s"
        .Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    public static IReadOnlyList<SpamFeature> Of(string name, string body, string headline = "")
    {
        var features = new List<SpamFeature>();
        // An address is seen as one, not as the words it is made of.
        var words = Words(Likeness.WithoutLinks(body));
        var told = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < words.Count; i++)
        {
            told.Add($"the word {words[i]}");
            if (i > 0) told.Add($"the words {words[i - 1]} {words[i]}");
        }

        var share = told.Count == 0 ? 0 : 1 / MathF.Sqrt(told.Count);
        features.AddRange(told.Select(word => new SpamFeature(word, share * 2)));
        Add(Links(body));
        Add(Shape(body, words.Count));
        Add(Called(name));
        if (headline.Length > 0) Add(About(words, headline));
        return features;

        void Add(IEnumerable<string> names) => features.AddRange(names.Select(n => new SpamFeature(n, .5f)));
    }

    private static IEnumerable<string> Links(string body)
    {
        var count = Likeness.CountLinks(body);
        yield return count switch { 0 => "no link", 1 => "one link", 2 => "two links", _ => "three links or more" };
        foreach (var host in Likeness.Hosts(body).Take(8))
        {
            if (!host.EndsWith(".example", StringComparison.Ordinal)) yield return $"a link to {host}";
            // A name that nobody can have (RFC 2606) is how made-up links end; it must teach nothing.
            if (!host.EndsWith(".example", StringComparison.Ordinal)) yield return $"a link ending in .{host[(host.LastIndexOf('.') + 1)..]}";
            foreach (var part in host.Split('.', '-').SkipLast(1).Where(p => p.Length > 2).Take(6)) yield return $"a link with {Fold(part)} in it";
        }

        if (body.Contains("[url", StringComparison.OrdinalIgnoreCase) || body.Contains("<a ", StringComparison.OrdinalIgnoreCase)) yield return "a link typed as code";
    }

    private static IEnumerable<string> Shape(string body, int words)
    {
        yield return words switch { 0 => "no words", < 4 => "three words or fewer", < 12 => "a line", < 60 => "a paragraph", _ => "a long text" };
        var letters = body.Count(char.IsLetter);
        var shouted = body.Count(char.IsUpper);
        if (letters > 12 && shouted * 2 > letters) yield return "mostly capitals";
        if (body.Count(c => c == '!') > 2) yield return "many exclamation marks";
        if (body.Count(char.IsAsciiDigit) > Math.Max(8, letters / 5)) yield return "many figures";
        if (body.Any(c => c is '$' or '€' or '£' or '₿')) yield return "a sign for money";
        if (HasPhoneNumber(body)) yield return "a telephone number";
        if (body.Any(c => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format)) yield return "invisible characters";
        if (body.EnumerateRunes().Count(r => r.Value is >= 0x1F300 and <= 0x1FAFF) > 2) yield return "many pictograms";
        if (MixesScripts(body)) yield return "letters of two scripts in one word";
        if (body.Contains('?')) yield return "a question";
        if (body.Contains('`')) yield return "code";
        if (body.TrimStart().StartsWith('>')) yield return "a quotation";
    }

    private static IEnumerable<string> Called(string name)
    {
        var words = Words(name);
        if (name.Contains("://", StringComparison.Ordinal) || name.Contains("www.", StringComparison.OrdinalIgnoreCase) || name.Contains(".com", StringComparison.OrdinalIgnoreCase)) yield return "a name that is an address";
        if (words.Count > 3) yield return "a name of four words or more";
        if (name.Any(char.IsAsciiDigit)) yield return "figures in the name";
        foreach (var word in words.Take(6)) yield return $"the name {word}";
    }

    private static IEnumerable<string> About(List<string> words, string headline)
    {
        var shared = Words(headline).Where(w => w.Length > 4).Intersect(words.Where(w => w.Length > 4), StringComparer.Ordinal).Count();
        yield return shared switch { 0 => "no word of the headline", 1 => "a word of the headline", _ => "words of the headline" };
    }

    private static bool HasPhoneNumber(string body)
    {
        var run = 0;
        foreach (var c in body)
        {
            if (char.IsAsciiDigit(c)) run++;
            else if (c is not (' ' or '-' or '(' or ')' or '+' or '.')) run = 0;
            if (run >= 9) return true;
        }

        return false;
    }

    private static bool MixesScripts(string body)
    {
        var (latin, other) = (false, false);
        foreach (var c in body)
        {
            if (!char.IsLetter(c)) (latin, other) = (false, false);
            else if (c < 0x250) latin = true;
            else if (c is >= '\u0370' and < '\u0530') other = true;
            if (latin && other) return true;
        }

        return false;
    }

    /// <summary>Lower case, without accents, invisible signs and disguises; the first few hundred.</summary>
    internal static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var c in text.Length > 20_000 ? text[..20_000] : text)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark) continue;
            if (char.IsLetterOrDigit(c) || c is '@' or '$' || (c is '\'' or '’' && word.Length > 0))
            {
                if (c is not ('\'' or '’')) word.Append(c);
                continue;
            }

            End();
            if (words.Count >= WordsRead) return words;
        }

        End();
        return words;

        void End()
        {
            if (word.Length == 0) return;
            var folded = Fold(word.ToString());
            if (folded.Length > 0) words.Add(folded.Length > LongestWord ? folded[..LongestWord] : folded);
            word.Clear();
        }
    }

    private static string Fold(string word)
    {
        var plain = new StringBuilder(word.Length);
        foreach (var c in string.Concat(word.Where(c => !char.IsSurrogate(c))).Normalize(NormalizationForm.FormKD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) plain.Append(char.ToLowerInvariant(c));

        // A disguise is one only within a word of Latin letters: a number is a number, and Russian is Russian.
        var folded = plain.ToString();
        if (folded.All(char.IsAsciiDigit)) return folded.Length > 4 ? "0" : folded;
        if (!folded.Any(char.IsAsciiLetterLower)) return folded.Trim('@', '$');
        for (var i = 0; i < plain.Length; i++)
            if (Lookalikes.TryGetValue(plain[i], out var meant)) plain[i] = meant;
        return plain.ToString();
    }
}
