using System.ComponentModel.DataAnnotations;

namespace BlueTechWave.Web.Options;

/// <summary>The section <c>Mail</c>. Without a host, letters are written to the data directory.</summary>
public sealed class MailOptions
{
    public string? Host { get; init; }

    [Range(1, 65535, ErrorMessage = "Mail:Port must be between 1 and 65535.")]
    public int Port { get; init; } = 587;

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>The sender: an address, or a name with one, as in <c>The Wave &lt;desk@wave.example&gt;</c>.</summary>
    [Required(ErrorMessage = "Mail:From must not be empty.")]
    public string From { get; init; } = "newsroom@localhost";

    /// <summary>How the connection is kept secret.</summary>
    [RegularExpression("StartTls|Ssl|None", ErrorMessage = "Mail:Security must be StartTls, Ssl or None.")]
    public string Security { get; init; } = "StartTls";

    public bool HasServer => !string.IsNullOrEmpty(Host);
}
