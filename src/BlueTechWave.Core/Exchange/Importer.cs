using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace BlueTechWave.Core.Exchange;

/// <summary>
/// Takes in what another system had, by the same acts as a newsroom's own, a few at a time and each few in one
/// transaction: a run that is killed has whole articles behind it and goes on from there.
/// </summary>
/// <param name="source">The system and the site: what is known from it is not taken in twice.</param>
public sealed class Importer(NewsDbContext db, string source, DateTime now, TimeZoneInfo zone)
{
    private const int AtOnce = 100;
    private const int CommentsAtOnce = 500;
    private const int TagsAtOnce = 500;

    private readonly List<IncomingCategory> _categories = [];
    private readonly List<IncomingTag> _tags = [];
    private readonly List<IncomingArticle> _articles = [];
    private readonly List<IncomingMenuItem> _menu = [];
    private readonly List<IncomingRedirect> _redirects = [];
    private readonly HashSet<string> _months = [];

    /// <summary>Those whose texts are being set while the ones before them are stored.</summary>
    private ArticleBatch? _next;

    /// <summary>Where the files of pictures are, and where they go; without it pictures wait.</summary>
    public ImportMedia? Media { get; init; }

    /// <param name="isDryRun">Everything is done, told and taken back.</param>
    public async Task<ImportReport> RunAsync(IEnumerable<Incoming> incoming, bool isDryRun = false, CancellationToken cancellation = default)
    {
        var run = new ImportRun(db, ImportRun.Cut(source, ImportedItem.SourceLength), now, zone, new ImportReport(source, isDryRun));
        using var notes = new Notebook();
        var site = new ImportedSite(run, Media, notes);
        using var unaudited = db.Unaudited();
        using var unheralded = db.Unheralded();
        foreach (var note in Media?.Folder.Notes ?? []) run.Report.Note(note);
        await using var all = isDryRun ? await db.Database.BeginTransactionAsync(cancellation) : null;
        foreach (var one in incoming)
        {
            cancellation.ThrowIfCancellationRequested();
            run.Report.ComesIn(one.Count);
            await TakeAsync(run, site, one);
        }

        await PlantAsync(site);
        await CoinAsync(site);
        await PassOnAsync(run, site);
        await PassOnAsync(run, site);
        await site.Pictures.LeavePagesAsync();
        await site.Menus.HangAsync(_menu);
        await site.Redirects.LeaveAsync(_redirects);
        await site.Paths.LeaveListsAsync(site.Terms.Folder, site.Terms.Feed, _months, tell => tell(run.Report));
        if (all is not null) await all.RollbackAsync(CancellationToken.None);
        db.ChangeTracker.Clear();
        return run.Report;
    }

    private async Task TakeAsync(ImportRun run, ImportedSite site, Incoming one)
    {
        // Categories may come before those they stand under.
        if (one is not IncomingCategory) await PlantAsync(site);
        if (one is not IncomingTag || _tags.Count >= TagsAtOnce) await CoinAsync(site);
        switch (one)
        {
            case IncomingSite came: (site.Terms.Name, site.Terms.Folder, site.Terms.Feed) = (came.Name, came.Folder, came.Feed); break;
            case IncomingAuthor author: await site.Terms.MeetAsync(author); break;
            case IncomingCategory category: _categories.Add(category); break;
            case IncomingTag tag: _tags.Add(tag); break;
            case IncomingArticle article when !site.IsNew(article.Id): run.Report.Refuse(Twice("article", article.Id, article.Headline, article.Count)); break;
            case IncomingArticle article:
                _articles.Add(article);
                if (article.Status == IncomingStatus.Published) _months.UnionWith(OldPlace.MonthsOf(article, site.Terms.Folder));
                if (_articles.Count >= AtOnce || _articles.Sum(a => a.Comments.Count) >= CommentsAtOnce) await PassOnAsync(run, site);
                break;
            case IncomingPage page when !site.IsNew(page.Id): run.Report.Refuse(Twice("page", page.Id, page.Title, 1)); break;
            case IncomingPage page: await site.Pages.StoreAsync(page); break;
            case IncomingPicture picture when !site.IsNew($"picture {picture.Id}"): run.Report.Refuse(Twice("picture", picture.Id, picture.FilePath, 1)); break;
            case IncomingPicture picture: await site.Pictures.StoreAsync(picture); break;
            case IncomingMenuItem item: _menu.Add(item); break;
            case IncomingRedirect redirect: _redirects.Add(redirect); break;
            case IncomingRefusal refusal: run.Report.Refuse(refusal.Refused); break;
            case IncomingNote note: run.Report.Note(note.Text); break;
        }
    }

    private static Refused Twice(string kind, string id, string name, int count) => new(kind, id, name, "Something with this id came before it in the file.", count);

    private async Task PlantAsync(ImportedSite site)
    {
        if (_categories.Count == 0) return;
        await TogetherAsync(() => site.Terms.PlantAsync([.. _categories]));
        _categories.Clear();
    }

    private async Task CoinAsync(ImportedSite site)
    {
        if (_tags.Count == 0) return;
        await TogetherAsync(async () =>
        {
            foreach (var tag in _tags) await site.Terms.CoinAsync(tag);
        });
        _tags.Clear();
    }

    /// <summary>Has those that came last begun, and stores those before them meanwhile.</summary>
    private async Task PassOnAsync(ImportRun run, ImportedSite site)
    {
        var begun = _articles.Count == 0 ? null : await site.Articles.BeginAsync([.. _articles]);
        _articles.Clear();
        var (batch, _) = (_next, _next = begun);
        if (batch is not null) await StoreAsync(run, site, batch);
    }

    /// <summary>All of them together or, if one of them cannot be, each by itself: one that fails holds up none.</summary>
    private async Task StoreAsync(ImportRun run, ImportedSite site, ArticleBatch batch)
    {
        await TogetherAsync(() => site.Terms.MeetAsync(batch.Articles));
        if (await TryAsync(run, site, batch) is null) return;

        foreach (var article in batch.Articles)
        {
            if (await TryAsync(run, site, batch with { Articles = [article] }) is { } why)
                run.Report.Refuse(new("article", article.Id, article.Headline, $"It cannot be stored: {why.ReplaceLineEndings(" ")}", article.Count));
        }
    }

    /// <summary>In one transaction, for each of its own waits for the disk.</summary>
    private async Task TogetherAsync(Func<Task> many)
    {
        await using var step = await Step.BeginAsync(db);
        await many();
        await step.CommitAsync();
    }

    private async Task<string?> TryAsync(ImportRun run, ImportedSite site, ArticleBatch batch)
    {
        await using var step = await Step.BeginAsync(db);
        try
        {
            var told = await site.Articles.StoreAsync(batch);
            await step.CommitAsync();
            told(run.Report);
            return null;
        }
        catch (Exception wrong) when (wrong is DbUpdateException or InvalidOperationException or ArgumentException)
        {
            await step.TakeBackAsync();
            return (wrong.InnerException ?? wrong).Message;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>A transaction of its own or, within that of a dry run, a place to go back to.</summary>
    private sealed class Step(NewsDbContext db, IDbContextTransaction transaction, bool isOwn) : IAsyncDisposable
    {
        private const string Name = "import";

        public static async Task<Step> BeginAsync(NewsDbContext db)
        {
            // It goes back as a whole or not at all: a place to go back to before each save would only cost memory.
            db.Database.AutoSavepointsEnabled = false;
            if (db.Database.CurrentTransaction is not { } around) return new(db, await db.Database.BeginTransactionAsync(), isOwn: true);
            await around.CreateSavepointAsync(Name);
            return new(db, around, isOwn: false);
        }

        public Task CommitAsync() => isOwn ? transaction.CommitAsync() : transaction.ReleaseSavepointAsync(Name);

        public Task TakeBackAsync() => isOwn ? transaction.RollbackAsync() : transaction.RollbackToSavepointAsync(Name);

        public async ValueTask DisposeAsync()
        {
            db.Database.AutoSavepointsEnabled = true;
            if (isOwn) await transaction.DisposeAsync();
        }
    }
}

/// <summary>The parts of a site, as they arrive.</summary>
internal sealed class ImportedSite
{
    private const string Seen = "seen";

    private readonly Notebook _notes;

    /// <param name="notes">What has to be known of each thing until the end.</param>
    public ImportedSite(ImportRun run, ImportMedia? media, Notebook notes)
    {
        _notes = notes;
        Paths = new(run);
        Terms = new(run, Paths);
        Pictures = new(run, media, Paths, notes);
        Articles = new(run, Terms, Pictures, Paths);
        Pages = new(run, Paths);
        Menus = new(run, Terms);
        Redirects = new(run);
    }

    public ImportedPaths Paths { get; }

    public ImportedTerms Terms { get; }

    public ImportedPictures Pictures { get; }

    public ImportedArticles Articles { get; }

    public ImportedPages Pages { get; }

    public ImportedMenus Menus { get; }

    public ImportedRedirects Redirects { get; }

    /// <summary>True for an id that comes for the first time.</summary>
    public bool IsNew(string id) => _notes.Add(Seen, id);
}
