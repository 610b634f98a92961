using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Settings;

/// <summary>Asks once more before a template goes. Articles begun from it keep their text.</summary>
[May(Act.ManageTemplates)]
public class RemoveTemplateModel(NewsDbContext db) : NewsroomPageModel
{
    public string Name { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellation)
    {
        (Title, Here) = ("Remove template", "Settings");
        if (await db.ArticleTemplates.FindAsync([id], cancellation) is not { } template) return NotFound();
        Name = template.Name;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id)
    {
        if (await db.ArticleTemplates.FindAsync(id) is not { } template) return NotFound();
        db.ArticleTemplates.Remove(template);
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else has just removed it.
        }

        Said = $"The template “{template.Name}” is removed.";
        return Redirect("/newsroom/settings/templates");
    }
}
