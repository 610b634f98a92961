using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Watching;

namespace BlueTechWave.Web.Jobs;

/// <summary>
/// Decides on whole groups of comments while editors go on working. Rung for when one is asked for, it looks by itself every few seconds
/// all the same: this machine, or another, may have been stopped in the middle of one.
/// </summary>
public sealed class GroupDeciding(IServiceScopeFactory scopes, Watch watch, TimeProvider clock, ILogger<GroupDeciding> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _bell = new(0);
    private readonly Turns _turns = new();
    private readonly Rounds<GroupDeciding> _rounds = new(watch, log, "Groups of comments", Between, "A group of comments could not be decided on; it is tried again in a moment.");

    /// <summary>A group was asked for.</summary>
    public void Ring()
    {
        if (_bell.CurrentCount == 0) _bell.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // One ear for the bell: a second one would take the ring away from it.
        var rung = _bell.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAny(clock.WaitAsync(Between, stoppingToken), rung);
            if (rung.IsCompleted) rung = _bell.WaitAsync(stoppingToken);
            await _rounds.TryAsync(() => DecideAsync(stoppingToken), stoppingToken);
        }
    }

    /// <summary>Does all that is asked for; two calls of one process come one after the other.</summary>
    public async Task DecideAsync(CancellationToken stopping = default)
    {
        using var turn = await _turns.TakeAsync(CancellationToken.None);
        while (!stopping.IsCancellationRequested)
        {
            await using var scope = scopes.CreateAsyncScope();
            if (!await GroupWork.StepAsync(scope.ServiceProvider.GetRequiredService<NewsDbContext>(), clock.GetUtcNow().UtcDateTime)) return;
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _bell.Dispose();
    }
}
