using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Web.Tests.Api;

namespace BlueTechWave.Web.Tests.Nodes;

/// <summary>Who comes too often comes too often, whichever node each request meets.</summary>
public class SharedLimitTests
{
    private const string Articles = "/api/v1/articles";

    [Fact]
    public async Task Guesses_at_a_password_are_counted_together_and_forgotten_together()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var nodes = await TwoNodes.OpenAsync($"ConnectionStrings:Redis={redis.Address}");
        var account = await Colleague.HireAsync(nodes.A, Role.Editor, "Noor Haddad");
        for (var round = 0; round < 2; round++)
        {
            using Colleague a = Colleague.AtTheDoor(nodes.A, account), b = Colleague.AtTheDoor(nodes.B, account);
            foreach (var guesser in (Colleague[])[a, b, a, b]) Assert.Equal(HttpStatusCode.BadRequest, (await guesser.SignInAsync("a guess")).StatusCode);
            // The fifth that fails is the last that need not wait; the right one takes them all back.
            Assert.Equal(HttpStatusCode.Redirect, (await a.SignInAsync()).StatusCode);
        }

        using Colleague one = Colleague.AtTheDoor(nodes.A, account), other = Colleague.AtTheDoor(nodes.B, account);
        foreach (var guesser in (Colleague[])[one, one, other, one, other]) Assert.Equal(HttpStatusCode.BadRequest, (await guesser.SignInAsync("a guess")).StatusCode);
        using var waits = await other.SignInAsync();
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(30)), (waits.StatusCode, waits.Headers.RetryAfter?.Delta));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await one.SignInAsync()).StatusCode);

        nodes.A.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.Redirect, (await one.SignInAsync()).StatusCode);
    }

    [Fact]
    public async Task Requests_of_programs_comments_and_messages_are_counted_together()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var nodes = await TwoNodes.OpenAsync($"ConnectionStrings:Redis={redis.Address}", "RateLimits:ApiPerMinute=4", "RateLimits:CommentsPerMinute=3", "Comments:LeastSeconds=0");

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 6; i++) statuses.Add(await (i % 2 == 0 ? nodes.A : nodes.B).Reader.StatusAsync(Articles));
        Assert.Equal([200, 200, 200, 200, 429, 429], statuses.Select(s => (int)s));

        var article = await nodes.A.PublishAsync("Robots learn to swim");
        var answers = new List<int>();
        for (var i = 0; i < 5; i++) answers.Add(await CommentAsync(i % 2 == 0 ? nodes.A : nodes.B, article, $"I saw it {(char)('a' + i)}."));
        Assert.Equal(3, answers.Count(a => a != 429));
        Assert.Equal([429, 429], answers.Skip(3));
    }

    [Fact]
    public async Task Without_Redis_each_node_counts_its_own_and_nobody_gets_a_failure()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var nodes = await TwoNodes.OpenAsync($"ConnectionStrings:Redis={redis.Address}", "RateLimits:ApiPerMinute=4");
        for (var i = 0; i < 4; i++) Assert.Equal(HttpStatusCode.OK, await nodes.A.Reader.StatusAsync(Articles));
        Assert.Equal(HttpStatusCode.TooManyRequests, await nodes.B.Reader.StatusAsync(Articles));

        redis.Die();
        // One it has counted itself.
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, await nodes.B.Reader.StatusAsync(Articles));
        Assert.Equal(HttpStatusCode.TooManyRequests, await nodes.B.Reader.StatusAsync(Articles));
        using var noor = await Colleague.ArriveAsync(nodes.A, Role.Editor, "Noor Haddad");
        Assert.Equal(HttpStatusCode.OK, (await noor.GetAsync("/newsroom")).StatusCode);

        // Saves do not go by Redis.
        await nodes.A.PublishAsync("Robots learn to swim");
        await TwoNodes.SoonAsync("published without Redis", async () => (await nodes.B.Reader.GetStringAsync("/")).Contains("Robots learn to swim", StringComparison.Ordinal));

        await redis.ComeBackAsync();
        await TwoNodes.SoonAsync("counted together again", async () =>
        {
            nodes.A.Clock.Advance(TimeSpan.FromMinutes(1));
            nodes.B.Clock.Advance(TimeSpan.FromMinutes(1));
            for (var i = 0; i < 4; i++) Assert.Equal(HttpStatusCode.OK, await nodes.A.Reader.StatusAsync(Articles));
            return await nodes.B.Reader.StatusAsync(Articles) == HttpStatusCode.TooManyRequests;
        });
    }

    private static async Task<int> CommentAsync(NewsSite site, Core.Articles.Article article, string words)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["name"] = "Ada",
            ["email"] = "ada@reader.example",
            ["body"] = words,
            ["stamp"] = await site.StampAsync(article),
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{NewsSite.AddressOf(article)}/comments") { Content = form };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await site.Reader.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
