using BlueTechWave.Core;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pages;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Media;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages;

/// <summary>About, terms and the like. The contact page has a form; its posts are guarded as comments are.</summary>
[OutputCache(PolicyName = ReaderPagePolicy.StandingName)]
[IgnoreAntiforgeryToken]
[WriteLimit(WriteLimits.Messages)]
public class StandingPageModel(NewsDbContext db, TimeProvider clock) : FramedPageModel
{
    private const string Contact = "contact";

    public StandingPage Standing { get; private set; } = null!;

    public string BodyHtml { get; private set; } = "";

    public CommentForm? Form { get; private set; }

    public bool IsSent { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, string? sent = null) =>
        await ShowAsync(slug, sent is not null) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string slug, [FromForm] string? name, [FromForm] string? email, [FromForm] string? body, [FromForm] string? website)
    {
        if (!ModelState.IsValid) return BadRequest();
        if (slug != Contact) return StatusCode(StatusCodes.Status405MethodNotAllowed);
        if (!SameOrigin.IsFromHere(Request)) return StatusCode(StatusCodes.Status403Forbidden);

        var form = new CommentForm(TypedText.Clean(name), TypedText.Clean(email), TypedText.Clean(body));
        form = form with { Errors = TypedText.Mistakes(form) };
        if (form.Errors.Count > 0)
        {
            if (!await ShowAsync(slug, false)) return NotFound();
            Form = form;
            Response.StatusCode = StatusCodes.Status400BadRequest;
            Response.Headers.CacheControl = "no-store";
            return Page();
        }

        if (string.IsNullOrEmpty(website))
        {
            db.ContactMessages.Add(new ContactMessage(form.Name, form.Email, form.Body, clock.GetUtcNow().UtcDateTime));
            await db.SaveChangesAsync(CancellationToken.None);
        }

        return new SeeOther($"{To.StandingPage(Contact)}?sent=1#message");
    }

    private async Task<bool> ShowAsync(string slug, bool isSent)
    {
        if (!Slug.IsOne(slug)) return false;
        if (await db.Pages.AsNoTracking().FirstOrDefaultAsync(p => p.Slug == slug, HttpContext.RequestAborted) is not { } page) return false;

        Standing = page;
        BodyHtml = await PictureHtml.PrintAsync(db, ArticlePrint.Print(page.BodyHtml, _ => null), HttpContext.RequestAborted);
        Form = slug == Contact ? new() : null;
        IsSent = isSent && Form is not null;
        Shows(Notice.Page(page.Id));
        Head = new() { Title = page.Title, Description = page.Description, Canonical = To.StandingPage(page.Slug), Crumbs = [new("Home", To.Home), new(page.Title, null)] };
        return true;
    }
}
