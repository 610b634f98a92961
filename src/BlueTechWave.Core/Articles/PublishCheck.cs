using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Articles;

/// <summary>Everything that stands between a piece and its readers: what it lacks, and links of its own that lead nowhere.</summary>
public static class PublishCheck
{
    public static async Task<IReadOnlyList<Missing>> MissingAsync(NewsDbContext db, Article article, CancellationToken cancellation = default)
    {
        var missing = article.WhatIsMissing().ToList();
        var linked = article.Links.Select(l => l.TargetId).ToList();
        if (linked.Count == 0) return missing;

        var found = await db.Articles.Where(a => linked.Contains(a.Id)).Select(a => a.Id).ToListAsync(cancellation);
        missing.AddRange(linked.Except(found).Select(id => new Missing(nameof(Manuscript.Body), $"an article to which the link article:{id} leads")));
        return missing;
    }
}
