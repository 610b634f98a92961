using System.Text.RegularExpressions;
using BlueTechWave.Core.Data;

namespace BlueTechWave.Core.Exchange;

/// <summary>An address readers of the old site know, and what stood there.</summary>
/// <param name="Id">Of the thing at the source; empty for what is made of others, as an archive is.</param>
public sealed partial record OldPlace(string Path, ImportedKind? Kind, string Id, string Name)
{
    public const string NotKept = "it is no picture, and other files are not kept here";

    private const string Told = "told";

    /// <summary>Why nobody should find it; null for what was public.</summary>
    public string? Closed { get; init; }

    /// <summary>Where it is the page of a file that is not kept here: the text that the file was brought for; null for all else.</summary>
    public string? Parent { get; init; }

    /// <summary>Every address in what comes in: of texts, pictures and terms, and of the lists and feeds made of them.</summary>
    public static IEnumerable<OldPlace> Of(IEnumerable<Incoming> incoming)
    {
        List<IncomingCategory> categories = [];
        SortedSet<string> months = new(StringComparer.Ordinal);
        using var notes = new Notebook();
        var site = new IncomingSite("", "");
        foreach (var one in incoming)
        {
            if (one is IncomingSite came) site = came;
            if (one is IncomingCategory category) categories.Add(category);
            if (one is IncomingArticle { Status: IncomingStatus.Published } article) months.UnionWith(MonthsOf(article, site.Folder));
            foreach (var place in Of(one, site))
                if (notes.Add(Told, place.Path)) yield return place;
        }

        var folder = site.Folder;
        foreach (var place in categories.Select(c => new OldPlace($"{folder}/category/{Under(c, categories)}/", ImportedKind.Category, c.Key, c.Name)).Concat(Lists(folder, site.Feed, months)))
            if (notes.Add(Told, place.Path)) yield return place;
    }

    private static IEnumerable<OldPlace> Of(Incoming one, IncomingSite site) => one switch
    {
        IncomingArticle a => Asked(a.Question, site.Folder).Concat(a.Paths).Select(path => new OldPlace(path, ImportedKind.Article, a.Id, a.Headline) { Closed = Why(a.Status) }),
        IncomingPage p => Asked(p.Question, site.Folder).Concat(p.Paths).Select(path => new OldPlace(path, ImportedKind.Page, p.Id, p.Title) { Closed = Why(p.Status) }),
        IncomingPicture p => Here(p, site).Select(path => new OldPlace(path, ImportedKind.Picture, p.Id, p.FilePath)
        {
            Closed = p.IsOther && path != p.Page ? NotKept : null,
            Parent = p.IsOther ? p.ParentId : null,
        }),
        IncomingTag t => WithFeed($"/tag/{t.Slug}/", site).Select(path => new OldPlace(path, ImportedKind.Tag, t.Key, t.Name)),
        IncomingAuthor a when !a.Key.Contains('@') => WithFeed($"/author/{a.Slug}/", site).Select(path => new OldPlace(path, ImportedKind.Author, a.Key, a.Name)),
        _ => [],
    };

    /// <summary>A file that lay on another host than the site is asked for there, and not here.</summary>
    private static IEnumerable<string> Here(IncomingPicture picture, IncomingSite site) =>
        Uri.TryCreate(picture.Url, UriKind.Absolute, out var file) && Uri.TryCreate(site.Address, UriKind.Absolute, out var home) && Bare(file.Host) != Bare(home.Host)
            ? picture.Paths.Where(path => path != Uri.UnescapeDataString(file.AbsolutePath))
            : picture.Paths;

    /// <summary>A feed that is called as ours are is found with its list.</summary>
    private static IEnumerable<string> WithFeed(string list, IncomingSite site) =>
        site.Feed == IncomingSite.OurFeed ? [site.Folder + list] : [site.Folder + list, $"{site.Folder}{list}{site.Feed}/"];

    private static string Bare(string host) => host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;

    // The front page of a site in a folder is another address here, and its questions are not ours.
    private static IEnumerable<string> Asked(string question, string folder) => question.Length > 0 && folder.Length == 0 ? [question] : [];

    private static IEnumerable<OldPlace> Lists(string folder, string feed, SortedSet<string> months) =>
        new[] { "/", $"/{feed}/", "/comments/feed/" }.Select(path => folder + path)
            .Concat(months.SelectMany(month => new[] { $"{folder}/{month[..4]}/", $"{folder}/{month}/" }).Distinct())
            .Select(path => new OldPlace(path, null, "", ""));

    /// <summary>The months, as “2020/03”, whose archives its addresses stood in.</summary>
    internal static IEnumerable<string> MonthsOf(IncomingArticle article, string folder) =>
        article.Paths.Where(path => path.StartsWith(folder, StringComparison.Ordinal)).Select(path => Dated().Match(path, folder.Length)).Where(dated => dated.Success).Select(dated => dated.Groups[1].Value);

    private static string Under(IncomingCategory category, List<IncomingCategory> all)
    {
        var path = category.Slug;
        HashSet<string> seen = [category.Key];
        while (all.Find(c => c.Key == category.ParentKey) is { } parent && seen.Add(parent.Key)) (category, path) = (parent, $"{parent.Slug}/{path}");
        return path;
    }

    private static string? Why(IncomingStatus status) => status switch
    {
        IncomingStatus.Published => null,
        IncomingStatus.Locked => "it was not open to everybody",
        IncomingStatus.Scheduled => "it is to appear later",
        IncomingStatus.Pending => "it waits for review",
        IncomingStatus.Private => "it was private",
        IncomingStatus.Trashed => "it was in the trash",
        _ => "it was a draft",
    };

    [GeneratedRegex(@"\G/([0-9]{4}/[0-9]{2})/[^/]")]
    private static partial Regex Dated();
}
