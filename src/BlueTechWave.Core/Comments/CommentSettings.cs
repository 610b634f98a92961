namespace BlueTechWave.Core.Comments;

/// <summary>Whose comments wait for an editor. From none to all.</summary>
public enum CommentPolicy
{
    /// <summary>Nobody comments.</summary>
    Off = 0,

    /// <summary>Everybody's.</summary>
    HoldAll = 1,

    /// <summary>Those of whoever has none approved yet.</summary>
    HoldFirstTimers = 2,

    /// <summary>Only those that a rule or the scorer holds.</summary>
    Open = 3,
}

/// <summary>How this paper keeps its discussions: one row.</summary>
public class CommentSettings
{
    public const int OnlyId = 1;
    public const int MostDays = 3650;
    public const int MostMinutes = 1440;
    public const int DeepestEver = 5;

    public int Id { get; private set; } = OnlyId;

    public CommentPolicy Policy { get; private set; } = CommentPolicy.HoldAll;

    /// <summary>Discussions end so many days after an article is published; 0: never.</summary>
    public int ClosesAfterDays { get; private set; }

    /// <summary>How long a writer may change or remove a comment; 0: not at all.</summary>
    public int EditMinutes { get; private set; } = 15;

    /// <summary>How deep threads go; 0: no threads.</summary>
    public int Depth { get; private set; } = Comment.DeepestLevel;

    public bool ScorerIsOn { get; private set; } = true;

    /// <summary>From this likelihood of spam, in percent, a comment is held whatever the policy.</summary>
    public int HoldAt { get; private set; } = 50;

    /// <summary>From this one, it goes to spam unseen; 101: never.</summary>
    public int SpamAt { get; private set; } = 98;

    /// <summary>Made with the store, known to nobody: what <see cref="FormStamp"/> is sealed with. 64 hexadecimal digits.</summary>
    public string StampKey { get; private set; } = new('0', 64);

    public void Discuss(CommentPolicy policy, int closesAfterDays, int editMinutes, int depth) =>
        (Policy, ClosesAfterDays, EditMinutes, Depth) = (policy, Math.Clamp(closesAfterDays, 0, MostDays), Math.Clamp(editMinutes, 0, MostMinutes), Math.Clamp(depth, 0, DeepestEver));

    public void Score(bool isOn, int holdAt, int spamAt) => (ScorerIsOn, HoldAt, SpamAt) = (isOn, Math.Clamp(holdAt, 1, 100), Math.Clamp(spamAt, Math.Clamp(holdAt, 1, 100), 101));

    /// <summary>When a discussion under an article of that day ends; null: never.</summary>
    public DateTime? ClosesAt(DateTime published) => ClosesAfterDays == 0 ? null : published.AddDays(ClosesAfterDays);
}

/// <summary>An article whose discussion is kept otherwise than the others'. Apart from the article, whose text it does not touch.</summary>
public class ArticleDiscussion
{
    private ArticleDiscussion()
    {
    }

    public ArticleDiscussion(int articleId, CommentPolicy policy) => (ArticleId, Policy) = (articleId, policy);

    public int ArticleId { get; private set; }

    public CommentPolicy Policy { get; private set; }

    public void Keep(CommentPolicy policy) => Policy = policy;
}
