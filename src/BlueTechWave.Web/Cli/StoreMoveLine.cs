using System.Globalization;
using BlueTechWave.Core.Data.Moving;

namespace BlueTechWave.Web.Cli;

/// <summary>One line, written over a few times a second as a store moves; where nobody watches, a line for each table.</summary>
internal sealed class StoreMoveLine(TextWriter to, TimeProvider clock) : IProgress<StoreMoveProgress>
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private const int Width = 79;

    private string _doing = "";
    private long _begun;
    private long? _told;

    public void Report(StoreMoveProgress value)
    {
        if (value.Doing != _doing) (_doing, _begun) = (value.Doing, clock.GetTimestamp());
        if (Console.IsOutputRedirected)
        {
            if (value.Done == value.Of && value.Of > 0) to.WriteLine(Line(value, clock.GetElapsedTime(_begun)));
            return;
        }

        if (_told is { } told && clock.GetElapsedTime(told) < Pace) return;
        _told = clock.GetTimestamp();
        // One that is longer than a terminal is wide would not be written over.
        to.Write($"\r{Line(value, clock.GetElapsedTime(_begun)).PadRight(Width)[..Width]}");
    }

    /// <summary>What comes next begins at the line's beginning.</summary>
    public void End()
    {
        if (_told is not null) to.Write($"\r{new string(' ', Width)}\r");
    }

    internal static string Line(StoreMoveProgress at, TimeSpan took)
    {
        var rate = took > TimeSpan.Zero ? at.AllDone / took.TotalSeconds : 0;
        var left = rate > 0 ? $"{TimeSpan.FromSeconds((at.AllOf - at.AllDone) / rate):h\\:mm\\:ss} left" : "time left unknown";
        return string.Create(CultureInfo.InvariantCulture, $"{at.Doing} {at.Table}: {at.Done:N0} of {at.Of:N0}; {at.AllOf - at.AllDone:N0} rows to go, {rate:N0}/s, {left}");
    }
}
