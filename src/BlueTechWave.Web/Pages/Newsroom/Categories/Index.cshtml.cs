using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Categories;

/// <summary>The tree of subjects, in the order readers see.</summary>
[May(Act.ManageCategories)]
public class IndexModel(NewsDbContext db, SiteFrames frames) : NewsroomPageModel
{
    /// <param name="Depth">0 for the top.</param>
    public sealed record Row(CategoryNode Category, int Depth, bool IsFirst, bool IsLast);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        (Title, Here) = ("Categories", "Categories");
        var frame = await frames.GetAsync(cancellation);
        Rows = [.. frame.CategoriesInOrder.Select(category =>
        {
            var level = category.Parent?.Children ?? frame.RootCategories;
            return new Row(category, category.Line.Count() - 1, level[0] == category, level[^1] == category);
        })];
    }

    public async Task<IActionResult> OnPostMoveAsync(int id, [FromForm(Name = "do")] string? way)
    {
        if (await db.Categories.FindAsync(id) is not { } category) return NotFound();
        var level = await db.Categories.Where(c => c.ParentId == category.ParentId).OrderBy(c => c.Position).ThenBy(c => c.Id).ToListAsync();
        var at = level.IndexOf(category);
        var to = way == "up" ? at - 1 : at + 1;
        if (to < 0 || to >= level.Count) return RedirectToPage();

        (level[at], level[to]) = (level[to], level[at]);
        for (var i = 0; i < level.Count; i++) level[i].PlaceAt(i);
        await db.SaveChangesAsync();
        Said = $"“{category.Name}” stands {(way == "up" ? "before" : "after")} “{level[at].Name}” now.";
        return RedirectToPage();
    }
}
