using System.Globalization;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Backups;

namespace BlueTechWave.Web.Cli;

/// <summary>One line, written over a few times a second as pictures move.</summary>
internal sealed class MoveProgress(TextWriter to, TimeProvider clock) : IProgress<PictureMoveProgress>
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private long? _begun;
    private long _told;

    public void Report(PictureMoveProgress value)
    {
        if (_begun is null)
        {
            // What was counted, before the first is carried.
            _begun = _told = clock.GetTimestamp();
            return;
        }

        if (value.Done < value.Of && (Console.IsOutputRedirected || clock.GetElapsedTime(_told) < Pace)) return;
        _told = clock.GetTimestamp();
        // What was longer before is written over to its end.
        to.Write($"\r{Line(value, clock.GetElapsedTime(_begun.Value)),-79}");
        if (value.Done >= value.Of) to.WriteLine();
    }

    internal static string Line(PictureMoveProgress at, TimeSpan took)
    {
        var rate = took > TimeSpan.Zero ? at.Bytes / took.TotalSeconds : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{at.Done:N0} of {at.Of:N0} pictures, {Sizes.Of(at.Bytes)} of {Sizes.Of(at.OfBytes)}, {Sizes.Of((long)rate)}/s, {Left(at.OfBytes - at.Bytes, rate)}");
    }

    private static string Left(long bytes, double rate)
    {
        if (rate == 0) return "time left unknown";
        var time = TimeSpan.FromSeconds(bytes / rate);
        return $"{(int)time.TotalHours}:{time:mm\\:ss} left";
    }
}
