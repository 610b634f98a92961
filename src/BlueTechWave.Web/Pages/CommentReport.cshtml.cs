using System.Globalization;
using BlueTechWave.Core;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages;

/// <summary>A reader finds that a comment should not stand, and says why. It stays until an editor has looked.</summary>
[IgnoreAntiforgeryToken]
[WriteLimit(WriteLimits.Comments)]
public class CommentReportPage(NewsDbContext db, CommentReception reception, CommentLimits limits, TimeProvider clock) : FramedPageModel
{
    public Comment Comment { get; private set; } = null!;

    public string ArticleAddress { get; private set; } = "";

    /// <summary>Where the comment stands.</summary>
    public string Discussion => To.Comment(ArticleAddress, Comment.Id);

    public ReportReason? Reason { get; private set; }

    public string Detail { get; private set; } = "";

    public string? Error { get; private set; }

    public string? ReasonError { get; private set; }

    public string? DetailError { get; private set; }

    public bool IsSent { get; private set; }

    public async Task<IActionResult> OnGetAsync(int year, int month, string slug, int id, string? sent = null)
    {
        if (!await FindAsync(year, month, slug, id)) return NotFound();
        IsSent = sent is not null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int year, int month, string slug, int id, [FromForm] string? reason, [FromForm] string? detail)
    {
        if (!SameOrigin.IsFromHere(Request)) return StatusCode(StatusCodes.Status403Forbidden);
        if (!await FindAsync(year, month, slug, id)) return NotFound();

        (Reason, Detail) = (ReportReasons.Of(reason), TypedText.Clean(detail));
        if (Reason is null) ReasonError = "Please choose what is wrong with it.";
        if (Detail.Length > CommentReport.DetailLength) DetailError = $"Please keep it to {CommentReport.DetailLength} characters.";
        if (ReasonError is not null || DetailError is not null) return Again(StatusCodes.Status400BadRequest);

        var (now, address) = (clock.GetUtcNow().UtcDateTime, reception.Address(HttpContext));
        if (await CommentScreening.BanAsync(db, "", address, now, HttpContext.RequestAborted) is { } ban) return Again(StatusCodes.Status403Forbidden, reception.Told(ban));
        if (await limits.TakeAsync(address, 0) is var (wait, why))
        {
            Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Again(StatusCodes.Status429TooManyRequests, string.Create(CultureInfo.InvariantCulture, $"{why} Please wait {Math.Ceiling(wait.TotalSeconds)} seconds and send it again; your words are kept."));
        }

        while (!await IsTakenAsync(address, now))
        {
            // Somebody decided or reported at this moment: what is there now is reported, if it is still there.
            db.ChangeTracker.Clear();
            if (await FindAsync(year, month, slug, id)) continue;
            HttpContext.SayWhy("The comment you report was removed at this moment.");
            return NotFound();
        }

        return new SeeOther($"{To.Comment(ArticleAddress, id)}/report?sent=1");
    }

    /// <summary>Once from each address: a report counts readers, not clicks.</summary>
    private async Task<bool> IsTakenAsync(string address, DateTime now)
    {
        if (await db.CommentReports.AnyAsync(r => r.CommentId == Comment.Id && r.Address == address && r.Address != "")) return true;
        db.CommentReports.Add(new CommentReport(Comment, Reason!.Value, Detail, address, now));
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    private PageResult Again(int status, string? error = null)
    {
        (Response.StatusCode, Error) = (status, error);
        return Page();
    }

    private async Task<bool> FindAsync(int year, int month, string slug, int id)
    {
        Response.Headers.CacheControl = "no-store";
        if (!Slug.IsOne(slug)) return false;
        var article = await db.Articles.AsNoTracking().Published().At(year, month, slug).Select(a => new { a.Id, a.Headline }).FirstOrDefaultAsync(HttpContext.RequestAborted);
        if (article is null || await db.Comments.Visible().FirstOrDefaultAsync(c => c.Id == id && c.ArticleId == article.Id, HttpContext.RequestAborted) is not { } comment) return false;

        (Comment, ArticleAddress) = (comment, To.Article(year, month, slug));
        Head = new() { Title = "Report a comment", NoIndex = true, Crumbs = [new("Home", To.Home), new(article.Headline, ArticleAddress), new("Report a comment", null)] };
        return true;
    }
}
