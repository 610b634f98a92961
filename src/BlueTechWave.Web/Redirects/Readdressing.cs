using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Redirects;
using BlueTechWave.Web.Links;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Redirects;

/// <summary>Who has, or had, the address that an article wants.</summary>
/// <param name="Owner">The headline of another article that has it now.</param>
/// <param name="Old">The redirect that leads on from it.</param>
/// <param name="LeadsTo">Where <paramref name="Old"/> leads; null if to the article itself.</param>
public sealed record AddressClaim(string Path, string? Owner, Redirect? Old, string? LeadsTo);

/// <summary>Gives an article its address: asks who has it, and leaves a permanent redirect at the one before.</summary>
public static class Readdressing
{
    public static async Task<AddressClaim> ClaimAsync(NewsDbContext db, int articleId, int year, int month, string slug)
    {
        var path = To.Article(year, month, slug);
        var owner = await db.Articles.At(year, month, slug).Where(a => a.Id != articleId).Select(a => a.Headline).FirstOrDefaultAsync();
        var old = await db.Redirects.Include(r => r.Article).FirstOrDefaultAsync(r => r.From == path);
        var leadsTo = old is null || old.ArticleId == articleId ? null : old.Article?.Headline ?? old.To;
        return new(path, owner, old, leadsTo);
    }

    /// <summary>
    /// The address that readers know leads to the article from now on. Redirects name the article itself, so that none
    /// leads to another; those that named its address in words are turned into such.
    /// </summary>
    public static async Task LeaveAsync(NewsDbContext db, Article article, string path)
    {
        var before = await db.Redirects.Where(r => r.From == path || r.To == path).ToListAsync();
        db.Redirects.RemoveRange(before);
        foreach (var from in before.Select(r => r.From).Append(path).Distinct()) db.Redirects.Add(new Redirect(from, article));
    }

    /// <summary>
    /// What stood at one address stands at another: a tag, a category. Whatever led to the old one leads on at once, and
    /// nothing leads away from the new one any more.
    /// </summary>
    public static async Task LeaveAsync(NewsDbContext db, string from, string to)
    {
        if (from == to) return;
        var touched = await db.Redirects.Where(r => r.From == from || r.From == to || r.To == from).ToListAsync();
        db.Redirects.RemoveRange(touched);
        var old = touched.Where(r => r.To == from).Select(r => r.From).Append(from).Where(path => path != to).Distinct();
        db.Redirects.AddRange(old.Select(path => new Redirect(path, to)));
    }
}
