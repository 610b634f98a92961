namespace BlueTechWave.Core.Webhooks;

/// <summary>What a webhook can be told of; a webhook names several, a delivery one.</summary>
[Flags]
public enum WebhookEvent
{
    None = 0,
    ArticlePublished = 1,

    /// <summary>Of a public article something has changed that its readers could notice.</summary>
    ArticleUpdated = 2,
    ArticleWithdrawn = 4,
    CommentApproved = 8,

    /// <summary>Nothing has happened: an owner tries whether it arrives.</summary>
    Test = 16,
}

/// <summary>Events in the words of the newsroom and of the message.</summary>
public static class WebhookEvents
{
    /// <summary>Those that can be asked for, in the order they are shown.</summary>
    public static readonly IReadOnlyList<WebhookEvent> All = [WebhookEvent.ArticlePublished, WebhookEvent.ArticleUpdated, WebhookEvent.ArticleWithdrawn, WebhookEvent.CommentApproved];

    /// <summary>How a message names it.</summary>
    public static string Name(this WebhookEvent one) => one switch
    {
        WebhookEvent.ArticlePublished => "article.published",
        WebhookEvent.ArticleUpdated => "article.updated",
        WebhookEvent.ArticleWithdrawn => "article.withdrawn",
        WebhookEvent.CommentApproved => "comment.approved",
        _ => "test",
    };

    public static string Words(this WebhookEvent one) => one switch
    {
        WebhookEvent.ArticlePublished => "Article published",
        WebhookEvent.ArticleUpdated => "Article updated",
        WebhookEvent.ArticleWithdrawn => "Article withdrawn",
        WebhookEvent.CommentApproved => "Comment approved",
        _ => "Test",
    };
}
