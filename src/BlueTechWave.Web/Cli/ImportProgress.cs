using System.Globalization;
using BlueTechWave.Web.Imports;

namespace BlueTechWave.Web.Cli;

/// <summary>One line, written over as an import goes on: how far, how fast, how long still.</summary>
internal sealed class ImportProgress(TextWriter to, TimeProvider clock, long bytes) : ImportMeter(clock, bytes)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private const int TidyAfter = 10_000;

    private readonly TimeProvider _clock = clock;
    private int _tidied;
    private long _told;
    private bool _isOpen;

    public override void Report(long value)
    {
        base.Report(value);
        Tidy();
        if (Console.IsOutputRedirected || (_told != 0 && _clock.GetElapsedTime(_told) < Pause)) return;
        _told = _clock.GetTimestamp();
        _isOpen = true;
        to.Write(string.Create(CultureInfo.InvariantCulture, $"\rImporting: {Things:N0} things, {Share:P0}, {ASecond:N0} a second{(Left is { } wait ? $", {wait:h\\:mm\\:ss} left" : "")}   "));
    }

    /// <summary>What is read and let go leaves holes between what stays; nobody waits for this process, so it may stand still to close them.</summary>
    private void Tidy()
    {
        if (Things - _tidied < TidyAfter) return;
        _tidied = Things;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    public void End()
    {
        if (_isOpen) to.WriteLine();
    }
}
