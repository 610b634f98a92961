namespace BlueTechWave.Core.Webhooks;

/// <summary>An address elsewhere that is told when something happens here.</summary>
public class Webhook
{
    public const int NameLength = 80;
    public const int TargetLength = 500;
    public const int WhyLength = 200;

    /// <summary>Each is a row for each event: what one save has to write stays bounded.</summary>
    public const int AtMost = 20;

    /// <summary>For so long a renewed secret signs beside the new one, so that the other side can change over without a gap.</summary>
    public static readonly TimeSpan OldSecretLasts = TimeSpan.FromDays(1);

    private Webhook()
    {
    }

    /// <param name="sealedSecret">Not readable by whoever has the store alone.</param>
    public Webhook(string name, string target, WebhookEvent events, string sealedSecret, DateTime now)
    {
        Describe(name, target, events);
        (SealedSecret, CreatedAt) = (sealedSecret, now);
    }

    public int Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Where it is told. Never logged: such addresses often hold a key.</summary>
    public string Target { get; private set; } = "";

    public WebhookEvent Events { get; private set; }

    public string SealedSecret { get; private set; } = "";

    /// <summary>The one before, as long as it lasts.</summary>
    public string? OldSealedSecret { get; private set; }

    public DateTime? OldSecretUntil { get; private set; }

    public DateTime CreatedAt { get; private set; }

    /// <summary>While it is paused nothing is noted down for it, and nothing is sent.</summary>
    public DateTime? PausedAt { get; private set; }

    /// <summary>Why it was paused without anybody asking for it.</summary>
    public string? PausedBecause { get; private set; }

    /// <summary>Since when every attempt has failed; null while it answers.</summary>
    public DateTime? FailingSince { get; private set; }

    /// <summary>The last attempt: when, and the status of the answer, if there was one.</summary>
    public DateTime? LastAt { get; private set; }

    /// <inheritdoc cref="LastAt"/>
    public int? LastStatus { get; private set; }

    /// <summary>When somebody last had something told again.</summary>
    public DateTime? ReplayedAt { get; private set; }

    public void Describe(string name, string target, WebhookEvent events) => (Name, Target, Events) = (name, target, events);

    public void Pause(DateTime now, string? because = null) => (PausedAt, PausedBecause) = (now, because);

    /// <summary>It begins anew: what failed before is not held against it.</summary>
    public void Resume() => (PausedAt, PausedBecause, FailingSince) = (null, null, null);

    public void RenewSecret(string sealedSecret, DateTime now) =>
        (OldSealedSecret, OldSecretUntil, SealedSecret) = (SealedSecret, now + OldSecretLasts, sealedSecret);

    public void Replay(DateTime now) => ReplayedAt = now;
}
