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

    private const int SlotsBesideTheLead = 3;

    public static async Task<bool> IsNeededAsync(NewsDbContext db) =>
        !await db.Articles.AnyAsync() && !await db.Categories.AnyAsync() && !await db.Authors.AnyAsync();

    /// <summary>One transaction: a load that is killed leaves an empty store, and the next start loads again.</summary>
    public static async Task LoadAsync(NewsDbContext db, DateTime now, TimeZoneInfo zone, IProgress<DemoProgress> progress)
    {
        db.IsAudited = false;
        try
        {
            await FillAsync(db, now, zone, progress);
        }
        finally
        {
            db.IsAudited = true;
        }
    }

    private static async Task FillAsync(NewsDbContext db, DateTime now, TimeZoneInfo zone, IProgress<DemoProgress> progress)
    {
        var content = DemoContent.Read();
        await using var all = await db.Database.BeginTransactionAsync();

        var cast = DemoCast.Enter(db, content);
        new DemoFrame(db, cast, Hang(db, content.Pages)).Arrange();
        await db.SaveChangesAsync();

        var articles = await new DemoArticles(db, cast, now, zone).LoadAsync(content.Articles, progress);
        Feature(db, articles);
        DemoReaders.View(db, articles, content.Articles, now);
        await db.SaveChangesAsync();

        db.ChangeTracker.Clear();
        await DemoReaders.DiscussAsync(db, articles, cast, content.Discussions, now);
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
