using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Comments;

/// <summary>One comment in its discussion: what it answers and what answers it, what was decided and why, what the scorer sees in it.</summary>
[May(Act.Moderate)]
public class CommentModel(NewsDbContext db, SpamLearning scorer, WhoActs acts, TimeProvider clock) : NewsroomPageModel
{
    private const int Shown = 50;
    private const int SignalsShown = 8;

    public sealed record Other(int Id, string Name, string Html, DateTime At, CommentState State, bool IsStaff);

    public Comment Comment { get; private set; } = null!;

    public string Headline { get; private set; } = "";

    /// <summary>Where readers see it; null where they do not.</summary>
    public string? Place { get; private set; }

    /// <summary>What it answers, the beginning of the thread first.</summary>
    public IReadOnlyList<Other> Above { get; private set; } = [];

    public IReadOnlyList<Other> Answers { get; private set; } = [];

    public IReadOnlyList<CommentDecision> Decisions { get; private set; } = [];

    public IReadOnlyList<CommentReport> Reports { get; private set; } = [];

    public IReadOnlyList<(string Signal, double Weight)> Signals { get; private set; } = [];

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public (string Body, string Answer) Typed { get; private set; }

    public Dictionary<string, string> Errors { get; } = [];

    /// <summary>Said where somebody else has decided meanwhile.</summary>
    public string? Refused { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellation)
    {
        if (!await FindAsync(id, cancellation)) return NotFound();
        Typed = (Comment.Body, "");
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, [FromForm] string? act, [FromForm] string? body, [FromForm] string? answer, [FromForm] string? reason, [FromForm] int version)
    {
        if (!await FindAsync(id, HttpContext.RequestAborted)) return NotFound();
        Typed = (body is null ? Comment.Body : TypedText.Clean(body), TypedText.Clean(answer));
        switch (act)
        {
            case var _ when DecisionWords.Of(act) is { } to:
                var decided = await Moderation.DecideAsync(db, new Dictionary<int, int> { [id] = version }, to, DecisionWords.Because(reason), acts(), Now);
                if (decided.Overtaken.Count > 0) return await AgainAsync(id, StatusCodes.Status409Conflict, decided.Overtaken[0] + " Nothing was done; look, and decide again.");
                Said = "Decided.";
                break;
            case "feature" or "unfeature":
                Comment.Feature(act == "feature");
                Said = Comment.IsFeatured ? "It is featured." : "It is not featured.";
                break;
            case "edit" when TypedText.MistakeInBody(Typed.Body) is { } mistake:
                Errors["body"] = mistake;
                return await AgainAsync(id, StatusCodes.Status400BadRequest);
            case "edit":
                if (Comment.Version != version) return await AgainAsync(id, StatusCodes.Status409Conflict, "It has changed while you wrote. Your words are kept below.");
                Comment.ReviseByEditor(Typed.Body, Now);
                Said = "Changed. Readers see that an editor has.";
                break;
            case "answer" when TypedText.MistakeInBody(Typed.Answer) is { } mistake:
                Errors["answer"] = mistake;
                return await AgainAsync(id, StatusCodes.Status400BadRequest);
            case "answer" when Comment.State != CommentState.Approved:
                Errors["answer"] = "Readers do not see this comment. Approve it first.";
                return await AgainAsync(id, StatusCodes.Status409Conflict);
            case "answer":
                await AnswerAsync();
                Said = "Your answer is published, marked as the paper's.";
                break;
            default:
                return BadRequest();
        }

        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            Said = null;
            return await AgainAsync(id, StatusCodes.Status409Conflict, "Somebody decided on it or reported it at this moment. Nothing was done; look, and do it again.");
        }

        return Redirect(FormattableString.Invariant($"/newsroom/comments/{id}"));
    }

    private async Task AnswerAsync()
    {
        var account = await db.Accounts.Include(a => a.Author).SingleAsync(a => a.Id == Who.AccountId);
        var depth = await db.CommentSettings.Select(s => s.Depth).SingleAsync();
        var reply = Comment.AnswerOf(account, Comment, Typed.Answer, Now, depth);
        reply.Approve(acts(), Now);
        db.Comments.Add(reply);
    }

    private async Task<IActionResult> AgainAsync(int id, int status, string? refused = null)
    {
        db.ChangeTracker.Clear();
        await FindAsync(id, HttpContext.RequestAborted);
        (Refused, Response.StatusCode) = (refused, status);
        return Page();
    }

    private async Task<bool> FindAsync(int id, CancellationToken cancellation)
    {
        (Title, Here) = ("A comment", "Comments");
        if (await db.Comments.FirstOrDefaultAsync(c => c.Id == id, cancellation) is not { } comment) return false;
        Comment = comment;
        var article = await db.Articles.Where(a => a.Id == comment.ArticleId).Select(a => new { a.Headline, a.Year, a.Month, a.Slug }).SingleAsync(cancellation);
        Headline = article.Headline;
        if (comment.State == CommentState.Approved && article.Year is { } year) Place = To.Comment(To.Article(year, article.Month!.Value, article.Slug), id);

        // Everything that begins as it does, up to where it stands, is what it answers.
        var line = Enumerable.Range(1, comment.Depth).Select(n => comment.Thread[..Math.Min(comment.Thread.Length, n * ThreadOrder.StepLength)]).Where(t => t != comment.Thread).ToList();
        Above = await Others(db.Comments.Where(c => c.ArticleId == comment.ArticleId && line.Contains(c.Thread)).OrderBy(c => c.Thread)).ToListAsync(cancellation);
        Answers = await Others(db.Comments.Where(c => c.ParentId == id).OrderBy(c => c.Id)).Take(Shown).ToListAsync(cancellation);
        Decisions = await db.CommentDecisions.AsNoTracking().Where(d => d.CommentId == id).OrderByDescending(d => d.Id).Take(Shown).ToListAsync(cancellation);
        Reports = await db.CommentReports.AsNoTracking().Where(r => r.CommentId == id).OrderByDescending(r => r.Id).Take(Shown).ToListAsync(cancellation);
        Signals = await scorer.ExplainAsync(comment.Name, comment.Body, Headline, SignalsShown, cancellation);
        return true;
    }

    private static IQueryable<Other> Others(IQueryable<Comment> comments) =>
        comments.AsNoTracking().Select(c => new Other(c.Id, c.Name, c.BodyHtml, c.CreatedAt, c.State, c.IsStaff));
}
