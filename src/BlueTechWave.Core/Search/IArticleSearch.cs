using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;

namespace BlueTechWave.Core.Search;

public enum SearchSort
{
    Relevance = 0,
    Newest = 1,
}

/// <summary>What a reader asks for. Words are meant as words: no character in them is an operator but the double quote.</summary>
/// <param name="Within">A category or null; its children count too.</param>
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
}

/// <param name="Snippet">Plain text of the place found; <see cref="SearchTerms.Open"/> and <see cref="SearchTerms.Close"/> stand around found words.</param>
public sealed record SearchHit(int ArticleId, string Snippet);

/// <param name="Total">At most <see cref="SearchTerms.CountedAtMost"/>.</param>
public sealed record SearchResult(IReadOnlyList<SearchHit> Hits, int Total);

/// <summary>One provider's index and its query. Rows are there exactly for public articles.</summary>
public interface IArticleSearch
{
    /// <summary>Brings the rows of these articles up to date, within the save's transaction.</summary>
    Task KeepAsync(NewsDbContext db, IReadOnlyCollection<int> articles);

    /// <summary>Never throws for what a reader typed.</summary>
    Task<SearchResult> FindAsync(NewsDbContext db, SearchQuery query, CancellationToken cancellation);
}

/// <summary>One article as the index holds it: plain text only.</summary>
internal sealed record SearchRow(int ArticleId, DateTime PublishedAt, string Headline, string KeyPoints, string Body, string Authors, string Tags);
