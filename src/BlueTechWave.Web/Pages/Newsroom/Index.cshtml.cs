using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Links;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom;

/// <summary>The desk: what waits for whoever has just come in, and who must act next on the rest.</summary>
public class IndexModel(NewsDbContext db, Dates dates, TimeProvider clock) : NewsroomPageModel
{
    private const int Shown = 8;

    public sealed record Notice(int Id, int ArticleId, string Headline, ArticleAct Act, string By, string Note, DateTime At, bool IsUnread);

    /// <param name="Empty">The next step, where there is nothing.</param>
    /// <param name="All">Where the whole list is.</param>
    public sealed record Pile(string Id, string Heading, IReadOnlyList<ArticleLine> Lines, string Empty, string All, string AllLabel);

    public DateTime Now { get; private set; }

    public string Greeting { get; private set; } = "";

    public IReadOnlyList<Pile> Piles { get; private set; } = [];

    public IReadOnlyList<Notice> Notices { get; private set; } = [];

    /// <summary>Pictures in use that readers will soon not see any more.</summary>
    public int RightsEnding { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        (Title, Here, Now) = ("Desk", "Desk", clock.GetUtcNow().UtcDateTime);
        var hour = dates.Local(Now).Hour;
        Greeting = $"Good {(hour is >= 5 and < 12 ? "morning" : hour is >= 12 and < 18 ? "afternoon" : "evening")}, {Who.Name.Split(' ')[0]}";
        Piles = May(Act.Publish) ? await EditorsAsync(cancellation) : await ReportersAsync(cancellation);
        var soon = Now + PictureSheet.RightsSoon;
        if (May(Act.ManagePictures)) RightsEnding = await db.Pictures.CountAsync(p => p.RightsUntil > Now && p.RightsUntil <= soon && p.TrashedAt == null && db.PictureUses.Any(u => u.PictureId == p.Id && u.Place != PicturePlace.Revision), cancellation);
        Notices = await db.Notifications.Where(n => n.AccountId == Who.AccountId).OrderByDescending(n => n.Id).Take(Shown)
            .Select(n => new Notice(n.Id, n.ArticleId, n.Article.Headline, n.Act, n.By, n.Note, n.At, n.ReadAt == null))
            .ToListAsync(cancellation);
    }

    public async Task<IActionResult> OnPostReadAsync(int id)
    {
        if (await db.Notifications.FirstOrDefaultAsync(n => n.Id == id && n.AccountId == Who.AccountId) is not { } notice) return NotFound();
        notice.Read(clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostReadAllAsync()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Notifications.Where(n => n.AccountId == Who.AccountId && n.ReadAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), CancellationToken.None);
        return RedirectToPage();
    }

    private async Task<IReadOnlyList<Pile>> EditorsAsync(CancellationToken cancellation) =>
    [
        new("waiting", "Waiting for me",
            await TakeAsync(db.Articles.Where(a => a.Status == ArticleStatus.InReview)
                .OrderBy(a => db.Revisions.Where(r => r.ArticleId == a.Id && r.Act == ArticleAct.Submitted).Max(r => (DateTime?)r.At)).ThenBy(a => a.Id), cancellation),
            "Nothing waits for review. Reporters’ articles come here when they submit them.", "/newsroom/articles?status=in-review", "All in review"),
        new("scheduled", "Scheduled", await ScheduledAsync(db.Articles, cancellation),
            "Nothing is scheduled. Open a finished article and choose Schedule.", "/newsroom/articles?status=scheduled&order=published", "All scheduled"),
        new("drafts", "My drafts", await DraftsAsync(cancellation), "You have no draft.", "/newsroom/articles?status=draft&mine=true", "All my drafts"),
        new("published", "Recently published", await PublishedAsync(db.ListingEntries.In(Listing.Site), cancellation),
            "Nothing has been published yet.", "/newsroom/articles?status=published&order=published", "All published"),
    ];

    private async Task<IReadOnlyList<Pile>> ReportersAsync(CancellationToken cancellation) =>
    [
        new("drafts", "My drafts", await DraftsAsync(cancellation), "You have no draft.", "/newsroom/articles?status=draft", "All my drafts"),
        new("review", "In review", await TakeAsync(Own.Where(a => a.Status == ArticleStatus.InReview).OrderByDescending(a => a.EditedAt).ThenByDescending(a => a.Id), cancellation),
            "Nothing of yours is with the editors. Open a draft and choose Submit for review.", "/newsroom/articles?status=in-review", "All in review"),
        new("scheduled", "My scheduled", await ScheduledAsync(Own, cancellation),
            "Nothing of yours is scheduled; an editor decides when it appears.", "/newsroom/articles?status=scheduled&order=published", "All scheduled"),
        new("published", "My recently published",
            await PublishedAsync(db.ListingEntries.In(Listing.Site).Among(LineQueries.OwnIds(db, Who)), cancellation),
            "Nothing of yours has been published yet.", "/newsroom/articles?status=published&order=published", "All published"),
    ];

    /// <summary>What was sent back comes first: somebody waits for it.</summary>
    private Task<List<ArticleLine>> DraftsAsync(CancellationToken cancellation) => TakeAsync(Own
        .Where(a => a.Status == ArticleStatus.Draft).OrderByDescending(a => a.ReviewNote != null).ThenByDescending(a => a.EditedAt).ThenByDescending(a => a.Id), cancellation);

    private Task<List<ArticleLine>> ScheduledAsync(IQueryable<Article> articles, CancellationToken cancellation) =>
        TakeAsync(articles.Where(a => a.Status == ArticleStatus.Scheduled).OrderBy(a => a.ScheduledFor).ThenBy(a => a.Id), cancellation);

    private async Task<IReadOnlyList<ArticleLine>> PublishedAsync(IQueryable<ListingEntry> entries, CancellationToken cancellation)
    {
        var newest = entries.NewestFirst().Take(Shown).Select(e => e.ArticleId);
        return await TakeAsync(db.Articles.Where(a => newest.Contains(a.Id)).OrderByDescending(a => a.PublishedAt).ThenByDescending(a => a.Id), cancellation);
    }

    private IQueryable<Article> Own => db.Articles.Among(LineQueries.OwnIds(db, Who));

    private Task<List<ArticleLine>> TakeAsync(IQueryable<Article> articles, CancellationToken cancellation) =>
        articles.AsNoTracking().Take(Shown).Lines(db).ToListAsync(cancellation);

    public static string Says(ArticleAct act) => act switch
    {
        ArticleAct.Submitted => "submitted",
        ArticleAct.SentBack => "sent back",
        ArticleAct.Scheduled => "scheduled",
        ArticleAct.Published => "published",
        ArticleAct.Withdrawn => "unpublished",
        _ => "changed",
    };
}
