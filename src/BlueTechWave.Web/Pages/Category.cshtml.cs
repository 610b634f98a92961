using System.Globalization;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Links;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages;

public class CategoryPage(NewsDbContext db) : ListingPageModel(db)
{
    public CategoryNode Category { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string path)
    {
        if (!Split(path, out var slugs, out var number) || !Frame.CategoriesByPath.TryGetValue(slugs, out var category)) return NotFound();
        if (!await LoadAsync(Listing.OfCategory(category.Id), To.Category(category), number, category.Count)) return NotFound();

        (Category, Here) = (category, category);
        // Two categories may share a name; their pages' titles may not.
        var title = category.Parent is { } parent ? $"{category.Name} – {parent.Name}" : category.Name;
        Head = ListingHead(title, category.Description, [.. category.Line.SkipLast(1).Select(c => new Crumb(c.Name, To.Category(c))), new(category.Name, null)]) with
        {
            Feed = (title, To.FeedOf(Address)),
        };
        return Page();
    }

    private static bool Split(string path, out string slugs, out int number)
    {
        (slugs, number) = (path, 1);
        if (path.Length > 1000) return false;
        var at = path.LastIndexOf("/page/", StringComparison.Ordinal);
        if (at < 0) return true;
        slugs = path[..at];
        var digits = path.AsSpan(at + "/page/".Length);
        return digits.Length is > 0 and <= 6 && digits[0] != '0' && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
