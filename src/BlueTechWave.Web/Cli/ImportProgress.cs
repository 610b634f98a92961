using System.Globalization;
using BlueTechWave.Core.Exchange;

namespace BlueTechWave.Web.Cli;

/// <summary>One line, written over as an import goes on: how far, how fast, how long still.</summary>
internal sealed class ImportProgress(TextWriter to, TimeProvider clock, long bytes) : IProgress<long>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly long _began = clock.GetTimestamp();
    private long _told;
    private int _things;
    private bool _isOpen;

    /// <summary>Counts them as they are taken.</summary>
    public IEnumerable<Incoming> Counting(IEnumerable<Incoming> incoming)
    {
        foreach (var one in incoming)
        {
            _things += one.Count;
            yield return one;
        }
    }

    public void Report(long value)
    {
        if (Console.IsOutputRedirected || (_told != 0 && clock.GetElapsedTime(_told) < Pause)) return;
        _told = clock.GetTimestamp();
        _isOpen = true;
        to.Write($"\r{Line(value, clock.GetElapsedTime(_began))}");
    }

    public void End()
    {
        if (_isOpen) to.WriteLine();
    }

    private string Line(long done, TimeSpan passed)
    {
        var share = bytes == 0 ? 1 : Math.Min(1, done / (double)bytes);
        var left = share is > 0.01 and < 1 ? TimeSpan.FromSeconds(passed.TotalSeconds * (1 - share) / share) : (TimeSpan?)null;
        var rate = passed.TotalSeconds < 1 ? 0 : _things / passed.TotalSeconds;
        return string.Create(CultureInfo.InvariantCulture, $"Importing: {_things:N0} things, {share:P0}, {rate:N0} a second{(left is { } wait ? $", {wait:h\\:mm\\:ss} left" : "")}   ");
    }
}
