using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Figures;

/// <summary>A chart of bars, from left to right in time.</summary>
/// <param name="Bars">What each stands for, and how high it is.</param>
public sealed record Bars(string Id, string Heading, string Unit, IReadOnlyList<(string Label, int Value)> Values)
{
    public int Highest => Math.Max(1, Values.Max(v => v.Value));

    public int Sum => Values.Sum(v => v.Value);

    /// <summary>What one would say of it over the telephone.</summary>
    public string Says => $"{Sum:N0} {Unit} in all; most, {Highest:N0}, {Values.First(v => v.Value == Values.Max(x => x.Value)).Label}; last, {Values[^1].Value:N0}, {Values[^1].Label}.";
}

/// <summary>How the paper does: what goes out, what waits, what is read and what is looked for in vain. Nothing about any reader.</summary>
[May(Act.EditAll)]
public class IndexModel(NewsDbContext db, Dates dates, TimeProvider clock) : NewsroomPageModel
{
    private const int Weeks = 12;
    private const int Days = 28;
    private const int Shown = 15;

    public sealed record Read(int Id, string Headline, int Week, int Month);

    public IReadOnlyList<Bars> Charts { get; private set; } = [];

    /// <summary>What waits, how much of it, and where to look.</summary>
    public IReadOnlyList<(string What, int Count, string? Address, string Says)> Waiting { get; private set; } = [];

    public IReadOnlyList<Read> MostRead { get; private set; } = [];

    public IReadOnlyList<(string Words, int Count)> Missed { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        (Title, Here) = ("Figures", "Figures");
        var now = clock.GetUtcNow().UtcDateTime;
        Charts = [await WeeksAsync(now, cancellation), await ViewsAsync(now, cancellation)];
        Waiting = await WaitingAsync(now, cancellation);

        var (week, month) = (DateOnly.FromDateTime(now.AddDays(-6)), DateOnly.FromDateTime(now.AddDays(1 - Days)));
        var read = await db.ArticleViews.Where(v => v.Day >= month).GroupBy(v => v.ArticleId)
            .Select(g => new { g.Key, Month = g.Sum(v => v.Count), Week = g.Sum(v => v.Day >= week ? v.Count : 0) })
            .OrderByDescending(g => g.Month).ThenBy(g => g.Key).Take(Shown).ToListAsync(cancellation);
        var ids = read.Select(r => r.Key).ToList();
        var headlines = await db.Articles.Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Headline }).ToDictionaryAsync(a => a.Id, a => a.Headline, cancellation);
        MostRead = [.. read.Where(r => headlines.ContainsKey(r.Key)).Select(r => new Read(r.Key, headlines[r.Key], r.Week, r.Month))];

        Missed = [.. (await db.EmptySearches.Where(s => s.Day >= month).GroupBy(s => s.Words).Select(g => new { g.Key, Count = g.Sum(s => s.Count) })
            .OrderByDescending(g => g.Count).ThenBy(g => g.Key).Take(Shown).ToListAsync(cancellation)).Select(g => (g.Key, g.Count))];
    }

    /// <summary>Weeks of the site's zone, from Monday.</summary>
    private async Task<Bars> WeeksAsync(DateTime now, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(dates.Local(now));
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var first = monday.AddDays(-7 * (Weeks - 1));
        var since = dates.StartOf(first);
        var published = await db.ListingEntries.In(Listing.Site).Where(e => e.PublishedAt >= since).Select(e => e.PublishedAt).ToListAsync(cancellation);
        var counts = published.GroupBy(at => (DateOnly.FromDateTime(dates.Local(at)).DayNumber - first.DayNumber) / 7).ToDictionary(g => g.Key, g => g.Count());
        return new("weeks", "Articles published, by week", "articles", [.. Enumerable.Range(0, Weeks).Select(i => ($"the week of {first.AddDays(7 * i):MMM d}", counts.GetValueOrDefault(i)))]);
    }

    private async Task<Bars> ViewsAsync(DateTime now, CancellationToken cancellation)
    {
        var first = DateOnly.FromDateTime(now.AddDays(1 - Days));
        var counts = await db.ArticleViews.Where(v => v.Day >= first).GroupBy(v => v.Day).Select(g => new { g.Key, Count = g.Sum(v => v.Count) }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        return new("views", "Articles read, by day", "readings", [.. Enumerable.Range(0, Days).Select(i => first.AddDays(i)).Select(day => ($"on {day:MMM d}", counts.GetValueOrDefault(day)))]);
    }

    private async Task<IReadOnlyList<(string, int, string?, string)>> WaitingAsync(DateTime now, CancellationToken cancellation)
    {
        var byStatus = await db.Articles.Where(a => a.Status == ArticleStatus.InReview || a.Status == ArticleStatus.Scheduled || a.Status == ArticleStatus.Draft)
            .GroupBy(a => a.Status).Select(g => new { g.Key, Count = g.Count(), Oldest = g.Min(a => a.EditedAt), Next = g.Min(a => a.ScheduledFor) }).ToDictionaryAsync(g => g.Key, cancellation);
        var comments = await db.Comments.CountAsync(c => c.State == CommentState.Pending, cancellation);
        var addresses = await db.MissedAddresses.CountAsync(m => !m.IsIgnored && m.Count > 1, cancellation);
        var (review, planned, drafts) = (byStatus.GetValueOrDefault(ArticleStatus.InReview), byStatus.GetValueOrDefault(ArticleStatus.Scheduled), byStatus.GetValueOrDefault(ArticleStatus.Draft));
        return
        [
            ("In review", review?.Count ?? 0, "/newsroom/articles?status=in-review", review is null ? "" : $"longest for {Dates.Since(review.Oldest, now)}"),
            ("Scheduled", planned?.Count ?? 0, "/newsroom/articles?status=scheduled&order=published", planned?.Next is { } next ? $"next {dates.Near(next, now)}" : ""),
            ("Drafts", drafts?.Count ?? 0, "/newsroom/articles?status=draft", drafts is null ? "" : $"oldest touched {Dates.Since(drafts.Oldest, now)} ago"),
            ("Comments to decide on", comments, null, ""),
            ("Addresses asked for in vain", addresses, "/newsroom/redirects/missed", addresses > 0 ? "more than once" : ""),
        ];
    }
}
