using BlueTechWave.Core.Comments;
using BlueTechWave.Web.Tests.Nodes;

namespace BlueTechWave.Web.Tests;

/// <summary>What a page costs that is not in the cache: a small, fixed number of questions, each answered from an index.</summary>
[OnTwoNodes]
public class QueryTests
{
    private static readonly string[] BigTables =
        ["Articles", "ListingEntries", "Bylines", "ArticleTags", "FurtherCategories", "ArticleLinks", "Revisions", "Comments", "ArticleSearch", "Corrections"];

    private static string FarOn => new Web.Api.Cursor("articles", NewsSite.Opening.AddDays(-9).Ticks, 9).ToString();

    public static TheoryData<string, string, int> Pages => new()
    {
        { "home", "/", 4 },
        { "home, page 2", "/page/2", 3 },
        { "article", "/2024/09/robots-learn-to-swim", 4 },
        { "category", "/category/ai", 3 },
        { "category, page 2", "/category/ai/page/2", 3 },
        { "tag", "/tag/robots", 3 },
        { "author", "/author/lina-moreau", 3 },
        { "year", "/2024", 3 },
        { "month", "/2024/09", 3 },
        { "archives", "/archives", 3 },
        { "search", "/search?q=robots", 3 },
        { "standing page", "/about", 3 },
        { "feed", "/feed", 3 },
        { "category feed", "/category/ai/feed", 3 },
        { "comments feed", "/comments/feed", 3 },
        { "an article's comments feed", "/2024/09/robots-learn-to-swim/feed", 3 },
        { "articles, for programs", "/api/v1/articles", 2 },
        { "articles, for programs, with everything", "/api/v1/articles?limit=100&fields=body,ourTake,authors,tags,categories,corrections,commentCount", 3 },
        { "filtered articles, for programs", "/api/v1/articles?category=ai&tag=robots&author=lina-moreau&from=2024-01-01&to=2024-12-31", 4 },
        { "articles far on, for programs", $"/api/v1/articles?limit=5&cursor={FarOn}", 2 },
        { "an article, for programs", "/api/v1/articles/robots-learn-to-swim", 3 },
        { "tags, for programs", "/api/v1/tags", 1 },
        { "authors, for programs", "/api/v1/authors", 1 },
        { "categories, for programs", "/api/v1/categories", 0 },
        { "comments, for programs", "/api/v1/comments", 1 },
        { "an article's comments, for programs", "/api/v1/comments?article=31", 1 },
        { "search, for programs", "/api/v1/search?q=robots", 3 },
        { "not found", "/2024/09/no-such-story", 3 },
    };

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_costs_few_queries_and_no_more_in_a_large_archive(string page, string address, int atMost)
    {
        var young = await QueriesOfAsync(address, stories: 30);
        var old = await QueriesOfAsync(address, stories: 300);

        Assert.True(young.Count <= atMost, $"{page}: {young.Count} queries\n{string.Join("\n---\n", young.Select(q => q.Sql))}");
        Assert.Equal(young.Count, old.Count);
    }

    /// <summary>Many at a time, as an import saves them, an editor changes several and a check looks them over: not by their state, which is that of all.</summary>
    [Fact]
    public async Task Articles_that_are_saved_or_looked_over_together_are_gone_to_by_their_numbers()
    {
        await using var site = await NewsSite.OpenAsync();
        await site.PublishManyAsync(60);

        var asked = await site.Queries.OfAsync(() => site.AskAsync(async db =>
        {
            await Core.Data.StoreCheck.MendAsync(db);
            await db.Search.KeepAsync(db, [.. Enumerable.Range(1, 60)]);
            return true;
        }));

        var about = asked.Where(q => q.Sql.Contains("\"Articles\"", StringComparison.Ordinal) && q.Sql.Contains("\"Status\"", StringComparison.Ordinal) && q.Sql.Contains("\"a\".\"Id\" IN", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(about);
        foreach (var query in about)
            Assert.DoesNotContain(await QueryPlan.StepsAsync(site.Connection, query), step => step.Contains("IX_Articles_Status", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task No_page_walks_a_table_that_grows(string page, string address, int atMost)
    {
        await using var site = await ArchiveAsync(stories: 300);
        foreach (var query in await site.Queries.OfAsync(() => site.Reader.GetAsync(address)))
        {
            var scans = await QueryPlan.ScansAsync(site.Connection, query);
            Assert.False(scans.Intersect(BigTables).Any(), $"{page} (of {atMost}) scans {string.Join(", ", scans)}\n{query.Sql}");
            // All that is published is nearly all there is: an index by state narrows nothing.
            Assert.DoesNotContain(await QueryPlan.StepsAsync(site.Connection, query), step => step.Contains("IX_Articles_Status", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/page/2")]
    [InlineData("/category/ai")]
    [InlineData("/tag/robots")]
    [InlineData("/author/lina-moreau")]
    [InlineData("/2024")]
    [InlineData("/2024/09")]
    [InlineData("/archives")]
    [InlineData("/search?q=robots")]
    [InlineData("/api/v1/articles")]
    [InlineData("/api/v1/articles?fields=headline,keyPoints,ourTake,corrections")]
    [InlineData("/api/v1/search?q=robots")]
    [InlineData("/sitemap.xml")]
    [InlineData("/sitemaps/articles-1.xml")]
    [InlineData("/sitemap-news.xml")]
    public async Task A_list_never_loads_a_body(string address)
    {
        await using var site = await ArchiveAsync(stories: 30);

        foreach (var query in await site.Queries.OfAsync(() => site.Reader.TextAsync(address)))
        {
            Assert.DoesNotContain("\"BodyHtml\"", query.Sql, StringComparison.Ordinal);
            Assert.DoesNotContain(".\"Body\"", query.Sql, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_reader_of_an_article_does_not_load_its_markdown()
    {
        await using var site = await ArchiveAsync(stories: 30);

        foreach (var query in await site.Queries.OfAsync(() => site.Reader.TextAsync("/2024/09/robots-learn-to-swim")))
            Assert.DoesNotContain(".\"Body\"", query.Sql, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_frame_walks_no_table_that_grows()
    {
        await using var site = await ArchiveAsync(stories: 300);
        await site.EditAsync(db =>
        {
            db.Add(new Core.Menus.SocialLink("x", "X", "https://x.example/btw", 0, 0));
            return Task.CompletedTask;
        });

        var queries = await site.Queries.OfAsync(async () => await site.FrameAsync());

        Assert.InRange(queries.Count, 1, 8);
        foreach (var query in queries)
            Assert.Empty((await QueryPlan.ScansAsync(site.Connection, query)).Intersect(BigTables));
    }

    private static async Task<IReadOnlyList<Query>> QueriesOfAsync(string address, int stories)
    {
        await using var site = await ArchiveAsync(stories);
        return await site.Queries.OfAsync(() => site.Reader.GetAsync(address));
    }

    /// <summary>An archive of that many stories, with a warm frame and known embargoes; one of them is talked about and linked.</summary>
    private static async Task<NewsSite> ArchiveAsync(int stories)
    {
        var site = await NewsSite.OpenAsync();
        await site.PublishManyAsync(stories, (i, copy) => copy.Tags = i % 3 == 0 ? ["Robots", "Mexico"] : ["Robots"]);
        var linked = await site.PublishAsync("Whales learn to code");
        var article = await site.PublishAsync("Robots learn to swim", copy =>
        {
            copy.Tags = ["Robots"];
            copy.Body = $"They do.\n\nAlso read: <article:{linked.Id}>\n";
        });
        var root = await site.CommentAsync(article, CommentState.Approved);
        await site.CommentAsync(article, CommentState.Approved, "So was I.", under: root);
        _ = await site.FrameAsync();
        await site.Reader.TextAsync("/robots.txt");
        return site;
    }
}
