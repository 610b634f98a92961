using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

/// <summary>What was done to an article, by whom and why; any two of its texts can be compared, any one brought back.</summary>
public class HistoryModel(NewsDbContext db, TimeProvider clock) : HistoriedModel(db)
{
    public const int PageSize = 40;

    public sealed record Line(int Id, int Version, ArticleAct Act, string By, DateTime At, string Note, bool HasText);

    /// <summary>Typed and not saved yet: her own can be gone on with, of others' she is told that they exist.</summary>
    public sealed record Unsaved(string By, bool IsOwn, DateTime At);

    public DateTime Now { get; private set; }

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public IReadOnlyList<Unsaved> Copies { get; private set; } = [];

    public int Number { get; private set; } = 1;

    public int Pages { get; private set; } = 1;

    public async Task<IActionResult> OnGetAsync(int id, [FromQuery(Name = "page")] string? number, CancellationToken cancellation)
    {
        if (!await FindAsync(id, cancellation)) return NotFound();
        (Title, Now) = ("History", clock.GetUtcNow().UtcDateTime);

        var count = await Db.Revisions.CountAsync(r => r.ArticleId == id, cancellation);
        Pages = Math.Max(1, (count + PageSize - 1) / PageSize);
        Number = Math.Clamp(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1, 1, Pages);
        Lines = await Db.Revisions.Where(r => r.ArticleId == id).OrderByDescending(r => r.Id).Skip((Number - 1) * PageSize).Take(PageSize)
            .Select(r => new Line(r.Id, r.Version, r.Act, r.By, r.At, r.Note, r.Text != null))
            .ToListAsync(cancellation);

        var seesOthers = May(Act.EditAll);
        Copies = await Db.WorkingCopies.Where(c => c.ArticleId == id && c.Sequence < int.MaxValue && (c.AccountId == Who.AccountId || seesOthers))
            .GroupBy(c => c.AccountId)
            .Select(g => new Unsaved(Db.Accounts.Where(a => a.Id == g.Key).Select(a => a.Name).First(), g.Key == Who.AccountId, g.Max(c => c.SavedAt)))
            .ToListAsync(cancellation);
        return Page();
    }
}
