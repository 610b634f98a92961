using BlueTechWave.Core.Api;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Listings;
using BlueTechWave.Core.Menus;
using BlueTechWave.Core.Pages;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Redirects;
using BlueTechWave.Core.Settings;
using BlueTechWave.Core.Tags;
using BlueTechWave.Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace BlueTechWave.Core.Data;

/// <summary>
/// What one save is about to change, read from the tracker before it is written, and what has to follow from it in
/// the same transaction.
/// </summary>
internal sealed class ChangeSet
{
    private readonly HashSet<Notice> _notices = [];
    private readonly HashSet<Article> _articles = [];
    private readonly HashSet<int> _articlesById = [];
    private readonly HashSet<int> _deleted = [];
    private readonly HashSet<int> _discussions = [];
    private readonly HashSet<Comment> _said = [];
    private readonly HashSet<int> _unsaid = [];
    private readonly HashSet<Picture> _pictures = [];
    private readonly HashSet<StandingPage> _pages = [];
    private readonly HashSet<Author> _authors = [];
    private readonly List<(PicturePlace Place, int Id)> _unplaced = [];
    private readonly HashSet<Category> _moved = [];
    private readonly HashSet<Tag> _renamed = [];
    private readonly List<Func<Notice>> _later = [];
    private readonly List<(Article Article, Revision Revision)> _acts = [];
    private AuditTrail _trail = null!;
    private WebhookNews _news = null!;

    private static readonly string[] FoundBy = [nameof(Comment.Name), nameof(Comment.Body), nameof(Comment.State), nameof(Comment.OpenReports)];

    public bool IsEmpty { get; private set; } = true;

    public static ChangeSet Of(ChangeTracker tracker)
    {
        var changes = new ChangeSet();
        // Whoever asks the tracker for its entries has it compare everything it holds: once is enough.
        tracker.DetectChanges();
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            changes.See(tracker);
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = true;
        }

        return changes;
    }

    private void See(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)) continue;
            IsEmpty = false;
            See(entry);
        }

        if (IsEmpty) return;
        _trail = AuditTrail.Of(tracker);
        _news = WebhookNews.Of(tracker);
        Stamp(tracker);
    }

    /// <summary>Rows to be written with the save that tell of it: the audit log, notices to those concerned, deliveries to webhooks.</summary>
    public async Task<IReadOnlyList<object>> TellAsync(NewsDbContext db, Actor by, DateTime now) =>
        [.. _trail.Entries(by, now), .. await Handover.OfAsync(db, _acts, by.AccountId), .. db.IsNews ? await _news.DeliveriesAsync(db, now) : []];

    /// <summary>Before the save, because a deleted article takes its places in the listings with it, uncounted.</summary>
    public async Task LetGoAsync(NewsDbContext db)
    {
        if (_deleted.Count > 0) See(await ListingKeeper.RemoveAsync(db, _deleted));
        if (_deleted.Count > 0) await PictureUses.ForgetAsync(db, _deleted);
        foreach (var (place, id) in _unplaced) await PictureUses.ForgetAsync(db, place, id);
        await _news.ForgetAsync(db);
    }

    /// <summary>Listings, search rows and comment counts follow what was saved.</summary>
    public async Task<IReadOnlySet<Notice>> BringAlongAsync(NewsDbContext db)
    {
        foreach (var notice in _later) _notices.Add(notice());

        var articles = _articles.Select(a => a.Id).Concat(_articlesById).ToHashSet();
        foreach (var article in _articles.Where(a => !_deleted.Contains(a.Id))) await PictureUses.KeepAsync(db, article);
        foreach (var (_, revision) in _acts) await PictureUses.KeepAsync(db, revision);
        foreach (var page in _pages) await PictureUses.KeepAsync(db, page);
        foreach (var author in _authors) await PictureUses.KeepAsync(db, author);
        foreach (var picture in _pictures) articles.UnionWith(await PictureUses.PressAsync(db, picture, _notices));
        if (_moved.Count > 0) articles.UnionWith(await UnderAsync(db, _moved));
        foreach (var id in articles) _notices.Add(Notice.Article(id));

        if (articles.Count > 0)
        {
            _notices.Add(Notice.AnyArticle);
            See(await ListingKeeper.KeepAsync(db, articles));
            await db.Search.KeepAsync(db, articles);
        }

        if (_renamed.Count > 0) await db.Search.KeepAsync(db, await TaggedAsync(db, _renamed));
        foreach (var id in _discussions) await CountCommentsAsync(db, id);
        if (_said.Count > 0) await db.CommentSearch.KeepAsync(db, _said);
        if (_unsaid.Count > 0) await db.CommentSearch.ForgetAsync(db, _unsaid);
        return _notices;
    }

    private void See(EntityEntry entry)
    {
        switch (entry.Entity)
        {
            case Article article:
                _articles.Add(article);
                if (entry.State == EntityState.Deleted) _deleted.Add(article.Id);
                if (article.EmbargoedUntil is not null || entry.Property(nameof(Article.EmbargoedUntil)).IsModified) _notices.Add(Notice.Embargoes);
                break;
            case Correction: _notices.Add(Notice.Corrections); SeePartOfArticle(entry); break;
            case Byline or ArticleTag or FurtherCategory or ArticleLink or LeadPicture or OurTake: SeePartOfArticle(entry); break;
            case Comment comment: See(entry, comment); break;
            case ArticleDiscussion discussion: _notices.Add(Notice.Comments(discussion.ArticleId)); break;
            case Category category:
                _notices.Add(Notice.Frame);
                if (entry.State != EntityState.Added && entry.Property(nameof(Category.ParentId)).IsModified) _moved.Add(category);
                break;
            case Tag tag:
                _later.Add(() => Notice.Tag(tag.Id));
                if (entry.State == EntityState.Modified) _renamed.Add(tag);
                break;
            case Picture picture when entry.State == EntityState.Modified: _pictures.Add(picture); _later.Add(() => Notice.Picture(picture.Id)); break;
            case Author author when entry.State != EntityState.Deleted: _authors.Add(author); _later.Add(() => Notice.Author(author.Id)); break;
            case Author author: _unplaced.Add((PicturePlace.Author, author.Id)); _later.Add(() => Notice.Author(author.Id)); break;
            case StandingPage page:
                _later.Add(() => Notice.Page(page.Id));
                if (entry.State == EntityState.Deleted) _unplaced.Add((PicturePlace.Page, page.Id));
                else _pages.Add(page);
                if (entry.State != EntityState.Modified || entry.Property(nameof(StandingPage.Title)).IsModified || entry.Property(nameof(StandingPage.Slug)).IsModified) _notices.Add(Notice.Frame);
                break;
            case MenuItem or SocialLink or SiteSettings or CommentSettings: _notices.Add(Notice.Frame); break;
            case ApiKey when entry.State != EntityState.Added: _notices.Add(Notice.Keys); break;
            case HomeSlot: _notices.Add(Notice.HomeSlots); break;
        }
    }

    /// <summary>A comment that readers neither saw nor see changes nothing for them: a flood of held ones leaves the cache alone.</summary>
    private void See(EntityEntry entry, Comment comment)
    {
        var was = entry.State == EntityState.Added ? CommentState.Pending : (CommentState)entry.Property(nameof(Comment.State)).OriginalValue!;
        if (was == CommentState.Approved || (comment.State == CommentState.Approved && entry.State != EntityState.Deleted)) _discussions.Add(comment.ArticleId);
        if (entry.State == EntityState.Deleted) _unsaid.Add(comment.Id);
        else if (entry.State == EntityState.Added || FoundBy.Any(by => entry.Property(by).IsModified)) _said.Add(comment);
    }

    private void See(IReadOnlySet<Listing> changed)
    {
        foreach (var listing in changed) _notices.Add(Notice.List(listing));
        if (changed.Count > 0) _notices.Add(Notice.Counts);
    }

    private void SeePartOfArticle(EntityEntry part)
    {
        if (part.Property(nameof(Byline.ArticleId)).CurrentValue is int and > 0 and var id) _articlesById.Add(id);
    }

    private static void StampVersion(EntityEntry entry)
    {
        var version = entry.Property(nameof(Article.Version));
        version.CurrentValue = (int)version.CurrentValue! + 1;
    }

    private void Stamp(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries<Article>())
        {
            var changed = entry.State is EntityState.Added or EntityState.Modified || _articlesById.Contains(entry.Entity.Id);
            if (!changed || entry.State == EntityState.Deleted) continue;
            StampVersion(entry);
            // Another picture above it is no change of its own row's.
            _articles.Add(entry.Entity);
        }

        // The text as it is now becomes history under the version it has now.
        foreach (var article in tracker.Entries<Article>().Select(e => e.Entity).ToList())
        {
            foreach (var revision in article.Revisions.Where(r => r.Id == 0))
            {
                revision.Fix(article);
                _acts.Add((article, revision));
            }
        }

        foreach (var entry in tracker.Entries<Picture>().Where(e => e.State == EntityState.Modified)) StampVersion(entry);
        if (tracker.Context is NewsDbContext { IsNews: false })
            foreach (var entry in tracker.Entries<CommentDecision>().Where(e => e.State == EntityState.Added)) entry.Entity.Hush();

        foreach (var entry in tracker.Entries<StandingPage>().Where(e => e.State is EntityState.Added or EntityState.Modified))
            StampVersion(entry);
    }

    private static async Task<List<int>> UnderAsync(NewsDbContext db, IEnumerable<Category> moved)
    {
        var ids = moved.Select(c => c.Id).ToList();
        return await db.ListingEntries
            .Where(e => e.Kind == ListingKind.Category && ids.Contains(e.Key))
            .Select(e => e.ArticleId).Distinct().ToListAsync();
    }

    private static async Task<List<int>> TaggedAsync(NewsDbContext db, IEnumerable<Tag> tags)
    {
        var ids = tags.Select(t => t.Id).ToList();
        return await db.ListingEntries
            .Where(e => e.Kind == ListingKind.Tag && ids.Contains(e.Key))
            .Select(e => e.ArticleId).Distinct().ToListAsync();
    }

    private async Task CountCommentsAsync(NewsDbContext db, int articleId)
    {
        await db.Articles.Where(a => a.Id == articleId).ExecuteUpdateAsync(set => set.SetProperty(
            a => a.CommentCount,
            a => db.Comments.Count(c => c.ArticleId == a.Id && c.State == CommentState.Approved)));
        _notices.Add(Notice.Comments(articleId));
        _notices.Add(Notice.AllComments);
    }
}
