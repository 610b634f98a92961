using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Comments.Scoring;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Comments;

/// <summary>How this paper keeps its discussions. Other thresholds are rehearsed before they are saved.</summary>
[May(Act.Moderate)]
public class SettingsModel(NewsDbContext db, SpamLearning scorer, Rehearsals rehearsals, IHostApplicationLifetime life) : NewsroomPageModel
{
    public sealed record Input(CommentPolicy Policy, string Closes, string Edit, string Depth, bool ScorerIsOn, string HoldAt, string SpamAt);

    public Input Typed { get; private set; } = null!;

    public Dictionary<string, string> Errors { get; } = [];

    public RehearsalView? Rehearsal { get; private set; }

    public ScorerRecord Record { get; private set; } = null!;

    public (DateTime At, int Decisions)? Trained { get; private set; }

    public (int Done, int Total)? Progress => scorer.Progress;

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var s = await FindAsync(cancellation);
        Typed = new(s.Policy, Text(s.ClosesAfterDays), Text(s.EditMinutes), Text(s.Depth), s.ScorerIsOn, Text(s.HoldAt), Text(s.SpamAt));
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? policy, [FromForm] string? closes, [FromForm] string? edit, [FromForm] string? depth,
        [FromForm] bool scorerIsOn, [FromForm] string? holdAt, [FromForm] string? spamAt, [FromForm] string? act)
    {
        var settings = await FindAsync(HttpContext.RequestAborted);
        Typed = new(Enum.TryParse<CommentPolicy>(policy, out var known) && Enum.IsDefined(known) ? known : settings.Policy, Trim(closes), Trim(edit), Trim(depth), scorerIsOn, Trim(holdAt), Trim(spamAt));
        if (act == "rescore")
        {
            // Goes on while she does; this page tells how far it has come.
            _ = Task.Run(() => scorer.RescoreAsync(life.ApplicationStopping));
            Said = "What waits is being scored anew.";
            return Redirect("/newsroom/comments/settings");
        }

        var (days, minutes, levels) = (Number("closes", Typed.Closes, 0, CommentSettings.MostDays), Number("edit", Typed.Edit, 0, CommentSettings.MostMinutes), Number("depth", Typed.Depth, 0, CommentSettings.DeepestEver));
        var (hold, spam) = (Number("holdAt", Typed.HoldAt, 1, 100), Number("spamAt", Typed.SpamAt, 1, 101));
        if (Errors.Count == 0 && spam < hold) Errors["spamAt"] = "What goes to spam unseen must be at least as likely spam as what waits.";
        if (Errors.Count > 0) Response.StatusCode = StatusCodes.Status400BadRequest;
        else if (act == "rehearse") Rehearsal = await RehearsalView.OfScoreAsync(db, rehearsals, hold, null, HttpContext.RequestAborted);
        if (Errors.Count > 0 || act == "rehearse") return Page();

        settings.Discuss(Typed.Policy, days, minutes, levels);
        settings.Score(Typed.ScorerIsOn, hold, spam);
        await db.SaveChangesAsync(CancellationToken.None);
        Said = "The settings are saved, and hold from the next comment.";
        return Redirect("/newsroom/comments/settings");
    }

    private int Number(string field, string typed, int least, int most)
    {
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Errors[field] = string.Create(CultureInfo.InvariantCulture, $"Please give a number from {least} to {most:N0}.");
        return least;
    }

    private async Task<CommentSettings> FindAsync(CancellationToken cancellation)
    {
        (Title, Here) = ("How we discuss", "Comments");
        var settings = await db.CommentSettings.SingleAsync(s => s.Id == CommentSettings.OnlyId, cancellation);
        Record = await ScorerRecord.OfAsync(db, settings.HoldAt, cancellation);
        Trained = await db.SpamTrainings.AsNoTracking().OrderByDescending(t => t.Id).Select(t => new { t.At, t.Decisions }).FirstOrDefaultAsync(cancellation) is { } last ? (last.At, last.Decisions) : null;
        return settings;
    }

    private static string Trim(string? typed) => (typed ?? "").Trim();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
