using BlueTechWave.Core.Data;
using BlueTechWave.Core.Search;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Comments;

public enum QueueOrder
{
    Oldest = 0,
    Newest = 1,
    Score = 2,
}

/// <summary>What an editor wants to see of a pile.</summary>
/// <param name="Words">An e-mail, a network address or a network (CIDR) finds what came from there; anything else, words that a comment or its writer's name has, or begins with.</param>
/// <param name="Score">At least so likely spam, in percent.</param>
/// <param name="Like">The comment whose likes are asked for.</param>
public sealed record QueueQuery(Queue Queue, string Words = "", int? Article = null, int? Score = null, DateTime? From = null, DateTime? Until = null,
    QueueOrder Order = QueueOrder.Oldest, int? Like = null, int Page = 1);

/// <summary>One comment on the desk, with all that is needed to decide on it.</summary>
public sealed record QueueLine
{
    public required int Id { get; init; }
    public required int Version { get; init; }
    public required CommentState State { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required string Address { get; init; }
    public required string Html { get; init; }
    public required DateTime At { get; init; }
    public required string Because { get; init; }
    public required double? Score { get; init; }
    public required long Likeness { get; init; }
    public required bool IsStaff { get; init; }
    public required bool IsFeatured { get; init; }
    public required int ArticleId { get; init; }
    public required string Headline { get; init; }
    public required int? ParentId { get; init; }
    public required string? ParentName { get; init; }
    public required string? ParentBody { get; init; }

    /// <summary>Others in the same pile that are after the same thing.</summary>
    public int Alike { get; set; }

    /// <summary>What became of everything under this e-mail.</summary>
    public IReadOnlyDictionary<CommentState, int> History { get; set; } = new Dictionary<CommentState, int>();

    public IReadOnlyList<(ReportReason Reason, string Detail, DateTime At)> Reports { get; set; } = [];
}

/// <summary>A page of a pile, in a fixed number of queries however high it is.</summary>
/// <param name="Counts">Of each pile, up to <see cref="CommentQueries.CountedAtMost"/> and one more.</param>
/// <param name="IsBounded">Whether only <see cref="SearchedAtMost"/> of those with the words were looked through for the rest of what was asked.</param>
public sealed record QueueSheet(IReadOnlyList<QueueLine> Lines, IReadOnlyDictionary<Queue, int> Counts, int Total, int Page, int Pages, bool IsBounded)
{
    public const int PageSize = 25;

    /// <summary>Of those that have the words asked for, so many are looked through for the rest of what was asked.</summary>
    public const int SearchedAtMost = 5_000;

    /// <summary>Of those that have the words, and where nothing else is asked, so many are listed: whoever wants the next asks for one more word.</summary>
    public const int FoundAtMost = 1_000;

    private const int QuotedLength = 160;

    public static async Task<QueueSheet> FindAsync(NewsDbContext db, QueueQuery query, CancellationToken cancellation)
    {
        var counts = await CountAsync(db, cancellation);
        var (chosen, isBounded) = await ChosenAsync(db, query, cancellation);
        var ordered = query.Order switch
        {
            QueueOrder.Newest => chosen.OrderByDescending(c => c.Id),
            QueueOrder.Score => chosen.OrderByDescending(c => c.SpamScore).ThenByDescending(c => c.Id),
            _ => chosen.OrderBy(c => c.Id),
        };
        // Numbers are light: to count them and to find those of a page is one walk.
        var ids = await ordered.Select(c => c.Id).Take(CommentQueries.CountedAtMost).ToListAsync(cancellation);
        var pages = Math.Max(1, (ids.Count + PageSize - 1) / PageSize);
        var page = Math.Clamp(query.Page, 1, pages);
        return new(await LinesAsync(db, [.. ids.Skip((page - 1) * PageSize).Take(PageSize)], query.Queue, cancellation), counts, ids.Count, page, pages, isBounded);
    }

    /// <summary>How many wait in each pile.</summary>
    public static async Task<IReadOnlyDictionary<Queue, int>> CountAsync(NewsDbContext db, CancellationToken cancellation)
    {
        var counts = new Dictionary<Queue, int>();
        foreach (var queue in Enum.GetValues<Queue>())
            counts[queue] = await db.Comments.In(queue).OrderBy(c => c.Id).Select(c => c.Id).Take(CommentQueries.CountedAtMost + 1).CountAsync(cancellation);
        return counts;
    }

    /// <summary>These comments, in this order, with what stands around them.</summary>
    public static async Task<IReadOnlyList<QueueLine>> LinesAsync(NewsDbContext db, IReadOnlyList<int> ids, Queue queue, CancellationToken cancellation)
    {
        if (ids.Count == 0) return [];
        var lines = await (
            from comment in db.Comments.AsNoTracking()
            where ids.Contains(comment.Id)
            join article in db.Articles on comment.ArticleId equals article.Id
            select new QueueLine
            {
                Id = comment.Id,
                Version = comment.Version,
                State = comment.State,
                Name = comment.Name,
                Email = comment.Email,
                Address = comment.Address,
                Html = comment.BodyHtml,
                At = comment.CreatedAt,
                Because = comment.Because,
                Score = comment.SpamScore,
                Likeness = comment.Likeness,
                IsStaff = comment.IsStaff,
                IsFeatured = comment.IsFeatured,
                ArticleId = comment.ArticleId,
                Headline = article.Headline,
                ParentId = comment.ParentId,
                ParentName = comment.Parent!.Name,
                ParentBody = comment.Parent.Body.Substring(0, QuotedLength),
            }).ToDictionaryAsync(l => l.Id, cancellation);

        List<QueueLine> inOrder = [.. ids.Where(lines.ContainsKey).Select(id => lines[id])];
        var (emails, kinds) = (inOrder.Select(l => l.Email).Where(e => e.Length > 0).Distinct().ToList(), inOrder.Select(l => l.Likeness).Where(l => l != 0).Distinct().ToList());
        var histories = (await db.Comments.Where(c => emails.Contains(c.Email)).GroupBy(c => new { c.Email, c.State })
            .Select(g => new { g.Key.Email, g.Key.State, Count = g.Count() }).ToListAsync(cancellation)).ToLookup(h => h.Email);
        var alike = await db.Comments.In(queue).Where(c => kinds.Contains(c.Likeness)).GroupBy(c => c.Likeness)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var reports = (await db.CommentReports.AsNoTracking().Where(r => ids.Contains(r.CommentId)).OrderByDescending(r => r.Id).Take(PageSize * 10).ToListAsync(cancellation)).ToLookup(r => r.CommentId);
        foreach (var line in inOrder)
        {
            line.History = histories[line.Email].ToDictionary(h => h.State, h => h.Count);
            line.Alike = Math.Max(0, alike.GetValueOrDefault(line.Likeness) - 1);
            line.Reports = [.. reports[line.Id].Select(r => (r.Reason, r.Detail, r.At))];
        }

        return inOrder;
    }

    private static async Task<(IQueryable<Comment> Chosen, bool IsBounded)> ChosenAsync(NewsDbContext db, QueueQuery query, CancellationToken cancellation)
    {
        var chosen = db.Comments.AsNoTracking().In(query.Queue);
        if (query.Article is { } article) chosen = chosen.Where(c => c.ArticleId == article);
        if (query.Score is { } percent)
        {
            var score = percent / 100.0;
            chosen = chosen.Where(c => c.SpamScore >= score);
        }

        if (query.From is { } from) chosen = chosen.Where(c => c.CreatedAt >= from);
        if (query.Until is { } until) chosen = chosen.Where(c => c.CreatedAt < until);
        if (query.Like is { } like)
        {
            var kind = await db.Comments.Where(c => c.Id == like).Select(c => c.Likeness).FirstOrDefaultAsync(cancellation);
            chosen = kind == 0 ? chosen.Where(c => c.Id == like) : chosen.Where(c => c.Likeness == kind);
        }

        var words = query.Words.Trim();
        if (words.Length == 0) return (chosen, false);
        if (words.Contains('@') && !words.Any(char.IsWhiteSpace))
        {
            var email = Comment.Canonical(words);
            return (chosen.Where(c => c.Email == email), false);
        }

        if (words.IndexOfAny(['.', ':']) >= 0 && Network.Of(words) is var (first, last))
        {
#pragma warning disable CA1309 // The store compares them, and they are digits.
            return (chosen.Where(c => string.Compare(c.AddressKey, first) >= 0 && string.Compare(c.AddressKey, last) <= 0), false);
#pragma warning restore CA1309
        }

        var asked = CommentWords.Asked(words);
        if (asked.Count == 0) return (chosen.Where(c => false), false);

        var isNarrowed = query is not { Article: null, Score: null, From: null, Until: null, Like: null, Order: not QueueOrder.Score };
        var found = await db.CommentSearch.InAsync(db, query.Queue, asked, query.Order != QueueOrder.Oldest, isNarrowed ? SearchedAtMost : FoundAtMost, cancellation);
        return (chosen.Where(c => found.Contains(c.Id)), isNarrowed);
    }
}
