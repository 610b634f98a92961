using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Jobs;

/// <summary>Looks every two seconds whether an article is due. What fell due while the site was down goes out before it opens.</summary>
public sealed class ScheduleKeeping(IServiceScopeFactory scopes, IOptions<SiteOptions> site, TimeProvider clock, ILogger<ScheduleKeeping> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<int, DateTime> _paused = [];
    private readonly SemaphoreSlim _one = new(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryAsync();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await clock.WaitAsync(Between, stoppingToken)) await TryAsync();
    }

    /// <summary>Publishes what is due; two calls of one process come one after the other.</summary>
    public async Task PublishAsync()
    {
        await _one.WaitAsync();
        try
        {
            await PublishDueAsync();
        }
        finally
        {
            _one.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _one.Dispose();
    }

    private async Task PublishDueAsync()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var (id, until) in _paused.ToList())
            if (until <= now) _paused.Remove(id);

        await using var scope = scopes.CreateAsyncScope();
        foreach (var (id, why) in await ScheduledPublishing.PublishDueAsync(scope.ServiceProvider.GetRequiredService<NewsDbContext>(), now, site.Value.FindZone(), _paused.Keys))
        {
            log.LogError(why, "Article {Article} was due and could not be published; it is tried again in a minute.", id);
            _paused[id] = now + Pause;
        }
    }

    private async Task TryAsync()
    {
        try
        {
            await PublishAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "The schedule could not be looked at; it is tried again in a moment.");
        }
    }
}
