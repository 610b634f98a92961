namespace BlueTechWave.Core.Articles;

/// <summary>Tells somebody at the desk that an article was handed to them, or what became of theirs.</summary>
public class Notification
{
    private Notification()
    {
    }

    public Notification(int accountId, int articleId, ArticleAct act, string by, string note, DateTime at) =>
        (AccountId, ArticleId, Act, By, Note, At) = (accountId, articleId, act, by, note, at);

    public int Id { get; private set; }

    /// <summary>Whom it is for.</summary>
    public int AccountId { get; private set; }

    public int ArticleId { get; private set; }

    public Article Article { get; private set; } = null!;

    public ArticleAct Act { get; private set; }

    public string By { get; private set; } = "";

    /// <summary>The reason given, where the act has one.</summary>
    public string Note { get; private set; } = "";

    public DateTime At { get; private set; }

    public DateTime? ReadAt { get; private set; }

    /// <summary>When it was turned into a letter, or passed over because none is wanted.</summary>
    public DateTime? MailedAt { get; private set; }

    public void Read(DateTime now) => ReadAt ??= now;

    public void Mailed(DateTime now) => MailedAt ??= now;
}
