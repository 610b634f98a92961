using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace BlueTechWave.Core.Comments;

/// <summary>Tells that two comments say the same, or are after the same thing, by comparing two numbers.</summary>
public static partial class Likeness
{
    /// <summary>Of the letters of a text alone: not of its case, accents, figures, signs and spaces. 0 for a text without letters.</summary>
    public static long OfText(string text)
    {
        var letters = new StringBuilder(text.Length);
        // Half a pair, as hostile input has it, cannot be normalized.
        foreach (var c in string.Concat(text.Where(c => !char.IsSurrogate(c))).Normalize(NormalizationForm.FormKD))
            if (char.IsLetter(c)) letters.Append(char.ToLowerInvariant(c));
        return Hash(letters.ToString());
    }

    /// <summary>Of the hosts it links to, whatever it says around them; without links, of its text.</summary>
    public static long Of(string text)
    {
        var hosts = Hosts(text);
        return hosts.Count == 0 ? OfText(text) : Hash("links " + string.Join(' ', hosts));
    }

    /// <summary>The hosts that a text names in addresses, without <c>www.</c>, in order.</summary>
    public static IReadOnlyList<string> Hosts(string text) =>
        [.. Links().Matches(text).Select(m => Host(m.Groups["host"].Value)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The text, with a space where it names an address.</summary>
    public static string WithoutLinks(string text) => Whole().Replace(text, " ");

    /// <summary>How many addresses a text names.</summary>
    public static int CountLinks(string text) => Links().Count(text);

    private static string Host(string typed)
    {
        var host = typed.TrimEnd('.').ToLowerInvariant();
        return host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
    }

    private static long Hash(string text) => text.Length == 0 ? 0 : BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(@"(?:https?://|//|\bwww\.)(?:[^\s/?#@]*@)?(?<host>[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,250}[\p{L}\p{N}])?)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Links();

    [GeneratedRegex(@"(?:https?://|\bwww\.)[^\s\]""'<>]+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Whole();
}
