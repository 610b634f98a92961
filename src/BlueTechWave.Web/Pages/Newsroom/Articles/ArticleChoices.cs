using BlueTechWave.Core;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Web.Caching;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

public sealed record CategoryChoice(int Id, string Line);

public sealed record AuthorChoice(int Id, string Name, string Title);

public sealed record PictureChoice(string Path, string Name, int Width, int Height);

/// <summary>What the article form lets one choose from: whatever else is posted was not chosen here.</summary>
public sealed class ArticleChoices
{
    private const string Drawings = "img/art";

    private ArticleChoices()
    {
    }

    /// <summary>The tree, from the top down, each with its whole line.</summary>
    public required IReadOnlyList<CategoryChoice> Categories { get; init; }

    public required IReadOnlyList<AuthorChoice> Authors { get; init; }

    public required IReadOnlyList<PictureChoice> Pictures { get; init; }

    /// <param name="current">The article's own picture is a choice wherever it came from.</param>
    public static async Task<ArticleChoices> LoadAsync(NewsDbContext db, SiteFrames frames, IWebHostEnvironment web, LeadPicture? current, CancellationToken cancellation)
    {
        var frame = await frames.GetAsync(cancellation);
        return new()
        {
            Categories = [.. frame.CategoriesInOrder.Select(c => new CategoryChoice(c.Id, Line(c)))],
            Authors = await db.Authors.OrderBy(a => a.Name).ThenBy(a => a.Id).Select(a => new AuthorChoice(a.Id, a.Name, a.Title)).ToListAsync(cancellation),
            Pictures = [.. Own(current), .. web.WebRootFileProvider.GetDirectoryContents(Drawings)
                .Where(f => !f.IsDirectory && f.Name.EndsWith(".svg", StringComparison.Ordinal))
                .Select(f => new PictureChoice($"/{Drawings}/{f.Name}", Name(f.Name), 1200, 800))
                .Where(p => p.Path != current?.Path)
                .OrderBy(p => p.Path, StringComparer.Ordinal)],
        };
    }

    public string CategoryLine(string id) => Categories.FirstOrDefault(c => $"{c.Id}" == id)?.Line ?? "none";

    public string AuthorName(string id) => Authors.FirstOrDefault(a => $"{a.Id}" == id)?.Name ?? id;

    public PictureChoice? Picture(string path) => Pictures.FirstOrDefault(p => p.Path == path);

    private static string Line(CategoryNode node) => string.Join(" / ", node.Line.Select(c => c.Name));

    private static IEnumerable<PictureChoice> Own(LeadPicture? current) =>
        current is null ? [] : [new(current.Path, Name(Path.GetFileName(current.Path)), current.Width, current.Height)];

    private static string Name(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file).Replace("pic-", "", StringComparison.Ordinal);
        return name.Length == 0 ? file : char.ToUpperInvariant(name[0]) + name[1..];
    }
}
