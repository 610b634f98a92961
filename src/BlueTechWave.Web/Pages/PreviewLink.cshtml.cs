using BlueTechWave.Core.Data;
using BlueTechWave.Core.Writing;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages;

/// <summary>
/// One version of an article, for somebody outside who was given its address. Kept by nobody, found by no search engine,
/// and each opening noted. The key stands in the query, which no log of ours holds.
/// </summary>
public class PreviewLinkPage(NewsDbContext db, SiteAddress address, SiteClock zone, TimeProvider clock) : ArticlePageModel(db, address)
{
    private const int LongestKey = 100;

    /// <summary>Null once it has ended.</summary>
    public PreviewLink? Link { get; private set; }

    public async Task<IActionResult> OnGetAsync([FromQuery] string? key)
    {
        (Response.Headers.CacheControl, Response.Headers["X-Robots-Tag"], Response.Headers["Referrer-Policy"]) = ("no-store", "noindex, nofollow", "no-referrer");
        Head = new() { Title = "Preview", NoIndex = true };
        if (key is not { Length: > 0 and <= LongestKey }) return NotFound();

        var hash = PreviewLink.HashOf(key);
        if (await Db.PreviewLinks.Include(l => l.Version).FirstOrDefaultAsync(l => l.Hash == hash, HttpContext.RequestAborted) is not { } link) return NotFound();
        var now = clock.GetUtcNow().UtcDateTime;
        if (!link.IsOpen(now) || link.Version.Text is not { } text)
        {
            Response.StatusCode = StatusCodes.Status410Gone;
            return Page();
        }

        Link = link;
        var device = Device.Of(Request.Headers.UserAgent.ToString());
        Db.Add(new PreviewOpening(link.Id, device, now));
        await Db.SaveChangesAsync(CancellationToken.None);

        int[] unrelated = [.. Frame.Categories.Values.Where(c => c.IsPartnerContent).Select(c => c.Id)];
        Print(await ArticlePreview.OfAsync(Db, text, link.Version.ArticleId, now, zone.Zone, Frame.Settings.RelatedOrder, unrelated, HttpContext.RequestAborted));
        Head = new() { Title = $"Preview: {Article.Headline}", NoIndex = true, Crumbs = Head.Crumbs };
        Discussion = new(Reading, Address, 1, new CommentForm()) { IsShut = true };
        return Page();
    }
}
