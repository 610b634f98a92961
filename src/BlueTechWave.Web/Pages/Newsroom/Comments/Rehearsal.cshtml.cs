using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Comments;

/// <summary>A threshold of the scorer, played over what was said before; the one that holds, where none is named.</summary>
[May(Act.Moderate)]
public class RehearsalModel(NewsDbContext db, Rehearsals rehearsals) : NewsroomPageModel
{
    public int Score { get; private set; }

    public RehearsalView View { get; private set; } = null!;

    public async Task OnGetAsync(int? score, [FromQuery(Name = "page")] int? number, CancellationToken cancellation)
    {
        (Title, Here) = ("Rehearsal", "Comments");
        Score = score is >= 1 and <= 100 ? score.Value : await db.CommentSettings.Select(s => s.HoldAt).SingleAsync(cancellation);
        View = await RehearsalView.OfScoreAsync(db, rehearsals, Score, number, cancellation);
    }
}
