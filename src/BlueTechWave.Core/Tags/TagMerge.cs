using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Tags;

/// <summary>Takes a tag from the paper: into another one, or altogether. Its articles change with it, in one transaction.</summary>
public static class TagMerge
{
    /// <summary>Whatever has the one has the other instead, once.</summary>
    public static async Task MergeAsync(NewsDbContext db, Tag tag, Tag into)
    {
        var rows = await db.Set<ArticleTag>().Where(t => t.TagId == tag.Id).ToListAsync();
        var has = await db.Set<ArticleTag>().Where(t => t.TagId == into.Id).Select(t => t.ArticleId).ToHashSetAsync();
        db.AddRange(rows.Where(r => !has.Contains(r.ArticleId)).Select(r => r.For(into)));
        tag.MergeInto(into);
        await RemoveAsync(db, tag, rows);
    }

    public static async Task RemoveAsync(NewsDbContext db, Tag tag) =>
        await RemoveAsync(db, tag, await db.Set<ArticleTag>().Where(t => t.TagId == tag.Id).ToListAsync());

    private static async Task RemoveAsync(NewsDbContext db, Tag tag, List<ArticleTag> rows)
    {
        db.RemoveRange(rows);
        db.Remove(tag);
        // A new version, so that whoever has one of them open does not bring the tag back.
        var articles = rows.Select(r => r.ArticleId).ToList();
        await db.Articles.Where(a => articles.Contains(a.Id)).ExecuteUpdateAsync(set => set.SetProperty(a => a.Version, a => a.Version + 1));
        await db.SaveChangesAsync();
    }
}
