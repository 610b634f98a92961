using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Writing;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

/// <summary>What the editor's script asks for while somebody writes. All of it is JSON; none of it is needed to write.</summary>
public partial class EditorModel
{
    /// <summary>All fields together; what is far beyond any article is not kept.</summary>
    private const int KeptAtMost = 2 * ArticleForm.BodyLength;

    /// <summary>Keeps what is typed. The first one of a new article begins it.</summary>
    public async Task<IActionResult> OnPostAutosaveAsync([FromRoute] int id = 0)
    {
        if (id > 0) return await KeepAsync(id);

        await Beginning.WaitAsync();
        try
        {
            var begun = await BegunAsync((await Request.ReadFormAsync())["key"].ToString());
            return await KeepAsync(begun > 0 ? begun : await BeginAsync());
        }
        finally
        {
            Beginning.Release();
        }
    }

    /// <summary>Says that she is here, and hears who else is and whether somebody has saved.</summary>
    public async Task<IActionResult> OnPostHereAsync([FromRoute] int id, [FromForm(Name = "base")] int since = 0)
    {
        var version = await db.Articles.SeenBy(Who).Where(a => a.Id == id).Select(a => (int?)a.Version).FirstOrDefaultAsync();
        if (version is null) return NotFound();

        await SeeAsync(id);
        var newer = version <= since ? null : await db.Revisions
            .Where(r => r.ArticleId == id && r.Version > since && r.Act == ArticleAct.Written && r.By != Who.Name)
            .OrderByDescending(r => r.Version)
            .Select(r => new { r.Version, r.By, r.At })
            .FirstOrDefaultAsync();
        return new JsonResult(new
        {
            here = await OthersHere(id).ToListAsync(),
            newer = newer is null ? null : new { newer.Version, newer.By, at = Clock(newer.At) },
        });
    }

    /// <summary>A fresh antiforgery token, for a form whose writer has signed in anew in another window.</summary>
    public IActionResult OnGetToken([FromServices] IAntiforgery antiforgery) =>
        new JsonResult(new { token = antiforgery.GetAndStoreTokens(HttpContext).RequestToken });

    private async Task<int> BeginAsync()
    {
        var form = await ReadFormAsync(new Article("", Who.AccountId, Now));
        if (IsTooMuch(form.Text)) return 0;

        var article = new Article("", Who.AccountId, Now);
        db.Add(article);
        // What could not be saved as it is stays in the working copy alone.
        form.Settle(await KnownTagsAsync(form.Text.Tags), null, isPublished: false, Choices.Authors);
        await ManuscriptSave.WriteAsync(db, article, form.Errors.Count == 0 ? form.Text : Manuscript.Empty, 0, Now, Who.Name);
        await db.SaveChangesAsync(CancellationToken.None);
        return article.Id;
    }

    private async Task<IActionResult> KeepAsync(int id)
    {
        var known = await db.Articles.EditedBy(Who).Where(a => a.Id == id).Select(a => new { a.Headline, IsPublished = a.PublishedAt != null }).FirstOrDefaultAsync();
        var form = await ReadFormAsync(new Article("", Who.AccountId, Now));
        if (IsTooMuch(form.Text)) return Answer(StatusCodes.Status400BadRequest, new { error = form.Error(nameof(Manuscript.Body)) ?? "This is more than an article can hold." });
        if (known is null && !await db.Articles.SeenBy(Who).AnyAsync(a => a.Id == id)) return NotFound();
        if (known is null) return Answer(StatusCodes.Status409Conflict, new { error = "The article is not yours to change any more. Your words are kept here." });

        form.Settle(await KnownTagsAsync(form.Text.Tags), known.Headline, known.IsPublished, Choices.Authors);
        // A form that began the article says 0: it began from what it began with.
        var began = form.Base > 0 ? form.Base : 1;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await KeepAsync(id, began, form);
            }
            catch (DbUpdateException e) when (attempt < Attempts && StoreTroubles.Of(e) is null)
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<IActionResult> KeepAsync(int id, int began, ArticleForm form)
    {
        var now = Now;
        var copies = await db.WorkingCopies.Where(c => c.ArticleId == id && c.AccountId == Who.AccountId && (c.Key == form.Key || c.Id == form.Restored)).ToListAsync();
        var copy = copies.Find(c => c.Key == form.Key);
        if (copy is { IsClosed: true }) return Answer(StatusCodes.Status409Conflict, new { closed = true, id });

        if (copy is null)
        {
            copy = new WorkingCopy(id, Who.AccountId, form.Key, began, form.Text, now);
            db.Add(copy);
        }

        var isKept = copy.Keep(began, form.Text, form.Sequence, now);
        // The words of the copy that was restored live on in this one.
        db.RemoveRange(copies.Where(c => c != copy && isKept));
        await db.SaveChangesAsync(CancellationToken.None);
        return Answer(StatusCodes.Status200OK, new { kept = isKept, id, address = AddressOf(id), version = began, sequence = copy.Sequence, at = Clock(copy.SavedAt) });
    }

    private async Task SeeAsync(int id)
    {
        var (now, forgotten) = (Now, Now - Presence.Lasts);
        await db.Presences.Where(p => p.ArticleId == id && p.SeenAt <= forgotten && p.AccountId != Who.AccountId).ExecuteDeleteAsync();
        if (await db.Presences.Where(p => p.ArticleId == id && p.AccountId == Who.AccountId).ExecuteUpdateAsync(set => set.SetProperty(p => p.SeenAt, now)) > 0) return;

        db.Presences.Add(new Presence(id, Who.AccountId, now));
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateException)
        {
            // Another window of hers was a moment faster.
            db.ChangeTracker.Clear();
        }
    }

    private static bool IsTooMuch(Manuscript text) => text.Body.Length > ArticleForm.BodyLength ||
        (long)text.Body.Length + text.Headline.Length + text.Slug.Length + text.Summary.Length + text.Take.Length + text.TakeBy.Length + text.TakeRole.Length
        + text.PictureAlt.Length + text.PictureCaption.Length + text.PictureCredit.Length + text.SocialTitle.Length + text.SocialDescription.Length
        + text.KeyPoints.Sum(p => (long)p.Length) + text.Tags.Sum(t => (long)t.Length) > KeptAtMost;

    /// <summary>“11.52”.</summary>
    public string Clock(DateTime utc) => dates.Time(utc).Replace(':', '.');

    private static JsonResult Answer(int status, object said) => new(said) { StatusCode = status };
}
