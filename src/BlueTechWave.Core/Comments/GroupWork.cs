using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Comments;

/// <summary>Carries out what was asked of whole groups, step by step: between two steps everybody else may write.</summary>
public static class GroupWork
{
    private const int AtOnce = 100;

    /// <summary>Those under way, and those that can still be taken back or have been just now.</summary>
    public static Task<List<GroupDecision>> RecentAsync(NewsDbContext db, DateTime now, CancellationToken cancellation)
    {
        var since = now - Comment.UndoLasts;
        return db.GroupDecisions.AsNoTracking().Where(g => g.EndedAt == null || g.EndedAt >= since).OrderBy(g => g.Id).ToListAsync(cancellation);
    }

    /// <summary>Asks for the whole of it to be taken back; what is still to be decided is left as it is.</summary>
    /// <returns>False where it is too late, or no such thing.</returns>
    public static async Task<bool> TakeBackAsync(NewsDbContext db, Guid together, Actor by, DateTime now)
    {
        // Past the tracker: a step may be under way, which finds that it has been overtaken.
        var since = now - Comment.UndoLasts;
        return await db.GroupDecisions.Where(g => g.Together == together && g.UndoAskedAt == null && (g.EndedAt == null || g.At >= since))
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.UndoAskedAt, now).SetProperty(g => g.UndoneByAccountId, by.AccountId).SetProperty(g => g.UndoneBy, by.Name)
                .SetProperty(g => g.Reached, 0).SetProperty(g => g.EndedAt, (DateTime?)null).SetProperty(g => g.Version, g => g.Version + 1)) == 1;
    }

    /// <summary>Does the next step of the oldest that is under way.</summary>
    /// <returns>False when there is none.</returns>
    public static async Task<bool> StepAsync(NewsDbContext db, DateTime now)
    {
        db.ChangeTracker.Clear();
        if (await db.GroupDecisions.Where(g => g.EndedAt == null).OrderBy(g => g.Id).FirstOrDefaultAsync() is not { } group) return false;
        if (group.UndoAskedAt is { } asked) await UndoAsync(db, group, asked, now);
        else await DecideAsync(db, group, now);
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            // An editor, a reader or another machine came in between: nothing of this step is stored, and it is looked at anew.
        }

        return true;
    }

    private static async Task DecideAsync(NewsDbContext db, GroupDecision group, DateTime now)
    {
        var comments = await db.Comments.In(group.Queue).Where(c => c.Likeness == group.Likeness && c.Id > group.Reached && c.Id <= group.UpTo).OrderBy(c => c.Id).Take(AtOnce).ToListAsync();
        foreach (var comment in comments) comment.Decide(group.To, group.Asker, now, group.Because, group.Together);
        if (comments.Count > 0) group.Advance(comments[^1].Id, comments.Count);
        else group.End(now);
    }

    private static async Task UndoAsync(NewsDbContext db, GroupDecision group, DateTime asked, DateTime now)
    {
        var decisions = await db.CommentDecisions.Include(d => d.Comment).Where(d => d.Together == group.Together && d.Id > group.Reached).OrderBy(d => d.Id).Take(AtOnce).ToListAsync();
        if (decisions.Count > 0) group.Advance(decisions[^1].Id, await Moderation.TakeBackAsync(db, decisions, group.Undoer, asked));
        else group.End(now);
    }
}
