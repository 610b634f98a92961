using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Api;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Exchange;
using BlueTechWave.Core.Listings;
using BlueTechWave.Core.Mail;
using BlueTechWave.Core.Menus;
using BlueTechWave.Core.Pages;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Redirects;
using BlueTechWave.Core.Search;
using BlueTechWave.Core.Settings;
using BlueTechWave.Core.Tags;
using BlueTechWave.Core.Webhooks;
using BlueTechWave.Core.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace BlueTechWave.Core.Data;

/// <summary>
/// The store. A save stamps versions and, in one transaction, brings along what is derived: listings and their
/// lengths, the search indexes, comment counts. What readers could notice of it is in <see cref="Noticed"/>.
/// </summary>
public abstract class NewsDbContext(DbContextOptions options) : DbContext(options)
{
    private readonly HashSet<Notice> _noticed = [];

    public DbSet<Article> Articles => Set<Article>();

    public DbSet<HomeSlot> HomeSlots => Set<HomeSlot>();

    public DbSet<ArticleViews> ArticleViews => Set<ArticleViews>();

    public DbSet<ListingEntry> ListingEntries => Set<ListingEntry>();

    public DbSet<ListingCount> ListingCounts => Set<ListingCount>();

    public DbSet<Category> Categories => Set<Category>();

    public DbSet<Tag> Tags => Set<Tag>();

    public DbSet<Author> Authors => Set<Author>();

    public DbSet<Comment> Comments => Set<Comment>();

    public DbSet<CommentDecision> CommentDecisions => Set<CommentDecision>();

    public DbSet<GroupDecision> GroupDecisions => Set<GroupDecision>();

    public DbSet<CommentReport> CommentReports => Set<CommentReport>();

    public DbSet<CommentRule> CommentRules => Set<CommentRule>();

    public DbSet<CommentSettings> CommentSettings => Set<CommentSettings>();

    public DbSet<ArticleDiscussion> ArticleDiscussions => Set<ArticleDiscussion>();

    public DbSet<Ban> Bans => Set<Ban>();

    public DbSet<Follower> Followers => Set<Follower>();

    public DbSet<SpamTraining> SpamTrainings => Set<SpamTraining>();

    public DbSet<Picture> Pictures => Set<Picture>();

    public DbSet<PictureUse> PictureUses => Set<PictureUse>();

    public DbSet<PictureLeftover> PictureLeftovers => Set<PictureLeftover>();

    public DbSet<StandingPage> Pages => Set<StandingPage>();

    public DbSet<ContactMessage> ContactMessages => Set<ContactMessage>();

    public DbSet<MenuItem> MenuItems => Set<MenuItem>();

    public DbSet<SocialLink> SocialLinks => Set<SocialLink>();

    public DbSet<Redirect> Redirects => Set<Redirect>();

    public DbSet<MissedAddress> MissedAddresses => Set<MissedAddress>();

    public DbSet<PreviewLink> PreviewLinks => Set<PreviewLink>();

    public DbSet<Correction> Corrections => Set<Correction>();

    public DbSet<SiteSettings> Settings => Set<SiteSettings>();

    public DbSet<SiteKey> SiteKeys => Set<SiteKey>();

    public DbSet<EmptySearch> EmptySearches => Set<EmptySearch>();

    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<OutgoingMail> OutgoingMails => Set<OutgoingMail>();

    public DbSet<Revision> Revisions => Set<Revision>();

    public DbSet<WorkingCopy> WorkingCopies => Set<WorkingCopy>();

    public DbSet<Presence> Presences => Set<Presence>();

    public DbSet<ArticleTemplate> ArticleTemplates => Set<ArticleTemplate>();

    public DbSet<SavedView> SavedViews => Set<SavedView>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<ImportedItem> ImportedItems => Set<ImportedItem>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    /// <summary>How this provider finds articles.</summary>
    public abstract ArticleSearch Search { get; }

    /// <summary>How this provider finds comments.</summary>
    public abstract CommentSearch CommentSearch { get; }

    /// <summary>What the transaction under way has changed for readers. Emptied by whoever acts on it after the commit.</summary>
    public ISet<Notice> Noticed => _noticed;

    /// <summary>While something is brought in or moved whole, the log tells of that, not of each thing.</summary>
    public bool IsAudited { get; private set; } = true;

    /// <summary>
    /// Not audited until the returned scope ends, however it ends: contexts are used again, and one that stayed so would
    /// leave the next person's acts out of the log.
    /// </summary>
    public IDisposable Unaudited()
    {
        IsAudited = false;
        return new Again(() => IsAudited = true);
    }

    /// <summary>Whether what is saved is news to hubs, search engines, webhooks and those who follow a discussion. What moves in was published elsewhere, long ago.</summary>
    public bool IsNews { get; private set; } = true;

    /// <summary>No news until the returned scope ends.</summary>
    public IDisposable Unheralded()
    {
        IsNews = false;
        return new Again(() => IsNews = true);
    }

    /// <summary>All that is read until its end is as it was at its beginning, and nobody who saves meanwhile has to wait.</summary>
    public abstract Task<IDbContextTransaction> SnapshotAsync(CancellationToken cancellation);

    /// <summary>Rows have come with their own numbers: the next ones go on after them.</summary>
    internal abstract Task GoOnCountingAsync();

    /// <summary>Within the transaction: says to others who serve this store what it has changed, once it is committed.</summary>
    /// <param name="me">Whoever listens by this name knows it already.</param>
    public virtual Task TellOthersAsync(string me) => Task.CompletedTask;

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Saves are asynchronous: SaveChangesAsync.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var changes = ChangeSet.Of(ChangeTracker);
        if (changes.IsEmpty) return 0;

        var own = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        await using (own)
        {
            await changes.LetGoAsync(this);
            var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            _noticed.UnionWith(await changes.BringAlongAsync(this));
            if (IsAudited) await TellAsync(changes, acceptAllChangesOnSuccess, cancellationToken);
            if (own is not null) await own.CommitAsync(CancellationToken.None);
            return saved;
        }
    }

    private async Task TellAsync(ChangeSet changes, bool acceptAllChangesOnSuccess, CancellationToken cancellationToken)
    {
        var services = this.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider;
        var now = (services?.GetService<TimeProvider>() ?? TimeProvider.System).GetUtcNow().UtcDateTime;
        var told = await changes.TellAsync(this, services?.GetService<WhoActs>()?.Invoke() ?? Actor.System, now);
        if (told.Count == 0) return;

        AddRange(told);
        await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<string>().HaveConversion<StorableTextConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<int>();
    }

    private sealed class Again(Action what) : IDisposable
    {
        public void Dispose() => what();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyConfigurationsFromAssembly(typeof(NewsDbContext).Assembly);
}
