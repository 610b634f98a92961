using System.Collections.Concurrent;
using Serilog.Core;
using Serilog.Events;

namespace BlueTechWave.Web.Watching;

/// <summary>How a job fares.</summary>
/// <param name="Every">How long after the end of a round the next one begins.</param>
/// <param name="Took">Null as long as its first round is not over.</param>
/// <param name="Failed">When it last said that something went wrong, and what.</param>
public sealed record JobState(string Name, TimeSpan Every, DateTime BeganAt, TimeSpan? Took, DateTime EndedAt, long Rounds, long Failures, Trouble? Failed)
{
    public DateTime NextAt => EndedAt + Every;

    /// <summary>In the last round, that is.</summary>
    public bool IsFailing => Failed is { } failed && failed.At >= BeganAt;

    /// <summary>Whether its next round should long have begun.</summary>
    public bool IsLate(DateTime now) => Took is not null && EndedAt >= BeganAt && now > NextAt + Every + TimeSpan.FromMinutes(1);
}

/// <summary>What the site's jobs are doing. Each says when a round begins; what it complains of to its log is known here by itself.</summary>
public sealed class Watch(TimeProvider clock) : ILogEventSink
{
    private readonly ConcurrentDictionary<string, JobState> _jobs = new();

    public DateTime StartedAt { get; } = clock.GetUtcNow().UtcDateTime;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public IReadOnlyList<JobState> Jobs => [.. _jobs.Values.OrderBy(j => j.Name, StringComparer.Ordinal)];

    /// <summary>A round of a job, over when what is returned is disposed of.</summary>
    /// <param name="name">For people.</param>
    public IDisposable Begin<T>(string name, TimeSpan every)
    {
        var (now, began) = (Now, clock.GetTimestamp());
        _jobs.AddOrUpdate(Key<T>(), _ => new(name, every, now, null, now, 0, 0, null), (_, job) => job with { BeganAt = now });
        return new Round(() => _jobs.AddOrUpdate(Key<T>(), _ => throw new InvalidOperationException(name), (_, job) =>
            job with { Took = clock.GetElapsedTime(began), EndedAt = Now, Rounds = job.Rounds + 1 }));
    }

    /// <summary>For one that has told its log what is wrong, and does not tell it again.</summary>
    public void FailAgain<T>() => _jobs.AddOrUpdate(Key<T>(), _ => throw new InvalidOperationException(typeof(T).Name), (_, job) =>
        job with { Failures = job.Failures + 1, Failed = job.Failed is { } failed ? failed with { At = Now } : null });

    public void Emit(LogEvent logEvent)
    {
        if (logEvent.Level < LogEventLevel.Error || logEvent.Properties.GetValueOrDefault("SourceContext") is not ScalarValue { Value: string source }) return;
        var trouble = Troubles.Of(logEvent, Now);
        if (_jobs.TryGetValue(source, out _)) _jobs.AddOrUpdate(source, _ => throw new InvalidOperationException(source), (_, job) => job with { Failed = trouble, Failures = job.Failures + 1 });
    }

    // As its log calls it.
    private static string Key<T>() => typeof(T).FullName!;

    private sealed class Round(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
