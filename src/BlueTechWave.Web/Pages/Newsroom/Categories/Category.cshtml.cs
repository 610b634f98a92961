using BlueTechWave.Core;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Redirects;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Categories;

/// <summary>One category: named, moved, made part of another. Wherever it goes, its old addresses lead there.</summary>
[May(Act.ManageCategories)]
public class CategoryModel(NewsDbContext db, SiteFrames frames) : NewsroomPageModel
{
    /// <summary>What was typed, or what is there.</summary>
    public sealed record Input(string Name, string Slug, string Description, int? ParentId, bool IsPartnerContent);

    /// <summary>Null while it is new.</summary>
    public int? Id { get; private set; }

    public Input Typed { get; private set; } = new("", "", "", null, false);

    /// <summary>It as it stands, in the tree.</summary>
    public CategoryNode? Node { get; private set; }

    /// <summary>Where it could stand, or go: not under itself.</summary>
    public IReadOnlyList<CategoryNode> Others { get; private set; } = [];

    public int Articles { get; private set; }

    public Dictionary<string, string> Errors { get; } = [];

    public async Task<IActionResult> OnGetAsync(int? id, CancellationToken cancellation)
    {
        if (!await FindAsync(id)) return NotFound();
        if (Node is not null)
        {
            var category = await db.Categories.AsNoTracking().SingleAsync(c => c.Id == id, cancellation);
            Typed = new(category.Name, category.Slug, category.Description, category.ParentId, category.IsPartnerContent);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, [FromForm] string? name, [FromForm] string? slug, [FromForm] string? description, [FromForm] string? parent, [FromForm] bool partner)
    {
        if (!await FindAsync(id)) return NotFound();
        Typed = new((name ?? "").Trim(), Slug.From(string.IsNullOrWhiteSpace(slug) ? name ?? "" : slug), (description ?? "").Trim(), int.TryParse(parent, out var under) ? under : null, partner);
        await CheckAsync();
        if (Errors.Count > 0) return Refuse();

        await using var transaction = await db.Database.BeginTransactionAsync();
        var before = await CategoryPaths.OfAsync(db);
        await db.Categories.LoadAsync();
        var above = Typed.ParentId is { } parentId ? await db.Categories.FindAsync(parentId) : null;
        var category = id is null ? new Category(Typed.Name, above) : (await db.Categories.FindAsync(id.Value))!;
        if (id is null)
        {
            category.PlaceAt(await db.Categories.CountAsync(c => c.ParentId == Typed.ParentId));
            db.Categories.Add(category);
        }

        category.Rename(Typed.Name);
        category.Readdress(Typed.Slug);
        category.Describe(Typed.Description);
        category.MarkPaidFor(Typed.IsPartnerContent);
        if (id is not null && category.ParentId != Typed.ParentId) category.MoveUnder(above);
        await db.SaveChangesAsync();
        await LeaveAsync(before, await CategoryPaths.OfAsync(db));
        await transaction.CommitAsync(CancellationToken.None);
        Said = $"The category “{category.Name}” is saved.";
        return Redirect("/newsroom/categories");
    }

    public async Task<IActionResult> OnPostMergeAsync(int? id, [FromForm] string? into)
    {
        if (id is null || !await FindAsync(id)) return NotFound();
        Typed = new(Node!.Name, Node.Slug, Node.Description, Node.Parent?.Id, Node.IsPartnerContent);
        var target = int.TryParse(into, out var chosen) ? Others.FirstOrDefault(c => c.Id == chosen) : null;
        if (target is null) Errors["into"] = "Please choose where its articles go.";
        else if (Node.Children.FirstOrDefault(c => target.Children.Any(o => o.Id != Node.Id && o.Slug == c.Slug)) is { } twice)
            Errors["into"] = $"Both have a “{twice.Name}” under them: merge or move one of the two first.";
        if (target is null || Errors.Count > 0) return Refuse();

        await using var transaction = await db.Database.BeginTransactionAsync();
        var before = await CategoryPaths.OfAsync(db);
        await CategoryMerge.MergeAsync(db, Node.Id, target.Id);
        var after = new Dictionary<int, string>(await CategoryPaths.OfAsync(db));
        after[Node.Id] = after[target.Id];
        await LeaveAsync(before, after);
        await transaction.CommitAsync(CancellationToken.None);
        Said = $"“{Node.Name}” is part of “{target.Name}” now; {To.Category(Node)} leads there.";
        return Redirect("/newsroom/categories");
    }

    public async Task<IActionResult> OnPostRemoveAsync(int? id)
    {
        if (id is null || !await FindAsync(id)) return NotFound();
        Typed = new(Node!.Name, Node.Slug, Node.Description, Node.Parent?.Id, Node.IsPartnerContent);
        if (Articles > 0 || Node.Children.Count > 0)
        {
            Errors["into"] = "It is not empty: choose where its articles, and the categories under it, go.";
            return Refuse();
        }

        db.Categories.Remove((await db.Categories.FindAsync(id.Value))!);
        await db.SaveChangesAsync();
        Said = $"The category “{Node.Name}” is removed.";
        return Redirect("/newsroom/categories");
    }

    private async Task<bool> FindAsync(int? id)
    {
        (Id, Title, Here) = (id, "New category", "Categories");
        var frame = await frames.GetAsync(HttpContext.RequestAborted);
        Others = [.. frame.CategoriesInOrder];
        if (id is null) return true;
        if (frame.Category(id) is not { } node) return false;

        (Node, Title) = (node, node.Name);
        var own = node.Whole.ToHashSet();
        Others = [.. Others.Where(c => !own.Contains(c))];
        Articles = await db.Articles.CountAsync(a => a.CategoryId == id || a.FurtherCategories.Any(f => f.CategoryId == id));
        return true;
    }

    private async Task CheckAsync()
    {
        if (Typed.Name.Length == 0) Errors["name"] = "Please give it a name.";
        else if (Typed.Name.Length > Category.NameLength) Errors["name"] = $"Please keep the name under {Category.NameLength} characters.";
        if (Typed.Name.Length > 0 && Typed.Slug.Length == 0) Errors["slug"] = "A slug needs at least one letter or digit.";
        if (Typed.Description.Length > Category.DescriptionLength) Errors["description"] = $"Please keep it under {Category.DescriptionLength} characters.";
        if (Typed.ParentId is { } parent && Others.All(c => c.Id != parent)) Errors["parent"] = "It cannot stand there.";
        else if (Typed.Slug.Length > 0 && await db.Categories.Where(c => c.ParentId == Typed.ParentId && c.Slug == Typed.Slug && c.Id != (Id ?? 0)).Select(c => c.Name).FirstOrDefaultAsync() is { } other)
            Errors["slug"] = $"“{other}” has this address there already.";
    }

    private PageResult Refuse()
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    private async Task LeaveAsync(IReadOnlyDictionary<int, string> before, IReadOnlyDictionary<int, string> after)
    {
        foreach (var (id, path) in before)
            if (after.GetValueOrDefault(id) is { } now && now != path) await LeaveAsync(path, now);
    }

    private async Task LeaveAsync(string from, string to)
    {
        await Readdressing.LeaveAsync(db, To.Category(from), To.Category(to));
        await db.SaveChangesAsync();
    }
}
