using BlueTechWave.Core.Data;
using BlueTechWave.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Caching;

/// <summary>
/// Hears what other nodes save, and drops it from this node's cache as if it had been saved here. After a time in which it
/// could not hear, nothing that was kept before is trusted any more.
/// </summary>
public sealed class OtherNodes(StorePlace place, CacheInvalidation cache, IServiceScopeFactory scopes, TimeProvider clock, ILogger<OtherNodes> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>What is kept while nothing can be heard is no older than this, as long as the store can be asked for what is newer.</summary>
    public static readonly TimeSpan Trusted = TimeSpan.FromSeconds(4);

    private Newswire? _wire;
    private bool _isAlone;
    private DateTimeOffset _doubted;

    /// <summary>Before the first reader comes.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryListenAsync(cancellationToken);
        if (!_isAlone) await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        do
        {
            if (_wire is null) await TryListenAsync(stoppingToken);
            if (_wire is not null) await HearAsync(_wire, stoppingToken);
            else await DoubtAsync(stoppingToken);
        }
        while (await clock.WaitAsync(Pause, stoppingToken));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_wire is not null) await _wire.DisposeAsync();
    }

    private async Task TryListenAsync(CancellationToken stopping)
    {
        try
        {
            _wire = await place.ListenAsync(cache.Node, stopping);
            _isAlone = _wire is null;
            // Only now: what is read from here on is as new as what is heard.
            if (!_isAlone) Doubt();
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            log.LogDebug(e, "Other nodes cannot be heard yet.");
        }
    }

    /// <summary>Until the line is cut.</summary>
    private async Task HearAsync(Newswire wire, CancellationToken stopping)
    {
        try
        {
            while (true) await cache.EmptyAsync(await wire.HearAsync(stopping));
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            log.LogWarning("Other nodes cannot be heard: {Why} Until they are, no page is kept for more than some seconds.", e.Message);
            _wire = null;
            await wire.DisposeAsync();
        }
        catch (OperationCanceledException)
        {
            // The site stops.
        }
    }

    /// <summary>Others may be able to save. Where nobody can, what is kept is all there is.</summary>
    private async Task DoubtAsync(CancellationToken stopping)
    {
        if (clock.GetUtcNow() - _doubted < Trusted) return;
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<NewsDbContext>().Database.CanConnectAsync(stopping)) Doubt();
    }

    private void Doubt()
    {
        _doubted = clock.GetUtcNow();
        cache.Doubt();
    }
}
