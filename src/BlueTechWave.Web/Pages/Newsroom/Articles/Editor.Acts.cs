using BlueTechWave.Core;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Writing;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Receipts;
using BlueTechWave.Web.Redirects;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

/// <summary>What the buttons do: the text and the act, both or neither.</summary>
public partial class EditorModel
{
    private const int Attempts = 4;

    // One form pressed twice must not become two articles: the second waits here until the first can be found.
    private static readonly SemaphoreSlim Beginning = new(1, 1);

    /// <summary>What stands between a piece just submitted and its readers.</summary>
    private IReadOnlyList<string> _lacks = [];

    public Task<IActionResult> OnPostSaveAsync([FromRoute] int id = 0) => ActAsync(id, EditorAct.Save);

    public Task<IActionResult> OnPostSubmitAsync([FromRoute] int id = 0) => ActAsync(id, EditorAct.Submit);

    public Task<IActionResult> OnPostSendBackAsync([FromRoute] int id = 0) => ActAsync(id, EditorAct.SendBack);

    public Task<IActionResult> OnPostScheduleAsync([FromRoute] int id = 0) => ActAsync(id, EditorAct.Schedule);

    public Task<IActionResult> OnPostPublishAsync([FromRoute] int id = 0) => ActAsync(id, EditorAct.Publish);

    public Task<IActionResult> OnPostUpdateAsync([FromRoute] int id = 0) => ActAsync(id, EditorAct.Update);

    public Task<IActionResult> OnPostUnpublishAsync([FromRoute] int id = 0) => ActAsync(id, EditorAct.Unpublish);

    /// <summary>Puts one side's words into a disputed field; nothing is saved yet.</summary>
    public async Task<IActionResult> OnPostResolveAsync([FromRoute] int id, [FromForm(Name = "use")] string? use)
    {
        if (await ReadAsync(id) is not { } article || id == 0) return NotFound();

        var form = await ReadFormAsync(article);
        Conflict = await ConflictView.OfAsync(db, article, form.Branch, Choices);
        if (Conflict is not null && (use ?? "").Split(':') is [var side, var field])
            form = form.With(ConflictView.Take(form.Text, field, side == "mine" ? Conflict.Mine : Conflict.Theirs), form.Base, form.Branch);
        return await ShowAsync(article, form);
    }

    private async Task<IActionResult> ActAsync(int id, EditorAct act)
    {
        if (!Who.May(act.Needed())) return StatusCode(StatusCodes.Status403Forbidden);
        if (id > 0) return await TryAsync(id, act);

        await Beginning.WaitAsync();
        try
        {
            return await TryAsync(await BegunAsync((await Request.ReadFormAsync())["key"].ToString()), act);
        }
        finally
        {
            Beginning.Release();
        }
    }

    /// <summary>The article that this form has already begun; 0 if none.</summary>
    private Task<int> BegunAsync(string key) => db.WorkingCopies
        .Where(c => c.AccountId == Who.AccountId && c.Key == key).Select(c => c.ArticleId).FirstOrDefaultAsync();

    /// <summary>Somebody who saved in the same moment is a reason to look again, not to fail.</summary>
    private async Task<IActionResult> TryAsync(int id, EditorAct act)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SaveAsync(id, act);
            }
            catch (DbUpdateException e) when (attempt < Attempts && StoreTroubles.Of(e) is null)
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<IActionResult> SaveAsync(int id, EditorAct act)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var article = id == 0 ? new Article("", Who.AccountId, Now) : await db.Articles.Whole().SeenBy(Who).FirstOrDefaultAsync(a => a.Id == id);
        if (article is null) return NotFound();

        var form = await ReadFormAsync(article);
        form.Settle(await KnownTagsAsync(form.Text.Tags), id == 0 ? null : article.Headline, article.PublishedAt is not null, Choices.Authors);
        if (!Who.MayEdit(article)) return await RefuseAsync(article, form, $"This article is {EditorActs.Words(article.Status).ToLowerInvariant()} by now: ask an editor to change it. Your text is kept below.");
        if (form.Errors.Count > 0) return await RefuseAsync(article, form, "Not saved.", StatusCodes.Status400BadRequest);

        if (id == 0) db.Add(article);
        var version = article.Version;
        var save = await ManuscriptSave.WriteAsync(db, article, form.Text, form.Base, Now, Who.Name);
        if (save.Overlaps.Count > 0) return await DisputeAsync(article, form);

        var address = PublicPath(article);
        if (article.PublishedAt is not null && save.Text.Slug != article.Slug) await ReaddressAsync(article, form, save.Text.Slug);
        var refusal = await PerformAsync(article, act, form);
        if (refusal is not null || form.Errors.Count > 0)
            return await RefuseAsync(article, form, refusal ?? Refused(act), refusal is null ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict);

        if (address is not null && PublicPath(article) is { } path && path != address) await Readdressing.LeaveAsync(db, article, address);
        await db.SaveChangesAsync(CancellationToken.None);
        await CloseAsync(article.Id, form.Key, form.Restored);
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);

        // Readers have it, or have it no longer: the site looks for itself.
        var receipt = act is EditorAct.Publish or EditorAct.Unpublish && article.Status is ArticleStatus.Published or ArticleStatus.Withdrawn && form.OutDate.Length == 0
            ? await places.LookAsync(article.Id) : null;
        (TempData[nameof(SavedKey)], Said) = (form.Key, $"{Done(act, form)} {receipt?.Says} {(save.IsMerged ? $"{await LastWriterAsync(article.Id, version)} had saved meanwhile; the changes of both are in it." : "")}".Trim());
        return new SeeOther(AddressOf(article.Id));
    }

    /// <returns>Why it cannot be done at all; what a field lacks is said beside the field.</returns>
    private async Task<string?> PerformAsync(Article article, EditorAct act, ArticleForm form)
    {
        var (now, by, status) = (Now, Who.Name, article.Status);
        if (act is not (EditorAct.Unpublish or EditorAct.SendBack)) SetEmbargo(article, form);
        switch (act)
        {
            case EditorAct.Save:
                if (status == ArticleStatus.Published) return "It has been published since you opened it: press Update to bring your changes to its readers.";
                if (status == ArticleStatus.Scheduled) await CheckAsync(article, form);
                return null;

            case EditorAct.Submit:
                if (status is ArticleStatus.Scheduled or ArticleStatus.Published or ArticleStatus.Withdrawn) return Overtaken(article);
                if (status == ArticleStatus.Draft) article.Submit(now, by);
                // Said now, it need not be sent back for it.
                _lacks = [.. (await PublishCheck.MissingAsync(db, article)).Select(m => m.What).Distinct()];
                return null;

            case EditorAct.SendBack:
                if (form.Reason.Length == 0) form.Refuse("reason", "Please say what should be mended: its writer reads this.");
                else if (status is ArticleStatus.InReview or ArticleStatus.Scheduled) article.SendBack(form.Reason, now, by);
                else if (status != ArticleStatus.Draft) return Overtaken(article);
                return null;

            case EditorAct.Schedule:
                return await ScheduleAsync(article, form);

            case EditorAct.Publish:
                await CheckAsync(article, form);
                if (article.IsEmbargoed(now)) form.Refuse("embargodate", "It is under embargo until then: schedule it, or lift the embargo first.");
                if (status != ArticleStatus.Published) await ClaimAsync(article, form, now, takes: true);
                if (status != ArticleStatus.Published && form.Errors.Count == 0) article.Publish(now, zone.Zone, by);
                return null;

            case EditorAct.Update:
                return status == ArticleStatus.Published ? await UpdateAsync(article, form) : Overtaken(article);

            default:
                if (form.Reason.Length == 0) form.Refuse("reason", "Please give the reason: readers who come to its address see it.");
                else if (status == ArticleStatus.Published && form.OutDate.Length + form.OutTime.Length > 0) PlanWithdrawal(article, form);
                else if (status == ArticleStatus.Published) article.Withdraw(form.Reason, now, by);
                else if (status != ArticleStatus.Withdrawn) return Overtaken(article);
                return null;
        }
    }

    private async Task<string?> ScheduleAsync(Article article, ArticleForm form)
    {
        if (article.Status is ArticleStatus.Published or ArticleStatus.Withdrawn) return Overtaken(article);
        var (when, error) = zone.Read(form.Date, form.Time, form.Which);
        if (error is not null) form.Refuse("date", error);
        else if (when <= Now) form.Refuse("date", $"That is past: it is {dates.Local(Now):yyyy-MM-dd HH:mm} in {Zone} now.");
        else if (article.EmbargoedUntil > when) form.Refuse("date", "It is under embargo longer than that: choose a later time, or an earlier end of the embargo.");
        await CheckAsync(article, form);
        if (when is { } at && error is null) await ClaimAsync(article, form, at, takes: false);
        if (form.Errors.Count == 0 && !(article.Status == ArticleStatus.Scheduled && article.ScheduledFor == when)) article.Schedule(when!.Value, Now, Who.Name);
        return null;
    }

    /// <summary>Whoever may plan may keep it back; another's form has no such field.</summary>
    private void SetEmbargo(Article article, ArticleForm form)
    {
        if (!form.AsksEmbargo || !Who.May(Act.Schedule) || article.Status == ArticleStatus.Published) return;
        if (form.EmbargoDate.Length + form.EmbargoTime.Length == 0)
        {
            if (article.EmbargoedUntil > Now) article.Embargo(null, Now);
            return;
        }

        var (until, error) = zone.Read(form.EmbargoDate, form.EmbargoTime, "second");
        if (error is not null) form.Refuse("embargodate", error);
        else if (article.EmbargoedUntil != until) article.Embargo(until, Now);
    }

    private void PlanWithdrawal(Article article, ArticleForm form)
    {
        var (when, error) = zone.Read(form.OutDate, form.OutTime, "first");
        if (error is not null) form.Refuse("outdate", error);
        else if (when <= Now) form.Refuse("outdate", $"That is past: it is {dates.Local(Now):yyyy-MM-dd HH:mm} in {Zone} now.");
        else article.PlanWithdrawal(when, form.Reason, Now, Who.Name);
    }

    private async Task<string?> UpdateAsync(Article article, ArticleForm form)
    {
        if (form.Change == "correction" && form.Note.Length == 0) form.Refuse("note", "Please say what was wrong and has been put right: readers see it.");
        if (form.Change == "clarification" && form.Note.Length == 0) form.Refuse("note", "Please say what was not clear, and what is meant: readers see it.");
        await CheckAsync(article, form);
        if (form.Errors.Count > 0 || form.Change == "typo" || await IsDoneAsync(article, form)) return null;
        if (form.Change == "correction") article.Correct(form.Note, Now, Who.Name);
        else if (form.Change == "clarification") article.Clarify(form.Note, Now, Who.Name);
        else article.Update(Now, Who.Name);
        return null;
    }

    /// <summary>Readers know it by an address already: the new one must be free, and the old one will lead to it.</summary>
    private async Task ReaddressAsync(Article article, ArticleForm form, string slug)
    {
        if (slug.Length == 0)
        {
            form.Refuse(nameof(Manuscript.Slug), "An article that has been published keeps a slug.");
            return;
        }

        article.Readdress(slug);
        await ClaimAsync(article, form, Now, takes: true);
    }

    /// <summary>Whether this very press has been answered before: readers are told of a correction once.</summary>
    private async Task<bool> IsDoneAsync(Article article, ArticleForm form)
    {
        var told = form.Change switch { "correction" => ArticleAct.Corrected, "clarification" => ArticleAct.Clarified, _ => ArticleAct.Updated };
        if (form.Base >= article.Version || !await db.Revisions.AnyAsync(r => r.ArticleId == article.Id && r.Version > form.Base && r.Act == told && r.By == Who.Name)) return false;
        return told == ArticleAct.Updated || await db.Corrections.AnyAsync(c => c.ArticleId == article.Id && c.Note == form.Note);
    }

    /// <summary>What is missing is said beside its field.</summary>
    private async Task CheckAsync(Article article, ArticleForm form)
    {
        foreach (var missing in await PublishCheck.MissingAsync(db, article)) form.Refuse(missing.Field, $"Readers cannot have it without {missing.What}.");
    }

    private async Task ClaimAsync(Article article, ArticleForm form, DateTime at, bool takes)
    {
        if (article.Slug.Length == 0) return;
        var local = dates.Local(article.PublishedAt ?? at);
        var claim = await Readdressing.ClaimAsync(db, article.Id, article.Year ?? local.Year, article.Month ?? local.Month, article.Slug);
        if (claim.Owner is { } owner) form.Refuse(nameof(Manuscript.Slug), $"“{owner}” has this address already.");
        else if (claim.LeadsTo is { } to && form.Takes != claim.Path)
        {
            OldAddress = (claim.Path, to);
            form.Refuse(nameof(Manuscript.Slug), $"{claim.Path} has led to “{to}” until now. Choose another slug, or tick the box to use it all the same.");
        }
        else if (takes && claim.Old is not null) db.Redirects.Remove(claim.Old);
    }

    /// <summary>Both texts side by side; the one that could not be saved is kept in the history.</summary>
    private async Task<IActionResult> DisputeAsync(Article article, ArticleForm form)
    {
        var branch = article.Revisions[^1];
        var kept = (await db.Revisions.AsNoTracking().Where(r => r.ArticleId == article.Id && r.Act == ArticleAct.Branched && r.Version == form.Base && r.By == Who.Name).ToListAsync())
            .Find(r => r.Text!.SaysTheSameAs(form.Text));
        if (kept is null)
        {
            await db.SaveChangesAsync(CancellationToken.None);
            await db.Database.CurrentTransaction!.CommitAsync(CancellationToken.None);
        }

        Conflict = await ConflictView.OfAsync(db, article, kept?.Id ?? branch.Id, Choices);
        Refusal = $"{Conflict!.By} saved a newer version at {Clock(Conflict.At)} and changed the same places. Nothing is overwritten: both texts are below.";
        return await ShowAsync(article, form.With(Conflict.Mine, article.Version, Conflict.Branch), StatusCodes.Status409Conflict);
    }

    private async Task<IActionResult> RefuseAsync(Article article, ArticleForm form, string why, int status = StatusCodes.Status409Conflict)
    {
        db.ChangeTracker.Clear();
        if (db.Database.CurrentTransaction is { } open) await open.RollbackAsync(CancellationToken.None);
        Refusal = why;
        if (form.Branch > 0 && article.Id > 0 && await ReadAsync(article.Id) is { } stored) Conflict = await ConflictView.OfAsync(db, stored, form.Branch, Choices);
        return await ReadAsync(article.Id) is { } now ? await ShowAsync(now, form, status) : NotFound();
    }

    private async Task<Dictionary<string, string>> KnownTagsAsync(IReadOnlyList<string> names)
    {
        var slugs = names.Select(Slug.From).ToList();
        return slugs.Count == 0 ? [] : await db.Tags.Where(t => slugs.Contains(t.Slug)).ToDictionaryAsync(t => t.Slug, t => t.Name);
    }

    private async Task<string> LastWriterAsync(int article, int version) => await db.Revisions
        .Where(r => r.ArticleId == article && r.Act == ArticleAct.Written && r.Version <= version)
        .OrderByDescending(r => r.Version).Select(r => r.By).FirstOrDefaultAsync() is { Length: > 0 } by ? by : "Somebody";

    /// <summary>The address by which readers know it.</summary>
    private static string? PublicPath(Article article) =>
        article is { PublishedAt: not null, Year: { } year, Month: { } month } ? To.Article(year, month, article.Slug) : null;

    private static string Overtaken(Article article) => $"Meanwhile somebody else has acted: the article is {EditorActs.Words(article.Status).ToLowerInvariant()} now. Nothing was changed; your text is kept below.";

    private static string Refused(EditorAct act) => act switch
    {
        EditorAct.Publish => "Not published yet.",
        EditorAct.Schedule => "Not scheduled yet.",
        EditorAct.SendBack => "Not sent back yet.",
        EditorAct.Unpublish => "Not unpublished yet.",
        EditorAct.Update => "Not updated yet.",
        _ => "Not saved yet.",
    };

    private string Done(EditorAct act, ArticleForm form) => act switch
    {
        EditorAct.Submit when _lacks.Count > 0 => $"Submitted for review. Before it can go out it still needs {string.Join(", ", _lacks)}.",
        EditorAct.Submit => "Submitted for review.",
        EditorAct.SendBack => "Sent back to its writer.",
        EditorAct.Schedule => $"Scheduled for {form.Date} {form.Time}, {Zone}.",
        EditorAct.Publish => "Published.",
        EditorAct.Update => "Updated.",
        EditorAct.Unpublish when form.OutDate.Length > 0 => $"It will be unpublished on {form.OutDate} at {form.OutTime}, {Zone}.",
        EditorAct.Unpublish => "Unpublished. Its address tells readers why.",
        _ => "Draft saved.",
    };
}
