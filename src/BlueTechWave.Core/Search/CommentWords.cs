using BlueTechWave.Core.Comments;

namespace BlueTechWave.Core.Search;

/// <summary>
/// What a comment is found by: its words and its writer's name, lower case and without accents, each once. The pile it lies in is one word
/// more, so that a word everybody uses is still quickly found among the few that wait.
/// </summary>
public static class CommentWords
{
    /// <summary>Shorter ones are whole words, longer ones beginnings: “cable” finds cables.</summary>
    public const int ShortestPrefix = SearchTerms.ShortestPrefix;

    private const int Longest = 40;
    private const int AskedAtMost = SearchTerms.MostTerms;

    /// <summary>A word that nobody can type.</summary>
    public static string Pile(Queue queue) => $"\uE002{(int)queue}";

    public static IEnumerable<string> Of(string name, string body, CommentState state, int openReports)
    {
        var words = In($"{name} {body}").Append(Pile(state switch
        {
            CommentState.Approved => Queue.Approved,
            CommentState.Rejected => Queue.Rejected,
            CommentState.Spam => Queue.Spam,
            _ => Queue.Pending,
        }));
        return openReports > 0 ? words.Append(Pile(Queue.Reported)) : words;
    }

    /// <summary>Any sign between words is a space: nothing that is typed is an operator.</summary>
    public static IReadOnlyList<string> Asked(string typed) => [.. In(typed).Take(AskedAtMost)];

    private static IEnumerable<string> In(string text) =>
        SearchTerms.Words(Folding.WithoutAccents(text).ToLowerInvariant()).Select(word => word.Length > Longest ? word[..Longest] : word).Distinct();
}
