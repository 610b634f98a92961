using BlueTechWave.Core.Api;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Api;
using BlueTechWave.Web.Watching;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Jobs;

/// <summary>Writes down once an hour what was asked with each key: not with each request.</summary>
internal sealed class KeyKeeping(IServiceScopeFactory scopes, KeyUses uses, Watch watch, TimeProvider clock, ILogger<KeyKeeping> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    private readonly Turns _turns = new();
    private readonly Rounds<KeyKeeping> _rounds = new(watch, log, "Uses of keys", Between, "What was asked with keys could not be written down; counting goes on.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await clock.WaitAsync(Between, stoppingToken)) await _rounds.TryAsync(KeepAsync, stoppingToken);

        await _rounds.TryAsync(KeepAsync, CancellationToken.None);
    }

    /// <summary>Writes down what was counted so far; two calls of one process come one after the other.</summary>
    public async Task KeepAsync()
    {
        using var turn = await _turns.TakeAsync();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        // Asked for nothing else: while the store is away, what was counted waits.
        _ = await db.Settings.AnyAsync();
        var counted = uses.TakeAll();
        if (counted.Count > 0) await ApiKey.AddAsync(db, counted);
    }
}
