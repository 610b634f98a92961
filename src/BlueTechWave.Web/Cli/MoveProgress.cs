using System.Globalization;
using BlueTechWave.Core.Pictures;

namespace BlueTechWave.Web.Cli;

/// <summary>One line, written over a few times a second as pictures move.</summary>
internal sealed class MoveProgress(TextWriter to, TimeProvider clock) : IProgress<PictureMoveProgress>
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private long? _told;

    public void Report(PictureMoveProgress value)
    {
        if (value.Done < value.Of && (Console.IsOutputRedirected || (_told is { } told && clock.GetElapsedTime(told) < Pace))) return;
        _told = clock.GetTimestamp();
        // What was longer before is written over to its end.
        to.Write($"\r{Line(value),-79}");
        if (value.Done >= value.Of) to.WriteLine();
    }

    internal static string Line(PictureMoveProgress at) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.Done:N0} of {at.Of:N0} pictures, {Size(at.Bytes)} of {Size(at.OfBytes)}, {Size(at.BytesPerSecond)}/s, {Left(at.Left)}");

    private static string Size(double bytes) => bytes switch
    {
        >= 1e9 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:N1} GB"),
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N1} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:N1} kB"),
    };

    private static string Left(TimeSpan? left) => left is { } time ? $"{(int)time.TotalHours}:{time:mm\\:ss} left" : "time left unknown";
}
