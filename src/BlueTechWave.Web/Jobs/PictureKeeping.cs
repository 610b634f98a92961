using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Watching;

namespace BlueTechWave.Web.Jobs;

/// <summary>
/// Cuts what readers are served from pictures as they come, and holds those whose rights have ended. Rung for when there is
/// work, it looks by itself every two seconds all the same: another machine may have taken a picture in.
/// </summary>
public sealed class PictureKeeping(IServiceScopeFactory scopes, PictureLibrary library, Watch watch, TimeProvider clock, ILogger<PictureKeeping> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<int, DateTimeOffset> _paused = [];
    private readonly SemaphoreSlim _bell = new(0);
    private readonly Turns _turns = new();
    private readonly Rounds<PictureKeeping> _looks = new(watch, log, "Pictures", Between, "The rights in pictures could not be looked at; it is tried again in a moment.");
    private readonly Rounds<PictureKeeping> _prints = new(watch, log, "Pictures", Between, "The pictures could not be looked after; it is tried again in a moment.");

    /// <summary>There is something to cut.</summary>
    public void Ring()
    {
        if (_bell.CurrentCount == 0) _bell.Release();
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await _looks.TryAsync(LookAsync, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // One who listens, until it rings: those of former rounds would hear it first, and nobody would come.
        var rung = _bell.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAny(clock.WaitAsync(Between, stoppingToken), rung);
            if (rung.IsCompleted) rung = _bell.WaitAsync(stoppingToken);
            await _looks.TryAsync(LookAsync, stoppingToken);
            await _prints.TryAsync(() => PrintAsync(stoppingToken), stoppingToken);
        }
    }

    /// <summary>Cuts everything that is to be cut; two calls of one process come one after the other.</summary>
    public async Task PrintAsync(CancellationToken stopping = default)
    {
        using var turn = await _turns.TakeAsync(CancellationToken.None);
        var now = clock.GetUtcNow();
        foreach (var (id, until) in _paused.ToList())
            if (until <= now) _paused.Remove(id);

        while (!stopping.IsCancellationRequested)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
            if (await PictureLibrary.NextAsync(db, _paused.Keys) is not { } next) return;
            try
            {
                await library.PrintAsync(db, next);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One that fails does not hold up the others.
                log.LogError(e, "Picture {Picture} could not be cut; it is tried again in a minute.", next.Id);
                _paused[next.Id] = now + Pause;
            }
        }
    }

    /// <summary>Holds pictures whose rights have ended by now, lets go those whose embargo has.</summary>
    public async Task LookAsync()
    {
        using var turn = await _turns.TakeAsync();
        await using var scope = scopes.CreateAsyncScope();
        var changed = await PictureLibrary.LookAsync(scope.ServiceProvider.GetRequiredService<NewsDbContext>(), clock.GetUtcNow().UtcDateTime);
        if (changed > 0) log.LogInformation("{Count} pictures came to the end of their rights or of their embargo.", changed);
    }

    public override void Dispose()
    {
        base.Dispose();
        _bell.Dispose();
    }
}
