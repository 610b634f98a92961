using System.Data.Common;
using BlueTechWave.Core.Data;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BlueTechWave.Web.Caching;

/// <summary>The one place that empties the cache: after a commit it takes what readers could notice, and drops just that.</summary>
public sealed class CacheInvalidation(IOutputCacheStore store, Evictions evictions, SiteFrames frames) : DbTransactionInterceptor
{
    /// <summary>Changes of these reach every page through the frame.</summary>
    private static readonly HashSet<string> InFrame =
        [Notice.Frame.Subject, Notice.Counts.Subject, Notice.MostRead.Subject];

    public override async Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        await EmptyAsync(eventData.Context);

    public override Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        (eventData.Context as NewsDbContext)?.Noticed.Clear();
        return Task.CompletedTask;
    }

    private async ValueTask EmptyAsync(object? context)
    {
        if (context is not NewsDbContext { Noticed.Count: > 0 } db) return;

        Notice[] noticed = [.. db.Noticed];
        db.Noticed.Clear();
        await EmptyAsync(noticed);
    }

    /// <summary>For what changes without a save: a new order of the most read.</summary>
    public async Task EmptyAsync(params IReadOnlyCollection<Notice> noticed)
    {
        if (noticed.Any(n => InFrame.Contains(n.Subject)) || frames.Shows(noticed)) frames.Forget();

        string[] tags = [.. noticed.Select(n => n.ToString())];
        evictions.Note(tags);
        foreach (var tag in tags) await store.EvictByTagAsync(tag, CancellationToken.None);
    }
}
