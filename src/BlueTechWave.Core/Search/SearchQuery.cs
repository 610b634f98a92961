namespace BlueTechWave.Core.Search;

public enum SearchSort
{
    Relevance = 0,
    Newest = 1,
}

/// <summary>
/// What a reader asks for. Words are meant as words: no character in them is an operator but the double quote and a
/// minus sign before a word.
/// </summary>
/// <param name="Category">A category or null; its children count too.</param>
/// <param name="From">First moment, UTC, inclusive.</param>
/// <param name="To">Last moment, UTC, exclusive.</param>
/// <param name="Page">From 1.</param>
public sealed record SearchQuery(
    string Words,
    int? Category = null,
    int? Author = null,
    DateTime? From = null,
    DateTime? To = null,
    SearchSort Sort = SearchSort.Relevance,
    int Page = 1,
    int PageSize = 20)
{
    /// <summary>Hits on the pages before; a page number may be any.</summary>
    public long Skip => Math.Max(0, (Page - 1L) * PageSize);

    public bool IsNarrowed => Category is not null || Author is not null || From is not null || To is not null;
}

/// <param name="Snippet">Plain text of the place found; <see cref="SearchTerms.Open"/> and <see cref="SearchTerms.Close"/> stand around found words.</param>
public sealed record SearchHit(int ArticleId, string Snippet);

/// <param name="Total">At most <see cref="SearchTerms.CountedAtMost"/>.</param>
public sealed record SearchResult(IReadOnlyList<SearchHit> Hits, int Total)
{
    public static readonly SearchResult Nothing = new([], 0);

    /// <summary>What was looked for instead, because a word as typed occurs nowhere.</summary>
    public string? ShownFor { get; init; }

    /// <summary>What would find something, where nothing was found.</summary>
    public IReadOnlyList<SearchSuggestion> Suggestions { get; init; } = [];
}

/// <param name="KeepsFilters">Category, author and days stay as they were.</param>
/// <param name="Total">At most <see cref="SearchTerms.CountedAtMost"/>.</param>
public sealed record SearchSuggestion(string Words, bool KeepsFilters, int Total);
