using System.Globalization;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Search;

/// <summary>
/// Every word that was ever indexed, folded, as written and turned round. Words are only added, so that two savers never
/// wait for each other; whether a word still finds anything is for the index to say.
/// </summary>
internal static class Vocabulary
{
    public const int ShortestMended = 4;
    public const int KeptOfAnArticle = 20_000;
    private const int LongestKept = 40;
    private const int LookedThrough = 4_000;

    public static IReadOnlyList<string> Of(SearchRow row) =>
        [.. SearchTerms.Words(Folded($"{row.Headline} {row.KeyPoints} {row.Authors} {row.Tags} {row.Body}"))
            .Where(w => w.Length is >= ShortestMended - 1 and <= LongestKept && !w.All(char.IsDigit))
            .Distinct().Take(KeptOfAnArticle).Order(StringComparer.Ordinal)];

    public static string Folded(string text) => Folding.WithoutAccents(text).ToLowerInvariant();

    public static string Reversed(string word)
    {
        var elements = StringInfo.ParseCombiningCharacters(word);
        return string.Concat(Enumerable.Range(1, elements.Length).Select(i => StringInfo.GetNextTextElement(word, elements[^i])));
    }

    /// <summary>
    /// Known words one slip away: a letter too many, too few, another, or two swapped. The slip is in one half of the
    /// word, so the other half leads to all of them through an index.
    /// </summary>
    public static async Task<List<string>> NearAsync(NewsDbContext db, string typed, CancellationToken cancellation)
    {
        var word = Folded(typed);
        if (word.Length is < ShortestMended or > LongestKept || word.Any(char.IsSurrogate) || word.All(char.IsDigit)) return [];

        var half = word.Length / 2;
        var (head, tail) = (word[..(half - 1)], Reversed(word[half..]));
        var (headEnd, tailEnd) = (head + "\U0010FFFF", tail + "\U0010FFFF");
        var (shortest, longest) = (word.Length - 1, word.Length + 1);
        var found = await db.Database.SqlQuery<string>($"""
            SELECT * FROM (SELECT "Word" AS "Value" FROM "SearchWords"
              WHERE "Word" >= {head} AND "Word" < {headEnd} AND length("Word") BETWEEN {shortest} AND {longest} LIMIT {LookedThrough}) AS heads
            UNION
            SELECT * FROM (SELECT "Word" FROM "SearchWords"
              WHERE "Reversed" >= {tail} AND "Reversed" < {tailEnd} AND length("Word") BETWEEN {shortest} AND {longest} LIMIT {LookedThrough}) AS tails
            """).ToListAsync(cancellation);
        return [.. found.Where(known => IsOneSlip(word, known)).Order(StringComparer.Ordinal)];
    }

    public static bool IsOneSlip(string a, string b)
    {
        if (a.Length > b.Length) (a, b) = (b, a);
        if (b.Length - a.Length > 1 || a == b) return false;
        var same = a.AsSpan().CommonPrefixLength(b);
        var restA = a.AsSpan(same);
        var restB = b.AsSpan(same);
        if (restA.Length < restB.Length) return restA.SequenceEqual(restB[1..]);
        if (restA[1..].SequenceEqual(restB[1..])) return true;
        return restA.Length > 1 && restA[0] == restB[1] && restA[1] == restB[0] && restA[2..].SequenceEqual(restB[2..]);
    }
}
