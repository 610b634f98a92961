using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace BlueTechWave.Web.Watching;

/// <summary>An error as the log has it, in one line.</summary>
/// <param name="Request">The number of the request it befell; empty if none did.</param>
public sealed record Trouble(DateTime At, string Request, string Says);

/// <summary>The errors of the last day, since the site was started; the newest of them by their words.</summary>
public sealed class Troubles(TimeProvider clock) : ILogEventSink
{
    private const int Counted = 10_000;
    private const int Told = 50;
    private const int LongestWord = 300;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly Queue<DateTime> _when = new();
    private readonly Queue<Trouble> _newest = new();
    private long _ofStore;
    private long _others;

    /// <summary>All since the start, by what failed.</summary>
    public IReadOnlyList<(string Of, long Count)> Counts => [("store", Interlocked.Read(ref _ofStore)), ("other", Interlocked.Read(ref _others))];

    public void Emit(LogEvent logEvent)
    {
        if (logEvent.Level < LogEventLevel.Error) return;
        var trouble = Of(logEvent, clock.GetUtcNow().UtcDateTime);
        Interlocked.Increment(ref logEvent.Exception is Retold { IsOfStore: true } ? ref _ofStore : ref _others);
        lock (_lock)
        {
            _when.Enqueue(trouble.At);
            if (_when.Count > Counted) _when.Dequeue();
            _newest.Enqueue(trouble);
            if (_newest.Count > Told) _newest.Dequeue();
        }
    }

    public static Trouble Of(LogEvent said, DateTime now) => new(now, Request(said), Line(said));

    /// <summary>How many there were, and the newest of them first.</summary>
    public (int Count, IReadOnlyList<Trouble> Newest) OfTheLastDay()
    {
        var since = clock.GetUtcNow().UtcDateTime - Day;
        lock (_lock)
        {
            while (_when.TryPeek(out var at) && at < since) _when.Dequeue();
            while (_newest.TryPeek(out var old) && old.At < since) _newest.Dequeue();
            return (_when.Count, [.. _newest.Reverse()]);
        }
    }

    private static string Request(LogEvent said) => said.Properties.GetValueOrDefault(Discretion.RequestId) is ScalarValue { Value: string id } ? id : "";

    private static string Line(LogEvent said)
    {
        var line = said.RenderMessage(CultureInfo.InvariantCulture);
        if (said.Exception is { } why) line = $"{line} {why.Message}";
        line = line.ReplaceLineEndings(" ");
        return line.Length > LongestWord ? line[..LongestWord] + "…" : line;
    }
}
