using System.Security.Cryptography;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Writing;
using BlueTechWave.Web.Links;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

/// <summary>Links by which somebody outside reads one version of an article: made, looked after, ended.</summary>
public class PreviewsModel(NewsDbContext db, SiteAddress address, TimeProvider clock) : HistoriedModel(db)
{
    private const int OpeningsShown = 20;

    public static readonly IReadOnlyList<(int Days, string Label)> Lasts = [(1, "A day"), (3, "Three days"), (7, "A week"), (30, "Thirty days")];

    public sealed record Line(int Id, string For, string By, int Version, DateTime CreatedAt, DateTime EndsAt, int Opened, IReadOnlyList<(string Device, DateTime At)> Openings);

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public bool MayShare { get; private set; }

    public DateTime Now { get; private set; }

    public string For { get; private set; } = "";

    public int Days { get; private set; } = 3;

    public string? ForError { get; private set; }

    /// <summary>The address just made: shown once, because the store does not know it.</summary>
    public string? Made { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellation) =>
        await FindAsync(id, cancellation) ? await ShowAsync() : NotFound();

    public async Task<IActionResult> OnPostAsync(int id, [FromForm(Name = "for")] string? reader, [FromForm] int days)
    {
        if (!await FindAsync(id, CancellationToken.None)) return NotFound();
        if (!await MayShareAsync()) return Forbid();

        (For, Days) = ((reader ?? "").Trim(), Lasts.Any(l => l.Days == days) ? days : 3);
        if (For.Length == 0) ForError = "Please say whom it is for: it stands in the list, and on the page they see.";
        else if (For.Length > PreviewLink.ForLength) ForError = $"Please keep it under {PreviewLink.ForLength} characters.";
        if (ForError is not null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await ShowAsync();
        }

        var version = await Db.Revisions.Where(r => r.ArticleId == id && r.Text != null && r.Act != Core.Articles.ArticleAct.Branched).OrderByDescending(r => r.Id).FirstAsync();
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        Db.PreviewLinks.Add(new(version, key, For, Who.Name, clock.GetUtcNow().UtcDateTime, TimeSpan.FromDays(Days)));
        await Db.SaveChangesAsync();
        (Made, For) = (address.Of($"/preview?key={key}"), "");
        return await ShowAsync();
    }

    public async Task<IActionResult> OnPostEndAsync(int id, [FromForm] int link)
    {
        if (!await FindAsync(id, CancellationToken.None)) return NotFound();
        if (!await MayShareAsync()) return Forbid();
        if (await Db.PreviewLinks.FirstOrDefaultAsync(l => l.Id == link && l.Version.ArticleId == id) is not { } found) return NotFound();

        found.End(clock.GetUtcNow().UtcDateTime);
        await Db.SaveChangesAsync();
        Said = $"The link for {found.For} is ended: it shows nothing any more.";
        return RedirectToPage(new { id });
    }

    private Task<bool> MayShareAsync() => Db.Articles.EditedBy(Who).AnyAsync(a => a.Id == ArticleId);

    private async Task<IActionResult> ShowAsync()
    {
        (Title, Now, MayShare) = ("Preview links", clock.GetUtcNow().UtcDateTime, await MayShareAsync());
        var links = await Db.PreviewLinks.AsNoTracking().Where(l => l.Version.ArticleId == ArticleId).OrderByDescending(l => l.Id)
            .Select(l => new { l.Id, l.For, l.By, l.Version.Version, l.CreatedAt, l.EndsAt, Opened = l.Openings.Count, Openings = l.Openings.OrderByDescending(o => o.Id).Take(OpeningsShown).Select(o => new { o.Device, o.At }).ToList() })
            .ToListAsync(HttpContext.RequestAborted);
        Lines = [.. links.Select(l => new Line(l.Id, l.For, l.By, l.Version, l.CreatedAt, l.EndsAt, l.Opened, [.. l.Openings.Select(o => (o.Device, o.At))]))];
        return Page();
    }
}
