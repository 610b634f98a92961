using BlueTechWave.Core.Articles;

namespace BlueTechWave.Web.Tests;

/// <summary>
/// A story and two others that show it: one shares its tag and so lists it as related, one says “Also read”. Between
/// them they give it every public surface that the paper has.
/// </summary>
public sealed class Neighbourhood
{
    private const string Rare = "zeppelin";

    private readonly NewsSite _site;

    private Neighbourhood(NewsSite site, Article article, Article neighbour, Article recommender) =>
        (_site, Article, Neighbour, Recommender) = (site, article, neighbour, recommender);

    public Article Article { get; }

    public Article Neighbour { get; }

    public Article Recommender { get; }

    /// <summary>Every address on which readers, feed readers and search engines meet the story, and its name.</summary>
    public IReadOnlyList<(string Name, string Address)> Surfaces =>
    [
        ("home", "/"),
        ("category", "/category/internet-governance/regulation"),
        ("parent category", "/category/internet-governance"),
        ("tag", "/tag/airships"),
        ("author", "/author/daniel-okoro"),
        ("year", "/2024"),
        ("month", "/2024/09"),
        ("search", $"/search?q={Rare}"),
        ("search, newest first", $"/search?q={Rare}&sort=newest"),
        ("related", NewsSite.AddressOf(Neighbour)),
        ("also read", NewsSite.AddressOf(Recommender)),
        .. Feeds,
        .. ForPrograms,
        ("also read, for programs", $"/api/v1/articles/{Recommender.Id}?fields=body"),
        ("sitemap", "/sitemaps/articles-1.xml"),
        ("news sitemap", "/sitemap-news.xml"),
    ];

    public static IReadOnlyList<(string Name, string Address)> Feeds =>
    [
        ("feed", "/feed"),
        ("Atom feed", "/feed/atom"),
        ("JSON feed", "/feed/json"),
        ("category feed", "/category/internet-governance/regulation/feed"),
        ("tag feed", "/tag/airships/feed"),
        ("author feed", "/author/daniel-okoro/feed"),
    ];

    public static IReadOnlyList<(string Name, string Address)> ForPrograms =>
    [
        ("articles, for programs", "/api/v1/articles"),
        ("a category, for programs", "/api/v1/articles?category=internet-governance"),
        ("a tag, for programs", "/api/v1/articles?tag=airships&fields=headline,url"),
        ("a day, for programs", "/api/v1/articles?from=2024-09-25&to=2024-09-25"),
        ("search, for programs", $"/api/v1/search?q={Rare}"),
        ("search, newest first, for programs", $"/api/v1/search?q={Rare}&sort=newest&fields=headline,url"),
    ];

    public IEnumerable<string> SurfaceNames => Surfaces.Select(s => s.Name);

    /// <param name="file">How the story enters the paper: published, scheduled, left a draft.</param>
    public static async Task<Neighbourhood> SettleAsync(NewsSite site, Func<string, Action<Copy>, Task<Article>> file)
    {
        var article = await file("Airships carry servers", copy =>
        {
            copy.Category = "internet-governance/regulation";
            copy.Author = "daniel-okoro";
            copy.Tags = ["Airships"];
            copy.Body = $"A {Rare} was seen above the exchange on Tuesday morning.";
        });
        var neighbour = await site.PublishAsync("Mooring masts return", copy => copy.Tags = ["Airships"]);
        var recommender = await site.PublishAsync("What else floats", copy => copy.Body = $"Balloons do.\n\nAlso read: <article:{article.Id}>\n");
        return new(site, article, neighbour, recommender);
    }

    /// <summary>The surfaces that say <paramref name="words"/>; without any, those that link to the story.</summary>
    public async Task<IReadOnlyList<string>> WhereAsync(string? words = null)
    {
        var found = new List<string>();
        foreach (var (name, address) in Surfaces)
            if ((await _site.Reader.TextAsync(address)).Contains(words ?? Article.Slug, StringComparison.Ordinal)) found.Add(name);
        return found;
    }
}
