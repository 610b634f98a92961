using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Api;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Api;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Options;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Pages.Newsroom.Settings;

/// <summary>Keys by which programs read more at once: made, looked after, taken back.</summary>
[May(Act.ManageKeys)]
public class KeysModel(NewsDbContext db, KeyUses uses, IOptions<RateLimitOptions> limits, TimeProvider clock) : NewsroomPageModel
{
    private const int OnAPage = 50;

    public sealed record Row(int Id, string Name, string Beginning, string By, DateTime CreatedAt, DateTime? RevokedAt, DateOnly? UsedOn, long Today);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public PagerView Pager { get; private set; } = null!;

    public string Name { get; private set; } = "";

    public string? NameError { get; private set; }

    /// <summary>The key just made: shown once, because the store does not know it.</summary>
    public string? Made { get; private set; }

    public string WithKey => limits.Value.ApiKeyPerMinute.ToString("N0", CultureInfo.InvariantCulture);

    public string WithoutKey => limits.Value.ApiPerMinute.ToString("N0", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("MMM d, yyyy", CultureInfo.InvariantCulture);

    public Task OnGetAsync([FromQuery(Name = "page")] string? page) => ShowAsync(page);

    public async Task<IActionResult> OnPostAsync([FromForm] string? name)
    {
        Name = TypedText.Clean(name).Trim();
        if (Name.Length == 0) NameError = "Please say whose program it is for: it stands in the list.";
        else if (Name.Length > ApiKey.NameLength) NameError = $"Please keep it under {ApiKey.NameLength} characters.";
        if (NameError is not null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            await ShowAsync(null);
            return Page();
        }

        var key = ApiKey.Make();
        db.ApiKeys.Add(new(key, Name, Who.Name, clock.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync();
        (Made, Name) = (key, "");
        await ShowAsync(null);
        return Page();
    }

    private async Task ShowAsync(string? page)
    {
        (Title, Here) = ("Keys", "Settings");
        var today = uses.Today;
        Pager = PagerView.Of(await db.ApiKeys.CountAsync(HttpContext.RequestAborted), OnAPage, page, n => n > 1 ? $"{To.Keys}?page={n.ToString(CultureInfo.InvariantCulture)}" : To.Keys);
        var keys = await db.ApiKeys.AsNoTracking().OrderByDescending(k => k.Id).Skip((Pager.Page - 1) * OnAPage).Take(OnAPage).ToListAsync(HttpContext.RequestAborted);
        // What this node has not written down yet counts too.
        Rows = [.. keys.Select(k => (Key: k, Unwritten: uses.Of(k.Id, today))).Select(k => new Row(k.Key.Id, k.Key.Name, k.Key.Beginning, k.Key.By, k.Key.CreatedAt, k.Key.RevokedAt,
            k.Unwritten > 0 ? today : k.Key.UsedOn, k.Unwritten + (k.Key.UsedOn == today ? k.Key.Requests : 0)))];
    }
}
