using System.Globalization;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages;

/// <summary>The link in the letter: whoever comes by it has shown that the address is theirs.</summary>
public class FollowLinkPage(NewsDbContext db, SealedKeys keys, TimeProvider clock) : FramedPageModel
{
    /// <summary>Null where there is nothing to follow.</summary>
    public string? Headline { get; private set; }

    public string Discussion { get; private set; } = To.Home;

    public string Email { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string? key)
    {
        (Response.Headers.CacheControl, Response.Headers["Referrer-Policy"]) = ("no-store", "no-referrer");
        Head = new() { Title = "Follow a discussion", NoIndex = true, Crumbs = [new("Home", To.Home), new("Follow a discussion", null)] };
        if (!int.TryParse(keys.Open(FollowKeys.ToConfirm, key), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ||
            await db.Followers.FirstOrDefaultAsync(f => f.Id == id, HttpContext.RequestAborted) is not { } follower ||
            await db.Articles.AsNoTracking().Published().Where(a => a.Id == follower.ArticleId).Select(a => new { a.Headline, a.Year, a.Month, a.Slug }).FirstOrDefaultAsync(HttpContext.RequestAborted) is not { } article)
        {
            Response.StatusCode = StatusCodes.Status410Gone;
            return Page();
        }

        follower.Confirm(await db.CommentDecisions.MaxAsync(d => (int?)d.Id) ?? 0, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(CancellationToken.None);
        (Headline, Email, Discussion) = (article.Headline, follower.Email, To.Article(article.Year!.Value, article.Month!.Value, article.Slug) + "#comments");
        return Page();
    }
}
