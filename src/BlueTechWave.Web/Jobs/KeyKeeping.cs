using BlueTechWave.Core.Api;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Api;
using BlueTechWave.Web.Watching;

namespace BlueTechWave.Web.Jobs;

/// <summary>Writes down once an hour what was asked with each key: not with each request.</summary>
internal sealed class KeyKeeping(IServiceScopeFactory scopes, KeyUses uses, Watch watch, TimeProvider clock, ILogger<KeyKeeping> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    private readonly Turns _turns = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await clock.WaitAsync(Between, stoppingToken))
        {
            try
            {
                using var noted = watch.Begin<KeyKeeping>("Uses of keys", Between);
                await KeepAsync();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "What was asked with keys could not be written down; counting goes on.");
            }
        }

        await KeepAsync();
    }

    /// <summary>Writes down what was counted so far; two calls of one process come one after the other.</summary>
    public async Task KeepAsync()
    {
        using var turn = await _turns.TakeAsync();
        var counted = uses.TakeAll();
        if (counted.Count == 0) return;

        await using var scope = scopes.CreateAsyncScope();
        await ApiKey.AddAsync(scope.ServiceProvider.GetRequiredService<NewsDbContext>(), counted);
    }
}
