using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Comments;

/// <summary>What a rule, or a threshold, would have caught of what was said before, and what had become of that.</summary>
/// <param name="Looked">How many past comments it was tried on, the newest.</param>
/// <param name="Wrong">Approved ones that it would have caught, the newest.</param>
public sealed record Rehearsal(int Looked, int Spam, int Rejected, int Approved, IReadOnlyList<Rehearsal.Caught> Wrong)
{
    public const int LooksAtMost = 20_000;
    private const int Shown = 50;

    public sealed record Caught(int Id, string Name, string Body, DateTime At);

    public int All => Spam + Rejected + Approved;

    public static async Task<Rehearsal> OfAsync(NewsDbContext db, Func<Said, double?, bool> would, CancellationToken cancellation)
    {
        var (looked, found, wrong) = (0, new Dictionary<CommentState, int>(), new List<Caught>());
        var past = db.Comments.AsNoTracking().Where(c => c.State != CommentState.Pending && !c.IsStaff).OrderByDescending(c => c.Id).Take(LooksAtMost)
            .Select(c => new { c.Id, c.Name, c.Body, c.State, c.SpamScore, c.CreatedAt }).AsAsyncEnumerable();
        await foreach (var comment in past.WithCancellation(cancellation))
        {
            looked++;
            if (!would(new Said(comment.Name, comment.Body), comment.SpamScore)) continue;
            found[comment.State] = found.GetValueOrDefault(comment.State) + 1;
            if (comment.State == CommentState.Approved && wrong.Count < Shown) wrong.Add(new(comment.Id, comment.Name, comment.Body, comment.CreatedAt));
        }

        return new(looked, found.GetValueOrDefault(CommentState.Spam), found.GetValueOrDefault(CommentState.Rejected), found.GetValueOrDefault(CommentState.Approved), wrong);
    }
}
