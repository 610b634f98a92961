using System.Globalization;
using BlueTechWave.Core;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Options;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Pages;

/// <summary>
/// Takes a comment. The form stands on a cached page and carries no token: where the post comes from guards it, a signed
/// time, a field no person sees, and limits. What has mistakes comes back whole, with a line beside each.
/// </summary>
[IgnoreAntiforgeryToken]
[WriteLimit(WriteLimits.Comments)]
public class CommentsPage(NewsDbContext db, SiteAddress address, CommentReception reception, CommentLimits limits, IOptions<CommentOptions> options) : ArticlePageModel(db, address)
{
    /// <summary>Whoever comes by link reads the discussion where it stands.</summary>
    public IActionResult OnGet(int year, int month, string slug) =>
        Slug.IsOne(slug) ? RedirectPermanent(To.Article(year, month, slug) + "#comments") : NotFound();

    public async Task<IActionResult> OnPostAsync(int year, int month, string slug, [FromForm] string? name, [FromForm] string? email,
        [FromForm] string? body, [FromForm] string? parent, [FromForm] string? website, [FromForm] string? stamp, [FromForm] string? act)
    {
        if (!SameOrigin.IsFromHere(Request)) return StatusCode(StatusCodes.Status403Forbidden);
        // A form that cannot be read leaves every argument empty, the address's parts too.
        if (!ModelState.IsValid) return BadRequest();
        if (!Slug.IsOne(slug) || await ArticleReading.FindAsync(Db, year, month, slug, HttpContext.RequestAborted) is not { } article) return NotFound();
        if (article.Status != ArticleStatus.Published) return StatusCode(StatusCodes.Status410Gone);

        var form = new CommentForm(TypedText.Clean(name), TypedText.Clean(email), TypedText.Clean(body), int.TryParse(parent, out var id) ? id : 0);
        form = form with { Errors = TypedText.Mistakes(form) };
        if (WhyClosed(article) is not null) return await AgainAsync(article, form, StatusCodes.Status409Conflict);

        var made = FormStamp.Read(Frame.Discussions.StampKey, article.Id, stamp, Now);
        if (made is null) return await AgainAsync(article, form, StatusCodes.Status400BadRequest, "This form was too old, or not whole. Your words are kept: please send them once more.");

        var answered = form.Parent == 0 ? null : await Db.Comments
            .FirstOrDefaultAsync(c => c.Id == form.Parent && c.ArticleId == article.Id && c.State == CommentState.Approved, HttpContext.RequestAborted);
        if (form.Parent != 0 && answered is null)
            return await AgainAsync(article, form with { Parent = 0 }, StatusCodes.Status400BadRequest, "The comment you answered is no longer here. Your words are kept; send them as a comment of their own.");
        if (form.Errors.Count > 0) return await AgainAsync(article, form, StatusCodes.Status400BadRequest);
        if (act == "preview") return await AgainAsync(article, form with { PreviewHtml = LightMarkdown.Comment(form.Body) }, StatusCodes.Status200OK);

        if (await limits.TakeAsync(reception.Address(HttpContext), article.Id) is var (wait, why))
        {
            var seconds = (int)Math.Ceiling(wait.TotalSeconds);
            Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return await AgainAsync(article, form, StatusCodes.Status429TooManyRequests, $"{why} Please wait {seconds} seconds and send it again; your words are kept.");
        }

        // Filled in by machines only, who need not be told.
        if (!string.IsNullOrEmpty(website)) return new SeeOther(To.Article(article.Year, article.Month, article.Slug) + "?sent=1#respond");

        var incoming = new Incoming(article.Id, form.Name, form.Email, form.Body, reception.Address(HttpContext), Now - made < TimeSpan.FromSeconds(options.Value.LeastSeconds));
        if (await CommentScreening.BanAsync(Db, form.Email, incoming.Address, Now, HttpContext.RequestAborted) is { } ban)
            return await AgainAsync(article, form, StatusCodes.Status403Forbidden, reception.Told(ban));
        var verdict = await reception.JudgeAsync(Db, incoming, article.Headline, PolicyOf(article), Frame.Discussions, Now, HttpContext.RequestAborted);
        if (verdict.Refusal is { } refusal) return await AgainAsync(article, form, StatusCodes.Status409Conflict, refusal);

        var comment = new Comment(article.Id, form.Name, form.Email, form.Body, Now, answered, deepest: Frame.Discussions.Depth);
        comment.Receive(verdict, incoming.Address, Now);
        Db.Comments.Add(comment);
        await Db.SaveChangesAsync(CancellationToken.None);
        return new SeeOther(reception.OwnAddress(To.Article(article.Year, article.Month, article.Slug), comment.Id));
    }

    private async Task<IActionResult> AgainAsync(ArticleReading.ArticleRow article, CommentForm form, int status, string? error = null)
    {
        if (error is not null) form = form with { Errors = new Dictionary<string, string>(form.Errors) { ["form"] = error } };
        await ShowAsync(article, 1);
        Discussion = Discuss(form, replyTo: form.Parent);
        Head = Head with { NoIndex = true };
        Response.StatusCode = status;
        Response.Headers.CacheControl = "no-store";
        return Page();
    }
}
