using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
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
        var pictures = ArticleBody.Press(article.Body).Pictures;
        var known = await LibraryAsync(db, article, pictures, cancellation);
        if (article.Picture is { IsDecorative: false, PictureId: { } lead, Alt: { Length: > 0 } alt } && known.TryGetValue(lead, out var its) && FileName.Resembles(alt, its.Name) && !FileName.Resembles(alt, article.Picture.Address))
            missing.Add(new(nameof(Manuscript.PictureAlt), "a text alternative that is not the picture’s file name"));
        missing.AddRange(pictures.Select(p => Silent(p, known)).OfType<string>().Distinct().Select(what => new Missing(nameof(Manuscript.Body), what)));
        var linked = article.Links.Select(l => l.TargetId).ToList();
        if (linked.Count == 0) return missing;

        var found = await db.Articles.Where(a => linked.Contains(a.Id)).Select(a => a.Id).ToListAsync(cancellation);
        missing.AddRange(linked.Except(found).Select(id => new Missing(nameof(Manuscript.Body), $"an article to which the link article:{id} leads")));
        return missing;
    }

    private sealed record Known(string Name, string Alt, bool IsDecorative);

    private static async Task<Dictionary<int, Known>> LibraryAsync(NewsDbContext db, Article article, IReadOnlyList<(string Path, string Alt)> pictures, CancellationToken cancellation)
    {
        var ids = pictures.Select(p => Picture.IdOf(p.Path)).Append(article.Picture?.PictureId).OfType<int>().Distinct().ToList();
        if (ids.Count == 0) return [];
        return await db.Pictures.Where(p => ids.Contains(p.Id) && p.TrashedAt == null).ToDictionaryAsync(p => p.Id, p => new Known(p.Name, p.Alt, p.IsDecorative), cancellation);
    }

    private static string? Silent((string Path, string Alt) picture, Dictionary<int, Known> library)
    {
        if (Picture.IdOf(picture.Path) is { } id)
        {
            if (!library.TryGetValue(id, out var known)) return $"the picture to which {picture.Path} leads in the body";
            if (known.IsDecorative && picture.Alt.Length == 0) return null;
            var said = picture.Alt.Length > 0 ? picture.Alt : known.Alt;
            if (string.IsNullOrWhiteSpace(said)) return $"a text alternative for the picture {known.Name} in the body";
            return FileName.Resembles(said, known.Name) ? $"a text alternative that is not the file name of the picture {known.Name} in the body" : null;
        }

        var file = Path.GetFileName(picture.Path);
        if (string.IsNullOrWhiteSpace(picture.Alt)) return $"a text alternative for the picture {file} in the body";
        return FileName.Resembles(picture.Alt, picture.Path) ? $"a text alternative that is not the file name of the picture {file} in the body" : null;
    }
}
