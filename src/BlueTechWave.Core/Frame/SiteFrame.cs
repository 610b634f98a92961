using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Core.Menus;
using BlueTechWave.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Frame;

/// <summary>
/// What stands around every page: settings, menus, the category tree and the numbers beside it, months, most read.
/// Small, shared by all requests, never changed: a save that touches it has it loaded anew.
/// </summary>
public sealed class SiteFrame
{
    public const int MostReadShown = 5;

    /// <summary>More than are shown, because the front page leaves out what already stands on it.</summary>
    public const int MostReadKnown = 20;

    private SiteFrame()
    {
    }

    public required SiteSettings Settings { get; init; }

    /// <summary>How discussions are kept.</summary>
    public required CommentSettings Discussions { get; init; }

    /// <summary>All categories by id.</summary>
    public required IReadOnlyDictionary<int, CategoryNode> Categories { get; init; }

    /// <summary>All categories by path, for example <c>fintech/regulation</c>.</summary>
    public required IReadOnlyDictionary<string, CategoryNode> CategoriesByPath { get; init; }

    public required IReadOnlyList<CategoryNode> RootCategories { get; init; }

    /// <summary>The whole tree, from the top down, in the order readers see.</summary>
    public IEnumerable<CategoryNode> CategoriesInOrder => RootCategories.SelectMany(root => root.Whole);

    public required IReadOnlyList<MenuNode> HeaderMenu { get; init; }

    public required IReadOnlyList<MenuNode> FooterMenu { get; init; }

    public required IReadOnlyList<SocialLink> HeaderSocial { get; init; }

    public required IReadOnlyList<SocialLink> FooterSocial { get; init; }

    /// <summary>Months that have public articles, newest first.</summary>
    public required IReadOnlyList<MonthCount> Months { get; init; }

    /// <summary>Of the last week, the most read first.</summary>
    public required IReadOnlyList<ArticleCard> MostReadAll { get; init; }

    public IEnumerable<ArticleCard> MostRead => MostReadAll.Take(MostReadShown);

    /// <summary>All public articles.</summary>
    public required int ArticleCount { get; init; }

    public CategoryNode? Category(int? id) => id is { } known ? Categories.GetValueOrDefault(known) : null;

    public static async Task<SiteFrame> LoadAsync(NewsDbContext db, DateTime now, CancellationToken cancellation = default)
    {
        var counts = await db.ListingCounts.AsNoTracking()
            .Where(c => c.Kind == ListingKind.Site || c.Kind == ListingKind.Category || c.Kind == ListingKind.Month)
            .Select(c => new { c.Kind, c.Key, c.Count })
            .ToListAsync(cancellation);
        var inCategory = counts.Where(c => c.Kind == ListingKind.Category).ToDictionary(c => c.Key, c => c.Count);

        var categories = CategoryNode.Tree(await db.Categories.AsNoTracking().ToListAsync(cancellation), inCategory);
        var menu = await db.MenuItems.AsNoTracking().Include(m => m.Page).OrderBy(m => m.Position).ThenBy(m => m.Id).ToListAsync(cancellation);
        var social = (await db.SocialLinks.AsNoTracking().ToListAsync(cancellation)).Where(l => l.Url.Length > 0).ToList();

        return new()
        {
            Settings = await db.Settings.AsNoTracking().FirstOrDefaultAsync(s => s.Id == SiteSettings.OnlyId, cancellation) ?? new(),
            Discussions = await db.CommentSettings.AsNoTracking().FirstOrDefaultAsync(s => s.Id == CommentSettings.OnlyId, cancellation) ?? new(),
            Categories = categories,
            CategoriesByPath = categories.Values.DistinctBy(c => c.Path).ToDictionary(c => c.Path, StringComparer.Ordinal),
            RootCategories = [.. categories.Values.Where(c => c.Parent is null).OrderBy(c => c.Position).ThenBy(c => c.Id)],
            HeaderMenu = MenuNode.Tree(menu.Where(m => m.Place == MenuPlace.Header), categories),
            FooterMenu = MenuNode.Tree(menu.Where(m => m.Place == MenuPlace.Footer), categories),
            HeaderSocial = [.. social.OrderBy(l => l.HeaderPosition)],
            FooterSocial = [.. social.OrderBy(l => l.FooterPosition)],
            Months = [.. counts.Where(c => c.Kind == ListingKind.Month && c.Count > 0)
                .OrderByDescending(c => c.Key)
                .Select(c => new MonthCount(c.Key / 100, c.Key % 100, c.Count))],
            MostReadAll = await ArticleCard.MostReadAsync(db, now, MostReadKnown, cancellation),
            ArticleCount = counts.FirstOrDefault(c => c.Kind == ListingKind.Site)?.Count ?? 0,
        };
    }
}

public readonly record struct MonthCount(int Year, int Month, int Count);

/// <summary>A category with its place in the tree and how many public articles it and its children have.</summary>
public sealed class CategoryNode
{
    private readonly List<CategoryNode> _children = [];
    private readonly bool _isPartnerContent;

    private CategoryNode(Category category, int count) =>
        (Id, Name, Slug, Description, _isPartnerContent, Position, Count) =
        (category.Id, category.Name, category.Slug, category.Description, category.IsPartnerContent, category.Position, count);

    public int Id { get; }

    public string Name { get; }

    public string Slug { get; }

    public string Description { get; }

    /// <summary>Paid for, itself or as part of what is.</summary>
    public bool IsPartnerContent => _isPartnerContent || Parent?.IsPartnerContent == true;

    public int Position { get; }

    public int Count { get; }

    /// <summary>Slugs from the root down, joined by slashes.</summary>
    public string Path { get; private set; } = "";

    public CategoryNode? Parent { get; private set; }

    public IReadOnlyList<CategoryNode> Children => _children;

    /// <summary>This one and all under it, from the top down.</summary>
    public IEnumerable<CategoryNode> Whole => Children.SelectMany(child => child.Whole).Prepend(this);

    /// <summary>From the root down to this one.</summary>
    public IEnumerable<CategoryNode> Line => Parent is null ? [this] : Parent.Line.Append(this);

    internal static Dictionary<int, CategoryNode> Tree(IReadOnlyList<Category> all, Dictionary<int, int> counts)
    {
        var nodes = all.ToDictionary(c => c.Id, c => new CategoryNode(c, counts.GetValueOrDefault(c.Id)));
        foreach (var category in all.OrderBy(c => c.Position).ThenBy(c => c.Id))
        {
            if (category.ParentId is not { } parent || IsKnot(category, all)) continue;
            nodes[category.Id].Parent = nodes[parent];
            nodes[parent]._children.Add(nodes[category.Id]);
        }

        foreach (var node in nodes.Values) node.Path = string.Join('/', node.Line.Select(c => c.Slug));
        return nodes;
    }

    private static bool IsKnot(Category category, IReadOnlyList<Category> all)
    {
        var parents = all.ToDictionary(c => c.Id, c => c.ParentId);
        var at = category.ParentId;
        for (var steps = 0; at is { } here; at = parents.GetValueOrDefault(here), steps++)
            if (here == category.Id || steps > all.Count) return true;
        return false;
    }
}

/// <summary>A menu entry with what it leads to: a category, a standing page, an address, or nothing for a heading.</summary>
public sealed record MenuNode(string Label, CategoryNode? Category, string? PageSlug, string? Url, IReadOnlyList<MenuNode> Children)
{
    internal static IReadOnlyList<MenuNode> Tree(IEnumerable<MenuItem> items, Dictionary<int, CategoryNode> categories)
    {
        var under = items.ToLookup(i => i.ParentId);
        return Level(null, 1);

        IReadOnlyList<MenuNode> Level(int? parent, int depth) => depth > MenuItem.DeepestLevel ? [] : [.. under[parent].Select(item =>
        {
            var category = item.CategoryId is { } id ? categories.GetValueOrDefault(id) : null;
            var label = item.Label.Length > 0 ? item.Label : category?.Name ?? item.Page?.Title ?? "";
            return new MenuNode(label, category, item.Page?.Slug, item.Url, Level(item.Id, depth + 1));
        })];
    }
}
