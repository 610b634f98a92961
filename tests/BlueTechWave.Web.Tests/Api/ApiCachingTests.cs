using System.Net;
using BlueTechWave.Core.Comments;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Api;

/// <summary>Programs ask again and again: they get little, and never what is no longer true.</summary>
public class ApiCachingTests
{
    private static readonly string[] Everything =
        ["/api/v1/articles", "/api/v1/articles?tag=robots&fields=body", "/api/v1/articles/robots-learn-to-swim", "/api/v1/categories", "/api/v1/tags", "/api/v1/authors", "/api/v1/comments", "/api/v1/search?q=robots", "/openapi/v1.json"];

    [Theory, EachStore]
    public async Task A_second_asker_is_served_from_the_cache_a_returning_one_gets_304_and_HEAD_the_same_headers(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]);
        foreach (var address in Everything)
        {
            using var first = await site.Reader.GetAsync(address);
            using var second = await site.Reader.GetAsync($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}utm_source=newsletter");
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "If-None-Match", first.Headers.ETag!.ToString() } } };
            using var third = await site.Reader.SendAsync(request);
            using var head = await site.Reader.AskAsync(address, method: HttpMethod.Head);

            Assert.Equal((HttpStatusCode.OK, false, "application/json"), (first.StatusCode, first.Headers.ETag!.IsWeak, first.Content.Headers.ContentType!.MediaType));
            Assert.NotNull(second.Headers.Age);
            Assert.Equal((HttpStatusCode.NotModified, 0), (third.StatusCode, (await third.Content.ReadAsByteArrayAsync()).Length));
            Assert.Equal((HttpStatusCode.OK, first.Headers.ETag, 0), (head.StatusCode, head.Headers.ETag, (await head.Content.ReadAsByteArrayAsync()).Length));
            Assert.Equal("*", third.Header("Access-Control-Allow-Origin"));
        }
    }

    [Theory, EachStore]
    public async Task What_a_save_changes_is_told_at_once(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, Asking.Often);
        var article = await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]);
        var comment = await site.CommentAsync(article, CommentState.Pending);
        await TellsAsync("/api/v1/articles", "Robots learn to dive", () => site.HeadlineAsync(article, "Robots learn to dive"));
        await TellsAsync("/api/v1/articles/robots-learn-to-swim", "They do not sink.", () => site.ChangeAsync(article, a => a.Correct("They do not sink.", site.Now)));
        await TellsAsync("/api/v1/articles?fields=commentCount", "\"commentCount\":1", () => site.DecideAsync(comment, CommentState.Approved));
        await TellsAsync("/api/v1/comments", "I was there.", () => site.DecideAsync(comment, CommentState.Approved), () => site.DecideAsync(comment, CommentState.Rejected));
        await TellsAsync("/api/v1/articles?tag=robots", "robotics", () => site.EditAsync(async db => (await db.Tags.SingleAsync()).Rename("Robotics")), expectedAddress: "/api/v1/articles?tag=robotics");
        await TellsAsync("/api/v1/tags", "whales", () => site.PublishAsync("Whales", copy => copy.Tags = ["Whales"]));
        await TellsAsync("/api/v1/authors", "Reporter at large", () => site.EditAsync(async db => (await db.Authors.SingleAsync(a => a.Slug == "lina-moreau")).Describe("Lina Moreau", "Reporter at large", "", null)));
        await TellsAsync("/api/v1/categories", "Money and its makers", () => site.EditAsync(async db => (await db.Categories.SingleAsync(c => c.Slug == "fintech")).Describe("Money and its makers")));
        await TellsAsync("/api/v1/search?q=zeppelin", "Zeppelins return", () => site.PublishAsync("Zeppelins return"));

        async Task TellsAsync(string address, string words, Func<Task> save, Func<Task>? before = null, string? expectedAddress = null)
        {
            if (before is not null) await before();
            Assert.DoesNotContain(words, await site.Reader.TextAsync(address), StringComparison.Ordinal);
            Assert.True(await site.Reader.IsCachedAsync(address), address);
            await save();
            Assert.Contains(words, await site.Reader.TextAsync(expectedAddress ?? address), StringComparison.Ordinal);
        }
    }

    [Theory, EachStore]
    public async Task A_slug_that_two_articles_share_leads_to_the_newer_as_soon_as_it_is_out(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var older = await site.PublishAsync("Robots learn to swim", copy => copy.At = site.Now.AddDays(-60));
        Assert.Equal(older.Id, (await site.Reader.JsonAsync("/api/v1/articles/robots-learn-to-swim")).GetProperty("id").GetInt32());

        var newer = await site.PublishAsync("Robots learn to swim");

        Assert.Equal(newer.Id, (await site.Reader.JsonAsync("/api/v1/articles/robots-learn-to-swim")).GetProperty("id").GetInt32());
    }

    [Theory, EachStore]
    public async Task A_renamed_slug_is_not_answered_from_before(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]);
        await site.Reader.TextAsync("/api/v1/articles?tag=robots");

        await site.EditAsync(async db => (await db.Tags.SingleAsync()).Rename("Robotics"));

        Assert.Equal("400 bad-parameter tag", await site.Reader.ProblemAsync("/api/v1/articles?tag=robots"));
    }
}
