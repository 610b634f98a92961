using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Articles;

public enum SheetOrder
{
    /// <summary>Last touched first.</summary>
    Changed,

    /// <summary>By day: planned ones, then what readers have, then what they had, then what has no day yet.</summary>
    Published,
    Headline,
}

/// <summary>What somebody wants to see of the newsroom's articles.</summary>
public sealed record SheetQuery(Who Who)
{
    /// <summary>Null: whatever its status.</summary>
    public ArticleStatus? Status { get; init; }

    /// <summary>Of headline, slug or byline.</summary>
    public string Words { get; init; } = "";

    /// <summary>Filed under any of these, primary or further.</summary>
    public IReadOnlyCollection<int>? Categories { get; init; }

    public int? Author { get; init; }

    /// <summary>Only her own; a reporter sees no others anyway.</summary>
    public bool IsMine { get; init; }

    public SheetOrder Order { get; init; }

    public int Page { get; init; } = 1;

    /// <summary>Whether a filter is set beside the status.</summary>
    public bool IsNarrowed => Words.Length > 0 || Categories is not null || Author is not null || IsMine;
}

/// <summary>
/// One page of the newsroom's list of articles. Ids first, each order from an index that alone answers it, then the
/// lines of those shown: an archive of a hundred thousand costs little more than one of a hundred.
/// </summary>
/// <param name="Counts">For each status, how many there are under the same filters.</param>
public sealed record ArticleSheet(IReadOnlyList<ArticleLine> Lines, IReadOnlyDictionary<ArticleStatus, int> Counts, int Page, int Pages)
{
    public const int PageSize = 30;

    /// <summary>So many are found by their slug alone, that is, by a headline they no longer have.</summary>
    private const int SlugsAtMost = 1000;

    private static readonly ArticleStatus[][] ByDay =
    [
        [ArticleStatus.Scheduled],
        [ArticleStatus.Published],
        [ArticleStatus.Withdrawn],
        [ArticleStatus.Draft, ArticleStatus.InReview, ArticleStatus.Trashed],
    ];

    private static readonly ArticleStatus[] NotPublic = [ArticleStatus.Draft, ArticleStatus.InReview, ArticleStatus.Scheduled, ArticleStatus.Withdrawn, ArticleStatus.Trashed];

    /// <summary>Without the trash, which is looked into by itself.</summary>
    public int All => AllOf(Counts);

    public static async Task<ArticleSheet> FindAsync(NewsDbContext db, SheetQuery query, CancellationToken cancellation)
    {
        var sets = Sets(db, query);
        var chosen = sets.Aggregate(db.Articles.AsNoTracking(), (articles, ids) => articles.Among(ids));
        var counts = await chosen.GroupBy(a => a.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var total = query.Status is { } status ? counts.GetValueOrDefault(status) : AllOf(counts);
        // By number: asked for its status, each article would be read for it.
        if (query.Status is null) chosen = chosen.Where(a => !db.Articles.Where(t => t.Status == ArticleStatus.Trashed).Select(t => t.Id).Contains(a.Id));
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        // A list can shrink under its reader: beyond the end is the end.
        var page = Math.Clamp(query.Page, 1, pages);

        var ids = new List<int>(PageSize);
        var skip = (page - 1) * PageSize;
        foreach (var statuses in query.Order == SheetOrder.Published ? ByDay : [Enum.GetValues<ArticleStatus>()])
        {
            var asked = statuses.Where(s => query.Status is null ? s != ArticleStatus.Trashed : s == query.Status).ToArray();
            var here = asked.Sum(s => counts.GetValueOrDefault(s));
            if (skip >= here)
            {
                skip -= here;
                continue;
            }

            ids.AddRange(await Ordered(db, chosen, sets, query, asked).Skip(skip).Take(PageSize - ids.Count).ToListAsync(cancellation));
            if (ids.Count == PageSize) break;
            skip = 0;
        }

        if (ids.Count == 0) return new([], counts, page, pages);
        var lines = await db.Articles.AsNoTracking().Where(a => ids.Contains(a.Id)).Lines(db).ToDictionaryAsync(l => l.Id, cancellation);
        return new([.. ids.Where(lines.ContainsKey).Select(id => lines[id])], counts, page, pages);
    }

    private static int AllOf(IReadOnlyDictionary<ArticleStatus, int> counts) => counts.Where(c => c.Key != ArticleStatus.Trashed).Sum(c => c.Value);

    /// <summary>What each filter leaves.</summary>
    private static List<IQueryable<int>> Sets(NewsDbContext db, SheetQuery query)
    {
        var sets = new List<IQueryable<int>>();
        if (query.IsMine || !query.Who.May(Act.EditAll)) sets.Add(LineQueries.OwnIds(db, query.Who));
        if (query.Categories is { } categories)
        {
            sets.Add(db.Articles.Where(a => a.CategoryId != null && categories.Contains(a.CategoryId.Value)).Select(a => a.Id)
                .Union(db.Set<FurtherCategory>().Where(f => categories.Contains(f.CategoryId)).Select(f => f.ArticleId)));
        }

        if (query.Author is { } author) sets.Add(db.Set<Byline>().Where(b => b.AuthorId == author).Select(b => b.ArticleId));
        if (query.Words.Length > 0) sets.Add(Saying(db, query.Words));
        return sets;
    }

    /// <summary>The archive is asked of the search index; only what is not public is read for it, and that is little.</summary>
    private static IQueryable<int> Saying(NewsDbContext db, string words)
    {
        var low = words.ToLowerInvariant();
#pragma warning disable CA1304, CA1311, CA1862 // The store lowers, not we.
        var found = db.Search.Headed(db, words)
            .Union(db.Set<Byline>().Where(b => db.Authors.Where(x => x.Name.Contains(words) || x.Name.ToLower().Contains(low)).Select(x => x.Id).Contains(b.AuthorId)).Select(b => b.ArticleId));
        // One status at a time: asked for several at once, SQLite prefers to read everything.
        foreach (var status in NotPublic)
            found = found.Union(db.Articles.Where(a => a.Status == status && (a.Headline.Contains(words) || a.Headline.ToLower().Contains(low))).Select(a => a.Id));
#pragma warning restore CA1304, CA1311, CA1862
        var slug = Core.Slug.From(words);
        // In the slugs' own order: otherwise SQLite walks the articles themselves, bodies and all.
        return slug.Length == 0 ? found : found.Union(db.Articles.Where(a => a.Slug.Contains(slug)).OrderBy(a => a.Slug).Take(SlugsAtMost).Select(a => a.Id));
    }

    private static IQueryable<int> Ordered(NewsDbContext db, IQueryable<Article> chosen, List<IQueryable<int>> sets, SheetQuery query, ArticleStatus[] statuses) => (query.Order, statuses) switch
    {
        // The slug is the headline without case and accents, and stands in an index that holds little else.
        (SheetOrder.Headline, _) => (query.Status is { } one ? chosen.Among(db.Articles.Where(a => a.Status == one).Select(a => a.Id)) : chosen)
            .OrderBy(a => a.Slug).ThenBy(a => a.Id).Select(a => a.Id),
        (SheetOrder.Published, [ArticleStatus.Published]) => sets.Aggregate(db.ListingEntries.In(Listing.Site), (entries, ids) => entries.Among(ids)).NewestFirst().Select(e => e.ArticleId),
        (SheetOrder.Published, [ArticleStatus.Scheduled]) => chosen.Where(a => a.Status == ArticleStatus.Scheduled).OrderByDescending(a => a.ScheduledFor).ThenByDescending(a => a.Id).Select(a => a.Id),
        (SheetOrder.Published, [ArticleStatus.Withdrawn]) => chosen.Where(a => a.Status == ArticleStatus.Withdrawn).OrderByDescending(a => a.PublishedAt).ThenByDescending(a => a.Id).Select(a => a.Id),
        (_, [var status]) => chosen.Where(a => a.Status == status).OrderByDescending(a => a.EditedAt).ThenByDescending(a => a.Id).Select(a => a.Id),
        (SheetOrder.Published, _) => chosen.Where(a => statuses.Contains(a.Status)).OrderByDescending(a => a.EditedAt).ThenByDescending(a => a.Id).Select(a => a.Id),
        _ => chosen.OrderByDescending(a => a.EditedAt).ThenByDescending(a => a.Id).Select(a => a.Id),
    };
}
