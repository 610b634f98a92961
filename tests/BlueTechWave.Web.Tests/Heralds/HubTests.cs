using System.Text.Json;
using System.Xml.Linq;
using BlueTechWave.Core.Comments;
using BlueTechWave.Web.Heralds;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Heralds;

/// <summary>A WebSub hub hears which feeds have changed, after the change and never before.</summary>
public class HubTests
{
    private const string Root = "https://btw.example";

    [Theory, EachStore]
    public async Task A_hub_is_told_of_every_feed_that_a_story_enters_changes_and_leaves(Store store)
    {
        await using var hub = await Elsewhere.OpenAsync();
        await using var site = await OpenAsync(store, hub);
        string[] feeds = [.. Formats("/feed"), .. Formats("/category/internet-governance/feed"), .. Formats("/category/internet-governance/regulation/feed"), .. Formats("/author/daniel-okoro/feed"), .. Formats("/tag/airships/feed")];

        var article = await site.PublishAsync("Airships carry servers", copy => (copy.Category, copy.Author, copy.Tags) = ("internet-governance/regulation", "daniel-okoro", ["Airships"]));
        var published = await hub.NextAsync();
        await site.HeadlineAsync(article, "Balloons carry servers");
        var changed = await hub.NextAsync();
        await site.WithdrawAsync(article);
        var withdrawn = await hub.NextAsync();

        Assert.All([published, changed, withdrawn], message =>
        {
            Assert.Equal(("POST", "/hub", "application/x-www-form-urlencoded"), (message.Method, message.Path, message.ContentType));
            Assert.Equal(["publish"], message.Field("hub.mode"));
            Assert.Equal(feeds.Order(), message.Field("hub.url").Select(url => url[Root.Length..]).Order());
        });
    }

    [Theory, EachStore]
    public async Task What_the_hub_then_fetches_is_the_new(Store store)
    {
        await using var hub = await Elsewhere.OpenAsync();
        await using var site = await OpenAsync(store, hub);
        var article = await site.PublishAsync("Robots learn to swim");
        await hub.NextAsync();
        var fetched = new List<string>();
        hub.Answer = async message =>
        {
            foreach (var feed in message.Field("hub.url")) fetched.Add(await site.Reader.TextAsync(feed[Root.Length..]));
            return StatusCodes.Status202Accepted;
        };
        foreach (var feed in Formats("/feed")) _ = await site.Reader.TextAsync(feed);

        await site.HeadlineAsync(article, "Robots learn to dive");
        await hub.NextAsync();

        Assert.NotEmpty(fetched);
        Assert.All(fetched, text => Assert.Contains("Robots learn to dive", text, StringComparison.Ordinal));
    }

    [Theory, EachStore]
    public async Task Drafts_old_stories_and_waiting_comments_are_not_told(Store store)
    {
        await using var hub = await Elsewhere.OpenAsync();
        await using var site = await OpenAsync(store, hub);
        await site.PublishManyAsync(30);
        await hub.NextAsync();
        var old = await site.AskAsync(db => db.Articles.SingleAsync(a => a.Slug == "story-number-30"));

        await site.DraftAsync("Nobody knows yet");
        await site.HeadlineAsync(old, "Mended, years later");
        var waiting = await site.CommentAsync(old, CommentState.Pending);
        await site.DecideAsync(waiting, CommentState.Approved);

        var told = (await hub.NextAsync()).Field("hub.url").Concat((await TellOfAnotherAsync()).Field("hub.url")).Distinct().Select(url => url[Root.Length..]);
        Assert.Equal([.. Formats("/author/daniel-okoro/feed"), "/comments/feed", .. Formats("/category/fintech/feed"), .. Formats("/feed"), "/2024/08/story-number-30/feed"], told.OrderBy(Rank));

        async Task<Message> TellOfAnotherAsync()
        {
            await site.PublishAsync("Whales learn to code", copy => (copy.Author, copy.Category) = ("daniel-okoro", "fintech"));
            Message message;
            do message = await hub.NextAsync();
            while (!message.Field("hub.url").Contains($"{Root}/feed"));
            return message;
        }

        static string Rank(string feed) => feed.StartsWith("/2", StringComparison.Ordinal) ? "z" : feed.Replace("/comments", "/b", StringComparison.Ordinal).Replace("/category", "/c", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_stories_saved_at_once_are_one_message()
    {
        await using var hub = await Elsewhere.OpenAsync();
        await using var site = await OpenAsync(Store.Sqlite, hub);

        await site.PublishManyAsync(60);

        Assert.Equal(9, (await hub.NextAsync()).Field("hub.url").Count);
    }

    [Theory]
    [InlineData(StatusCodes.Status503ServiceUnavailable, true)]
    [InlineData(StatusCodes.Status429TooManyRequests, true)]
    [InlineData(StatusCodes.Status400BadRequest, false)]
    [InlineData(StatusCodes.Status301MovedPermanently, false)]
    public async Task A_hub_that_fails_is_asked_again_and_one_that_refuses_is_not(int status, bool isAskedAgain)
    {
        await using var hub = await Elsewhere.OpenAsync();
        await using var site = await OpenAsync(Store.Sqlite, hub);
        var asked = 0;
        hub.Answer = _ => Task.FromResult(++asked <= 2 ? status : StatusCodes.Status204NoContent);

        await site.PublishAsync("Robots learn to swim");
        var first = await hub.NextAsync(site.Clock);
        if (!isAskedAgain) await site.PublishAsync("Whales learn to code", copy => (copy.Author, copy.Category) = ("daniel-okoro", "fintech"));
        var second = await hub.NextAsync(site.Clock);

        Assert.Equal(isAskedAgain, second.Body == first.Body);
        if (isAskedAgain) Assert.Equal(first.Body, (await hub.NextAsync(site.Clock)).Body);
        Assert.Contains("Robots learn to swim", await site.Reader.TextAsync("/"), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_hub_that_is_not_there_fails_no_save_and_delays_none(Store store)
    {
        var hub = await Elsewhere.OpenAsync();
        await using var site = await OpenAsync(store, hub);
        await hub.DisposeAsync();

        var article = await site.PublishAsync("Robots learn to swim");
        await site.WithdrawAsync(article);
        await site.PublishAsync("Robots learn to dive");

        Assert.Contains("Robots learn to dive", await site.Reader.TextAsync("/feed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_save_that_is_rolled_back_is_not_told()
    {
        await using var hub = await Elsewhere.OpenAsync();
        await using var site = await OpenAsync(Store.Sqlite, hub);
        var article = await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]);
        await hub.NextAsync();

        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => site.EditAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            (await db.Articles.SingleAsync(a => a.Id == article.Id)).Withdraw("A slip.", site.Now);
            await db.SaveChangesAsync();
            throw new InvalidOperationException("The power went out.");
        }));
        await site.PublishAsync("Whales learn to code", copy => (copy.Author, copy.Category) = ("daniel-okoro", "fintech"));

        Assert.DoesNotContain($"{Root}/tag/robots/feed", (await hub.NextAsync()).Field("hub.url"));
    }

    [Fact]
    public async Task Every_feed_names_the_hub_and_itself()
    {
        XNamespace atom = "http://www.w3.org/2005/Atom";
        await using var hub = await Elsewhere.OpenAsync();
        await using var site = await OpenAsync(Store.Sqlite, hub);
        var article = NewsSite.AddressOf(await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]));

        foreach (var feed in new[] { "/feed", "/category/ai/feed", "/tag/robots/feed", "/author/lina-moreau/feed" }.SelectMany(Formats).Append("/comments/feed").Append($"{article}/feed"))
        {
            using var answer = await site.Reader.GetAsync(feed);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.Equal($"<{hub.Address}>; rel=\"hub\", <{Root}{feed}>; rel=\"self\"", Assert.Single(answer.Headers.GetValues("Link")));
            if (feed.EndsWith("/json", StringComparison.Ordinal))
            {
                var json = JsonDocument.Parse(text).RootElement;
                Assert.Equal((Root + feed, "WebSub", hub.Address), (json.GetProperty("feed_url").GetString(), json.GetProperty("hubs")[0].GetProperty("type").GetString(), json.GetProperty("hubs")[0].GetProperty("url").GetString()));
                continue;
            }

            var top = XDocument.Parse(text).Root!;
            var links = (top.Element("channel") ?? top).Elements(atom + "link").ToDictionary(l => l.Attribute("rel")!.Value, l => l.Attribute("href")!.Value);
            Assert.Equal((hub.Address, Root + feed), (links["hub"], links["self"]));
        }
    }

    [Fact]
    public async Task Without_a_hub_none_is_named_and_nobody_is_told()
    {
        await using var site = await NewsSite.OpenAsync();
        await site.PublishAsync("Robots learn to swim");

        Assert.Empty(site.Services.GetServices<Herald>());
        foreach (var feed in Formats("/feed"))
        {
            using var answer = await site.Reader.GetAsync(feed);
            Assert.False(answer.Headers.Contains("Link"));
            Assert.DoesNotContain("hub", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static Task<NewsSite> OpenAsync(Store store, Elsewhere hub) => NewsSite.OpenAsync(store, $"Site:BaseUrl={Root}", $"WebSub:Hub={hub.Address}");

    private static IEnumerable<string> Formats(string feed) => [feed, $"{feed}/atom", $"{feed}/json"];
}
