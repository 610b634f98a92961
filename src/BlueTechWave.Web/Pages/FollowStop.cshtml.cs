using System.Globalization;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages;

/// <summary>Ends the letters about a discussion: one click, by a person or by a mail program on their behalf (RFC 8058).</summary>
[IgnoreAntiforgeryToken]
public class FollowStopPage(NewsDbContext db, SealedKeys keys) : FramedPageModel
{
    public bool IsKnown { get; private set; }

    public string? Discussion { get; private set; }

    public Task<IActionResult> OnGetAsync(string? key) => StopAsync(key);

    public Task<IActionResult> OnPostAsync([FromQuery] string? key) => StopAsync(key);

    /// <summary>Twice is once: whoever has stopped is told so again.</summary>
    private async Task<IActionResult> StopAsync(string? key)
    {
        (Response.Headers.CacheControl, Response.Headers["Referrer-Policy"]) = ("no-store", "no-referrer");
        Head = new() { Title = "No more letters", NoIndex = true, Crumbs = [new("Home", To.Home), new("No more letters", null)] };
        if (keys.Open(FollowKeys.ToStop, key)?.Split(' ') is not [var follower, var article])
        {
            Response.StatusCode = StatusCodes.Status410Gone;
            return Page();
        }

        var (id, of) = (int.Parse(follower, CultureInfo.InvariantCulture), int.Parse(article, CultureInfo.InvariantCulture));
        await db.Followers.Where(f => f.Id == id).ExecuteDeleteAsync(CancellationToken.None);
        IsKnown = true;
        Discussion = await db.Articles.AsNoTracking().Published().Where(a => a.Id == of).Select(a => To.Article(a.Year!.Value, a.Month!.Value, a.Slug)).FirstOrDefaultAsync();
        return Page();
    }
}
