namespace BlueTechWave.Core.Search;

/// <summary>One article as the index holds it: plain text only.</summary>
/// <param name="Filters">What it may be narrowed to, in words that nobody can type.</param>
internal sealed record SearchRow(
    int ArticleId, int Version, DateTime PublishedAt, string Headline, string KeyPoints, string Body, string Authors, string Tags, IReadOnlyList<string> Filters);

/// <summary>
/// Categories and authors stand in the index as words of their own: a search within one is then one more word to
/// intersect, however common the others are. A private-use character keeps them apart from what anybody writes.
/// </summary>
internal static class FilterWords
{
    public const string Any = "\uE0020";

    public static string Category(int id) => $"\uE0021{id}";

    public static string Author(int id) => $"\uE0022{id}";

    /// <summary>At least one, if nothing else says which rows to begin with.</summary>
    public static IReadOnlyList<string> Of(SearchQuery query, SearchTerms terms)
    {
        var words = new List<string>();
        if (query.Category is { } category) words.Add(Category(category));
        if (query.Author is { } author) words.Add(Author(author));
        if (words.Count == 0 && terms.Wanted.Count == 0) words.Add(Any);
        return words;
    }
}
