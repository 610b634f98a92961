using System.Globalization;
using BlueTechWave.Core.Backups;
using BlueTechWave.Web.Backups;

namespace BlueTechWave.Web.Cli;

/// <summary>One line, written over a few times a second as a backup or a restore goes on.</summary>
internal sealed class BackupLine(TextWriter to, TimeProvider clock) : IProgress<BackupProgress>
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private long? _told;

    public void Report(BackupProgress value)
    {
        if (Console.IsOutputRedirected || (_told is { } told && clock.GetElapsedTime(told) < Pace)) return;
        _told = clock.GetTimestamp();
        var size = value.Bytes > 0 ? $", {Sizes.Of(value.Bytes)}" : "";
        to.Write(string.Create(CultureInfo.InvariantCulture, $"\r{$"{value.Doing}: {value.Done:N0} of {value.Of:N0}{size}",-79}"));
    }

    /// <summary>What comes next begins at the line's beginning.</summary>
    public void End()
    {
        if (_told is not null) to.Write($"\r{new string(' ', 79)}\r");
    }
}
