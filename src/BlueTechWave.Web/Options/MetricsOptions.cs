using System.ComponentModel.DataAnnotations;

namespace BlueTechWave.Web.Options;

/// <summary>The section <c>Metrics</c>: who may read <c>/metrics</c>. Nobody, unless something is set.</summary>
public sealed class MetricsOptions : IValidatableObject
{
    private const int ShortestToken = 16;

    /// <summary>Opens it to whoever sends <c>Authorization: Bearer</c> with it.</summary>
    public string? Token { get; init; }

    /// <summary>Addresses and networks with commas between them that need no token, as in <c>127.0.0.1, 10.0.0.0/8</c>. Not through a proxy.</summary>
    public string Networks { get; init; } = "";

    public bool IsOpen => !string.IsNullOrEmpty(Token) || Networks.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Token is { Length: > 0 and < ShortestToken }) yield return new($"Metrics:Token must have {ShortestToken} characters at least.");
        Addresses.Parse(Networks, out var wrong);
        if (wrong is not null) yield return new($"Metrics:Networks: {wrong} is neither an address nor a network, such as 127.0.0.1 or 10.0.0.0/8.");
    }
}
