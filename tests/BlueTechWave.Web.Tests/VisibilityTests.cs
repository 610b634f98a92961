using System.Net;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Web.Tests.Nodes;

namespace BlueTechWave.Web.Tests;

[OnTwoNodes]
public class VisibilityTests
{
    [Theory, EachStore]
    public async Task A_published_story_is_on_every_public_surface(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var around = await Neighbourhood.SettleAsync(site, site.PublishAsync);

        Assert.Equal(around.SurfaceNames, await around.WhereAsync());
        Assert.Contains("<h1", await site.Reader.TextAsync(NewsSite.AddressOf(around.Article)), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_draft_is_on_none(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var around = await Neighbourhood.SettleAsync(site, site.DraftAsync);

        Assert.Empty(await around.WhereAsync());
        Assert.Empty(await around.WhereAsync("Airships carry servers"));
        Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync($"/2024/09/{around.Article.Slug}"));
    }

    [Theory, EachStore]
    public async Task A_scheduled_story_is_on_none_before_its_hour(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var around = await Neighbourhood.SettleAsync(site, (headline, copy) => site.ScheduleAsync(headline, site.Now.AddHours(2), copy));

        Assert.Empty(await around.WhereAsync());
        Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync($"/2024/09/{around.Article.Slug}"));
    }

    [Theory, EachStore]
    public async Task A_withdrawn_story_is_gone_from_all_and_its_address_says_so(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var around = await Neighbourhood.SettleAsync(site, site.PublishAsync);
        Assert.Equal(around.SurfaceNames, await around.WhereAsync());

        await site.WithdrawAsync(around.Article, "A source took its word back.");

        Assert.Empty(await around.WhereAsync());
        using var answer = await site.Reader.GetAsync(NewsSite.AddressOf(around.Article));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.DoesNotContain("zeppelin", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, await site.Reader.StatusAsync(NewsSite.AddressOf(around.Article)));
    }

    [Theory, EachStore]
    public async Task A_story_published_again_is_back_at_its_old_address(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var around = await Neighbourhood.SettleAsync(site, site.PublishAsync);
        await site.WithdrawAsync(around.Article);
        Assert.Equal(HttpStatusCode.Gone, await site.Reader.StatusAsync(NewsSite.AddressOf(around.Article)));

        await site.ChangeAsync(around.Article, a => a.Publish(site.Now.AddDays(3), TimeZoneInfo.Utc));

        Assert.Equal(around.SurfaceNames, await around.WhereAsync());
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync(NewsSite.AddressOf(around.Article)));
    }

    [Theory, EachStore]
    public async Task Counts_beside_categories_and_months_are_those_of_public_stories(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var kept = await site.PublishAsync("Kept", copy => copy.Category = "fintech/regulation");
        var withdrawn = await site.PublishAsync("Withdrawn", copy => copy.Category = "fintech/regulation");
        await site.DraftAsync("Drafted", copy => copy.Category = "fintech/regulation");
        await site.ScheduleAsync("Scheduled", site.Now.AddHours(1), copy => copy.Category = "fintech/regulation");
        await site.WithdrawAsync(withdrawn);

        var frame = await site.FrameAsync();
        Assert.Equal(1, frame.CategoriesByPath["fintech"].Count);
        Assert.Equal(1, frame.CategoriesByPath["fintech/regulation"].Count);
        Assert.Equal(0, frame.CategoriesByPath["internet-governance/regulation"].Count);
        Assert.Equal([(2024, 9, 1)], frame.Months.Select(m => (m.Year, m.Month, m.Count)));
        Assert.Equal(ArticleStatus.Published, kept.Status);
    }

    [Theory, EachStore]
    public async Task Two_categories_of_one_name_do_not_mix(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishAsync("Money rules", copy => copy.Category = "fintech/regulation");
        await site.PublishAsync("Network rules", copy => copy.Category = "internet-governance/regulation");

        var money = await site.Reader.PageAsync("/category/fintech/regulation");
        var main = money.QuerySelector("main")!.InnerHtml;
        Assert.Contains("/2024/09/money-rules", main, StringComparison.Ordinal);
        Assert.DoesNotContain("/2024/09/network-rules", main, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task Only_approved_comments_are_shown_or_counted(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        await site.CommentAsync(article, CommentState.Approved, "A sound observation.");
        foreach (var state in new[] { CommentState.Pending, CommentState.Rejected, CommentState.Spam })
            await site.CommentAsync(article, state, "Unseemly words.");

        foreach (var address in new[] { NewsSite.AddressOf(article), NewsSite.AddressOf(article) + "/feed", "/comments/feed" })
        {
            var text = await site.Reader.TextAsync(address);
            Assert.Contains("A sound observation.", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Unseemly words.", text, StringComparison.Ordinal);
            Assert.DoesNotContain("ada@reader.example", text, StringComparison.Ordinal);
        }

        Assert.Contains("1 Comment", (await site.Reader.PageAsync(NewsSite.AddressOf(article))).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_reply_to_a_comment_taken_down_goes_with_it_or_stays_without_its_words(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        var root = await site.CommentAsync(article, CommentState.Approved, "Words to regret.");
        await site.CommentAsync(article, CommentState.Approved, "I disagree.", under: root);
        await site.DecideAsync(root, CommentState.Rejected);

        Assert.DoesNotContain("Words to regret.", await site.Reader.TextAsync(NewsSite.AddressOf(article)), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task Comments_of_a_withdrawn_story_are_in_no_feed(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        await site.CommentAsync(article, CommentState.Approved, "A sound observation.");
        await site.WithdrawAsync(article);

        Assert.DoesNotContain("A sound observation.", await site.Reader.TextAsync("/comments/feed"), StringComparison.Ordinal);
        Assert.Contains(await site.Reader.StatusAsync(NewsSite.AddressOf(article) + "/feed"), new[] { HttpStatusCode.Gone, HttpStatusCode.NotFound });
    }

    [Theory, EachStore]
    public async Task An_empty_store_has_a_front_page_all_the_same(Store store)
    {
        await using var site = await NewsSite.OpenEmptyAsync(store);

        foreach (var address in new[] { "/", "/archives", "/search", "/search?q=robots", "/feed", "/feed/atom", "/feed/json", "/comments/feed", "/sitemap.xml", "/sitemap-news.xml", "/robots.txt" })
            Assert.Equal($"{address} 200", $"{address} {await site.Reader.AnswerAsync(address)}");
        foreach (var address in new[] { "/page/2", "/2024", "/2024/09", "/category/ai", "/tag/robots", "/author/lina-moreau", "/about" })
            Assert.Equal($"{address} 404", $"{address} {await site.Reader.AnswerAsync(address)}");
    }
}
