using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Mail;
using BlueTechWave.Core.Webhooks;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Options;
using BlueTechWave.Web.Watching;
using BlueTechWave.Web.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Jobs;

/// <summary>
/// Every two seconds tells webhooks what is due. Each webhook has a lane of its own, so that one that is slow or down holds
/// up none but itself.
/// </summary>
public sealed class WebhookSending(IServiceScopeFactory scopes, WebhookPost post, SiteAddress address, IOptions<WebhookOptions> options, Watch watch, Figures figures, TimeProvider clock, ILogger<WebhookSending> log) : BackgroundService
{
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    private const int AtOnce = 50;
    private const int PrunedAtOnce = 500;

    /// <summary>As for letters: for so long one under way is nobody else's, and one whose process dies is sent later.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromMinutes(5);

    /// <summary>A lane ends its round after that, so that the others need not wait for a slow one.</summary>
    private static readonly TimeSpan LaneLasts = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(6);

    private readonly Turns _turns = new();
    private readonly Rounds<WebhookSending> _rounds = new(watch, log, "Webhooks", Between, "Webhooks could not be looked after; the next round tries again.");
    private DateTime _pruned = DateTime.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await clock.WaitAsync(Between, stoppingToken))
            await _rounds.TryAsync(async () =>
            {
                await SendDueAsync(stoppingToken);
                if (Now - _pruned >= PruneEvery) await PruneAsync(stoppingToken);
            }, stoppingToken);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Two calls of one process come one after the other.</summary>
    public async Task SendDueAsync(CancellationToken cancellation = default)
    {
        using var turn = await _turns.TakeAsync(cancellation);
        var now = Now;
        List<int> waited;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
            waited = await db.Webhooks.Where(w => w.PausedAt == null && db.WebhookDeliveries.Any(d => d.WebhookId == w.Id && d.NextAt <= now)).OrderBy(w => w.Id).Select(w => w.Id).ToListAsync(cancellation);
        }

        await Task.WhenAll(waited.Select(id => LaneAsync(id, now, cancellation)));
    }

    /// <summary>Forgets what is older than a month, told or not.</summary>
    public async Task PruneAsync(CancellationToken cancellation = default)
    {
        using var turn = await _turns.TakeAsync(cancellation);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        var (now, gone) = (Now, 0);
        var before = now - WebhookDelivery.KeptFor;
        while (!cancellation.IsCancellationRequested)
        {
            var old = await db.WebhookDeliveries.Where(d => d.CreatedAt < before).OrderBy(d => d.Id).Select(d => d.Id).Take(PrunedAtOnce).ToListAsync(cancellation);
            gone += await db.WebhookDeliveries.Where(d => old.Contains(d.Id)).ExecuteDeleteAsync(CancellationToken.None);
            if (old.Count < PrunedAtOnce) break;
        }

        _pruned = now;
        if (gone > 0) log.LogInformation("{Count} deliveries to webhooks are older than a month and forgotten.", gone);
    }

    private async Task LaneAsync(int webhook, DateTime now, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        var began = clock.GetTimestamp();
        foreach (var due in await db.WebhookDeliveries.Where(d => d.WebhookId == webhook && d.NextAt <= now).OrderBy(d => d.NextAt).ThenBy(d => d.Id).Take(AtOnce).Select(d => d.Id).ToListAsync(cancellation))
        {
            if (cancellation.IsCancellationRequested || clock.GetElapsedTime(began) > LaneLasts) return;
            var until = now + Held;
            if (await db.WebhookDeliveries.Where(d => d.Id == due && d.NextAt <= now && d.Webhook.PausedAt == null).ExecuteUpdateAsync(set => set.SetProperty(d => d.NextAt, until), CancellationToken.None) == 1
                && !await IsThereAsync(db, due, until, cancellation)) return;
        }
    }

    /// <returns>Whether the other side is there. If not, the rest of what waits for it waits on.</returns>
    private async Task<bool> IsThereAsync(NewsDbContext db, long id, DateTime until, CancellationToken cancellation)
    {
        if (await db.WebhookDeliveries.AsNoTracking().Include(d => d.Webhook).FirstOrDefaultAsync(d => d.Id == id, cancellation) is not { } delivery) return true;
        var answer = await post.SendAsync(delivery, cancellation);
        figures.Told(answer.Error is null);
        await NoteAsync(db, delivery, answer, until);
        return answer.IsAnswer;
    }

    private async Task NoteAsync(NewsDbContext db, WebhookDelivery delivery, WebhookAnswer answer, DateTime until)
    {
        var (now, attempts, error) = (Now, delivery.Attempts + 1, Cut(answer.Error, WebhookDelivery.ErrorLength));
        var next = answer.Error is null ? null : WebhookDelivery.After(attempts, now);
        DateTime? delivered = answer.Error is null ? now : null;
        // Unless somebody has asked for it again meanwhile: then it is told again.
        await db.WebhookDeliveries.Where(d => d.Id == delivery.Id && d.NextAt == until).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.NextAt, next)
            .SetProperty(d => d.DeliveredAt, delivered)
            .SetProperty(d => d.Attempts, attempts)
            .SetProperty(d => d.TriedAt, now)
            .SetProperty(d => d.Status, answer.Status)
            .SetProperty(d => d.Milliseconds, answer.Milliseconds)
            .SetProperty(d => d.Answer, answer.Text)
            .SetProperty(d => d.Error, error), CancellationToken.None);
        // Beside the tracker: how a webhook fares is nobody's act.
        await db.Webhooks.Where(w => w.Id == delivery.WebhookId).ExecuteUpdateAsync(set => set
            .SetProperty(w => w.LastAt, now)
            .SetProperty(w => w.LastStatus, answer.Status)
            .SetProperty(w => w.FailingSince, w => delivered != null ? null : w.FailingSince ?? now), CancellationToken.None);
        if (answer.Error is null) return;

        log.LogWarning("Webhook {Webhook} was not told of {Delivery}, attempt {Attempt} of {Attempts}: {Error}", delivery.WebhookId, delivery.Key, attempts, WebhookDelivery.AttemptsAtMost, error);
        var giveUp = now.AddDays(-options.Value.PauseAfterDays);
        if (answer.Status == StatusCodes.Status410Gone) await PauseAsync(db, delivery.WebhookId, "It answered 410: it wants to hear no more.", now);
        else if (await db.Webhooks.AnyAsync(w => w.Id == delivery.WebhookId && w.FailingSince <= giveUp, CancellationToken.None))
            await PauseAsync(db, delivery.WebhookId, FormattableString.Invariant($"Every attempt has failed for {options.Value.PauseAfterDays} days."), now);
    }

    /// <summary>By the save, which notes it in the audit log, together with letters to those who can see to it.</summary>
    private async Task PauseAsync(NewsDbContext db, int id, string because, DateTime now)
    {
        // The first of several nodes alone writes the letters.
        await using var all = await db.Database.BeginTransactionAsync(CancellationToken.None);
        if (await db.Webhooks.Where(w => w.Id == id && w.PausedAt == null).ExecuteUpdateAsync(set => set.SetProperty(w => w.PausedBecause, because), CancellationToken.None) == 0) return;
        var webhook = await db.Webhooks.SingleAsync(w => w.Id == id, CancellationToken.None);
        if (webhook.PausedAt is not null) return;
        webhook.Pause(now, because);
        var page = address.Of(FormattableString.Invariant($"/newsroom/settings/webhooks/{id}"));
        var owners = await db.Accounts.WhoMay(Act.ManageWebhooks).Where(a => a.WantsMail && a.Email != null).Select(a => a.Email!).ToListAsync(CancellationToken.None);
        db.OutgoingMails.AddRange(owners.Select(to => new OutgoingMail(to, $"Webhook paused: {webhook.Name}",
            $"The webhook “{webhook.Name}” is paused. {because}\n\nNothing is told to it until you resume it:\n\n{page}\n\nYou can turn these letters off in your profile.\n", now)));
        await db.SaveChangesAsync(CancellationToken.None);
        await all.CommitAsync(CancellationToken.None);
        db.ChangeTracker.Clear();
    }

    private static string? Cut(string? text, int atMost) => text?.Length > atMost ? text[..atMost] : text;
}
