using BlueTechWave.Core;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;

namespace BlueTechWave.Web.Pages;

[OutputCache(PolicyName = ReaderPagePolicy.ArticleName)]
public class ArticlePage(NewsDbContext db, SiteAddress address) : ArticlePageModel(db, address)
{
    public async Task<IActionResult> OnGetAsync(int year, int month, string slug, int replyto = 0, int comments = 1, string? order = null, string? sent = null)
    {
        if (!Slug.IsOne(slug) || !ModelState.IsValid || comments is < 1 or > 10_000 || DiscussionView.OrderOf(order) is not { } sorted) return NotFound();
        if (await ArticleReading.FindAsync(Db, year, month, slug, HttpContext.RequestAborted) is not { } found) return NotFound();
        if (found.Status != ArticleStatus.Published)
        {
            HttpContext.SayWhy(found.WithdrawnReason);
            return StatusCode(StatusCodes.Status410Gone);
        }

        if (!await ShowAsync(found, comments, sorted)) return NotFound();
        Discussion = Discuss(new CommentForm(), comments, sorted, replyto) with { IsSent = sent is not null };
        if (comments > 1 || sorted != CommentOrder.Thread || replyto != 0) Head = Head with { NoIndex = true };
        // The form goes when the discussion ends, though nothing is saved then.
        if (Discussion.Closed is null && Frame.Discussions.ClosesAt(found.PublishedAt) is { } closes) HttpContext.KeepUntil(closes - Now);
        return Page();
    }
}
