using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Redirects;

/// <summary>Addresses that readers ask for in vain, the most asked for first.</summary>
[May(Act.ManageRedirects)]
public class MissedModel(NewsDbContext db) : NewsroomPageModel
{
    private const int OnAPage = 50;

    public sealed record Row(int Id, string Path, int Count, DateTime FirstAt, DateTime LastAt);

    /// <summary>Shows those that were set aside.</summary>
    public bool IsIgnored { get; private set; }

    public PagerView Pager { get; private set; } = null!;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public int Open { get; private set; }

    public async Task OnGetAsync(string? ignored, [FromQuery(Name = "page")] string? page, CancellationToken cancellation)
    {
        (Title, Here, IsIgnored) = ("Not found", "Redirects", ignored == "true");
        var found = db.MissedAddresses.AsNoTracking().Where(m => m.IsIgnored == IsIgnored);
        var count = await found.CountAsync(cancellation);
        Open = IsIgnored ? await db.MissedAddresses.CountAsync(m => !m.IsIgnored, cancellation) : count;
        Pager = PagerView.Of(count, OnAPage, page, n => $"/newsroom/redirects/missed?page={n.ToString(CultureInfo.InvariantCulture)}{(IsIgnored ? "&ignored=true" : "")}");
        Rows = await found.OrderByDescending(m => m.Count).ThenByDescending(m => m.LastAt).ThenBy(m => m.Id).Skip((Pager.Page - 1) * OnAPage).Take(OnAPage)
            .Select(m => new Row(m.Id, m.Path, m.Count, m.FirstAt, m.LastAt)).ToListAsync(cancellation);
    }

    public async Task<IActionResult> OnPostIgnoreAsync(int id)
    {
        if (await db.MissedAddresses.FindAsync(id) is not { } missed) return NotFound();
        missed.Ignore();
        await db.SaveChangesAsync();
        Said = $"{missed.Path} is set aside: it is counted on, and not shown.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostHeedAsync(int id)
    {
        if (await db.MissedAddresses.FindAsync(id) is not { } missed) return NotFound();
        missed.Heed();
        await db.SaveChangesAsync();
        Said = $"{missed.Path} is back on the list.";
        return RedirectToPage(new { ignored = "true" });
    }
}
