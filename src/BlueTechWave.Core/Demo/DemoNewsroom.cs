using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pages;
using BlueTechWave.Core.Redirects;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Demo;

/// <summary>How far the loading has come, in articles.</summary>
public readonly record struct DemoProgress(int Done, int Of);

/// <summary>Fills an empty store with an invented newsroom (Content/README.md tells the format).</summary>
public static class DemoNewsroom
{
    /// <summary>The piece that shows everything a piece can have.</summary>
    public const string LeadSlug = "microsoft-invests-1-3b-in-mexicos-cloud-computing-and-ai-infrastructure";

    /// <summary>Which authors have an account, and what they may do.</summary>
    public static readonly IReadOnlyList<(string Author, Role Role)> Staff =
        [("hanna-virtanen", Role.Owner), ("daniel-okoro", Role.Editor), ("imani-wekesa", Role.Reporter)];

    private const int SlotsBesideTheLead = 3;

    public static async Task<bool> IsNeededAsync(NewsDbContext db) =>
        !await db.Articles.AnyAsync() && !await db.Categories.AnyAsync() && !await db.Authors.AnyAsync();

    /// <summary>One transaction: a load that is killed leaves an empty store, and the next start loads again.</summary>
    /// <param name="hire">Makes the accounts of <see cref="Staff"/>, once the authors are there; null: nobody can sign in.</param>
    /// <param name="hang">Hangs pictures, once the articles are there; null: the library is empty.</param>
    public static async Task LoadAsync(NewsDbContext db, DateTime now, TimeZoneInfo zone, IProgress<DemoProgress> progress, Func<Task>? hire = null, Func<Task>? hang = null)
    {
        using var unaudited = db.Unaudited();
        await FillAsync(db, now, zone, progress, hire, hang);
    }

    private static async Task FillAsync(NewsDbContext db, DateTime now, TimeZoneInfo zone, IProgress<DemoProgress> progress, Func<Task>? hire, Func<Task>? hang)
    {
        var content = DemoContent.Read();
        await using var all = await db.Database.BeginTransactionAsync();

        var cast = DemoCast.Enter(db, content);
        new DemoFrame(db, cast, Hang(db, content.Pages)).Arrange();
        await db.SaveChangesAsync();
        if (hire is not null) await hire();

        var articles = await new DemoArticles(db, cast, now, zone).LoadAsync(content.Articles, progress);
        Feature(db, articles);
        DemoReaders.View(db, articles, content.Articles, now);
        await db.SaveChangesAsync();

        db.ChangeTracker.Clear();
        await GiveToReporterAsync(db);
        await DemoReaders.DiscussAsync(db, articles, cast, content.Discussions, now);
        if (hang is not null)
        {
            db.ChangeTracker.Clear();
            await hang();
        }

        await all.CommitAsync();
    }

    private static Dictionary<string, StandingPage> Hang(NewsDbContext db, IReadOnlyList<PageFile> files)
    {
        var pages = files.ToDictionary(file => file.Slug, file =>
        {
            var page = new StandingPage(file.Slug, file.Title);
            page.Write(file.Title, file.Description, file.Body, file.Revised is null ? null : DemoContent.Moment(file.Revised, file.File));
            return page;
        });
        db.Pages.AddRange(pages.Values);
        return pages;
    }

    /// <summary>What is not out yet is the reporter's, so that her desk is not empty.</summary>
    private static async Task GiveToReporterAsync(NewsDbContext db)
    {
        var reporter = await db.Accounts.Where(a => a.Role == Role.Reporter).Select(a => (int?)a.Id).FirstOrDefaultAsync();
        await db.Articles.Where(a => a.Status == ArticleStatus.Draft || a.Status == ArticleStatus.InReview || a.Status == ArticleStatus.Scheduled)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.WriterId, reporter));
    }

    private static void Feature(NewsDbContext db, IReadOnlyDictionary<string, Article> articles)
    {
        var lead = articles[LeadSlug];
        var beside = articles.Values
            .Where(a => a != lead && a.Status == ArticleStatus.Published && a.Picture is not null)
            .OrderByDescending(a => a.PublishedAt)
            .Take(SlotsBesideTheLead);
        db.HomeSlots.AddRange(beside.Prepend(lead).Select((article, position) => new HomeSlot(position, article)));
        db.Redirects.Add(new Redirect("/2024/09/microsoft-mexico-cloud", lead));
    }
}
