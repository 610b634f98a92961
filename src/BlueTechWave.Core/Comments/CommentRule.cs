using System.Globalization;
using System.Text;
using BlueTechWave.Core.Audit;

namespace BlueTechWave.Core.Comments;

public enum RuleKind
{
    /// <summary>A word or phrase in the comment or the name; <c>*</c> at its end stands for any ending.</summary>
    Words = 0,

    /// <summary>An address at this host, or at one under it.</summary>
    Host = 1,

    /// <summary>So many addresses or more.</summary>
    Links = 2,
}

/// <summary>From mild to strict: where several speak, the strictest is heard.</summary>
public enum RuleOutcome
{
    Hold = 0,
    Spam = 1,
    Refuse = 2,
}

/// <summary>What the newsroom does not want to read unasked: a word, a host, too many links.</summary>
public class CommentRule
{
    public const int PatternLength = 200;
    public const int MostLinks = 50;

    private CommentRule()
    {
    }

    private CommentRule(RuleKind kind, string pattern, RuleOutcome outcome, Actor by, DateTime now) =>
        (Kind, Pattern, Outcome, By, CreatedAt) = (kind, pattern, outcome, by.Name, now);

    public int Id { get; private set; }

    public RuleKind Kind { get; private set; }

    /// <summary>The words, the host, or the number.</summary>
    public string Pattern { get; private set; } = "";

    public RuleOutcome Outcome { get; private set; }

    /// <summary>Off until it has been rehearsed and switched on.</summary>
    public bool IsOn { get; private set; }

    public string By { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    /// <summary>As it is named to editors: in the queue, in the log.</summary>
    public string Name => Kind switch
    {
        RuleKind.Words => $"the words “{Pattern}”",
        RuleKind.Host => $"a link to {Pattern}",
        _ => $"{Pattern} links or more",
    };

    public void Switch(bool on) => IsOn = on;

    public void Change(RuleOutcome outcome) => Outcome = outcome;

    /// <summary>Null, and why, where the pattern is none of its kind.</summary>
    public static CommentRule? Make(RuleKind kind, string pattern, RuleOutcome outcome, Actor by, DateTime now, out string? mistake)
    {
        pattern = pattern.Trim();
        mistake = null;
        switch (kind)
        {
            case RuleKind.Words when Words(pattern.TrimEnd('*')).Trim().Length >= 2 && pattern.Length <= PatternLength:
                return new(kind, pattern, outcome, by, now);
            case RuleKind.Host when Likeness.Hosts("//" + pattern.Replace("https://", "", StringComparison.OrdinalIgnoreCase).Replace("http://", "", StringComparison.OrdinalIgnoreCase).TrimStart('/')) is [var host] && host.Contains('.') && host.Length <= PatternLength:
                return new(kind, host, outcome, by, now);
            case RuleKind.Links when int.TryParse(pattern, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostLinks:
                return new(kind, count.ToString(CultureInfo.InvariantCulture), outcome, by, now);
        }

        mistake = kind switch
        {
            RuleKind.Words => $"Give a word or a phrase of at least two letters and at most {PatternLength} characters.",
            RuleKind.Host => "Give a host, for example pills.example.",
            _ => $"Give a number from 1 to {MostLinks}.",
        };
        return null;
    }

    /// <summary>Whether it speaks of this comment.</summary>
    public bool Fits(Said said) => Kind switch
    {
        RuleKind.Words => said.Words.Contains(Pattern.EndsWith('*') ? Words(Pattern.TrimEnd('*')).TrimEnd() : Words(Pattern), StringComparison.Ordinal),
        RuleKind.Host => said.Hosts.Any(h => h == Pattern || h.EndsWith("." + Pattern, StringComparison.Ordinal)),
        _ => said.Links >= int.Parse(Pattern, CultureInfo.InvariantCulture),
    };

    /// <summary>A text as its words alone, lower case, each with a space before and after: no sign or accent hides one.</summary>
    internal static string Words(string text)
    {
        var words = new StringBuilder(" ", text.Length + 2);
        foreach (var c in string.Concat(text.Where(c => !char.IsSurrogate(c))).Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format) continue;
            if (char.IsLetterOrDigit(c)) words.Append(char.ToLowerInvariant(c));
            else if (words[^1] != ' ') words.Append(' ');
        }

        if (words[^1] != ' ') words.Append(' ');
        return words.ToString();
    }
}

/// <summary>What rules look at, taken apart once for all of them.</summary>
public sealed class Said(string name, string body)
{
    private string? _words;
    private IReadOnlyList<string>? _hosts;

    internal string Words => _words ??= CommentRule.Words($"{name} {body}");

    internal IReadOnlyList<string> Hosts => _hosts ??= Likeness.Hosts($"{name} {body}");

    internal int Links => Likeness.CountLinks(body);
}
