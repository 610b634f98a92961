using System.Text.Json;

namespace BlueTechWave.Core.Webhooks;

/// <summary>
/// One event to be told to one webhook: stored with the act it tells of, sent by a job, and kept for a month so that it can be
/// looked into and told again.
/// </summary>
public class WebhookDelivery
{
    public const int AttemptsAtMost = 8;
    public const int KeyLength = 40;
    public const int AboutLength = 200;
    public const int AnswerLength = 2048;
    public const int ErrorLength = 500;

    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private WebhookDelivery()
    {
    }

    public WebhookDelivery(int webhookId, WebhookEvent what, WebhookFacts facts, DateTime now)
    {
        (WebhookId, Event, Key, CreatedAt, NextAt) = (webhookId, what, $"msg_{Guid.NewGuid():N}", now, now);
        (ArticleId, CommentId, About, Facts) = (facts.Article?.Id, facts.Comment?.Id, facts.Article?.Headline ?? "", JsonSerializer.Serialize(facts));
        if (About.Length > AboutLength) About = About[..AboutLength];
    }

    public long Id { get; private set; }

    public int WebhookId { get; private set; }

    public Webhook Webhook { get; private set; } = null!;

    /// <summary>The same however often it is told: by it the other side knows what it has had.</summary>
    public string Key { get; private set; } = "";

    public WebhookEvent Event { get; private set; }

    /// <summary>Not a foreign key: what was told outlives what it told of.</summary>
    public int? ArticleId { get; private set; }

    /// <summary>A comment is forgotten here too when its writer takes it back.</summary>
    public int? CommentId { get; private set; }

    /// <summary>The article's headline then.</summary>
    public string About { get; private set; } = "";

    /// <summary>What was so when it happened: <see cref="WebhookFacts"/>, as JSON.</summary>
    public string Facts { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    /// <summary>When it is tried next; null once it has arrived or was given up.</summary>
    public DateTime? NextAt { get; private set; }

    public DateTime? DeliveredAt { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>The last attempt.</summary>
    public DateTime? TriedAt { get; private set; }

    /// <summary>What the other side answered last; null where there was no answer.</summary>
    public int? Status { get; private set; }

    public int? Milliseconds { get; private set; }

    /// <summary>How the answer begins, as text.</summary>
    public string? Answer { get; private set; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Error { get; private set; }

    /// <summary>Given up: told again only if somebody asks for it.</summary>
    public bool IsGivenUp => NextAt is null && DeliveredAt is null;

    public WebhookFacts ReadFacts() => JsonSerializer.Deserialize<WebhookFacts>(Facts)!;

    /// <summary>Tried again after 1, 3, 9 … minutes, eight times in eighteen hours; null when that was the last.</summary>
    public static DateTime? After(int attempts, DateTime now) =>
        attempts < AttemptsAtMost ? now.AddMinutes(Math.Pow(3, attempts - 1)) : null;
}
