using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Options;
using BlueTechWave.Web.Watching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Jobs;

/// <summary>Looks every two seconds whether an article is due, to go out or to be taken back. What fell due while the site was down goes out before it opens.</summary>
public sealed class ScheduleKeeping(IServiceScopeFactory scopes, IOptions<SiteOptions> site, CacheInvalidation cache, Watch watch, TimeProvider clock, ILogger<ScheduleKeeping> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<int, DateTime> _paused = [];
    private DateTime _looked = DateTime.MinValue;
    private readonly Turns _turns = new();
    private readonly Rounds<ScheduleKeeping> _rounds = new(watch, log, "Schedule", Between, "The schedule could not be looked at; it is tried again in a moment.");

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await _rounds.TryAsync(PublishAsync, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await clock.WaitAsync(Between, stoppingToken)) await _rounds.TryAsync(PublishAsync, stoppingToken);
    }

    /// <summary>Publishes what is due; two calls of one process come one after the other.</summary>
    public async Task PublishAsync()
    {
        using var turn = await _turns.TakeAsync();
        await PublishDueAsync();
    }

    private async Task PublishDueAsync()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var (id, until) in _paused.ToList())
            if (until <= now) _paused.Remove(id);

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        foreach (var (id, why) in await ScheduledPublishing.PublishDueAsync(db, now, site.Value.FindZone(), _paused.Keys))
        {
            log.LogError(why, "Article {Article} was due and could not be published; it is tried again in a minute.", id);
            _paused[id] = now + Pause;
        }

        foreach (var (id, why) in await ScheduledPublishing.WithdrawDueAsync(db, now, _paused.Keys))
        {
            log.LogError(why, "Article {Article} was to be withdrawn and could not be; it is tried again in a minute.", id);
            _paused[id] = now + Pause;
        }

        // A place on the home page has begun or ended since the last look.
        var looked = _looked;
        if (await db.HomeSlots.AnyAsync(s => (s.From > looked && s.From <= now) || (s.Until > looked && s.Until <= now))) await cache.EmptyAsync(Notice.HomeSlots);
        _looked = now;
    }
}
