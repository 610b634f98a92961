namespace BlueTechWave.Core.Comments;

public enum ReportReason
{
    Spam = 0,
    Abuse = 1,
    OffTopic = 2,
    PersonalData = 3,
    Illegal = 4,
    Other = 5,
}

/// <summary>A reader finds that a comment should not stand. One for each address it comes from.</summary>
public class CommentReport
{
    public const int DetailLength = 500;

    private CommentReport()
    {
    }

    public CommentReport(Comment comment, ReportReason reason, string detail, string address, DateTime now)
    {
        (CommentId, Reason, Detail, Address, At) = (comment.Id, reason, detail, address, now);
        comment.Report();
    }

    public int Id { get; private set; }

    public int CommentId { get; private set; }

    public ReportReason Reason { get; private set; }

    public string Detail { get; private set; } = "";

    /// <summary>The network address it came from; empty once it is no longer needed.</summary>
    public string Address { get; private set; } = "";

    public DateTime At { get; private set; }
}
