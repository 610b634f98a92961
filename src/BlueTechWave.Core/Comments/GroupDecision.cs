using BlueTechWave.Core.Audit;

namespace BlueTechWave.Core.Comments;

/// <summary>
/// What was asked of everything in a pile that is after the same thing, thousands perhaps: it is carried out a few at a time, and how
/// far it has come is stored with each step, so that whoever stops the site, what was asked goes on.
/// </summary>
public class GroupDecision
{
    private GroupDecision()
    {
    }

    /// <param name="upTo">The last comment that was there when it was asked: what comes later nobody has looked at.</param>
    public GroupDecision(long likeness, Queue queue, CommentState to, string because, int upTo, int total, Actor by, DateTime now) =>
        (Likeness, Queue, To, Because, UpTo, Total, AccountId, By, At) = (likeness, queue, to, because, upTo, total, by.AccountId, by.Name, now);

    public int Id { get; private set; }

    /// <summary>The same for each decision that comes of it.</summary>
    public Guid Together { get; private set; } = Guid.NewGuid();

    public long Likeness { get; private set; }

    public Queue Queue { get; private set; }

    public CommentState To { get; private set; }

    public string Because { get; private set; } = "";

    public int UpTo { get; private set; }

    /// <summary>How many there were when it was asked.</summary>
    public int Total { get; private set; }

    public int? AccountId { get; private set; }

    public string By { get; private set; } = "";

    public DateTime At { get; private set; }

    /// <summary>The last comment that was decided on, or the last decision that was taken back.</summary>
    public int Reached { get; private set; }

    public int Done { get; private set; }

    public int Undone { get; private set; }

    /// <summary>When somebody asked for it to be taken back, also in the middle of it.</summary>
    public DateTime? UndoAskedAt { get; private set; }

    public int? UndoneByAccountId { get; private set; }

    public string UndoneBy { get; private set; } = "";

    public DateTime? EndedAt { get; private set; }

    /// <summary>Two machines at the same step: the second begins it anew.</summary>
    public int Version { get; private set; }

    public bool IsUnderWay => EndedAt is null;

    public bool CanUndo(DateTime now) => UndoAskedAt is null && (IsUnderWay || now - At <= Comment.UndoLasts);

    internal Actor Asker => new(AccountId, By, "");

    internal Actor Undoer => new(UndoneByAccountId, UndoneBy, "");

    internal void Advance(int reached, int done)
    {
        (Reached, Version) = (reached, Version + 1);
        if (UndoAskedAt is null) Done += done;
        else Undone += done;
    }

    internal void End(DateTime now) => (EndedAt, Version) = (now, Version + 1);
}
