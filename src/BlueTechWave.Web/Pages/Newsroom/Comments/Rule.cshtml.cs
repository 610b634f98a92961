using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages.Newsroom.Comments;

/// <summary>One rule, played over what was said before: whom it would have caught, and what had become of them.</summary>
[May(Act.Moderate)]
public class RuleModel(NewsDbContext db, Rehearsals rehearsals) : NewsroomPageModel
{
    public CommentRule Rule { get; private set; } = null!;

    public RehearsalView Rehearsal { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int id, [FromQuery(Name = "page")] int? number, CancellationToken cancellation)
    {
        if (await db.CommentRules.FindAsync([id], cancellation) is not { } rule) return NotFound();
        (Title, Here, Rule) = ("Rule", "Comments", rule);
        Rehearsal = await RehearsalView.OfRuleAsync(db, rehearsals, rule, number, cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, [FromForm] string? act)
    {
        if (await db.CommentRules.FindAsync(id) is not { } rule) return NotFound();
        switch (act)
        {
            case "on" or "off":
                rule.Switch(act == "on");
                Said = rule.IsOn ? "The rule is on, from the next comment." : "The rule is off.";
                break;
            case "remove":
                db.CommentRules.Remove(rule);
                Said = "The rule is removed.";
                break;
            default:
                return BadRequest();
        }

        await db.SaveChangesAsync(CancellationToken.None);
        return Redirect("/newsroom/comments/rules");
    }
}
