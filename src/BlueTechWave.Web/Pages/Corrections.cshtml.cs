using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Core.Pages;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Media;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages;

/// <summary>What the paper has put right, newest first, under what it says about how it does so.</summary>
public class CorrectionsPage(NewsDbContext db) : ReaderPageModel
{
    private const int OnAPage = 30;

    /// <summary>What the newsroom has written above the list; null where it has written nothing.</summary>
    public StandingPage? Standing { get; private set; }

    public string BodyHtml { get; private set; } = "";

    public IReadOnlyList<CorrectionLine> Lines { get; private set; } = [];

    public PagerView Pager { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int number = 1)
    {
        var count = await CorrectionLine.Of(db).CountAsync(HttpContext.RequestAborted);
        var pages = Math.Max(1, (count + OnAPage - 1) / OnAPage);
        if (number > pages) return NotFound();

        Standing = await db.Pages.AsNoTracking().FirstOrDefaultAsync(p => p.Slug == "corrections", HttpContext.RequestAborted);
        BodyHtml = Standing is null || number > 1 ? "" : await PictureHtml.PrintAsync(db, ArticlePrint.Print(Standing.BodyHtml, _ => null), HttpContext.RequestAborted);
        Lines = await CorrectionLine.Of(db).Skip((number - 1) * OnAPage).Take(OnAPage).ToListAsync(HttpContext.RequestAborted);
        Pager = new(number, pages, n => To.Page(To.Corrections, n));

        Shows(Notice.Corrections, Notice.List(Listing.Site));
        if (Standing is not null) Shows(Notice.Page(Standing.Id));
        Shows(Lines.Select(l => Notice.Article(l.ArticleId)));
        var title = Standing?.Title ?? "Corrections";
        Head = new()
        {
            Title = number == 1 ? title : $"{title}, page {number}",
            Description = Standing?.Description ?? "",
            Canonical = To.Page(To.Corrections, number),
            Previous = number > 1 ? To.Page(To.Corrections, number - 1) : null,
            Next = number < pages ? To.Page(To.Corrections, number + 1) : null,
            Crumbs = [new("Home", To.Home), new(title, null)],
            Feed = (title, To.FeedOf(To.Corrections)),
        };
        return Page();
    }
}
