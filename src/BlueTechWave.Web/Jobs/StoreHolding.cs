using BlueTechWave.Core.Data;

namespace BlueTechWave.Web.Jobs;

/// <summary>As long as the site runs, says that it serves its store: nobody restores another in its place meanwhile.</summary>
public sealed class StoreHolding(StorePlace place) : IHostedService
{
    private StoreHold? _hold;

    public async Task StartAsync(CancellationToken cancellationToken) => _hold = await place.HoldAsync(alone: false, cancellationToken)
        ?? throw new StoreBrokenException("A restore or an upgrade is under way in this store: start again once it is done.");

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_hold is not null) await _hold.DisposeAsync();
        _hold = null;
    }

    /// <summary>Whether this node does what only one of several should. One that was cut off from the store asks for it anew.</summary>
    public async Task<bool> LeadsAsync()
    {
        try
        {
            return _hold is not null && await _hold.LeadsAsync();
        }
        catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException)
        {
            if (_hold is not null) await _hold.DisposeAsync();
            _hold = await place.HoldAsync(alone: false);
            return false;
        }
    }
}
