using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Articles;

/// <summary>
/// Everything that stands between a piece and its readers: what it lacks, pictures in its body without words for those who do
/// not see them, and links of its own that lead nowhere.
/// </summary>
public static class PublishCheck
{
    public static async Task<IReadOnlyList<Missing>> MissingAsync(NewsDbContext db, Article article, CancellationToken cancellation = default)
    {
        var missing = article.WhatIsMissing().ToList();
        missing.AddRange(ArticleBody.Press(article.Body).Pictures.Select(Silent).OfType<string>().Distinct().Select(what => new Missing(nameof(Manuscript.Body), what)));
        var linked = article.Links.Select(l => l.TargetId).ToList();
        if (linked.Count == 0) return missing;

        var found = await db.Articles.Where(a => linked.Contains(a.Id)).Select(a => a.Id).ToListAsync(cancellation);
        missing.AddRange(linked.Except(found).Select(id => new Missing(nameof(Manuscript.Body), $"an article to which the link article:{id} leads")));
        return missing;
    }

    private static string? Silent((string Path, string Alt) picture)
    {
        var file = Path.GetFileName(picture.Path);
        if (string.IsNullOrWhiteSpace(picture.Alt)) return $"a text alternative for the picture {file} in the body";
        return FileName.Resembles(picture.Alt, picture.Path) ? $"a text alternative that is not the file name of the picture {file} in the body" : null;
    }
}
