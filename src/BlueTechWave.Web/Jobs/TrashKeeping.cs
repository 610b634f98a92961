using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Watching;

namespace BlueTechWave.Web.Jobs;

/// <summary>Four times a day takes away what has lain in the trash for its time.</summary>
public sealed class TrashKeeping(IServiceScopeFactory scopes, PictureLibrary pictures, StorePlace place, Watch watch, TimeProvider clock, ILogger<TrashKeeping> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(6);

    private readonly Turns _turns = new();
    private readonly Rounds<TrashKeeping> _rounds = new(watch, log, "Trash", Between, "The trash could not be emptied; it is tried again in some hours.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await clock.WaitAsync(Between, stoppingToken)) await _rounds.TryAsync(EmptyAsync, stoppingToken);
    }

    /// <summary>Two calls of one process come one after the other.</summary>
    public async Task EmptyAsync()
    {
        using var turn = await _turns.TakeAsync();
        await using var scope = scopes.CreateAsyncScope();
        var (db, now) = (scope.ServiceProvider.GetRequiredService<NewsDbContext>(), clock.GetUtcNow().UtcDateTime);
        var gone = await Trash.EmptyAsync(db, now);
        var unseen = await pictures.EmptyAsync(db, now);
        // A state of before that is kept names pictures that the present one may not.
        var swept = await ForgetFormersAsync(now) ? await pictures.SweepAsync(db, now) : 0;
        if (unseen + swept > 0) log.LogInformation("{Count} pictures that lay in the trash for a month are gone for good, and {Files} files that no picture names.", unseen, swept);
        if (gone > 0) log.LogInformation("{Count} articles that lay in the trash for a month are gone for good.", gone);
    }

    /// <returns>True if none is left.</returns>
    private async Task<bool> ForgetFormersAsync(DateTime now)
    {
        var formers = await place.FormersAsync();
        var over = formers.Where(f => f.At < now - StorePlace.FormerKeptFor).ToList();
        foreach (var former in over) await place.ForgetAsync(former);
        return over.Count == formers.Count;
    }
}
