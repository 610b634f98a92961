using BlueTechWave.Core;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages;

/// <summary>
/// One comment's own address. Readers are led to where it stands; its writer, who holds the key, sees it here while it waits, and may
/// change or remove it for a while.
/// </summary>
[IgnoreAntiforgeryToken]
[WriteLimit(WriteLimits.Comments)]
public class CommentPage(NewsDbContext db, SiteAddress address, CommentReception reception) : ArticlePageModel(db, address)
{
    public async Task<IActionResult> OnGetAsync(int year, int month, string slug, int id, string? key = null, string? changed = null, string? removed = null)
    {
        if (removed is not null && reception.IsOwn(id, key)) return await ShowRemovedAsync(year, month, slug, id);
        if (await FindAsync(year, month, slug, id) is not var (article, comment)) return NotFound();
        if (!reception.IsOwn(id, key)) return await ToItsPlaceAsync(article, comment);
        return await ShowOwnAsync(article, Own(comment, key!) with { IsChanged = changed is not null }, StatusCodes.Status200OK);
    }

    public async Task<IActionResult> OnPostAsync(int year, int month, string slug, int id, [FromQuery] string? key, [FromForm] string? body, [FromForm] string? act)
    {
        if (!SameOrigin.IsFromHere(Request)) return StatusCode(StatusCodes.Status403Forbidden);
        if (await FindAsync(year, month, slug, id) is not var (article, comment)) return NotFound();
        if (!reception.IsOwn(id, key)) return StatusCode(StatusCodes.Status403Forbidden);

        var own = Own(comment, key!);
        var typed = TypedText.Clean(body);
        if (own.EditableUntil is null)
            return await ShowOwnAsync(article, own with { Typed = typed, Error = "The time in which a comment can be changed is over; it stands as it is." }, StatusCodes.Status409Conflict);
        if (act == "delete") return await RemoveAsync(article, comment, key!);

        if (TypedText.MistakeInBody(typed) is { } mistake) return await ShowOwnAsync(article, own with { Typed = typed, Error = mistake }, StatusCodes.Status400BadRequest);
        if (await CommentScreening.BanAsync(Db, comment.Email, reception.Address(HttpContext), Now, HttpContext.RequestAborted) is { } ban)
            return await ShowOwnAsync(article, own with { Typed = typed, Error = reception.Told(ban) }, StatusCodes.Status403Forbidden);

        var incoming = new Incoming(article.Id, comment.Name, comment.Email, typed, reception.Address(HttpContext), Editing: comment.Id);
        var verdict = await reception.JudgeAsync(Db, incoming, article.Headline, PolicyOf(article), Frame.Discussions, Now, HttpContext.RequestAborted);
        if (verdict.Refusal is { } refusal) return await ShowOwnAsync(article, own with { Typed = typed, Error = refusal }, StatusCodes.Status409Conflict);

        comment.Revise(typed, verdict, Now);
        if (!await SavedAsync()) return await ShowOwnAsync(article, own with { Typed = typed, Error = "An editor decided on it at this moment. Your words are kept here: look at the comment, and send them again." }, StatusCodes.Status409Conflict);
        return new SeeOther($"{To.Comment(To.Article(year, month, slug), id)}?key={key}&changed=1#respond");
    }

    /// <summary>The discussion, and that nothing of hers is left in it.</summary>
    private async Task<IActionResult> ShowRemovedAsync(int year, int month, string slug, int id)
    {
        if (await FindArticleAsync(year, month, slug) is not { } article || await Db.Comments.AnyAsync(c => c.Id == id && c.Email != "", HttpContext.RequestAborted)) return NotFound();
        return await ShowAsync(article, StatusCodes.Status200OK, discussion => discussion with { Removed = id });
    }

    private async Task<ArticleReading.ArticleRow?> FindArticleAsync(int year, int month, string slug) =>
        Slug.IsOne(slug) && await ArticleReading.FindAsync(Db, year, month, slug, HttpContext.RequestAborted) is { Status: ArticleStatus.Published } article ? article : null;

    private async Task<(ArticleReading.ArticleRow Article, Comment Comment)?> FindAsync(int year, int month, string slug, int id)
    {
        if (await FindArticleAsync(year, month, slug) is not { } article) return null;
        return await Db.Comments.FirstOrDefaultAsync(c => c.Id == id && c.ArticleId == article.Id, HttpContext.RequestAborted) is { } comment ? (article, comment) : null;
    }

    private async Task<IActionResult> ToItsPlaceAsync(ArticleReading.ArticleRow article, Comment comment)
    {
        if (comment.State != CommentState.Approved) return NotFound();
        var before = await Db.Comments.Visible().Before(comment).CountAsync(HttpContext.RequestAborted);
        var page = (before / ArticleReading.CommentsPerPage) + 1;
        var to = To.Article(article.Year, article.Month, article.Slug);
        return Redirect(FormattableString.Invariant($"{to}{(page > 1 ? $"?comments={page}" : "")}#comment-{comment.Id}"));
    }

    private OwnComment Own(Comment comment, string key)
    {
        var until = comment.CreatedAt.AddMinutes(Frame.Discussions.EditMinutes);
        var isOpen = until > Now && comment.State is CommentState.Pending or CommentState.Approved;
        return new(comment.Id, comment.State, comment.Name, comment.BodyHtml, comment.CreatedAt, comment.Because, isOpen ? until : null, key, comment.Body);
    }

    private async Task<IActionResult> RemoveAsync(ArticleReading.ArticleRow article, Comment comment, string key)
    {
        if (await Db.Comments.AnyAsync(c => c.ParentId == comment.Id)) comment.Erase();
        else Db.Comments.Remove(comment);
        if (!await SavedAsync())
        {
            // Decided on or reported at this moment, it is still hers to remove; removed at another window, there is nothing left to do.
            Db.ChangeTracker.Clear();
            if (await Db.Comments.FirstOrDefaultAsync(c => c.Id == comment.Id) is { } now) return await RemoveAsync(article, now, key);
        }

        return new SeeOther($"{To.Comment(To.Article(article.Year, article.Month, article.Slug), comment.Id)}?key={key}&removed=1#respond");
    }

    private async Task<bool> SavedAsync()
    {
        try
        {
            await Db.SaveChangesAsync(CancellationToken.None);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    private Task<IActionResult> ShowOwnAsync(ArticleReading.ArticleRow article, OwnComment own, int status) => ShowAsync(article, status, discussion => discussion with { Own = own });

    private async Task<IActionResult> ShowAsync(ArticleReading.ArticleRow article, int status, Func<DiscussionView, DiscussionView> seen)
    {
        await ShowAsync(article, 1);
        Discussion = seen(Discuss(new CommentForm()));
        Head = Head with { NoIndex = true };
        Response.StatusCode = status;
        (Response.Headers.CacheControl, Response.Headers["Referrer-Policy"]) = ("no-store", "no-referrer");
        return Page();
    }
}
