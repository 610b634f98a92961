using System.ComponentModel.DataAnnotations;

namespace BlueTechWave.Web.Options;

/// <summary>The section <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>Lets webhooks lead into our own network, and be plain http. For development, or where the other side is a neighbour.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>A webhook that has answered nothing but failures for so many days is paused, and the owners are told.</summary>
    [Range(1, 365)]
    public int PauseAfterDays { get; init; } = 5;
}
