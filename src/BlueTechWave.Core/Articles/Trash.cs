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
        var old = db.Articles.Where(a => a.Status == ArticleStatus.Trashed && a.PublishedAt == null && a.EditedAt < before);
        var gone = 0;
        foreach (var id in await old.OrderBy(a => a.Id).Select(a => a.Id).Take(AtOnce).ToListAsync())
            if (await old.Whole().SingleOrDefaultAsync(a => a.Id == id) is { } article && await IsTakenAwayAsync(db, article)) gone++;

        return gone;
    }

    private static async Task<bool> IsTakenAwayAsync(NewsDbContext db, Article article)
    {
        try
        {
            db.Articles.Remove(article);
            await db.SaveChangesAsync();
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another machine was first, or somebody brings it back at this moment.
            return false;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }
}
