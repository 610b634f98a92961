using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Comments;

/// <summary>What came of deciding on several comments at once.</summary>
/// <param name="Together">What one Undo takes back; null where nothing was decided.</param>
/// <param name="Overtaken">Those that somebody else decided on meanwhile: left as they are, and who did what.</param>
public sealed record Decided(int Count, Guid? Together, IReadOnlyList<string> Overtaken)
{
    /// <summary>How many are decided on from now on, one after the other: see <see cref="GroupDecision"/>.</summary>
    public int UnderWay { get; init; }
}

/// <summary>Deciding on comments, one or many: each is recorded, and none that has changed under the editor's eyes is touched.</summary>
public static class Moderation
{
    /// <summary>So many are decided on while she waits.</summary>
    public const int AtOnce = 500;

    /// <param name="seen">Which, and in which version the editor saw them.</param>
    public static async Task<Decided> DecideAsync(NewsDbContext db, IReadOnlyDictionary<int, int> seen, CommentState to, string because, Actor by, DateTime now)
    {
        var ids = seen.Keys.Take(AtOnce).ToList();
        var comments = await db.Comments.Where(c => ids.Contains(c.Id)).OrderBy(c => c.Id).ToListAsync();
        var (together, overtaken, count) = (Guid.NewGuid(), new List<Comment>(), 0);
        foreach (var comment in comments)
        {
            if (comment.Version != seen[comment.Id] && comment.State != to)
            {
                overtaken.Add(comment);
                continue;
            }

            // Twice the same is once: two editors agree.
            if (comment.State == to && comment.OpenReports == 0) continue;
            comment.Decide(to, by, now, because, together);
            count++;
        }

        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException) when (seen.Count > 0)
        {
            // Somebody came in between the reading and the writing: what is there now is looked at once more.
            db.ChangeTracker.Clear();
            return await DecideAsync(db, seen, to, because, by, now);
        }

        return new(count, count > 0 ? together : null, await NamedAsync(db, overtaken));
    }

    /// <summary>All that is after the same thing, in the same pile. Where that is more than is done at once, it is asked for, and done from then on.</summary>
    public static async Task<Decided> DecideGroupAsync(NewsDbContext db, int like, Queue queue, CommentState to, string because, Actor by, DateTime now)
    {
        if (queue != Queue.Reported && CommentQueries.StateOf(queue) == to) return new(0, null, []);
        var kind = await db.Comments.Where(c => c.Id == like).Select(c => c.Likeness).FirstOrDefaultAsync();
        var alike = db.Comments.In(queue).Where(c => c.Id == like || (kind != 0 && c.Likeness == kind));
        if (await db.GroupDecisions.AsNoTracking().FirstOrDefaultAsync(g => g.EndedAt == null && g.Likeness == kind && g.Queue == queue) is { } other)
            return new(0, null, [$"{(other.UndoAskedAt is null ? other.By : other.UndoneBy)} has asked for all of these just now."]);

        var total = await alike.CountAsync();
        if (total <= AtOnce) return await DecideAsync(db, await alike.ToDictionaryAsync(c => c.Id, c => c.Version), to, because, by, now);

        var group = new GroupDecision(kind, queue, to, because, await alike.MaxAsync(c => c.Id), total, by, now);
        db.GroupDecisions.Add(group);
        await db.SaveChangesAsync(CancellationToken.None);
        return new(0, null, []) { UnderWay = total };
    }

    /// <summary>Takes back what was decided in one act, as far as it is the last word and young enough.</summary>
    /// <returns>How many were taken back, and how many not.</returns>
    public static async Task<(int Undone, int Left)> UndoAsync(NewsDbContext db, Guid together, Actor by, DateTime now)
    {
        var decisions = await db.CommentDecisions.Include(d => d.Comment).Where(d => d.Together == together).ToListAsync();
        var undone = await TakeBackAsync(db, decisions, by, now);
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException) when (undone > 0)
        {
            // As in a decision: what somebody else has done meanwhile is looked at once more.
            db.ChangeTracker.Clear();
            return await UndoAsync(db, together, by, now);
        }

        return (undone, decisions.Count - undone);
    }

    internal static async Task<int> TakeBackAsync(NewsDbContext db, List<CommentDecision> decisions, Actor by, DateTime now)
    {
        var ids = decisions.Select(d => d.CommentId).ToList();
        var last = (await db.CommentDecisions.Where(d => ids.Contains(d.CommentId)).GroupBy(d => d.CommentId).Select(g => g.Max(d => d.Id)).ToListAsync()).ToHashSet();
        return decisions.Count(d => last.Contains(d.Id) && d.Comment.Undo(d, by, now));
    }

    private static async Task<IReadOnlyList<string>> NamedAsync(NewsDbContext db, List<Comment> overtaken)
    {
        if (overtaken.Count == 0) return [];
        var ids = overtaken.Select(c => c.Id).ToList();
        var last = await db.CommentDecisions.AsNoTracking().Where(d => ids.Contains(d.CommentId)).GroupBy(d => d.CommentId).Select(g => g.OrderByDescending(d => d.Id).First()).ToListAsync();
        return [.. overtaken.Select(c => last.Find(d => d.CommentId == c.Id) is { } decision
            ? $"{decision.By} has meanwhile decided on the comment of {c.Name}: {Word(decision.UndoneAt is null ? decision.To : decision.From)}{(decision.Because.Length > 0 ? $" ({decision.Because})" : "")}."
            : $"The comment of {c.Name} has changed meanwhile.")];
    }

    private static string Word(CommentState state) => state == CommentState.Spam ? "spam" : state.ToString().ToLowerInvariant();
}
