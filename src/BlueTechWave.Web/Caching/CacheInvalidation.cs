using System.Data.Common;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Heralds;
using BlueTechWave.Web.Media;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BlueTechWave.Web.Caching;

/// <summary>
/// The one place that empties the cache: after a commit it takes what readers could notice, and drops just that. Only
/// then are the heralds told, so that whoever they send finds the new.
/// </summary>
public sealed class CacheInvalidation(IOutputCacheStore store, Evictions evictions, SiteFrames frames, EmbargoGuard embargoes, ShownKeys pictures, IEnumerable<Herald> heralds) : DbTransactionInterceptor
{
    /// <summary>Changes of these reach every page through the frame.</summary>
    private static readonly HashSet<string> InFrame =
        [Notice.Frame.Subject, Notice.Counts.Subject, Notice.MostRead.Subject];

    private static readonly string PictureSubject = Notice.Picture(0).Subject;

    public override async Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        await EmptyAsync(eventData.Context);

    // Contexts are used again, and one whose transaction ended without a commit still holds what never came to be.
    public override ValueTask<DbTransaction> TransactionStartedAsync(DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        (eventData.Context as NewsDbContext)?.Noticed.Clear();
        return new(result);
    }

    private async ValueTask EmptyAsync(object? context)
    {
        if (context is not NewsDbContext { Noticed.Count: > 0 } db) return;

        Notice[] noticed = [.. db.Noticed];
        db.Noticed.Clear();
        await EmptyAsync(noticed);
        foreach (var herald in heralds) herald.Hear(noticed);
    }

    /// <summary>For what changes without a save: a new order of the most read.</summary>
    public async Task EmptyAsync(params IReadOnlyCollection<Notice> noticed)
    {
        if (noticed.Contains(Notice.Embargoes)) embargoes.Forget();
        if (noticed.Any(n => n.Subject == PictureSubject)) pictures.Forget();
        if (noticed.Any(n => InFrame.Contains(n.Subject)) || frames.Shows(noticed)) frames.Forget();

        string[] tags = [.. noticed.Select(n => n.ToString())];
        evictions.Note(tags);
        foreach (var tag in tags) await store.EvictByTagAsync(tag, CancellationToken.None);
    }
}
