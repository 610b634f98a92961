namespace BlueTechWave.Web.Api;

/// <summary>Everything that can be asked, in the order in which it is told of.</summary>
internal static class Operations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        ArticleAnswers.List, ArticleAnswers.One, SearchAnswers.Found, CategoryAnswers.List, TagAnswers.List, AuthorAnswers.List, CommentAnswers.List,
    ];

    /// <summary>Everything behind the question mark that an answer may depend on.</summary>
    public static string[] QueryKeys => [.. All.SelectMany(o => o.Parameters).Where(p => !p.IsInPath).Select(p => p.Name).Distinct()];
}
