using BlueTechWave.Core.Data;
using BlueTechWave.Web.Watching;

namespace BlueTechWave.Web.Jobs;

/// <summary>Makes comments findable that are not: all those of a store that was upgraded or moved. There is nothing to do after that.</summary>
public sealed class CommentIndexing(IServiceScopeFactory scopes, Watch watch, TimeProvider clock, ILogger<CommentIndexing> log) : BackgroundService
{
    // Whoever serves first serves without it beside him.
    private static readonly TimeSpan AfterTheStart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private readonly Turns _turns = new();
    private readonly Rounds<CommentIndexing> _rounds = new(watch, log, "Words of comments", Between, "Comments could not be made findable; it is tried again in a minute.");

    private bool _isWhole;

    /// <summary>Comments are being made findable just now: who searches may be told less than there is.</summary>
    public bool IsUnderWay { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = AfterTheStart; await clock.WaitAsync(wait, stoppingToken); wait = Between)
            await _rounds.TryAsync(() => _isWhole ? Task.CompletedTask : FillAsync(stoppingToken), stoppingToken);
    }

    /// <summary>Two calls of one process come one after the other.</summary>
    public async Task FillAsync(CancellationToken stopping = default)
    {
        using var turn = await _turns.TakeAsync(stopping);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        (_isWhole, IsUnderWay) = (false, true);
        try
        {
            var filled = await db.CommentSearch.FillAsync(db, cancellation: stopping);
            _isWhole = true;
            if (filled > 0) log.LogInformation("{Count} comments can be found by their words now.", filled);
        }
        finally
        {
            IsUnderWay = false;
        }
    }
}
