namespace BlueTechWave.Core.Comments;

/// <summary>Somebody who gets a letter when a comment under an article becomes public. Asked for with an address, begun by the link sent there, ended by one click.</summary>
public class Follower
{
    private Follower()
    {
    }

    public Follower(int articleId, string email, DateTime now) => (ArticleId, Email, AskedAt) = (articleId, Comment.Canonical(email), now);

    public int Id { get; private set; }

    public int ArticleId { get; private set; }

    /// <summary>Lower case. Never shown.</summary>
    public string Email { get; private set; } = "";

    public DateTime AskedAt { get; private set; }

    /// <summary>Null until the link in the letter was followed: nothing is sent before.</summary>
    public DateTime? ConfirmedAt { get; private set; }

    /// <summary>The last decision on a comment that this follower has been told of, or that came before they followed.</summary>
    public int ToldUpTo { get; private set; }

    public void AskAgain(DateTime now) => AskedAt = now;

    public void Confirm(int lastDecision, DateTime now)
    {
        if (ConfirmedAt is not null) return;
        (ConfirmedAt, ToldUpTo) = (now, lastDecision);
    }

    public void Told(int upTo) => ToldUpTo = upTo;
}
