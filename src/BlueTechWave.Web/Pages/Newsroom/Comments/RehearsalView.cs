using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Jobs;

namespace BlueTechWave.Web.Pages.Newsroom.Comments;

/// <summary>What came of a rehearsal, page by page.</summary>
/// <param name="Address">Of a page of it.</param>
public sealed record RehearsalView(Rehearsal Told, bool IsOfScores, IReadOnlyList<Rehearsal.Caught> Wrong, int Page, Func<int, string> Address)
{
    /// <param name="page">Null for who begins to look.</param>
    public static async Task<RehearsalView> OfRuleAsync(NewsDbContext db, Rehearsals rehearsals, CommentRule rule, int? page, CancellationToken cancellation) =>
        await OfAsync(db, isOfScores: false, await rehearsals.AskAsync($"{rule.Kind} {rule.Pattern}", (said, _) => rule.Fits(said), isOfScores: false, isLeafing: page is not null),
            page, n => FormattableString.Invariant($"/newsroom/comments/rules/{rule.Id}?page={n}"), cancellation);

    /// <summary>Of what would wait from that score on.</summary>
    public static async Task<RehearsalView> OfScoreAsync(NewsDbContext db, Rehearsals rehearsals, int score, int? page, CancellationToken cancellation) =>
        await OfAsync(db, isOfScores: true, await rehearsals.AskAsync(FormattableString.Invariant($"score {score}"), (_, said) => said * 100 >= score, isOfScores: true, isLeafing: page is not null),
            page, n => FormattableString.Invariant($"/newsroom/comments/rehearsal?score={score}&page={n}"), cancellation);

    private static async Task<RehearsalView> OfAsync(NewsDbContext db, bool isOfScores, Rehearsal told, int? page, Func<int, string> address, CancellationToken cancellation)
    {
        var shown = Math.Clamp(page ?? 1, 1, told.Pages);
        return new(told, isOfScores, await told.WrongAsync(db, shown, cancellation), shown, address);
    }
}
