using System.Globalization;
using BlueTechWave.Core;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pages;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Redirects;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Standing;

/// <summary>One standing page, old or new.</summary>
[May(Act.ManagePages)]
public class StandingModel(NewsDbContext db, Dates dates) : NewsroomPageModel
{
    private const int LongestBody = 200_000;

    /// <param name="Revised">The day as typed.</param>
    public sealed record Input(string Title, string Slug, string Description, string Body, string Revised);

    /// <summary>Null while it is new.</summary>
    public int? Id { get; private set; }

    public Input Typed { get; private set; } = new("", "", "", "", "");

    public StandingPage? Standing { get; private set; }

    /// <summary>The version the form was made from.</summary>
    public int Version { get; private set; }

    public string? Preview { get; private set; }

    /// <summary>What somebody else made of it meanwhile.</summary>
    public string? Theirs { get; private set; }

    public Dictionary<string, string> Errors { get; } = [];

    public async Task<IActionResult> OnGetAsync(int? id)
    {
        if (!await FindAsync(id)) return NotFound();
        if (Standing is { } page) Typed = new(page.Title, page.Slug, page.Description, page.Body, page.RevisedAt is { } at ? $"{dates.Local(at):yyyy-MM-dd}" : "");
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, [FromForm] string? title, [FromForm] string? slug, [FromForm] string? description, [FromForm] string? body, [FromForm] string? revised, [FromForm] int version)
    {
        if (!await FindAsync(id)) return NotFound();
        Read(title, slug, description, body, revised);
        await CheckAsync();
        if (Errors.Count > 0) return Refuse(StatusCodes.Status400BadRequest);
        if (Standing is not null && Standing.Version != version)
        {
            Theirs = Standing.Body;
            return Refuse(StatusCodes.Status409Conflict);
        }

        var day = DateOnly.TryParseExact(Typed.Revised, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? dates.StartOf(at) : (DateTime?)null;
        if (Standing is null) db.Pages.Add(Standing = new(Typed.Slug, Typed.Title));
        else
        {
            var before = To.StandingPage(Standing.Slug);
            Standing.Readdress(Typed.Slug);
            await Readdressing.LeaveAsync(db, before, To.StandingPage(Standing.Slug));
        }

        Standing.Write(Typed.Title, Typed.Description, Typed.Body, day);
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            await FindAsync(id);
            Theirs = Standing?.Body;
            return Refuse(StatusCodes.Status409Conflict);
        }

        Said = $"The page “{Typed.Title}” is saved.";
        return Redirect("/newsroom/pages");
    }

    public async Task<IActionResult> OnPostPreviewAsync(int? id, [FromForm] string? title, [FromForm] string? slug, [FromForm] string? description, [FromForm] string? body, [FromForm] string? revised, [FromForm] int version)
    {
        if (!await FindAsync(id)) return NotFound();
        Read(title, slug, description, body, revised);
        Version = version;
        if (Typed.Body.Length > LongestBody) await CheckAsync();
        else Preview = ArticlePrint.Print(ArticleBody.Press(Typed.Body).Html, _ => null);
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(int? id)
    {
        if (id is null || !await FindAsync(id)) return NotFound();
        db.Pages.Remove(Standing!);
        await db.SaveChangesAsync();
        Said = $"The page “{Standing!.Title}” is removed, and with it its entries in the menus.";
        return Redirect("/newsroom/pages");
    }

    private async Task<bool> FindAsync(int? id)
    {
        (Id, Title, Here) = (id, "New page", "Pages");
        if (id is null) return true;
        if (await db.Pages.FindAsync(id.Value) is not { } page) return false;
        (Standing, Title, Version) = (page, page.Title, page.Version);
        return true;
    }

    private void Read(string? title, string? slug, string? description, string? body, string? revised) => Typed = new((title ?? "").Trim(),
        Slug.From(string.IsNullOrWhiteSpace(slug) ? title ?? "" : slug), (description ?? "").Trim(), (body ?? "").ReplaceLineEndings("\n"), (revised ?? "").Trim());

    private async Task CheckAsync()
    {
        if (Typed.Title.Length == 0) Errors["title"] = "Please give it a title.";
        else if (Typed.Title.Length > 200) Errors["title"] = "Please keep the title under 200 characters.";
        else if (Typed.Slug.Length == 0) Errors["slug"] = "A slug needs at least one letter or digit.";
        if (StandingPage.IsTaken(Typed.Slug)) Errors["slug"] = "The site itself has this address: choose another.";
        else if (await db.Pages.Where(p => p.Slug == Typed.Slug && p.Id != (Id ?? 0)).Select(p => p.Title).FirstOrDefaultAsync() is { } other) Errors["slug"] = $"“{other}” has this address already.";
        if (Typed.Description.Length > 500) Errors["description"] = "Please keep it under 500 characters.";
        if (Typed.Body.Length > LongestBody) Errors["body"] = $"Please keep it under {LongestBody.ToString("N0", CultureInfo.InvariantCulture)} characters.";
        if (Typed.Revised.Length > 0 && !DateOnly.TryParseExact(Typed.Revised, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) Errors["revised"] = "Please give a day, as year-month-day.";
    }

    private PageResult Refuse(int status)
    {
        Response.StatusCode = status;
        return Page();
    }
}
