using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;

namespace BlueTechWave.Web.Jobs;

/// <summary>
/// Plays rules and thresholds over past comments, one after the other, while the editor who asked sees how far it is. What came of it is
/// kept for a while, so that she can leaf through it; nothing of it is stored, for it can be asked again.
/// </summary>
public sealed class Rehearsals(IServiceScopeFactory scopes, TimeProvider clock, IHostApplicationLifetime life, ILogger<Rehearsals> log)
{
    private const int Most = 20;

    /// <summary>Who asks for the first page wants to know how it is now.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    /// <summary>What takes no longer is shown at once.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Turns _turns = new();
    private readonly Dictionary<string, Run> _runs = [];

    /// <summary>What is known of it by now: after a second at most, however many comments there are.</summary>
    /// <param name="what">The same for the same question.</param>
    /// <param name="isLeafing">She has seen some of it, and goes on with that.</param>
    public async Task<Rehearsal> AskAsync(string what, Func<Said, double?, bool> would, bool isOfScores, bool isLeafing)
    {
        var run = Find(what, would, isOfScores, isLeafing);
        await run.Work.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (run.Work.IsFaulted) await run.Work;
        return run.Now;
    }

    private Run Find(string what, Func<Said, double?, bool> would, bool isOfScores, bool isLeafing)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_runs.TryGetValue(what, out var known) && !known.Work.IsFaulted && (!known.Work.IsCompleted || now - known.At < (isLeafing ? Kept : Fresh))) return known;

            foreach (var (old, _) in _runs.Where(r => r.Value.Work.IsCompleted).OrderByDescending(r => r.Value.At).Skip(Most - 1).ToList()) _runs.Remove(old);
            var run = _runs[what] = new(now);
            run.Work = Task.Run(() => PlayAsync(run, would, isOfScores));
            return run;
        }
    }

    private async Task PlayAsync(Run run, Func<Said, double?, bool> would, bool isOfScores)
    {
        try
        {
            using var turn = await _turns.TakeAsync(life.ApplicationStopping);
            await using var scope = scopes.CreateAsyncScope();
            await Rehearsal.PlayAsync(scope.ServiceProvider.GetRequiredService<NewsDbContext>(), would, isOfScores, known => run.Now = known, life.ApplicationStopping);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "A rehearsal broke off.");
            throw;
        }
    }

    private sealed class Run(DateTimeOffset at)
    {
        public DateTimeOffset At { get; } = at;

        public volatile Rehearsal Now = Rehearsal.NotBegun;

        public Task Work { get; set; } = Task.CompletedTask;
    }
}
