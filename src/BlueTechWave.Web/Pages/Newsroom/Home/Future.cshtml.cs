using System.Text.RegularExpressions;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Home;

/// <summary>The home page, or any list, as readers will have it at a moment to come, and what happens until then.</summary>
[May(Act.Curate)]
public partial class FutureModel(NewsDbContext db, SiteFrames frames, SiteClock zone, Dates dates, TimeProvider clock) : NewsroomPageModel
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    public sealed record Step(DateTime At, int Article, string Headline, string Says);

    public string Date { get; private set; } = "";

    public string Time { get; private set; } = "";

    public string Place { get; private set; } = To.Home;

    public string? TimeError { get; private set; }

    public string? PlaceError { get; private set; }

    /// <summary>Null until a moment was asked for that can be looked at.</summary>
    public DateTime? At { get; private set; }

    public IReadOnlyList<Step> Steps { get; private set; } = [];

    public IReadOnlyList<CategoryNode> Categories { get; private set; } = [];

    public string Zone => zone.Zone.Id;

    public string Shown => QueryHelpers.AddQueryString("/newsroom/home/future", new Dictionary<string, string?> { ["handler"] = "Show", ["date"] = Date, ["time"] = Time, ["place"] = Place });

    public async Task OnGetAsync(string? date, string? time, string? place) => await AskAsync(date, time, place);

    public async Task<IActionResult> OnGetShowAsync(string? date, string? time, string? place)
    {
        await AskAsync(date, time, place);
        if (At is not { } at || PlaceError is not null) return Page();
        HttpContext.Items[typeof(Journey)] = new Journey(at, Place);
        return new EmptyResult();
    }

    private async Task AskAsync(string? date, string? time, string? place)
    {
        (Title, Here) = ("At another time", "Home page");
        Categories = [.. (await frames.GetAsync(HttpContext.RequestAborted)).CategoriesInOrder];
        var now = clock.GetUtcNow().UtcDateTime;
        (Date, Time, Place) = (date?.Trim() ?? $"{dates.Local(now.AddDays(1)):yyyy-MM-dd}", time?.Trim() ?? "09:00", string.IsNullOrWhiteSpace(place) ? To.Home : place.Trim());
        if (!Lists().IsMatch(Place)) PlaceError = "Give the address of the home page or of a list, such as /category/ai or /2026/11.";
        var (at, error) = zone.Read(Date, Time, "first");
        TimeError = error ?? (at <= now ? "That is past: choose a moment to come." : at > now + Furthest ? "That is more than a year ahead." : null);
        if (TimeError is not null) return;

        At = at;
        var plans = await ScheduledPublishing.PlansAsync(db, at!.Value, HttpContext.RequestAborted);
        var slots = await db.HomeSlots.Where(s => (s.From > now && s.From <= at) || (s.Until > now && s.Until <= at))
            .Select(s => new { s.ArticleId, s.Article.Headline, s.From, s.Until }).ToListAsync(HttpContext.RequestAborted);
        Steps = [.. plans.Select(p => new Step(p.At, p.Article, p.Headline, p.Act == ArticleAct.Published ? "goes out" : "is unpublished"))
            .Concat(slots.Where(s => s.From > now && s.From <= at).Select(s => new Step(s.From!.Value, s.ArticleId, s.Headline, "takes its place on the home page")))
            .Concat(slots.Where(s => s.Until > now && s.Until <= at).Select(s => new Step(s.Until!.Value, s.ArticleId, s.Headline, "leaves its place on the home page")))
            .OrderBy(s => s.At)];
    }

    public string Words(DateTime at) => $"{dates.ShortDay(at)}, {dates.Time(at)}";

    [GeneratedRegex("^/(page/[1-9][0-9]{0,5}|(category/[a-z0-9/-]{1,300}|tag/[a-z0-9-]{1,200}|author/[a-z0-9-]{1,200}|[12][0-9]{3}(/(0[1-9]|1[0-2]))?)(/page/[1-9][0-9]{0,5})?|archives)?$")]
    private static partial Regex Lists();
}
