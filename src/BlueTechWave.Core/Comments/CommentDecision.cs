using BlueTechWave.Core.Audit;

namespace BlueTechWave.Core.Comments;

/// <summary>That somebody, or a rule, decided on a comment: kept for good, also when it was taken back. What the scorer learns from.</summary>
public class CommentDecision
{
    private CommentDecision()
    {
    }

    internal CommentDecision(Comment comment, CommentState from, CommentState to, Actor by, DateTime now, string because, Guid? together)
    {
        (Comment, CommentId, From, To, AccountId, By, At, Together) = (comment, comment.Id, from, to, by.AccountId, by.Name, now, together);
        (Because, Score) = (because, comment.SpamScore);
        (BecauseBefore, DecidedBefore, ReportsBefore) = (comment.Because, comment.DecidedAt, comment.OpenReports);
    }

    public int Id { get; private set; }

    public int CommentId { get; private set; }

    public Comment Comment { get; private set; } = null!;

    public CommentState From { get; private set; }

    public CommentState To { get; private set; }

    /// <summary>Null for a rule.</summary>
    public int? AccountId { get; private set; }

    public string By { get; private set; } = "";

    public DateTime At { get; private set; }

    /// <summary>The reason given, or the rule.</summary>
    public string Because { get; private set; } = "";

    /// <summary>What the scorer had said by then, so that its word can be held against what was decided.</summary>
    public double? Score { get; private set; }

    /// <summary>The same for all decided in one act.</summary>
    public Guid? Together { get; private set; }

    public string BecauseBefore { get; private set; } = "";

    public DateTime? DecidedBefore { get; private set; }

    public int ReportsBefore { get; private set; }

    /// <summary>Nobody is told of it: it came with a comment that was read elsewhere, long ago.</summary>
    public bool IsQuiet { get; private set; }

    public DateTime? UndoneAt { get; private set; }

    public string? UndoneBy { get; private set; }

    internal void Hush() => IsQuiet = true;

    internal void Undo(Actor by, DateTime now) => (UndoneAt, UndoneBy) = (now, by.Name);
}
