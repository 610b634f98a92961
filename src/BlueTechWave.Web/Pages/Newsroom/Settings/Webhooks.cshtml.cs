using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Webhooks;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Settings;

/// <summary>Who elsewhere is told what happens here, and how they fare.</summary>
[May(Act.ManageWebhooks)]
public class WebhooksModel(NewsDbContext db) : NewsroomPageModel
{
    private const int OnAPage = 10;

    /// <param name="Failed">Deliveries given up.</param>
    public sealed record Row(int Id, string Name, string Host, WebhookEvent Events, bool IsPaused, string? Because, DateTime? FailingSince, DateTime? LastAt, int? LastStatus, int Failed);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public PagerView Pager { get; private set; } = null!;

    public async Task OnGetAsync([FromQuery(Name = "page")] string? page, CancellationToken cancellation)
    {
        (Title, Here) = ("Webhooks", "Settings");
        Pager = PagerView.Of(await db.Webhooks.CountAsync(cancellation), OnAPage, page, n => n > 1 ? FormattableString.Invariant($"/newsroom/settings/webhooks?page={n}") : "/newsroom/settings/webhooks");
        var found = await db.Webhooks.AsNoTracking().OrderBy(w => w.Name).ThenBy(w => w.Id).Skip((Pager.Page - 1) * OnAPage).Take(OnAPage)
            .Select(w => new { Webhook = w, Failed = db.WebhookDeliveries.Count(d => d.WebhookId == w.Id && d.NextAt == null && d.DeliveredAt == null) })
            .ToListAsync(cancellation);
        Rows = [.. found.Select(f => new Row(f.Webhook.Id, f.Webhook.Name, HostOf(f.Webhook.Target), f.Webhook.Events, f.Webhook.PausedAt is not null, f.Webhook.PausedBecause, f.Webhook.FailingSince, f.Webhook.LastAt, f.Webhook.LastStatus, f.Failed))];
    }

    // Not the whole of it: such addresses often hold a key, and somebody may look over her shoulder.
    private static string HostOf(string target) => Uri.TryCreate(target, UriKind.Absolute, out var uri) ? uri.Authority : target;
}
