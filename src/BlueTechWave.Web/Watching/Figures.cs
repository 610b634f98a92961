using System.Diagnostics.Metrics;

namespace BlueTechWave.Web.Watching;

/// <summary>
/// The paper in numbers, counted since the site was started: what the cache did, what was searched, sent and said. Never who. Requests
/// are counted by the framework.
/// </summary>
public sealed class Figures
{
    public const string Name = "BlueTechWave";

    private readonly Counter<long> _lookups;
    private readonly Counter<long> _comments;
    private readonly Counter<long> _searches;
    private readonly Counter<long> _letters;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _pages;
    private long _hits;
    private long _misses;
    private long _kept;
    private long _keptBytes;
    private long _stale;

    public Figures(IMeterFactory meters, Watch watch, Troubles troubles, Backlog backlog)
    {
        var meter = meters.Create(Name);
        _lookups = meter.CreateCounter<long>("btw.cache.lookups", description: "Readers' pages looked for in the cache.");
        _pages = meter.CreateCounter<long>("btw.pages.made", description: "Readers' pages made because the cache had none.");
        _comments = meter.CreateCounter<long>("btw.comments", description: "Comments by what became of them as they came in.");
        _searches = meter.CreateCounter<long>("btw.searches", description: "Searches by whether they found something.");
        _letters = meter.CreateCounter<long>("btw.mail", description: "Letters handed to the mail server, and attempts that failed.");
        _deliveries = meter.CreateCounter<long>("btw.webhooks", description: "Messages to webhooks, and attempts that failed.");
        meter.CreateObservableGauge("btw.waiting", () => Waits(backlog.Known), description: "What waits to be sent or cut.");
        meter.CreateObservableGauge("btw.given_up", () => GivenUp(backlog.Known), description: "What was tried for the last time, in vain.");
        meter.CreateObservableGauge("btw.job.last_run", () => watch.Jobs.Select(j => Of(new DateTimeOffset(j.EndedAt, TimeSpan.Zero).ToUnixTimeSeconds(), "job", j.Name)), unit: "s", description: "When a job's last round ended, in Unix time.");
        meter.CreateObservableCounter("btw.job.failures", () => watch.Jobs.Select(j => Of(j.Failures, "job", j.Name)), description: "How often a job has complained.");
        meter.CreateObservableCounter("btw.errors", () => troubles.Counts.Select(c => Of(c.Count, "of", c.Of)), description: "Errors in the log; of those, what the store failed in.");
    }

    /// <summary>Of the cache since the start: found, not found, kept, not kept since what they showed had changed meanwhile.</summary>
    public (long Hits, long Misses, long Kept, long KeptBytes, long Stale) Cache => (_hits, _misses, _kept, _keptBytes, _stale);

    public void Found()
    {
        Interlocked.Increment(ref _hits);
        _lookups.Add(1, new KeyValuePair<string, object?>("outcome", "hit"));
    }

    /// <summary>The cache had none, so one was made. It looks more than once before it gives up, so what it did not find is counted here.</summary>
    public void Made(long bytes, bool isStale)
    {
        Interlocked.Increment(ref _misses);
        _lookups.Add(1, new KeyValuePair<string, object?>("outcome", "miss"));
        _pages.Add(1, new KeyValuePair<string, object?>("kept", isStale ? "stale" : "yes"));
        if (isStale)
        {
            Interlocked.Increment(ref _stale);
            return;
        }

        Interlocked.Increment(ref _kept);
        Interlocked.Add(ref _keptBytes, bytes);
    }

    public void Commented(string outcome) => _comments.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Searched(bool found) => _searches.Add(1, new KeyValuePair<string, object?>("found", found ? "yes" : "no"));

    public void Mailed(bool isSent) => _letters.Add(1, new KeyValuePair<string, object?>("outcome", isSent ? "sent" : "failed"));

    public void Told(bool isDelivered) => _deliveries.Add(1, new KeyValuePair<string, object?>("outcome", isDelivered ? "sent" : "failed"));

    private static IEnumerable<Measurement<long>> Waits(WhatWaits now) => [Of(now.Letters, "what", "letters"), Of(now.Deliveries, "what", "webhooks"), Of(now.Pictures, "what", "pictures")];

    private static IEnumerable<Measurement<long>> GivenUp(WhatWaits now) => [Of(now.LettersFailed, "what", "letters"), Of(now.DeliveriesFailed, "what", "webhooks")];

    private static Measurement<long> Of(long value, string tag, string name) => new(value, new KeyValuePair<string, object?>(tag, name));
}
