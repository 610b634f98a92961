using System.ComponentModel.DataAnnotations;

namespace BlueTechWave.Web.Options;

/// <summary>The section <c>Backup</c>: what the site backs up by itself.</summary>
public sealed class BackupOptions
{
    /// <summary>Relative to the data directory. Another disk is better.</summary>
    [Required(ErrorMessage = "Backup:Directory must name a folder.")]
    public string Directory { get; init; } = "backups";

    /// <summary>A time of day in the site's zone, when nobody writes. Empty: the site makes none by itself.</summary>
    [RegularExpression("([01][0-9]|2[0-3]):[0-5][0-9]", ErrorMessage = "Backup:At must be a time of day, as 03:00, or empty.")]
    public string? At { get; init; } = "03:00";

    [Range(1, 366, ErrorMessage = "Backup:KeepDaily must be between 1 and 366.")]
    public int KeepDaily { get; init; } = 7;

    [Range(0, 520, ErrorMessage = "Backup:KeepWeekly must be between 0 and 520.")]
    public int KeepWeekly { get; init; } = 4;

    [Range(0, 240, ErrorMessage = "Backup:KeepMonthly must be between 0 and 240.")]
    public int KeepMonthly { get; init; } = 12;
}
