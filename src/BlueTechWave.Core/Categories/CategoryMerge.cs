using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Categories;

/// <summary>Makes a category part of another: its articles and what stands under it move there. The caller has a transaction open.</summary>
public static class CategoryMerge
{
    private const int AtOnce = 200;

    public static async Task MergeAsync(NewsDbContext db, int categoryId, int intoId)
    {
        // The log tells of the merging, not of each article.
        using (db.Unaudited())
        {
            while (await MoveSomeAsync(db, categoryId, intoId) > 0) db.ChangeTracker.Clear();
        }

        db.ChangeTracker.Clear();
        await db.Categories.LoadAsync();
        var (category, into) = (await db.Categories.FindAsync(categoryId), await db.Categories.FindAsync(intoId));
        foreach (var child in await db.Categories.Where(c => c.ParentId == categoryId).ToListAsync()) child.MoveUnder(into);
        await db.SaveChangesAsync();
        category!.MergeInto(into!);
        db.Remove(category);
        await db.SaveChangesAsync();
    }

    private static async Task<int> MoveSomeAsync(NewsDbContext db, int categoryId, int intoId)
    {
        var into = await db.Categories.FindAsync(intoId) ?? throw new InvalidOperationException($"There is no category {intoId}.");
        var articles = await db.Articles
            .Include(a => a.Category).Include(a => a.FurtherCategories).ThenInclude(f => f.Category)
            .Where(a => a.CategoryId == categoryId || a.FurtherCategories.Any(f => f.CategoryId == categoryId))
            .OrderBy(a => a.Id).Take(AtOnce).AsSplitQuery().ToListAsync();
        foreach (var article in articles)
        {
            var further = article.FurtherCategories.Select(f => f.CategoryId == categoryId ? into : f.Category);
            article.FileUnder(article.CategoryId == categoryId ? into : article.Category ?? into, [.. further]);
        }

        await db.SaveChangesAsync();
        return articles.Count;
    }
}
