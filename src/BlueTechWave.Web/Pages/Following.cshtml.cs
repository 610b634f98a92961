using System.Globalization;
using BlueTechWave.Core;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Mail;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Mail;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages;

/// <summary>
/// Somebody wants to hear of new comments. The answer is the same whether the address follows already or not, and an address is
/// written to once a day at most, until it has confirmed.
/// </summary>
[IgnoreAntiforgeryToken]
[WriteLimit(WriteLimits.Messages)]
public class FollowingPage(NewsDbContext db, SealedKeys keys, SiteAddress site, TimeProvider clock) : FramedPageModel
{
    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromDays(1);

    public string Headline { get; private set; } = "";

    public string ArticleAddress { get; private set; } = "";

    public string Email { get; private set; } = "";

    public string? Error { get; private set; }

    public bool IsAsked { get; private set; }

    public async Task<IActionResult> OnGetAsync(int year, int month, string slug) => await FindAsync(year, month, slug) is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(int year, int month, string slug, [FromForm] string? email)
    {
        if (!SameOrigin.IsFromHere(Request)) return StatusCode(StatusCodes.Status403Forbidden);
        if (await FindAsync(year, month, slug) is not { } article) return NotFound();

        Email = TypedText.Clean(email);
        Error = TypedText.MistakeInEmail(Email);
        if (Error is not null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        await AskAsync(article);
        IsAsked = true;
        return Page();
    }

    private async Task AskAsync(int article)
    {
        var (email, now) = (Comment.Canonical(Email), clock.GetUtcNow().UtcDateTime);
        var follower = await db.Followers.FirstOrDefaultAsync(f => f.ArticleId == article && f.Email == email);
        if (follower is { ConfirmedAt: not null } || follower?.AskedAt > now - AskedAgainAfter) return;

        if (follower is null) db.Followers.Add(follower = new Follower(article, email, now));
        follower.AskAgain(now);
        await using var both = await db.Database.BeginTransactionAsync(CancellationToken.None);
        await db.SaveChangesAsync(CancellationToken.None);
        var link = $"{site.Of(To.Follow)}?key={keys.Seal(FollowKeys.ToConfirm, follower.Id.ToString(CultureInfo.InvariantCulture), FollowKeys.ConfirmLasts)}";
        var (subject, text) = ReaderLetters.Follow(Headline, link);
        db.OutgoingMails.Add(new OutgoingMail(email, subject, text, now));
        await db.SaveChangesAsync(CancellationToken.None);
        await both.CommitAsync(CancellationToken.None);
    }

    private async Task<int?> FindAsync(int year, int month, string slug)
    {
        Response.Headers.CacheControl = "no-store";
        if (!Slug.IsOne(slug)) return null;
        var article = await db.Articles.AsNoTracking().Published().At(year, month, slug).Select(a => new { a.Id, a.Headline }).FirstOrDefaultAsync(HttpContext.RequestAborted);
        if (article is null) return null;

        (Headline, ArticleAddress) = (article.Headline, To.Article(year, month, slug));
        Head = new() { Title = "Follow a discussion", NoIndex = true, Crumbs = [new("Home", To.Home), new(article.Headline, ArticleAddress), new("Follow a discussion", null)] };
        return article.Id;
    }
}
