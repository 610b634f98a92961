using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Webhooks;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Settings;

/// <summary>What one webhook was told, what was answered, and telling it again.</summary>
[May(Act.ManageWebhooks)]
public class DeliveriesModel(NewsDbContext db, TimeProvider clock) : NewsroomPageModel
{
    private const int OnAPage = 30;

    public Webhook Webhook { get; private set; } = null!;

    public string Name { get; private set; } = "";

    public IReadOnlyList<WebhookDelivery> Rows { get; private set; } = [];

    public PagerView Pager { get; private set; } = null!;

    public int GivenUp { get; private set; }

    /// <summary>Articles told of that are there still.</summary>
    public IReadOnlySet<int> Living { get; private set; } = new HashSet<int>();

    public async Task<IActionResult> OnGetAsync(int id, [FromQuery(Name = "page")] string? page, CancellationToken cancellation)
    {
        if (!await FindAsync(id)) return NotFound();
        var all = db.WebhookDeliveries.AsNoTracking().Where(d => d.WebhookId == id);
        Pager = PagerView.Of(await all.CountAsync(cancellation), OnAPage, page, n => Address(id, n));
        Rows = await all.OrderByDescending(d => d.Id).Skip((Pager.Page - 1) * OnAPage).Take(OnAPage).ToListAsync(cancellation);
        var told = Rows.Select(d => d.ArticleId).OfType<int>().Distinct().ToList();
        Living = (await db.Articles.Where(a => told.Contains(a.Id)).Select(a => a.Id).ToListAsync(cancellation)).ToHashSet();
        GivenUp = await db.WebhookDeliveries.GivenUpBy(id).CountAsync(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostReplayAsync(int id, [FromForm] long delivery)
    {
        if (!await FindAsync(id) || !await WebhookReplays.ReplayAsync(db, Webhook, delivery, clock.GetUtcNow().UtcDateTime)) return NotFound();
        return Say(id, "It is told again.");
    }

    public async Task<IActionResult> OnPostReplayFailedAsync(int id)
    {
        if (!await FindAsync(id)) return NotFound();
        var count = await WebhookReplays.ReplayFailedAsync(db, Webhook, clock.GetUtcNow().UtcDateTime);
        return Say(id, count == 0 ? "There was nothing left to tell again." : count == 1 ? "One is told again." : string.Create(CultureInfo.InvariantCulture, $"{count:N0} are told again."));
    }

    private RedirectResult Say(int id, string what)
    {
        Said = Webhook.PausedAt is null ? $"{what} Look at this page again in a moment to see what was answered." : $"{what} It waits until the webhook is resumed.";
        return Redirect(Address(id, 1));
    }

    private async Task<bool> FindAsync(int id)
    {
        if (await db.Webhooks.FindAsync(id) is not { } webhook) return false;
        (Webhook, Name, Title, Here) = (webhook, webhook.Name, "Deliveries", "Settings");
        return true;
    }

    private static string Address(int id, int page) => string.Create(CultureInfo.InvariantCulture, $"/newsroom/settings/webhooks/{id}/deliveries{(page > 1 ? $"?page={page}" : "")}");
}
