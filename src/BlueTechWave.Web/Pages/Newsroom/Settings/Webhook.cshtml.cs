using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Webhooks;
using BlueTechWave.Web.Security;
using BlueTechWave.Web.Webhooks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Settings;

/// <summary>One webhook, old or new.</summary>
[May(Act.ManageWebhooks)]
public class WebhookModel(NewsDbContext db, WebhookSecrets secrets, Outside outside, TimeProvider clock) : NewsroomPageModel
{
    private const string SecretKey = "WebhookSecret";

    public sealed record Input(string Name, string Target, WebhookEvent Events);

    /// <summary>Null while it is new.</summary>
    public Webhook? Webhook { get; private set; }

    public Input Typed { get; private set; } = new("", "", WebhookEvent.None);

    public Dictionary<string, string> Errors { get; } = [];

    /// <summary>Shown this once.</summary>
    public string? Secret { get; private set; }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<IActionResult> OnGetAsync(int? id)
    {
        if (!await FindAsync(id)) return NotFound();
        Typed = Webhook is { } known ? new(known.Name, known.Target, known.Events) : Typed with { Events = WebhookEvent.ArticlePublished | WebhookEvent.ArticleUpdated | WebhookEvent.ArticleWithdrawn };
        Secret = TempData[SecretKey] as string;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, [FromForm] string? name, [FromForm] string? target, [FromForm] string[]? events)
    {
        if (!await FindAsync(id)) return NotFound();
        Typed = new((name ?? "").Trim(), (target ?? "").Trim(), WebhookEvents.All.Where(e => events?.Contains(e.Name()) == true).Aggregate(WebhookEvent.None, (all, one) => all | one));
        await CheckAsync();
        if (Errors.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        if (Webhook is { } known)
        {
            known.Describe(Typed.Name, Typed.Target, Typed.Events);
            await db.SaveChangesAsync(CancellationToken.None);
            Said = $"“{known.Name}” is saved.";
            return Redirect("/newsroom/settings/webhooks");
        }

        var (shown, sealedSecret) = secrets.Make();
        var made = new Webhook(Typed.Name, Typed.Target, Typed.Events, sealedSecret, Now);
        db.Webhooks.Add(made);
        await db.SaveChangesAsync(CancellationToken.None);
        TempData[SecretKey] = shown;
        return Redirect(AddressOf(made));
    }

    public Task<IActionResult> OnPostPauseAsync(int? id) => ActAsync(id, webhook => webhook.Pause(Now), webhook => $"“{webhook.Name}” is paused: what happens meanwhile is not told.");

    public Task<IActionResult> OnPostResumeAsync(int? id) => ActAsync(id, webhook => webhook.Resume(), webhook => $"“{webhook.Name}” is told again.");

    public async Task<IActionResult> OnPostRenewAsync(int? id)
    {
        if (id is null || !await FindAsync(id)) return NotFound();
        var (shown, sealedSecret) = secrets.Make();
        Webhook!.RenewSecret(sealedSecret, Now);
        await db.SaveChangesAsync(CancellationToken.None);
        TempData[SecretKey] = shown;
        return Redirect(AddressOf(Webhook));
    }

    public async Task<IActionResult> OnPostTestAsync(int? id)
    {
        if (id is null || !await FindAsync(id)) return NotFound();
        db.WebhookDeliveries.Add(new(id.Value, WebhookEvent.Test, new(Article: null), Now));
        await db.SaveChangesAsync(CancellationToken.None);
        Said = "A test is on its way. Look at this page again in a moment to see what was answered.";
        return Redirect($"{AddressOf(Webhook!)}/deliveries");
    }

    public async Task<IActionResult> OnPostRemoveAsync(int? id)
    {
        if (id is null || !await FindAsync(id)) return NotFound();
        db.Webhooks.Remove(Webhook!);
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else has just removed it.
        }

        Said = $"“{Webhook!.Name}” is removed, and so is the record of what it was told.";
        return Redirect("/newsroom/settings/webhooks");
    }

    private async Task<IActionResult> ActAsync(int? id, Action<Webhook> act, Func<Webhook, string> said)
    {
        if (id is null || !await FindAsync(id)) return NotFound();
        act(Webhook!);
        await db.SaveChangesAsync(CancellationToken.None);
        Said = said(Webhook!);
        return Redirect(AddressOf(Webhook!));
    }

    private async Task<bool> FindAsync(int? id)
    {
        Webhook = id is null ? null : await db.Webhooks.FindAsync(id.Value);
        (Title, Here) = (Webhook?.Name ?? "New webhook", "Settings");
        return id is null || Webhook is not null;
    }

    private async Task CheckAsync()
    {
        if (Typed.Name.Length == 0) Errors["name"] = "Please give it a name.";
        else if (Typed.Name.Length > Webhook.NameLength) Errors["name"] = $"Please keep the name to {Webhook.NameLength} characters.";
        else if (Webhook is null && await db.Webhooks.CountAsync() >= Webhook.AtMost) Errors["name"] = $"There are {Webhook.AtMost} webhooks, and no more are told. Remove one first.";
        if (Typed.Target.Length > Webhook.TargetLength) Errors["target"] = $"Please keep the address to {Webhook.TargetLength} characters.";
        else if (await outside.WhyNotAsync(Typed.Target, HttpContext.RequestAborted) is { } why) Errors["target"] = why;
        if (Typed.Events == WebhookEvent.None) Errors["events"] = "Please choose what it is told of.";
    }

    private static string AddressOf(Webhook webhook) => FormattableString.Invariant($"/newsroom/settings/webhooks/{webhook.Id}");
}
