using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Home;

/// <summary>
/// What stands at the top of the home page by hand: the lead and three beside it, in order, some only from or until a
/// moment. What is not filled so, the newest fill.
/// </summary>
[May(Act.Curate)]
public class IndexModel(NewsDbContext db, SiteClock zone, Dates dates, TimeProvider clock) : NewsroomPageModel
{
    public const int Places = 4;

    private const int SlotsAtMost = 40;
    private const int Offered = 12;
    private const int LongestSearch = 200;

    public sealed record Slot(int Id, int ArticleId, string Headline, ArticleStatus Status, DateTime? From, DateTime? Until);

    public sealed record Choice(int Id, string Headline, ArticleStatus Status, DateTime? At);

    public IReadOnlyList<Slot> Slots { get; private set; } = [];

    /// <summary>What could be pinned: found, or else the newest.</summary>
    public IReadOnlyList<Choice> Choices { get; private set; } = [];

    public string Q { get; private set; } = "";

    public DateTime Now { get; private set; }

    public string Zone => zone.Zone.Id;

    /// <summary>The slot whose times were refused, with what was typed and what is wrong with it.</summary>
    public (int Slot, string FromDate, string FromTime, string UntilDate, string UntilTime, string Error)? Refused { get; private set; }

    public async Task OnGetAsync(string? q) => await ShowAsync(q);

    public async Task<IActionResult> OnPostPinAsync([FromForm] int article)
    {
        if (await db.Articles.FirstOrDefaultAsync(a => a.Id == article && (a.Status == ArticleStatus.Published || a.Status == ArticleStatus.Scheduled)) is not { } found)
        {
            Said = "That article is neither published nor scheduled any more: nothing was pinned.";
            return RedirectToPage();
        }

        if (await db.HomeSlots.AnyAsync(s => s.ArticleId == article)) Said = $"“{found.Headline}” has a place already.";
        else if (await db.HomeSlots.CountAsync() >= SlotsAtMost) Said = $"There are {SlotsAtMost} pinned already: take one off first.";
        else
        {
            var last = await db.HomeSlots.MaxAsync(s => (int?)s.Position) ?? -1;
            db.HomeSlots.Add(new(last + 1, found));
            await db.SaveChangesAsync();
            Said = $"“{found.Headline}” is pinned, in the last place. Move it up to lead.";
        }

        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostMoveAsync(int id, [FromForm(Name = "do")] string? way)
    {
        var slots = await db.HomeSlots.OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync();
        var at = slots.FindIndex(s => s.Id == id);
        if (at < 0) return NotFound();
        var to = way switch { "up" => at - 1, "down" => at + 1, "lead" => 0, _ => at };
        if (to < 0 || to >= slots.Count) return RedirectToPage();

        var moved = slots[at];
        slots.RemoveAt(at);
        slots.Insert(to, moved);
        for (var i = 0; i < slots.Count; i++) slots[i].PlaceAt(i);
        await db.SaveChangesAsync();
        Said = to == 0 ? "It leads now." : $"It is number {(to + 1).ToString(CultureInfo.InvariantCulture)} now.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostTimesAsync(int id, [FromForm] string? fromDate, [FromForm] string? fromTime, [FromForm] string? untilDate, [FromForm] string? untilTime)
    {
        if (await db.HomeSlots.FindAsync(id) is not { } slot) return NotFound();

        var (from, wrongFrom) = Read(fromDate, fromTime);
        var (until, wrongUntil) = Read(untilDate, untilTime);
        var error = wrongFrom ?? wrongUntil ?? (from is not null && until <= from ? "It would end before it begins." : null);
        if (error is not null)
        {
            Refused = (id, fromDate ?? "", fromTime ?? "", untilDate ?? "", untilTime ?? "", error);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            await ShowAsync(null);
            return Page();
        }

        slot.Last(from, until);
        await db.SaveChangesAsync();
        Said = from is null && until is null ? "It keeps its place until it is taken off." : $"It has its place {(from is { } begin ? $"from {Words(begin)} " : "")}{(until is { } end ? $"until {Words(end)}" : "")}".TrimEnd() + ".";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRemoveAsync(int id)
    {
        if (await db.HomeSlots.Include(s => s.Article).FirstOrDefaultAsync(s => s.Id == id) is not { } slot) return NotFound();
        db.HomeSlots.Remove(slot);
        await db.SaveChangesAsync();
        Said = $"“{slot.Article.Headline}” is taken off the top; it stays among the others by its date.";
        return RedirectToPage();
    }

    /// <summary>Why a slot shows nothing now; null if it does.</summary>
    public string? Idle(Slot slot) => slot switch
    {
        { Status: ArticleStatus.Scheduled } => "waits for its publication",
        { Status: not ArticleStatus.Published } => "is not public: readers do not see it",
        { From: { } from } when from > Now => $"from {Words(from)}",
        { Until: { } until } when until <= Now => "has had its time",
        _ => null,
    };

    public string Words(DateTime at) => $"{dates.ShortDay(at)}, {dates.Time(at)}";

    public (string Date, string Time) Typed(DateTime? at) => at is { } moment
        ? (dates.Local(moment).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), dates.Time(moment))
        : ("", "");

    private (DateTime? Utc, string? Error) Read(string? date, string? time) =>
        string.IsNullOrWhiteSpace(date) && string.IsNullOrWhiteSpace(time) ? (null, null) : zone.Read((date ?? "").Trim(), string.IsNullOrWhiteSpace(time) ? "00:00" : time.Trim(), "first");

    private async Task ShowAsync(string? q)
    {
        (Title, Here, Now) = ("Home page", "Home page", clock.GetUtcNow().UtcDateTime);
        Q = (q ?? "").Trim();
        if (Q.Length > LongestSearch) Q = Q[..LongestSearch];
        Slots = await db.HomeSlots.AsNoTracking().OrderBy(s => s.Position).ThenBy(s => s.Id)
            .Select(s => new Slot(s.Id, s.ArticleId, s.Article.Headline, s.Article.Status, s.From, s.Until)).ToListAsync(HttpContext.RequestAborted);

        var pinned = Slots.Select(s => s.ArticleId).ToList();
        var planned = await db.Articles.Where(a => a.Status == ArticleStatus.Scheduled && !pinned.Contains(a.Id)).OrderBy(a => a.ScheduledFor)
            .Where(a => Q == "" || a.Headline.Contains(Q)).Take(Offered).Select(a => new Choice(a.Id, a.Headline, a.Status, a.ScheduledFor)).ToListAsync(HttpContext.RequestAborted);
        var found = Q.Length == 0
            ? db.ListingEntries.In(Listing.Site).NewestFirst().Select(e => e.ArticleId)
            : db.Search.Headed(db, Q).OrderByDescending(id => id);
        var ids = await found.Where(id => !pinned.Contains(id)).Take(Offered).ToListAsync(HttpContext.RequestAborted);
        var published = await db.Articles.Published().Where(a => ids.Contains(a.Id)).OrderByDescending(a => a.PublishedAt).Select(a => new Choice(a.Id, a.Headline, a.Status, a.PublishedAt)).ToListAsync(HttpContext.RequestAborted);
        Choices = [.. planned, .. published];
    }
}
