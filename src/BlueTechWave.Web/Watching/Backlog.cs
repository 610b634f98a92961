using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Watching;

/// <summary>What waits to be sent or cut, and what was given up.</summary>
public sealed record WhatWaits(int Letters, int LettersFailed, int Deliveries, int DeliveriesFailed, int WebhooksPaused, int Pictures)
{
    public static readonly WhatWaits Nothing = new(0, 0, 0, 0, 0, 0);
}

/// <summary>Counts what waits: when somebody looks, and not oftener than every few seconds.</summary>
public sealed class Backlog(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(5);

    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;

    /// <summary>As of the last look.</summary>
    public WhatWaits Known { get; private set; } = WhatWaits.Nothing;

    public async Task<WhatWaits> LookAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        if (now - _lookedAt < KnownFor) return Known;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        Known = new(
            await db.OutgoingMails.CountAsync(m => m.NextAt != null, cancellation),
            await db.OutgoingMails.CountAsync(m => m.NextAt == null && m.SentAt == null, cancellation),
            await db.WebhookDeliveries.CountAsync(d => d.NextAt != null, cancellation),
            await db.WebhookDeliveries.CountAsync(d => d.NextAt == null && d.DeliveredAt == null, cancellation),
            await db.Webhooks.CountAsync(w => w.PausedAt != null, cancellation),
            await PictureLibrary.WaitingAsync(db, cancellation));
        _lookedAt = now;
        return Known;
    }
}
