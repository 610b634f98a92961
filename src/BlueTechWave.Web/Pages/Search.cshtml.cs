using System.Globalization;
using System.Text.Encodings.Web;
using BlueTechWave.Core;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Search;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Options;
using BlueTechWave.Web.Watching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Pages;

[OutputCache(PolicyName = ReaderPagePolicy.SearchName)]
public class SearchPage(NewsDbContext db, IOptions<SiteOptions> site, EmptySearchCounter missed, Figures figures) : FramedPageModel
{
    private const int PageSize = 20;

    public string Words { get; private set; } = "";

    public string? CategoryPath { get; private set; }

    public string? Author { get; private set; }

    public string? From { get; private set; }

    public string? Until { get; private set; }

    public SearchSort Sort { get; private set; }

    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>();

    public IReadOnlyList<(ArticleCard Card, string Snippet)> Hits { get; private set; } = [];

    public int Total { get; private set; }

    /// <summary>The words with a slip mended, if that is what was looked for.</summary>
    public string? ShownFor { get; private set; }

    public IReadOnlyList<SearchSuggestion> Suggestions { get; private set; } = [];

    public PagerView Pager { get; private set; } = null!;

    public bool IsAsked => Words.Length > 0;

    public string TotalLabel => Label(Total);

    public static string Label(int total) => total switch
    {
        >= SearchTerms.CountedAtMost => $"More than {SearchTerms.CountedAtMost - 1:N0} articles",
        1 => "1 article",
        _ => $"{total:N0} articles",
    };

    public async Task<IActionResult> OnGetAsync(string? q, string? category, string? author, string? from, string? to, string? sort, [FromQuery(Name = "page")] string? pageNumber)
    {
        var number = 1;
        if (pageNumber is not null && (!int.TryParse(pageNumber, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is < 1 or > SearchTerms.CountedAtMost / PageSize)) return NotFound();

        Words = string.Concat((q ?? "").EnumerateRunes().Where(r => !System.Text.Rune.IsControl(r)).Take(SearchTerms.LongestQuery)).Trim();
        (CategoryPath, Author, From, Until) = (Given(category), Given(author), Given(from), Given(to));
        Sort = sort == "newest" ? SearchSort.Newest : SearchSort.Relevance;
        Shows(Notice.AnyArticle);
        ShowsRail();
        Head = new()
        {
            Title = IsAsked ? $"Search: {Words}" : "Search",
            Description = "Search everything we have published.",
            Canonical = To.Search,
            NoIndex = true,
            Crumbs = [new("Home", To.Home), new("Search", null)],
        };

        if (IsAsked && await QueryAsync(number) is { } query) await FindAsync(query);
        if (number > 1 && Hits.Count == 0) return NotFound();
        Pager = new(number, Math.Max(1, (Math.Min(Total, SearchTerms.CountedAtMost) + PageSize - 1) / PageSize), AddressOf);
        return Page();
    }

    private async Task FindAsync(SearchQuery query)
    {
        var found = await db.Search.FindAsync(db, query, HttpContext.RequestAborted);
        (Total, ShownFor, Suggestions) = (found.Total, found.ShownFor, found.Suggestions);
        figures.Searched(Total > 0);
        if (Total == 0) missed.Count(Words);
        var cards = (await ArticleCard.OfAsync(db, [.. found.Hits.Select(h => h.ArticleId)], HttpContext.RequestAborted)).ToDictionary(c => c.Id);
        Hits = [.. found.Hits.Where(h => cards.ContainsKey(h.ArticleId)).Select(h => (cards[h.ArticleId], Marked(h.Snippet)))];
    }

    /// <summary>Null when a filter makes no sense; the reason is then beside it.</summary>
    private async Task<SearchQuery?> QueryAsync(int number)
    {
        var errors = new Dictionary<string, string>();
        CategoryNode? within = null;
        if (CategoryPath is not null && !Frame.CategoriesByPath.TryGetValue(CategoryPath, out within)) errors["category"] = "There is no such category.";
        int? by = null;
        if (Author is not null)
        {
            by = Slug.IsOne(Author) ? await db.Authors.Where(a => a.Slug == Author).Select(a => (int?)a.Id).FirstOrDefaultAsync(HttpContext.RequestAborted) : null;
            if (by is null) errors["author"] = "There is no such author.";
        }

        var first = Day(From, "from", errors);
        var last = Day(Until, "to", errors);
        if (first > last) errors["to"] = "This day lies before the first.";
        Errors = errors;
        return errors.Count > 0 ? null : new(Words, within?.Id, by, Start(first), Start(last?.AddDays(1)), Sort, number, PageSize);
    }

    private static DateOnly? Day(string? typed, string field, Dictionary<string, string> errors)
    {
        if (typed is null) return null;
        if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 9000) return day;
        errors[field] = "Please give a day as in 2024-09-25.";
        return null;
    }

    /// <summary>The moment a day begins in the newsroom's zone; where the clock skips midnight, the first moment there is.</summary>
    private DateTime? Start(DateOnly? day)
    {
        if (day is not { } known) return null;
        var midnight = known.ToDateTime(TimeOnly.MinValue);
        while (site.Value.FindZone().IsInvalidTime(midnight)) midnight = midnight.AddMinutes(30);
        return TimeZoneInfo.ConvertTimeToUtc(midnight, site.Value.FindZone());
    }

    private static string? Given(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    /// <summary>Encoded first, marked after: what was found stays text.</summary>
    private static string Marked(string snippet) =>
        HtmlEncoder.Default.Encode(snippet)
            .Replace("&#xE000;", "<mark>", StringComparison.Ordinal)
            .Replace("&#xE001;", "</mark>", StringComparison.Ordinal);

    public string AddressOf(SearchSuggestion suggestion) => suggestion.KeepsFilters
        ? Address(suggestion.Words, Sort, 1)
        : QueryHelpers.AddQueryString(To.Search, "q", suggestion.Words);

    public string AddressOf(int number) => With(Sort, number);

    public string With(SearchSort sort, int number = 1) => Address(Words, sort, number);

    private string Address(string words, SearchSort sort, int number) => QueryHelpers.AddQueryString(To.Search, new Dictionary<string, string?>
    {
        ["q"] = words,
        ["category"] = CategoryPath,
        ["author"] = Author,
        ["from"] = From,
        ["to"] = Until,
        ["sort"] = sort == SearchSort.Newest ? "newest" : null,
        ["page"] = number > 1 ? number.ToString(CultureInfo.InvariantCulture) : null,
    }.Where(p => p.Value is not null));
}
