using System.ComponentModel.DataAnnotations;

namespace BlueTechWave.Web.Options;

/// <summary>The section <c>Logs</c>: where the site writes down what goes wrong, and how much of it is kept. What is worth a line, the section <c>Serilog</c> says.</summary>
public sealed class LogOptions
{
    /// <summary>Relative to the data directory. Empty: nothing is written but to the console.</summary>
    public string Directory { get; init; } = "logs";

    [Range(1, 2000, ErrorMessage = "Logs:MaxMegabytes must be between 1 and 2000.")]
    public int MaxMegabytes { get; init; } = 50;

    /// <summary>Each day begins one, and so does each that is full.</summary>
    [Range(1, 1000, ErrorMessage = "Logs:KeepFiles must be between 1 and 1000.")]
    public int KeepFiles { get; init; } = 30;

    /// <summary>How the console is written to: for people or, in a container, for programs.</summary>
    [RegularExpression("Text|Json|None", ErrorMessage = "Logs:Console must be Text, Json or None.")]
    public string Console { get; init; } = "Text";
}
