using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Comments;

/// <summary>Words, hosts and numbers of links that the newsroom does not take unasked. A new rule is off until it has been rehearsed.</summary>
[May(Act.Moderate)]
public class RulesModel(NewsDbContext db, WhoActs acts, TimeProvider clock) : NewsroomPageModel
{
    /// <summary>Each comment is held against each of them.</summary>
    public const int Most = 500;

    public IReadOnlyList<CommentRule> Rows { get; private set; } = [];

    public (RuleKind Kind, string Pattern, RuleOutcome Outcome) Typed { get; private set; }

    public string? Error { get; private set; }

    public Task OnGetAsync(CancellationToken cancellation) => ShowAsync(cancellation);

    public async Task<IActionResult> OnPostAsync([FromForm] string? kind, [FromForm] string? pattern, [FromForm] string? outcome)
    {
        Typed = (Known<RuleKind>(kind), (pattern ?? "").Trim(), Known<RuleOutcome>(outcome));
        var rule = CommentRule.Make(Typed.Kind, Typed.Pattern, Typed.Outcome, acts(), clock.GetUtcNow().UtcDateTime, out var mistake);
        Error = mistake;
        if (rule is not null && await db.CommentRules.AnyAsync(r => r.Kind == rule.Kind && r.Pattern == rule.Pattern)) Error = "There is such a rule already.";
        else if (await db.CommentRules.CountAsync() >= Most) Error = $"There are {Most} rules; remove one first.";
        if (Error is not null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            await ShowAsync(HttpContext.RequestAborted);
            return Page();
        }

        db.CommentRules.Add(rule!);
        await db.SaveChangesAsync(CancellationToken.None);
        return Redirect(FormattableString.Invariant($"/newsroom/comments/rules/{rule!.Id}"));
    }

    private static T Known<T>(string? typed)
        where T : struct, Enum => Enum.TryParse<T>(typed, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : default;

    private async Task ShowAsync(CancellationToken cancellation)
    {
        (Title, Here) = ("Rules", "Comments");
        Rows = await db.CommentRules.AsNoTracking().OrderBy(r => r.Kind).ThenBy(r => r.Pattern).Take(Most).ToListAsync(cancellation);
    }
}
