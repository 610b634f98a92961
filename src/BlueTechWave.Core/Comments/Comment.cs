using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Comments;

public enum CommentState
{
    Pending = 0,
    Approved = 1,
    Rejected = 2,
    Spam = 3,
}

/// <summary>What a reader said under an article. Only approved ones are shown or counted.</summary>
public class Comment
{
    /// <summary>A reply to a comment this deep stays at this depth. Roots are at 0.</summary>
    public const int DeepestLevel = 3;

    public const int NameLength = 80;
    public const int EmailLength = 254;
    public const int BodyLength = 5_000;

    private Comment()
    {
    }

    public Comment(int articleId, string name, string email, string body, DateTime now, Comment? parent = null, int? authorId = null)
    {
        (ArticleId, Name, Email, Body, CreatedAt, AuthorId) = (articleId, name, email, body, now, authorId);
        BodyHtml = LightMarkdown.Comment(body);
        if (parent is null) return;

        Parent = parent;
        ParentId = parent.Id;
        Depth = Math.Min(parent.Depth + 1, DeepestLevel);
    }

    public int Id { get; private set; }

    public int ArticleId { get; private set; }

    public int? ParentId { get; private set; }

    public Comment? Parent { get; private set; }

    public int Depth { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Never shown.</summary>
    public string Email { get; private set; } = "";

    /// <summary>Light Markdown, as typed.</summary>
    public string Body { get; private set; } = "";

    public string BodyHtml { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public CommentState State { get; private set; } = CommentState.Pending;

    public DateTime? DecidedAt { get; private set; }

    /// <summary>Set when one of ours answers.</summary>
    public int? AuthorId { get; private set; }

    public bool IsFeatured { get; private set; }

    public void Approve(DateTime now) => Decide(CommentState.Approved, now);

    public void Reject(DateTime now) => Decide(CommentState.Rejected, now);

    public void MarkSpam(DateTime now) => Decide(CommentState.Spam, now);

    public void Feature(bool featured = true) => IsFeatured = featured;

    private void Decide(CommentState state, DateTime now) => (State, DecidedAt) = (state, now);
}
