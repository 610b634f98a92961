using BlueTechWave.Core.Data;
using BlueTechWave.Web.Receipts;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

/// <summary>Where readers find an article just now, asked of the site itself.</summary>
public class ReceiptModel(NewsDbContext db, PublicPlaces places) : HistoriedModel(db)
{
    /// <summary>Null for an article that readers have never had.</summary>
    public Receipt? Receipt { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellation)
    {
        if (!await FindAsync(id, cancellation)) return NotFound();
        (Title, Receipt) = ("Where readers find it", await places.LookAsync(id, cancellation));
        return Page();
    }
}
