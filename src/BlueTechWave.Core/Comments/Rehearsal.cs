using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Comments;

/// <summary>What a rule, or a threshold, would have caught of what was said before, and what had become of that; as far as it has come.</summary>
/// <param name="Looked">How many past comments it was tried on, the newest first.</param>
/// <param name="Total">How many it will be tried on.</param>
/// <param name="Wrong">Approved ones that it would have caught, the newest.</param>
public sealed record Rehearsal(int Looked, int Total, int Spam, int Rejected, int Approved, IReadOnlyList<int> Wrong, bool IsOver)
{
    /// <summary>Older ones say little about what is written today, and somebody waits.</summary>
    public const int LooksAtMost = 1_000_000;

    /// <summary>So many can be leafed through.</summary>
    public const int ListedAtMost = 1_000;

    public const int PageSize = 25;

    private const int AtOnce = 5_000;

    public static readonly Rehearsal NotBegun = new(0, 0, 0, 0, 0, [], false);

    public sealed record Caught(int Id, string Name, string Body, DateTime At);

    public int All => Spam + Rejected + Approved;

    public int Pages => Math.Max(1, (Wrong.Count + PageSize - 1) / PageSize);

    /// <param name="isOfScores">Only comments that the scorer has seen can be asked for their score.</param>
    /// <param name="told">Called with how far it has come, the last time with the whole.</param>
    public static async Task PlayAsync(NewsDbContext db, Func<Said, double?, bool> would, bool isOfScores, Action<Rehearsal> told, CancellationToken cancellation, int atOnce = AtOnce)
    {
        var past = db.Comments.AsNoTracking().Where(c => c.State != CommentState.Pending && !c.IsStaff && (!isOfScores || c.SpamScore != null));
        var total = await past.OrderByDescending(c => c.Id).Select(c => c.Id).Take(LooksAtMost).CountAsync(cancellation);
        var (looked, before, found, wrong) = (0, int.MaxValue, new int[4], new List<int>());
        Tell(isOver: false);
        while (looked < total)
        {
            var last = before;
            var some = await past.Where(c => c.Id < last).OrderByDescending(c => c.Id).Take(Math.Min(atOnce, total - looked)).Select(c => new { c.Id, c.Name, c.Body, c.State, c.SpamScore }).ToListAsync(cancellation);
            if (some.Count == 0) break;
            (looked, before) = (looked + some.Count, some[^1].Id);
            foreach (var comment in some)
            {
                if (!would(new Said(comment.Name, comment.Body), comment.SpamScore)) continue;
                found[(int)comment.State]++;
                if (comment.State == CommentState.Approved && wrong.Count < ListedAtMost) wrong.Add(comment.Id);
            }

            Tell(isOver: false);
        }

        Tell(isOver: true);

        void Tell(bool isOver) =>
            told(new(looked, isOver ? looked : total, found[(int)CommentState.Spam], found[(int)CommentState.Rejected], found[(int)CommentState.Approved], [.. wrong], isOver));
    }

    /// <summary>A page of those that were approved, and caught all the same.</summary>
    public async Task<IReadOnlyList<Caught>> WrongAsync(NewsDbContext db, int page, CancellationToken cancellation)
    {
        var ids = Wrong.Skip((page - 1) * PageSize).Take(PageSize).ToList();
        return await db.Comments.AsNoTracking().Where(c => ids.Contains(c.Id)).OrderByDescending(c => c.Id).Select(c => new Caught(c.Id, c.Name, c.Body, c.CreatedAt)).ToListAsync(cancellation);
    }
}
