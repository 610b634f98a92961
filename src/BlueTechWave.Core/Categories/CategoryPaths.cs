using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Categories;

/// <summary>Where categories stand: slugs from the root down, joined by slashes, by id.</summary>
public static class CategoryPaths
{
    public static async Task<IReadOnlyDictionary<int, string>> OfAsync(NewsDbContext db)
    {
        var all = await db.Categories.AsNoTracking().Select(c => new { c.Id, c.ParentId, c.Slug }).ToDictionaryAsync(c => c.Id);
        return all.Keys.ToDictionary(id => id, PathOf);

        string PathOf(int id)
        {
            var line = new List<string>();
            for (int? at = id; at is { } here && all.TryGetValue(here, out var category) && line.Count <= all.Count; at = category.ParentId) line.Insert(0, category.Slug);
            return string.Join('/', line);
        }
    }
}
