using System.Globalization;
using BlueTechWave.Core;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Heralds;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Options;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Feeds;

/// <summary>Where feeds, sitemaps and robots.txt are. All are kept in the output cache, which also answers conditional requests.</summary>
internal static class FeedEndpoints
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        foreach (var format in FeedFormat.All)
        {
            app.Read($"/feed{format.Suffix}", desk => SiteAsync(desk, format));
            app.Read($"{To.Corrections}/feed{format.Suffix}", async desk => Answer(desk, await CorrectionFeed.MakeAsync(desk), format));
            app.Read($"/tag/{{slug}}/feed{format.Suffix}", desk => TagAsync(desk, desk.Route("slug"), format));
            app.Read($"/author/{{slug}}/feed{format.Suffix}", desk => AuthorAsync(desk, desk.Route("slug"), format));
            app.Read(CategoryPattern(format), desk => CategoryAsync(desk, desk.Route("path"), format)).WithOrder(-1);
        }

        app.Read(To.CommentsFeed, AllCommentsAsync);
        app.Read("/{year:int:length(4)}/{month:int:length(2)}/{slug}/feed", desk => CommentsAsync(desk, desk.Number("year"), desk.Number("month"), desk.Route("slug")));
        app.Read("/sitemap.xml", Sitemaps.IndexAsync).WithMetadata(LongInMaking.Instance);
        app.Read("/sitemaps/pages.xml", Sitemaps.PagesAsync).WithMetadata(LongInMaking.Instance);
        app.Read("/sitemaps/articles-{number:int:min(1)}.xml", desk => Sitemaps.ArticlesAsync(desk, desk.Number("number"))).WithMetadata(LongInMaking.Instance);
        app.Read("/sitemap-news.xml", NewsSitemap.MakeAsync, ReaderPagePolicy.BriefName);
        if (app.ServiceProvider.GetRequiredService<IOptions<IndexNowOptions>>().Value.Key is { Length: > 0 } key)
            app.Read(IndexHerald.KeyAddress(key), _ => Task.FromResult<IResult>(TypedResults.Text(key, "text/plain; charset=utf-8")));
        app.Read("/robots.txt", desk => Task.FromResult<IResult>(Robots(desk)));
    }

    private static IEndpointConventionBuilder Read(this IEndpointRouteBuilder app, string pattern, Func<FeedDesk, Task<IResult>> make, string policy = ReaderPagePolicy.Name) =>
        app.Read(RoutePatternFactory.Parse(pattern), make, policy);

    // As plain delegates: binding parameters would be compiled anew at every start, for twenty addresses.
    private static IEndpointConventionBuilder Read(this IEndpointRouteBuilder app, RoutePattern pattern, Func<FeedDesk, Task<IResult>> make, string policy = ReaderPagePolicy.Name) =>
        app.Map(pattern, async http => await (await make(FeedDesk.Of(http))).ExecuteAsync(http))
            .WithMetadata(new HttpMethodMetadata(Reading))
            .CacheOutput(policy);

    // A category's path has slashes, and its page takes the rest of the address too: only one that ends as a feed does is ours.
    private static RoutePattern CategoryPattern(FeedFormat format) =>
        RoutePatternFactory.Parse("/category/{**path}", null, new { path = new FeedPath($"/feed{format.Suffix}") });

    private static async Task<IResult> SiteAsync(FeedDesk desk, FeedFormat format) =>
        Answer(desk, await ArticleFeeds.MakeAsync(desk, new(Listing.Site, null, null, To.Home)), format);

    private static async Task<IResult> CategoryAsync(FeedDesk desk, string path, FeedFormat format)
    {
        var frame = await desk.FrameAsync();
        if (frame.CategoriesByPath.GetValueOrDefault(path[..^"/feed".Length][..^format.Suffix.Length]) is not { } category) return TypedResults.NotFound();

        var about = new FeedSubject(Listing.OfCategory(category.Id), NameOf(category), category.Description, To.Category(category));
        return Answer(desk, await ArticleFeeds.MakeAsync(desk, about), format);
    }

    /// <summary>With what stands above it: there are two “Regulation”.</summary>
    private static string NameOf(CategoryNode category) => string.Join(" » ", category.Line.Select(c => c.Name));

    private static async Task<IResult> TagAsync(FeedDesk desk, string slug, FeedFormat format)
    {
        if (!Slug.IsOne(slug)) return TypedResults.NotFound();
        var tag = await desk.Db.Tags.AsNoTracking().Where(t => t.Slug == slug).Select(t => new { t.Id, t.Name }).FirstOrDefaultAsync(desk.Cancellation);
        if (tag is null) return TypedResults.NotFound();

        desk.Http.Shows(Notice.Tag(tag.Id));
        return Answer(desk, await ArticleFeeds.MakeAsync(desk, new(Listing.OfTag(tag.Id), tag.Name, null, To.Tag(slug))), format);
    }

    private static async Task<IResult> AuthorAsync(FeedDesk desk, string slug, FeedFormat format)
    {
        if (!Slug.IsOne(slug)) return TypedResults.NotFound();
        var author = await desk.Db.Authors.AsNoTracking().Where(a => a.Slug == slug).Select(a => new { a.Id, a.Name }).FirstOrDefaultAsync(desk.Cancellation);
        if (author is null) return TypedResults.NotFound();

        desk.Http.Shows(Notice.Author(author.Id));
        return Answer(desk, await ArticleFeeds.MakeAsync(desk, new(Listing.OfAuthor(author.Id), author.Name, null, To.Author(slug))), format);
    }

    private static async Task<IResult> AllCommentsAsync(FeedDesk desk) => Answer(desk, await CommentFeeds.OfAllAsync(desk), FeedFormat.Rss);

    private static async Task<IResult> CommentsAsync(FeedDesk desk, int year, int month, string slug) =>
        Slug.IsOne(slug) && await CommentFeeds.OfArticleAsync(desk, year, month, slug) is { } feed
            ? Answer(desk, feed, FeedFormat.Rss)
            : TypedResults.NotFound();

    private static FileContentHttpResult Answer(FeedDesk desk, Feed feed, FeedFormat format)
    {
        var written = format.Write(feed);
        desk.Http.Response.Headers.LastModified = desk.Moments.Of(desk.Http.Request.Path, written).ToString("R", CultureInfo.InvariantCulture);
        if (feed.Hub is { } hub) desk.Http.Response.Headers.Link = $"<{hub}>; rel=\"hub\", <{feed.Self}>; rel=\"self\"";
        return TypedResults.Bytes(written, format.MediaType);
    }

    private static ContentHttpResult Robots(FeedDesk desk) => TypedResults.Text($"""
        User-agent: *
        Allow: /
        Disallow: /newsroom
        Disallow: /account
        Disallow: /search

        Sitemap: {desk.Whole(To.Sitemap)}
        Sitemap: {desk.Whole(To.NewsSitemap)}

        """.ReplaceLineEndings("\n"), "text/plain; charset=utf-8");

    private sealed class FeedPath(string ending) : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            values[routeKey] is string path && path.Length > ending.Length && path.EndsWith(ending, StringComparison.Ordinal);
    }
}

/// <summary>How a feed is written, and what its address ends with.</summary>
internal sealed record FeedFormat(string Suffix, string MediaType, Func<Feed, byte[]> Write)
{
    public static readonly FeedFormat Rss = new("", "application/rss+xml; charset=utf-8", RssWriter.Write);
    public static readonly FeedFormat Atom = new("/atom", "application/atom+xml; charset=utf-8", AtomWriter.Write);
    public static readonly FeedFormat Json = new("/json", "application/feed+json; charset=utf-8", JsonFeedWriter.Write);

    public static IReadOnlyList<FeedFormat> All { get; } = [Rss, Atom, Json];
}
