using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Comments.Scoring;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Watching;

namespace BlueTechWave.Web.Jobs;

/// <summary>Keeps the scorer: every ten minutes it learns from what editors have decided, and what waits is asked about anew. Readers wait for none of it.</summary>
public sealed class SpamLearning(IServiceScopeFactory scopes, SiteFrames frames, Watch watch, TimeProvider clock, ILogger<SpamLearning> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _one = new(1);
    private readonly Turns _lessons = new();
    private readonly Rounds<SpamLearning> _rounds = new(watch, log, "Spam scorer", Between, "The scorer could not learn; the next round tries again.");
    private SpamModel? _model;
    private int _training;

    /// <summary>How far a new look at what waits has come; null while there is none.</summary>
    public (int Done, int Total)? Progress { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await clock.WaitAsync(Between, stoppingToken))
            await _rounds.TryAsync(async () =>
            {
                if ((await frames.GetAsync(stoppingToken)).Discussions.ScorerIsOn) await LearnAsync(stoppingToken);
            }, stoppingToken);
    }

    /// <summary>How likely a comment is spam, 0 to 1; null where the scorer is switched off.</summary>
    public async Task<double?> ScoreAsync(CommentSettings settings, string name, string body, string headline, CancellationToken cancellation) =>
        settings.ScorerIsOn ? (await ModelAsync(cancellation)).Score(name, body, headline) : null;

    public async Task<IReadOnlyList<(string Signal, double Weight)>> ExplainAsync(string name, string body, string headline, int top, CancellationToken cancellation) =>
        (await ModelAsync(cancellation)).Explain(name, body, headline, top);

    /// <summary>
    /// Learns what there is to learn, takes over what another machine has learned, and then looks again at what waits. Two calls of one
    /// process come one after the other.
    /// </summary>
    public async Task LearnAsync(CancellationToken cancellation = default)
    {
        using var lesson = await _lessons.TakeAsync(cancellation);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        await SpamLessons.LearnAsync(db, clock.GetUtcNow().UtcDateTime, cancellation);
        var latest = await SpamLessons.LatestAsync(db, cancellation);
        if (_model is not null && latest.Training == _training) return;

        (_model, _training) = (latest.Model, latest.Training);
        await RescoreAsync(cancellation);
    }

    /// <summary>Asks anew about everything that waits; one such look at a time.</summary>
    public async Task RescoreAsync(CancellationToken cancellation = default)
    {
        if (!await _one.WaitAsync(0, cancellation)) return;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await SpamLessons.RescoreAsync(scope.ServiceProvider.GetRequiredService<NewsDbContext>(), await ModelAsync(cancellation), (done, total) => Progress = (done, total), cancellation);
        }
        finally
        {
            Progress = null;
            _one.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _one.Dispose();
    }

    private async Task<SpamModel> ModelAsync(CancellationToken cancellation)
    {
        if (_model is { } known) return known;

        await using var scope = scopes.CreateAsyncScope();
        var (model, training, _, _) = await SpamLessons.LatestAsync(scope.ServiceProvider.GetRequiredService<NewsDbContext>(), cancellation);
        (_model, _training) = (model, training);
        return model;
    }
}
