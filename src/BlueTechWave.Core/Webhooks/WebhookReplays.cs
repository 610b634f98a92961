using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Webhooks;

/// <summary>Telling again what was told, or could not be. It keeps its key, so that the other side knows it.</summary>
public static class WebhookReplays
{
    /// <returns>False where there is no such delivery.</returns>
    public static async Task<bool> ReplayAsync(NewsDbContext db, Webhook webhook, long delivery, DateTime now) =>
        await ReplayAsync(db, webhook, db.WebhookDeliveries.Where(d => d.WebhookId == webhook.Id && d.Id == delivery), now) == 1;

    /// <summary>All that was given up.</summary>
    /// <returns>How many.</returns>
    public static Task<int> ReplayFailedAsync(NewsDbContext db, Webhook webhook, DateTime now) => ReplayAsync(db, webhook, db.WebhookDeliveries.GivenUpBy(webhook.Id), now);

    public static IQueryable<WebhookDelivery> GivenUpBy(this IQueryable<WebhookDelivery> deliveries, int webhook) =>
        deliveries.Where(d => d.WebhookId == webhook && d.NextAt == null && d.DeliveredAt == null);

    private static async Task<int> ReplayAsync(NewsDbContext db, Webhook webhook, IQueryable<WebhookDelivery> deliveries, DateTime now)
    {
        await using var all = await db.Database.BeginTransactionAsync(CancellationToken.None);
        DateTime? next = now;
        var count = await deliveries.ExecuteUpdateAsync(set => set
            .SetProperty(d => d.NextAt, next)
            .SetProperty(d => d.DeliveredAt, (DateTime?)null)
            .SetProperty(d => d.Attempts, 0), CancellationToken.None);
        if (count == 0) return 0;

        webhook.Replay(now);
        await db.SaveChangesAsync(CancellationToken.None);
        await all.CommitAsync(CancellationToken.None);
        return count;
    }
}
