using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Redirects;
using BlueTechWave.Core.Search;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Watching;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Jobs;

/// <summary>Every half minute writes down what was counted; every ten looks whether the most read are still the same.</summary>
public sealed class ViewKeeping(IServiceScopeFactory scopes, ViewCounter counter, EmptySearchCounter searches, MissedAddressCounter addresses, SiteFrames frames, CacheInvalidation cache, Watch watch, TimeProvider clock, ILogger<ViewKeeping> log)
    : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(30);
    private const int LooksEvery = 20;

    /// <summary>So many articles in one transaction: editors save in between.</summary>
    private const int AtOnce = 200;

    private readonly Turns _turns = new();
    private readonly Rounds<ViewKeeping> _rounds = new(watch, log, "Counting readers", Between, "Views could not be written down; counting goes on.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var round = 1; await clock.WaitAsync(Between, stoppingToken); round++)
            await _rounds.TryAsync(async () =>
            {
                await KeepAsync();
                if (round % LooksEvery == 0) await LookAsync(stoppingToken);
            }, stoppingToken);

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
        var (read, searched, asked) = (counter.TakeAll(), searches.TakeAll(), addresses.TakeAll());
        if (read.Count + searched.Count + asked.Count == 0) return;

        var now = clock.GetUtcNow().UtcDateTime;
        var today = DateOnly.FromDateTime(now);
        await WriteAsync(db, today, read);
        if (searched.Count > 0) await EmptySearch.AddAsync(db, today, searched);
        if (asked.Count > 0) await MissedAddress.AddAsync(db, asked, now);
    }

    /// <summary>What does not get into the store goes on being counted.</summary>
    private async Task WriteAsync(NewsDbContext db, DateOnly day, IReadOnlyDictionary<ArticleAddress, int> read)
    {
        var left = new Queue<KeyValuePair<ArticleAddress, int>[]>(read.Chunk(AtOnce));
        try
        {
            for (; left.TryPeek(out var some); left.Dequeue())
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                await ArticleViews.AddAsync(db, day, some.ToDictionary());
                await transaction.CommitAsync();
            }
        }
        finally
        {
            foreach (var (address, times) in left.SelectMany(some => some)) counter.Count(address, times);
        }
    }

    /// <summary>Has the pages made anew only if their list of the most read has changed.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var shown = (await frames.GetAsync(cancellation)).MostReadAll.Select(card => card.Id);
        await using var scope = scopes.CreateAsyncScope();
        var now = await ArticleCard.MostReadAsync(scope.ServiceProvider.GetRequiredService<NewsDbContext>(), clock.GetUtcNow().UtcDateTime, SiteFrame.MostReadKnown, cancellation);
        if (!now.Select(card => card.Id).SequenceEqual(shown)) await cache.EmptyAsync(Notice.MostRead);
    }
}
