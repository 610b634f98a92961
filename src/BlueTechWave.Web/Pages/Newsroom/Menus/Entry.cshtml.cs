using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Menus;
using BlueTechWave.Core.Pages;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Menus;

/// <summary>One entry of a menu, old or new: a category, a page, an address, or a heading.</summary>
[May(Act.ManageMenus)]
public class EntryModel(NewsDbContext db, SiteFrames frames) : NewsroomPageModel
{
    /// <param name="Leads"><c>category-7</c>, <c>page-3</c>, <c>address</c>, or empty for a heading.</param>
    public sealed record Input(string Label, string Leads, string Url);

    /// <summary>Null while it is new.</summary>
    public int? Id { get; private set; }

    public MenuPlace Place { get; private set; }

    public Input Typed { get; private set; } = new("", "", "");

    public IReadOnlyList<CategoryNode> Categories { get; private set; } = [];

    public IReadOnlyList<(int Id, string Title)> Pages { get; private set; } = [];

    public Dictionary<string, string> Errors { get; } = [];

    public async Task<IActionResult> OnGetAsync(int? id, string? menu)
    {
        if (await FindAsync(id, menu) is not { } found) return NotFound();
        if (found.Item is { } item) Typed = new(item.Label, item.CategoryId is { } c ? $"category-{c.ToString(CultureInfo.InvariantCulture)}" : item.PageId is { } p ? $"page-{p.ToString(CultureInfo.InvariantCulture)}" : item.Url is null ? "" : "address", item.Url ?? "");
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, [FromForm] string? menu, [FromForm] string? label, [FromForm] string? leads, [FromForm] string? url)
    {
        if (await FindAsync(id, menu) is not { } found) return NotFound();
        Typed = new((label ?? "").Trim(), leads ?? "", (url ?? "").Trim());
        var (category, page) = (await NamedAsync<Category>("category-"), await NamedAsync<StandingPage>("page-"));
        if (Typed.Label.Length > MenuItem.LabelLength) Errors["label"] = $"Please keep it under {MenuItem.LabelLength} characters.";
        if (Typed.Label.Length == 0 && category is null && page is null) Errors["label"] = "A heading, or an address, needs words of its own.";
        if (Typed.Leads.Length > 0 && Typed.Leads != "address" && category is null && page is null) Errors["leads"] = "That is not there any more: choose another.";
        if (Typed.Leads == "address" && !IsAddress(Typed.Url)) Errors["url"] = "Give a path of this site, such as /archives, or a whole address beginning with https://.";
        if (Errors.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        var item = found.Item ?? new MenuItem(Place, Typed.Label, (await db.MenuItems.Where(m => m.Place == Place && m.ParentId == null).MaxAsync(m => (int?)m.Position) ?? -1) + 1);
        if (found.Item is null) db.MenuItems.Add(item);
        item.Lead(Typed.Label, category, page, Typed.Leads == "address" ? Typed.Url : null);
        await db.SaveChangesAsync();
        Said = $"“{item.Name}” is saved{(found.Item is null ? ", in the last place: move it where it belongs" : "")}.";
        return Redirect("/newsroom/menus");
    }

    public async Task<IActionResult> OnPostRemoveAsync(int? id)
    {
        if (id is null || (await FindAsync(id, null))?.Item is not { } item) return NotFound();
        db.MenuItems.Remove(item);
        await db.SaveChangesAsync();
        Said = $"“{item.Name}” is taken from the menu, with what stood under it.";
        return Redirect("/newsroom/menus");
    }

    private sealed record Found(MenuItem? Item);

    private async Task<Found?> FindAsync(int? id, string? menu)
    {
        (Id, Title, Here) = (id, "New entry", "Menus");
        Place = menu == "footer" ? MenuPlace.Footer : MenuPlace.Header;
        Categories = [.. (await frames.GetAsync(HttpContext.RequestAborted)).CategoriesInOrder];
        Pages = [.. (await db.Pages.OrderBy(p => p.Title).Select(p => new { p.Id, p.Title }).ToListAsync(HttpContext.RequestAborted)).Select(p => (p.Id, p.Title))];
        if (id is null) return new(null);
        if (await db.MenuItems.Include(m => m.Category).Include(m => m.Page).FirstOrDefaultAsync(m => m.Id == id) is not { } item) return null;
        (Title, Place) = (item.Name, item.Place);
        return new(item);
    }

    private async Task<T?> NamedAsync<T>(string prefix) where T : class =>
        Typed.Leads.StartsWith(prefix, StringComparison.Ordinal) && int.TryParse(Typed.Leads.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? await db.FindAsync<T>(id) : null;

    private static bool IsAddress(string url) => url.Length is > 0 and <= MenuItem.UrlLength && !url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) &&
        (url[0] == '/' ? !url.StartsWith("//", StringComparison.Ordinal) && !url.Contains('\\', StringComparison.Ordinal) : Uri.TryCreate(url, UriKind.Absolute, out var whole) && whole.Scheme is "http" or "https");
}
