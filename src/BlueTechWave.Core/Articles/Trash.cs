using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Articles;

/// <summary>What was put away. A piece that readers have had stays there: its address still says that it is gone.</summary>
public static class Trash
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private const int AtOnce = 100;

    /// <summary>Takes away for good what has lain there for a month and was never published.</summary>
    public static async Task<int> EmptyAsync(NewsDbContext db, DateTime now)
    {
        var before = now - KeptFor;
        var old = await db.Articles.Whole().Where(a => a.Status == ArticleStatus.Trashed && a.PublishedAt == null && a.EditedAt < before).OrderBy(a => a.Id).Take(AtOnce).ToListAsync();
        db.Articles.RemoveRange(old);
        await db.SaveChangesAsync();
        return old.Count;
    }
}
