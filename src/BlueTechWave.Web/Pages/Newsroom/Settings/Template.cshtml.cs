using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BlueTechWave.Core;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Writing;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Settings;

/// <summary>One template, old or new.</summary>
[May(Act.ManageTemplates)]
public class TemplateModel(NewsDbContext db) : NewsroomPageModel
{
    public const int BodyLength = 50_000;

    /// <summary>Null while it is new.</summary>
    public int? Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Body { get; private set; } = "";

    /// <summary>Tells whether somebody else has saved it meanwhile.</summary>
    public string Seen { get; private set; } = "";

    public string? Preview { get; private set; }

    public string? NameError { get; private set; }

    public string? BodyError { get; private set; }

    /// <summary>What somebody else made of it meanwhile.</summary>
    public string? Theirs { get; private set; }

    public async Task<IActionResult> OnGetAsync(int? id, CancellationToken cancellation)
    {
        if (id is null)
        {
            // The first one begins as what everybody has had so far.
            var isFirst = !await db.ArticleTemplates.AnyAsync(cancellation);
            Show(null, isFirst ? ArticleTemplate.Usual.Name : "", ArticleTemplate.Usual.Body, "");
            return Page();
        }

        if (await db.ArticleTemplates.FindAsync([id.Value], cancellation) is not { } template) return NotFound();
        Show(id, template.Name, template.Body, Mark(template));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, [FromForm] string? name, [FromForm] string? body, [FromForm] string? seen)
    {
        var template = id is null ? null : await db.ArticleTemplates.FindAsync(id.Value);
        if (id is not null && template is null) return NotFound();
        Show(id, Plain(name).Trim(), Plain(body), seen ?? "");

        await CheckAsync();
        if (NameError is not null || BodyError is not null) return Refuse(StatusCodes.Status400BadRequest);
        if (template is not null && Seen != Mark(template))
        {
            (Theirs, Seen) = (template.Body, Mark(template));
            return Refuse(StatusCodes.Status409Conflict);
        }

        if (template is null) db.ArticleTemplates.Add(new(Name, Body));
        else template.Change(Name, Body);
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException)
        {
            // Another of this name, in the same moment; anything else is for the log.
            db.ChangeTracker.Clear();
            await CheckAsync();
            if (NameError is null) throw;
            return Refuse(StatusCodes.Status400BadRequest);
        }

        Said = $"The template “{Name}” is saved.";
        return Redirect("/newsroom/settings/templates");
    }

    public async Task<IActionResult> OnPostPreviewAsync(int? id, [FromForm] string? name, [FromForm] string? body, [FromForm] string? seen)
    {
        if (id is not null && !await db.ArticleTemplates.AnyAsync(t => t.Id == id)) return NotFound();
        Show(id, Plain(name), Plain(body), seen ?? "");
        Preview = ArticlePrint.Print(ArticleBody.Press(Body).Html, _ => null);
        return Page();
    }

    private async Task CheckAsync()
    {
        if (Name.Length == 0) NameError = "Please give it a name.";
        else if (Name.Length > ArticleTemplate.NameLength) NameError = string.Create(CultureInfo.InvariantCulture, $"Please keep the name under {ArticleTemplate.NameLength} characters.");
        else if (await db.ArticleTemplates.AnyAsync(t => t.Name == Name && t.Id != (Id ?? 0))) NameError = "There is another template of this name.";
        if (Body.Length > BodyLength) BodyError = string.Create(CultureInfo.InvariantCulture, $"Please keep it under {BodyLength:N0} characters.");
    }

    private PageResult Refuse(int status)
    {
        Response.StatusCode = status;
        return Page();
    }

    private void Show(int? id, string name, string body, string seen)
    {
        (Id, Name, Body, Seen) = (id, name, body, seen);
        (Title, Here) = (id is null ? "New template" : "Template", "Settings");
    }

    private static string Plain(string? text) => (text ?? "").ReplaceLineEndings("\n");

    private static string Mark(ArticleTemplate template) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{template.Name}\n{template.Body}")))[..16];
}
