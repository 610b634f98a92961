namespace BlueTechWave.Web.Faults;

/// <summary>
/// Whether the store answers, as the last who asked it found. While it does not, nobody waits for it who can do without; the log is
/// told when it begins and when it is over.
/// </summary>
public sealed class StoreWatch(TimeProvider clock, ILogger<StoreWatch> log)
{
    /// <summary>After a failure the next is asked to try only then.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private DateTimeOffset? _since;
    private DateTimeOffset _failedAt;

    public bool IsAway
    {
        get
        {
            lock (_lock) return _since is not null && clock.GetUtcNow() - _failedAt < Between;
        }
    }

    public void Failed(Exception why)
    {
        lock (_lock)
        {
            var isNew = _since is null;
            _failedAt = clock.GetUtcNow();
            _since ??= _failedAt;
            if (!isNew) return;
        }

        log.LogError(why, "The store does not answer. Readers get what is kept of the paper until it does.");
    }

    public void Answered()
    {
        if (_since is null) return;
        TimeSpan lasted;
        lock (_lock)
        {
            if (_since is not { } since) return;
            lasted = clock.GetUtcNow() - since;
            _since = null;
        }

        log.LogWarning("The store answers again, after {Time}.", lasted);
    }
}
