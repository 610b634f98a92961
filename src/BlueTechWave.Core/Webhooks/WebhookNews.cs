using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace BlueTechWave.Core.Webhooks;

/// <summary>
/// What a save is about to change that webhooks want to hear of: read from the tracker before it is written, turned into
/// deliveries in the same transaction.
/// </summary>
internal sealed class WebhookNews
{
    private const int AtOnce = 200;
    private const int ExcerptLength = 280;

    /// <summary>What readers do not see of a public article, or see by something else that has changed with it.</summary>
    private static readonly HashSet<string> Quiet =
    [
        nameof(Article.Version), nameof(Article.EditedAt), nameof(Article.ReviewNote), nameof(Article.ScheduledFor), nameof(Article.EmbargoedUntil),
        nameof(Article.WithdrawalFor), nameof(Article.WithdrawalReason), nameof(Article.WriterId), nameof(Article.CommentCount),
    ];

    private sealed record Happening(int Article, WebhookEvent What, Comment? Comment = null);

    private readonly List<(Article Article, WebhookEvent What)> _articles = [];
    private readonly HashSet<int> _parts = [];
    private readonly List<Comment> _comments = [];
    private readonly List<int> _takenBack = [];

    public static WebhookNews Of(ChangeTracker tracker)
    {
        var news = new WebhookNews();
        var entries = tracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        foreach (var entry in entries)
        {
            if (entry.Entity is Article article && entry.State != EntityState.Deleted) news.See(entry, article);
            else if (entry.Entity is Comment { State: CommentState.Approved } comment && IsApprovedNow(entry)) news._comments.Add(comment);
            if (entry.Entity is Comment { Id: > 0 } gone && IsTakenBack(entry, gone)) news._takenBack.Add(gone.Id);
        }

        foreach (var parts in entries.Where(e => e.Entity is Byline or ArticleTag or FurtherCategory or LeadPicture or OurTake or Correction).GroupBy(e => (e.Metadata.ClrType, Article: (int)e.Property("ArticleId").CurrentValue!)))
            if (parts.Key.Article > 0 && IsChanged([.. parts])) news._parts.Add(parts.Key.Article);
        return news;
    }

    /// <summary>What its writer has taken back is told to nobody any more, and not kept for thirty days here.</summary>
    public async Task ForgetAsync(NewsDbContext db)
    {
        foreach (var some in _takenBack.Chunk(AtOnce))
            await db.WebhookDeliveries.Where(d => d.CommentId != null && some.Contains(d.CommentId.Value)).ExecuteDeleteAsync();
    }

    /// <summary>One for each event and each webhook that wants it.</summary>
    public async Task<IReadOnlyList<WebhookDelivery>> DeliveriesAsync(NewsDbContext db, DateTime now)
    {
        if (_articles.Count + _parts.Count + _comments.Count == 0) return [];
        var webhooks = await db.Webhooks.AsNoTracking().Where(w => w.PausedAt == null).OrderBy(w => w.Id).Select(w => new { w.Id, w.Events }).ToListAsync();
        if (webhooks.Count == 0) return [];

        var known = _articles.Select(a => a.Article.Id).ToHashSet();
        var events = _articles.Where(a => a.What != WebhookEvent.None).Select(a => new Happening(a.Article.Id, a.What))
            .Concat(_parts.Where(id => !known.Contains(id)).Select(id => new Happening(id, WebhookEvent.ArticleUpdated)))
            .Concat(_comments.Select(c => new Happening(c.ArticleId, WebhookEvent.CommentApproved, c)))
            .Where(e => webhooks.Any(w => w.Events.HasFlag(e.What)))
            .ToList();
        var facts = await FactsAsync(db, [.. events.Select(e => e.Article).Distinct()]);

        return
        [
            .. from e in events
               let about = facts.GetValueOrDefault(e.Article)
               // What is said under an article that readers do not see, or changed in it, nobody sees.
               where about.Facts is not null && (about.IsPublic || e.What == WebhookEvent.ArticleWithdrawn)
               from webhook in webhooks
               where webhook.Events.HasFlag(e.What)
               select new WebhookDelivery(webhook.Id, e.What, new(about.Facts, e.Comment is { } comment ? Say(comment) : null), now),
        ];
    }

    /// <summary>By what was and what is: a piece published and withdrawn in one save was never there for anybody.</summary>
    private void See(EntityEntry entry, Article article)
    {
        var was = entry.State == EntityState.Added ? ArticleStatus.Draft : (ArticleStatus)entry.Property(nameof(Article.Status)).OriginalValue!;
        var what = (was == ArticleStatus.Published, article.Status == ArticleStatus.Published) switch
        {
            (false, true) => WebhookEvent.ArticlePublished,
            (true, false) => WebhookEvent.ArticleWithdrawn,
            (true, true) when IsNoticed(entry) => WebhookEvent.ArticleUpdated,
            _ => WebhookEvent.None,
        };
        // Of a public one with nothing new in itself, a part may be new.
        if (what != WebhookEvent.None || article.Status != ArticleStatus.Published) _articles.Add((article, what));
    }

    private static bool IsNoticed(EntityEntry entry) =>
        entry.Properties.Any(p => p.IsModified && !Quiet.Contains(p.Metadata.Name) && !p.Metadata.GetValueComparer().Equals(p.OriginalValue, p.CurrentValue));

    private static bool IsApprovedNow(EntityEntry entry) =>
        entry.State == EntityState.Added || (entry.State == EntityState.Modified && (CommentState)entry.Property(nameof(Comment.State)).OriginalValue! != CommentState.Approved);

    /// <summary>Removed, or erased where others have answered it.</summary>
    private static bool IsTakenBack(EntityEntry entry, Comment comment) =>
        entry.State == EntityState.Deleted || (entry.State == EntityState.Modified && comment.Email.Length == 0 && entry.Property(nameof(Comment.Email)).IsModified);

    /// <summary>A part is written anew with every save of the form: the same in the place of the same is no change.</summary>
    private static bool IsChanged(List<EntityEntry> parts)
    {
        var before = parts.Where(p => p.State != EntityState.Added).Select(p => Values(p, of => of.OriginalValue));
        var after = parts.Where(p => p.State != EntityState.Deleted).Select(p => Values(p, of => of.CurrentValue));
        return !before.Order(StringComparer.Ordinal).SequenceEqual(after.Order(StringComparer.Ordinal));
    }

    private static string Values(EntityEntry part, Func<PropertyEntry, object?> value) =>
        string.Join('\0', part.Properties.OrderBy(p => p.Metadata.Name, StringComparer.Ordinal).Select(p => Convert.ToString(value(p), System.Globalization.CultureInfo.InvariantCulture)));

    private static async Task<Dictionary<int, (ArticleFacts Facts, bool IsPublic)>> FactsAsync(NewsDbContext db, IReadOnlyList<int> ids)
    {
        Dictionary<int, (ArticleFacts, bool)> facts = [];
        if (ids.Count == 0) return facts;
        var paths = await CategoryPaths.OfAsync(db);
        foreach (var some in ids.Chunk(AtOnce))
        {
            var articles = await db.Articles.AsNoTracking().Where(a => some.Contains(a.Id) && a.PublishedAt != null && a.Year != null)
                .Select(a => new
                {
                    a.Id,
                    a.Headline,
                    a.Year,
                    a.Month,
                    a.Slug,
                    a.CardText,
                    a.PublishedAt,
                    a.UpdatedAt,
                    a.Status,
                    Authors = a.Bylines.OrderBy(b => b.Position).Select(b => new AuthorFacts(b.Name, b.Author.Slug)).ToList(),
                    a.CategoryId,
                    Category = a.Category!.Name,
                })
                .ToListAsync();
            foreach (var a in articles)
            {
                var category = a.CategoryId is { } id ? new CategoryFacts(a.Category, paths[id]) : null;
                facts[a.Id] = (new(a.Id, a.Headline, a.Year!.Value, a.Month!.Value, a.Slug, a.CardText, a.PublishedAt!.Value, a.UpdatedAt, a.Authors, category), a.Status == ArticleStatus.Published);
            }
        }

        return facts;
    }

    private static CommentFacts Say(Comment comment)
    {
        var text = LightMarkdown.Plain(comment.Body);
        if (text.Length > ExcerptLength) text = text[..(text.LastIndexOf(' ', ExcerptLength - 1) is var end and > 0 ? end : ExcerptLength - 1)] + "…";
        return new(comment.Id, comment.Name, text);
    }
}
