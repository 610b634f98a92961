using System.Net.Mail;
using System.Text;
using BlueTechWave.Core;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages;

/// <summary>
/// Takes a comment. The form stands on a cached page and carries no token: where the post comes from guards it, a
/// field no person sees, and a limit per address. What has mistakes comes back whole, with a line beside each.
/// </summary>
[IgnoreAntiforgeryToken]
[EnableRateLimiting(WriteLimits.Comments)]
public class CommentsPage(NewsDbContext db, SiteAddress address, TimeProvider clock) : ArticlePageModel(db, address)
{
    /// <summary>Whoever comes by link reads the discussion where it stands.</summary>
    public IActionResult OnGet(int year, int month, string slug) =>
        Slug.IsOne(slug) ? RedirectPermanent(To.Article(year, month, slug) + "#comments") : NotFound();

    public async Task<IActionResult> OnPostAsync(int year, int month, string slug, [FromForm] string? name, [FromForm] string? email,
        [FromForm] string? body, [FromForm] string? parent, [FromForm] string? website)
    {
        if (!SameOrigin.IsFromHere(Request)) return StatusCode(StatusCodes.Status403Forbidden);
        // A form that cannot be read leaves every argument empty, the address's parts too.
        if (!ModelState.IsValid) return BadRequest();
        if (!Slug.IsOne(slug) || await ArticleReading.FindAsync(Db, year, month, slug, HttpContext.RequestAborted) is not { } article) return NotFound();
        if (article.Status == ArticleStatus.Withdrawn) return StatusCode(StatusCodes.Status410Gone);

        var form = new CommentForm(Clean(name), Clean(email), Clean(body).Trim(), int.TryParse(parent, out var id) ? id : 0);
        form = form with { Errors = Mistakes(form) };
        if (!article.CommentsOpen) return await AgainAsync(article, form, StatusCodes.Status409Conflict);

        var answered = form.Parent == 0 ? null : await Db.Comments
            .FirstOrDefaultAsync(c => c.Id == form.Parent && c.ArticleId == article.Id && c.State == CommentState.Approved, HttpContext.RequestAborted);
        if (form.Parent != 0 && answered is null)
            form = form with { Parent = 0, Errors = With(form.Errors, "form", "The comment you answered is no longer here. Your words are kept; send them as a comment of their own.") };
        if (form.Errors.Count > 0) return await AgainAsync(article, form, StatusCodes.Status400BadRequest);

        // Filled in by machines only, who need not be told.
        if (string.IsNullOrEmpty(website))
        {
            Db.Comments.Add(new Comment(article.Id, form.Name, form.Email, form.Body, clock.GetUtcNow().UtcDateTime, answered));
            await Db.SaveChangesAsync(CancellationToken.None);
        }

        return new SeeOther(To.Article(article.Year, article.Month, article.Slug) + "?sent=1#respond");
    }

    private async Task<IActionResult> AgainAsync(ArticleReading.ArticleRow article, CommentForm form, int status)
    {
        await ShowAsync(article, 1);
        Discussion = new(Reading, Address, 1, form, ReplyTo: form.Parent);
        Head = Head with { NoIndex = true };
        Response.StatusCode = status;
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    internal static Dictionary<string, string> Mistakes(CommentForm form)
    {
        var mistakes = new Dictionary<string, string>();
        if (form.Name.Length == 0) mistakes["name"] = "Please give a name.";
        else if (form.Name.Length > Comment.NameLength) mistakes["name"] = $"Please keep the name to {Comment.NameLength} characters.";
        if (form.Email.Length == 0) mistakes["email"] = "Please give an e-mail address. It is not shown.";
        else if (form.Email.Length > Comment.EmailLength || !IsAddress(form.Email)) mistakes["email"] = "This does not look like an e-mail address.";
        if (form.Body.Length == 0) mistakes["body"] = "Please write something.";
        else if (form.Body.Length > Comment.BodyLength) mistakes["body"] = $"This is {form.Body.Length - Comment.BodyLength:N0} characters too long; {Comment.BodyLength:N0} fit.";
        return mistakes;
    }

    internal static bool IsAddress(string email) =>
        MailAddress.TryCreate(email, out var address) && address.Address == email && address.Host.Contains('.');

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string> errors, string field, string error) =>
        new(errors) { [field] = error };

    /// <summary>Without control characters and marks that turn the direction of other people's text.</summary>
    internal static string Clean(string? typed)
    {
        if (string.IsNullOrEmpty(typed)) return "";
        var kept = new StringBuilder(Math.Min(typed.Length, 20_000));
        foreach (var rune in typed.EnumerateRunes())
        {
            if (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t')) continue;
            if (rune.Value is 0xFFFD or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)) continue;
            kept.Append(rune.ToString());
        }

        return kept.ToString().Trim();
    }
}

/// <summary>303: read the result elsewhere, by GET (RFC 9110, 15.4.4).</summary>
internal sealed class SeeOther(string to) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context)
    {
        context.HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.HttpContext.Response.Headers.Location = to;
        return Task.CompletedTask;
    }
}
