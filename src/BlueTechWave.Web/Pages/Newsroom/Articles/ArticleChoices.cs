using BlueTechWave.Core;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Pages.Newsroom.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

public sealed record CategoryChoice(int Id, string Line);

public sealed record AuthorChoice(int Id, string Name, string Title);

/// <summary>What the article form lets one choose from: whatever else is posted was not chosen here.</summary>
public sealed class ArticleChoices
{
    private const string Drawings = "img/art";

    private IReadOnlyList<PictureChoice> _drawings = [];

    private ArticleChoices()
    {
    }

    /// <summary>The tree, from the top down, each with its whole line.</summary>
    public required IReadOnlyList<CategoryChoice> Categories { get; init; }

    public required IReadOnlyList<AuthorChoice> Authors { get; init; }

    /// <summary>The library's newest, and the one that is chosen.</summary>
    public required IReadOnlyList<PictureChoice> Pictures { get; init; }

    /// <param name="current">The article's own picture is a choice wherever it came from.</param>
    /// <param name="picked">The picture that the form names, however old it is.</param>
    public static async Task<ArticleChoices> LoadAsync(NewsDbContext db, SiteFrames frames, IWebHostEnvironment web, Dates dates, DateTime now, LeadPicture? current, string? picked, CancellationToken cancellation)
    {
        var frame = await frames.GetAsync(cancellation);
        var drawings = Drawn(current).Concat(web.WebRootFileProvider.GetDirectoryContents(Drawings)
            .Where(f => !f.IsDirectory && f.Name.EndsWith(".svg", StringComparison.Ordinal))
            .Select(f => Drawing($"/{Drawings}/{f.Name}", 1200, 800))).DistinctBy(p => p.Path).ToList();
        return new()
        {
            Categories = [.. frame.CategoriesInOrder.Select(c => new CategoryChoice(c.Id, Line(c)))],
            Authors = await db.Authors.OrderBy(a => a.Name).ThenBy(a => a.Id).Select(a => new AuthorChoice(a.Id, a.Name, a.Title)).ToListAsync(cancellation),
            Pictures = [.. drawings.Where(d => d.Path == current?.Path || d.Path == picked), .. await PictureChoice.LibraryAsync(db, dates, now, [current?.PictureId ?? 0, Core.Pictures.Picture.IdOf(picked) ?? 0], cancellation)],
            _drawings = drawings,
        };
    }

    public string CategoryLine(string id) => Categories.FirstOrDefault(c => $"{c.Id}" == id)?.Line ?? "none";

    public string AuthorName(string id) => Authors.FirstOrDefault(a => $"{a.Id}" == id)?.Name ?? id;

    public PictureChoice? Picture(string path) => Pictures.Concat(_drawings).FirstOrDefault(p => p.Path == path);

    private static string Line(CategoryNode node) => string.Join(" / ", node.Line.Select(c => c.Name));

    private static IEnumerable<PictureChoice> Drawn(LeadPicture? current) =>
        current is null or { PictureId: not null } ? [] : [Drawing(current.Path, current.Width, current.Height)];

    private static PictureChoice Drawing(string path, int width, int height) => new(path, Name(Path.GetFileName(path)), width, height, path);

    private static string Name(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file).Replace("pic-", "", StringComparison.Ordinal);
        return name.Length == 0 ? file : char.ToUpperInvariant(name[0]) + name[1..];
    }
}
