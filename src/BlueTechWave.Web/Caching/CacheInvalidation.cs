using System.Data.Common;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Api;
using BlueTechWave.Web.Heralds;
using BlueTechWave.Web.Media;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BlueTechWave.Web.Caching;

/// <summary>
/// The one place that empties the cache: after a commit it takes what readers could notice, and drops just that. Only
/// then are the heralds told, so that whoever they send finds the new. Other nodes are told within the transaction: a node
/// that dies right after its commit has told them.
/// </summary>
public sealed class CacheInvalidation(IOutputCacheStore store, KeptLonger kept, Evictions evictions, SiteFrames frames, EmbargoGuard embargoes, ShownKeys pictures, KnownKeys keys, IEnumerable<Herald> heralds) : DbTransactionInterceptor
{
    /// <summary>Changes of these reach every page through the frame.</summary>
    private static readonly HashSet<string> InFrame =
        [Notice.Frame.Subject, Notice.Counts.Subject, Notice.MostRead.Subject];

    private static readonly string PictureSubject = Notice.Picture(0).Subject;

    /// <summary>Who this node is to the others.</summary>
    public string Node { get; } = Guid.NewGuid().ToString("n");

    public override async ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is NewsDbContext { Noticed.Count: > 0 } db) await db.TellOthersAsync(Node);
        return result;
    }

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
        if (!db.IsNews) return;
        foreach (var herald in heralds) herald.Hear(noticed);
    }

    /// <summary>For what changes without a save here: a new order of the most read, a save on another node.</summary>
    public async Task EmptyAsync(params IReadOnlyCollection<Notice> noticed)
    {
        foreach (var tag in Forget(noticed)) await store.EvictByTagAsync(tag, CancellationToken.None);
    }

    /// <summary>Anything may have been saved elsewhere: every page is made anew, and one of before is given only where that fails.</summary>
    public void Doubt()
    {
        Forget([Notice.Everything]);
        kept.Doubt();
    }

    private string[] Forget(IReadOnlyCollection<Notice> noticed)
    {
        var isAll = noticed.Contains(Notice.Everything);
        if (isAll || noticed.Contains(Notice.Embargoes)) embargoes.Forget();
        if (isAll || noticed.Contains(Notice.Keys)) keys.Forget();
        if (isAll || noticed.Any(n => n.Subject == PictureSubject)) pictures.Forget();
        if (isAll || noticed.Any(n => InFrame.Contains(n.Subject)) || frames.Shows(noticed)) frames.Forget();

        string[] tags = [.. noticed.Select(n => n.ToString())];
        evictions.Note(tags);
        return tags;
    }
}
