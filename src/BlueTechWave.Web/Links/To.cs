using System.Globalization;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Menus;

namespace BlueTechWave.Web.Links;

/// <summary>Every address the site makes, site-relative. Slugs hold nothing that would need encoding.</summary>
public static class To
{
    public const string Home = "/";
    public const string Search = "/search";
    public const string Archives = "/archives";
    public const string Feed = "/feed";
    public const string Corrections = "/corrections";
    public const string CommentsFeed = "/comments/feed";
    /// <summary>What is stored of a reader, for that reader.</summary>
    public const string YourComments = "/comments/yours";

    /// <summary>Where following a discussion is confirmed, and where it ends.</summary>
    public const string Follow = "/comments/follow";
    public const string Unfollow = "/comments/stop";
    public const string Sitemap = "/sitemap.xml";
    public const string NewsSitemap = "/sitemap-news.xml";

    /// <summary>How programs read the site, for people; and for programs.</summary>
    public const string Api = "/api";
    public const string OpenApi = "/openapi/v1.json";

    /// <summary>Keys for programs, in the newsroom.</summary>
    public const string Keys = "/newsroom/settings/keys";

    public static string Article(int year, int month, string slug) => string.Create(CultureInfo.InvariantCulture, $"/{year:0000}/{month:00}/{slug}");

    public static string Article(ArticleCard card) => Article(card.Year, card.Month, card.Slug);

    /// <summary>Where a comment stands, whatever page of its discussion that is.</summary>
    public static string Comment(string article, int id) => string.Create(CultureInfo.InvariantCulture, $"{article}/comments/{id}");

    public static string Category(CategoryNode category) => Category(category.Path);

    public static string Category(string path) => $"/category/{path}";

    public static string Tag(string slug) => $"/tag/{slug}";

    public static string Author(string slug) => $"/author/{slug}";

    /// <summary>Where an article is written.</summary>
    public static string Editor(int id) => string.Create(CultureInfo.InvariantCulture, $"/newsroom/articles/{id}");

    /// <summary>Where a picture is described.</summary>
    public static string Picture(int id) => string.Create(CultureInfo.InvariantCulture, $"/newsroom/pictures/{id}");

    /// <summary>A picture as the desk sees it, small.</summary>
    public static string PictureThumb(int id) => $"{Picture(id)}/thumb";

    /// <inheritdoc cref="PictureThumb"/>
    public static string PictureView(int id) => $"{Picture(id)}/view";

    public static string History(int id) => $"{Editor(id)}/history";

    public static string Year(int year) => string.Create(CultureInfo.InvariantCulture, $"/{year:0000}");

    public static string Month(int year, int month) => string.Create(CultureInfo.InvariantCulture, $"/{year:0000}/{month:00}");

    public static string StandingPage(string slug) => $"/{slug}";

    /// <summary>A listing's further page; the first has no number.</summary>
    public static string Page(string listing, int number) =>
        number <= 1 ? listing : string.Create(CultureInfo.InvariantCulture, $"{listing.TrimEnd('/')}/page/{number}");

    public static string FeedOf(string listing) => $"{listing.TrimEnd('/')}/feed";

    /// <summary>Null for a heading that leads nowhere.</summary>
    public static string? Menu(MenuNode entry) =>
        entry.Category is { } category ? Category(category) : entry.PageSlug is { } page ? StandingPage(page) : entry.Url;
}
