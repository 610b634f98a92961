using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Menus;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Menus;

/// <summary>The menu at the head of every page and the columns at its foot: by buttons, or by drag.</summary>
[May(Act.ManageMenus)]
public class IndexModel(NewsDbContext db) : NewsroomPageModel
{
    public IReadOnlyList<(MenuPlace Place, string Heading, string Says, MenuTree Tree)> Menus { get; private set; } = [];

    public async Task OnGetAsync()
    {
        (Title, Here) = ("Menus", "Menus");
        var all = await db.MenuItems.AsNoTracking().Include(m => m.Category).Include(m => m.Page).ToListAsync(HttpContext.RequestAborted);
        Menus =
        [
            (MenuPlace.Header, "Header", "Three levels: sections, what stands in their panels, and what stands under that.", new(MenuPlace.Header, all)),
            (MenuPlace.Footer, "Footer", "Columns, and the links in them.", new(MenuPlace.Footer, all)),
        ];
    }

    public async Task<IActionResult> OnPostMoveAsync(int id, [FromForm(Name = "do")] string? way)
    {
        var all = await db.MenuItems.Include(m => m.Category).Include(m => m.Page).ToListAsync();
        if (all.Find(m => m.Id == id) is not { } item) return NotFound();

        if (new MenuTree(item.Place, all).Move(item, way ?? "")) await db.SaveChangesAsync();
        Said = $"“{item.Name}” is moved.";
        return RedirectToPage();
    }

    /// <summary>What was dragged, and where it was dropped.</summary>
    public async Task<IActionResult> OnPostDropAsync(int id, [FromForm] int? parent, [FromForm] int position)
    {
        var all = await db.MenuItems.Include(m => m.Category).Include(m => m.Page).ToListAsync();
        if (all.Find(m => m.Id == id) is not { } item) return NotFound();

        if (new MenuTree(item.Place, all).Put(item, parent, position))
        {
            await db.SaveChangesAsync();
            Said = $"“{item.Name}” is moved.";
        }
        else Said = $"“{item.Name}” cannot stand there: the menu does not go so deep.";

        return RedirectToPage();
    }

    public static string LeadsTo(MenuItem item) => item.Category is { } category ? $"Category: {category.Name}" : item.Page is { } page ? $"Page: {page.Title}" : item.Url ?? "A heading";
}
