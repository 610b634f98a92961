using BlueTechWave.Core.Articles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace BlueTechWave.Core.Data;

/// <summary>Sets texts again, as the press of today does: what an older version has pressed may look otherwise now.</summary>
internal static class TextCheck
{
    private const int Batch = 50;
    private const int Attempts = 5;

    /// <returns>How many are other than they were.</returns>
    public static async Task<int> MendAsync(NewsDbContext db, CancellationToken cancellation)
    {
        // Nobody has written anything.
        using var quietly = db.Unaudited();
        return await EachAsync(db, db.Articles.Select(a => a.Id), ids => db.Articles.Whole().Where(a => ids.Contains(a.Id)), article => article.Press(), cancellation)
            + await EachAsync(db, db.Pages.Select(p => p.Id), ids => db.Pages.Where(p => ids.Contains(p.Id)), page => page.Press(), cancellation)
            + await EachAsync(db, db.Authors.Select(a => a.Id), ids => db.Authors.Where(a => ids.Contains(a.Id)), author => author.Press(), cancellation)
            + await EachAsync(db, db.Comments.Select(c => c.Id), ids => db.Comments.Where(c => ids.Contains(c.Id)), comment => comment.Press(), cancellation);
    }

    private static async Task<int> EachAsync<T>(NewsDbContext db, IQueryable<int> all, Func<int[], IQueryable<T>> find, Action<T> press, CancellationToken cancellation)
        where T : class
    {
        var changed = 0;
        foreach (var ids in (await all.OrderBy(id => id).ToListAsync(cancellation)).Chunk(Batch)) changed += await PressAsync(db, find(ids), press, cancellation);
        return changed;
    }

    private static async Task<int> PressAsync<T>(NewsDbContext db, IQueryable<T> some, Action<T> press, CancellationToken cancellation)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            try
            {
                var texts = await some.ToListAsync(cancellation);
                texts.ForEach(press);
                db.ChangeTracker.DetectChanges();
                var changed = texts.Count(text => IsChanged(db.Entry(text)));
                await db.SaveChangesAsync(CancellationToken.None);
                return changed;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // An editor was first, and her save has pressed it.
            }
            finally
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>It, its links to other articles, or what belongs to it alone.</summary>
    private static bool IsChanged(EntityEntry text) => text.State == EntityState.Modified || text.Collections.Any(c => c.IsModified)
        || text.References.Any(r => r.TargetEntry is { State: EntityState.Modified } part && part.Metadata.IsOwned());
}
