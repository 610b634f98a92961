using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;

namespace BlueTechWave.Core.Articles;

/// <summary>The small shape of the newsroom's own lists: never a body.</summary>
public sealed record ArticleLine
{
    public required int Id { get; init; }

    public required int Version { get; init; }

    public required string Headline { get; init; }

    public required string Slug { get; init; }

    public int? Year { get; init; }

    public int? Month { get; init; }

    public required ArticleStatus Status { get; init; }

    public required DateTime EditedAt { get; init; }

    public DateTime? PublishedAt { get; init; }

    public DateTime? ScheduledFor { get; init; }

    public DateTime? WithdrawnAt { get; init; }

    /// <summary>Since when it waits for an editor.</summary>
    public DateTime? SubmittedAt { get; init; }

    /// <summary>Why it was sent back, if it was.</summary>
    public string? ReviewNote { get; init; }

    public string? Category { get; init; }

    /// <summary>Of the account that began it.</summary>
    public string? Writer { get; init; }

    public required IReadOnlyList<string> Authors { get; init; }

    public required int CommentCount { get; init; }
}

public static class LineQueries
{
    extension(IQueryable<Article> articles)
    {
        public IQueryable<ArticleLine> Lines(NewsDbContext db) => articles.Select(article => new ArticleLine
        {
            Id = article.Id,
            Version = article.Version,
            Headline = article.Headline,
            Slug = article.Slug,
            Year = article.Year,
            Month = article.Month,
            Status = article.Status,
            EditedAt = article.EditedAt,
            PublishedAt = article.PublishedAt,
            ScheduledFor = article.ScheduledFor,
            WithdrawnAt = article.WithdrawnAt,
            SubmittedAt = article.Status == ArticleStatus.InReview
                ? db.Revisions.Where(r => r.ArticleId == article.Id && r.Act == ArticleAct.Submitted).Max(r => (DateTime?)r.At)
                : null,
            ReviewNote = article.ReviewNote,
            Category = article.Category!.Name,
            Writer = db.Accounts.Where(a => a.Id == article.WriterId).Select(a => a.Name).FirstOrDefault(),
            Authors = article.Bylines.OrderBy(b => b.Position).Select(b => b.Name).ToList(),
            CommentCount = article.CommentCount,
        });

        /// <summary>Those of a set that an index gives.</summary>
        // The sum keeps SQLite from fetching every article of a large set: it walks its own small index instead.
        public IQueryable<Article> Among(IQueryable<int> ids) => articles.Where(a => ids.Contains(a.Id + 0));
    }

    public static IQueryable<ListingEntry> Among(this IQueryable<ListingEntry> entries, IQueryable<int> ids) => entries.Where(e => ids.Contains(e.ArticleId + 0));

    /// <summary>
    /// What somebody began or signs: two sets, each from its index. The one question of <see cref="Permissions.SeenBy"/>
    /// would be asked of every article.
    /// </summary>
    public static IQueryable<int> OwnIds(NewsDbContext db, Who who)
    {
        var (account, author) = (who.AccountId, who.AuthorId ?? 0);
        var begun = db.Articles.Where(a => a.WriterId == account).Select(a => a.Id);
        return who.AuthorId is null ? begun : begun.Union(db.Set<Byline>().Where(b => b.AuthorId == author).Select(b => b.ArticleId));
    }
}
