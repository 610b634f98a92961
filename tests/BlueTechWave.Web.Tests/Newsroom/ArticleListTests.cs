using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

public class ArticleListTests
{
    private static readonly string[] BigTables =
        ["Articles", "ListingEntries", "Bylines", "ArticleTags", "FurtherCategories", "ArticleLinks", "Revisions", "Comments", "ArticleSearch", "Notifications", "Audit"];

    public static TheoryData<string> Lists =>
    [
        "/newsroom", "/newsroom/articles", "/newsroom/articles?status=published", "/newsroom/articles?order=published", "/newsroom/articles?status=published&order=published",
        "/newsroom/articles?order=headline", "/newsroom/articles?page=2", "/newsroom/articles?q=number", "/newsroom/articles?author=1&category=1", "/newsroom/articles?mine=true", "/newsroom/audit",
    ];

    [Theory, EachStore]
    public async Task Tabs_count_and_show_what_is_where(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await site.WriteAsync(noor, "A draft");
        await site.WriteAsync(noor, "A review", a => a.Submit(site.Now));
        await site.WriteAsync(noor, "A plan", a => a.Schedule(site.Now.AddDays(1), site.Now));
        await site.WriteAsync(noor, "A story", a => a.Publish(site.Now, TimeZoneInfo.Utc));
        await site.WriteAsync(noor, "A mistake", a => { a.Publish(site.Now, TimeZoneInfo.Utc); a.Withdraw("It was wrong.", site.Now); });

        var list = await noor.ReadAsync("/newsroom/articles");
        Assert.Equal(["All 5", "Draft 1", "In review 1", "Scheduled 1", "Published 1", "Unpublished 1", "Trash 0"], list.QuerySelectorAll(".views a").Select(a => a.TextContent.Trim()));
        foreach (var (status, headline) in new[] { ("draft", "A draft"), ("in-review", "A review"), ("scheduled", "A plan"), ("published", "A story"), ("unpublished", "A mistake") })
            Assert.Equal([headline], (await noor.ReadAsync($"/newsroom/articles?status={status}")).Rows());
        Assert.Equal("A plan", (await noor.ReadAsync("/newsroom/articles?order=published")).Rows()[0]);
        Assert.Equal(["A draft", "A review"], (await noor.ReadAsync("/newsroom/articles?order=published")).Rows()[^2..].Order());
        Assert.Equal(["A draft", "A mistake", "A plan", "A review", "A story"], (await noor.ReadAsync("/newsroom/articles?order=headline")).Rows());
    }

    [Theory, EachStore]
    public async Task Words_are_found_in_headline_slug_and_byline_of_what_is_public_and_what_is_not(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        await site.WriteAsync(noor, "Whales learn to code", a => a.Publish(site.Now, TimeZoneInfo.Utc));
        await site.WriteAsync(noor, "A Whale of a draft");
        var renamed = await site.WriteAsync(ines, "Robots swim", a => a.Publish(site.Now, TimeZoneInfo.Utc));
        await site.ActAsync(renamed, a => a.Write(new("Submarines swim", a.KeyPoints, a.Body), site.Now));

        Assert.Equal(["A Whale of a draft", "Whales learn to code"], await FoundAsync("whale"));
        Assert.Equal(["Submarines swim"], await FoundAsync("submarines"));
        Assert.Equal(["Submarines swim"], await FoundAsync("robots"));
        Assert.Equal(["Submarines swim"], await FoundAsync("prado"));
        Assert.Equal(["Submarines swim"], await FoundAsync("INÊS"));
        Assert.Empty(await FoundAsync("nobody wrote this"));
        Assert.Contains("clear the filters", (await noor.ReadAsync("/newsroom/articles?q=zzz")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Submarines swim"], (await ines.ReadAsync("/newsroom/articles?q=s")).Rows());

        async Task<IEnumerable<string>> FoundAsync(string words) => (await noor.ReadAsync($"/newsroom/articles?q={Uri.EscapeDataString(words)}")).Rows().Order();
    }

    [Theory, EachStore]
    public async Task Category_byline_and_mine_narrow_the_list(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await site.WriteAsync(noor, "Noor’s");
        await site.PublishAsync("Rules", copy => copy.Category = "internet-governance/regulation");
        var governance = await site.AskAsync(db => db.Categories.Where(c => c.Slug == "internet-governance").Select(c => c.Id).SingleAsync());
        var lina = await site.AskAsync(db => db.Authors.Where(a => a.Slug == "lina-moreau").Select(a => a.Id).SingleAsync());

        Assert.Equal(["Rules"], (await noor.ReadAsync($"/newsroom/articles?category={governance}")).Rows());
        Assert.Equal(["Rules"], (await noor.ReadAsync($"/newsroom/articles?author={lina}")).Rows());
        Assert.Equal(["Noor’s"], (await noor.ReadAsync("/newsroom/articles?mine=true")).Rows());
    }

    [Theory, EachStore]
    public async Task Every_order_shows_every_article_once_from_page_to_page(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await site.PublishManyAsync(50);
        for (var i = 0; i < 20; i++) await site.WriteAsync(noor, $"Draft {i:00}");

        foreach (var query in new[] { "", "order=published", "order=headline", "status=published&order=published", "status=published&order=headline", "q=number&order=headline", "q=number&order=published" })
        {
            var shown = new List<string>();
            for (var page = 1; page <= 3; page++)
            {
                var read = await noor.ReadAsync($"/newsroom/articles?{query}&page={page}");
                if (read.QuerySelector(".pager [aria-current]")?.TextContent is { } number && number != page.ToString(CultureInfo.InvariantCulture)) break;
                shown.AddRange(read.Rows());
            }

            Assert.Equal((query, query.Length == 0 || !query.Contains("number", StringComparison.Ordinal) && !query.Contains("status", StringComparison.Ordinal) ? 70 : 50), (query, shown.Count));
            Assert.Equal(shown.Distinct(), shown);
        }

        var byDay = (await noor.ReadAsync("/newsroom/articles?status=published&order=published")).Rows();
        Assert.Equal(Enumerable.Range(1, 30).Select(i => $"Story number {i}"), byDay);
        Assert.Equal(byDay, (await noor.ReadAsync("/newsroom/articles?q=number&order=published")).Rows());
    }

    [Theory]
    [InlineData("page=0")]
    [InlineData("page=-1")]
    [InlineData("page=99999999999999999999")]
    [InlineData("page=2147483647")]
    [InlineData("page=x&status=nonsense&order=nonsense&category=x&author=-1")]
    [InlineData("q=%00%FF%22*)%20OR%20(")]
    [InlineData("q=%25_%5C'--")]
    [InlineData("q=-only%20-minus")]
    public async Task Odd_questions_are_answered_with_a_list(string query)
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await site.PublishManyAsync(40);

        Assert.Contains("Articles", (await noor.ReadAsync($"/newsroom/articles?{query}")).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        await noor.ReadAsync("/newsroom/articles?q=" + new string('q', 5000));
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task A_list_costs_the_same_few_questions_however_many_articles_there_are(string address)
    {
        var (young, old) = (await QueriesAsync(address, 40), await QueriesAsync(address, 300));

        Assert.Equal(young.Count, old.Count);
        Assert.InRange(old.Count, 3, 9);
        Assert.All(old, q => Assert.DoesNotContain("\"Body", q.Sql, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task A_list_walks_no_table_that_grows(string address)
    {
        await using var site = await ArchiveAsync(300);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        foreach (var query in await site.Queries.OfAsync(() => noor.GetAsync(address)))
        {
            // An index that holds all that is asked is small; a virtual table is entered through its own; the log is read from its end.
            var walks = (await QueryPlan.StepsAsync(site.Connection, query))
                .Where(step => BigTables.Any(t => step.StartsWith($"SCAN {t}", StringComparison.Ordinal)) && !step.Contains("COVERING INDEX", StringComparison.Ordinal) && !step.Contains("VIRTUAL TABLE", StringComparison.Ordinal) && step != "SCAN Audit").ToList();
            Assert.True(walks.Count == 0, $"{string.Join("\n", walks)}\n{query.Sql}");
        }
    }

    private static async Task<IReadOnlyList<Query>> QueriesAsync(string address, int articles)
    {
        await using var site = await ArchiveAsync(articles);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        return await site.Queries.OfAsync(() => noor.GetAsync(address));
    }

    private static async Task<NewsSite> ArchiveAsync(int articles)
    {
        var site = await NewsSite.OpenAsync();
        await site.PublishManyAsync(articles);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        await site.WriteAsync(ines, "Waiting", a => a.Submit(site.Now));
        _ = await site.FrameAsync();
        return site;
    }
}
