using System.Text.Json;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Webhooks;
using BlueTechWave.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Webhooks;

/// <summary>What webhooks hear of, and what is nobody's business.</summary>
public class WebhookNewsTests
{
    [Theory, EachStore]
    public async Task A_story_is_told_of_as_it_comes_changes_and_goes_signed_with_the_secret(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private, "Site:BaseUrl=https://paper.example");
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        var (_, secret) = await owner.HookAsync(listener);

        var article = await site.PublishAsync("Roboter „schwimmen“ & tauchen", copy => (copy.Category, copy.Author) = ("internet-governance/regulation", "daniel-okoro"));
        await site.TellAsync();
        await site.HeadlineAsync(article, "Robots learn to dive");
        await site.TellAsync();
        await site.ChangeAsync(article, a => a.Correct("They swim.", site.Now));
        await site.WithdrawAsync(article);
        await site.TellAsync();

        Assert.Equal(["article.published", "article.updated", "article.updated", "article.withdrawn"], listener.All.Select(t => t.Event));
        Assert.All(listener.All, told =>
        {
            Assert.Equal(("POST", "/hook?key=0xc0ffee", "application/json"), (told.Method, told.Path, told.Headers["Content-Type"]));
            Assert.Equal(new DateTimeOffset(site.Now).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), told.Headers["webhook-timestamp"]);
            Assert.Equal(told.Id, told.Json.GetProperty("id").GetString());
            Assert.True(told.IsSignedBy(secret));
            Assert.DoesNotContain("@", told.Text);
        });
        Assert.False((listener.All.First() with { Body = "{}"u8.ToArray() }).IsSignedBy(secret));
        Assert.Equal(4, listener.All.Select(t => t.Id).Distinct().Count());
        AssertJson($$"""
            {
              "event": "article.published",
              "id": "{{listener.All.First().Id}}",
              "time": "2024-09-25T09:30:00Z",
              "article": {
                "id": {{article.Id}},
                "headline": "Roboter „schwimmen“ & tauchen",
                "url": "https://paper.example/2024/09/roboter-schwimmen-tauchen",
                "summary": "It happened on Wednesday.",
                "publishedAt": "2024-09-25T09:30:00Z",
                "updatedAt": null,
                "authors": [{ "name": "Daniel Okoro", "slug": "daniel-okoro", "url": "https://paper.example/author/daniel-okoro" }],
                "category": { "name": "Regulation", "path": "internet-governance/regulation", "url": "https://paper.example/category/internet-governance/regulation" }
              }
            }
            """, listener.All.First());
        Assert.Equal(JsonValueKind.String, listener.All.ElementAt(2).Json.GetProperty("article").GetProperty("updatedAt").ValueKind);
    }

    [Theory, EachStore]
    public async Task A_comment_is_told_of_when_it_is_approved_and_its_writer_stays_private(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        await owner.HookAsync(listener, WebhookEvent.CommentApproved);
        var article = await site.PublishAsync("Robots learn to swim");
        var comment = await site.CommentAsync(article, CommentState.Pending, $"I was **there**. {string.Join(' ', Enumerable.Repeat("wet", 200))}");
        await site.CommentAsync(article, CommentState.Spam);
        Assert.Empty(await site.DeliveriesAsync());

        await site.DecideAsync(comment, CommentState.Approved);
        await site.EditAsync(async db => (await db.Comments.SingleAsync(c => c.Id == comment.Id)).Feature());
        var hidden = await site.CommentAsync(article, CommentState.Pending, "Too late.");
        await site.WithdrawAsync(article);
        await site.DecideAsync(hidden, CommentState.Approved);
        await site.TellAsync();

        var told = Assert.Single(listener.All);
        var said = told.Json.GetProperty("comment");
        Assert.Equal("comment.approved", told.Event);
        Assert.Equal((comment.Id, "Ada Reader", article.Id), (said.GetProperty("id").GetInt32(), said.GetProperty("name").GetString(), told.Json.GetProperty("article").GetProperty("id").GetInt32()));
        Assert.StartsWith("I was there. wet wet", said.GetProperty("excerpt").GetString());
        Assert.InRange(said.GetProperty("excerpt").GetString()!.Length, 200, 281);
        Assert.DoesNotContain("@", told.Text);
    }

    [Theory, EachStore]
    public async Task A_comment_that_its_writer_takes_back_is_forgotten_here_too(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.EditAsync(db =>
        {
            db.Add(new Webhook("Newsletter", "https://a.example/", WebhookEvent.ArticlePublished | WebhookEvent.CommentApproved, "", site.Now));
            return Task.CompletedTask;
        });
        var article = await site.PublishAsync("Robots learn to swim");
        var answered = await site.CommentAsync(article, CommentState.Approved, "My street is called Elm.");
        await site.EditAsync(async db => db.Add(new Comment(article.Id, "Bo", "bo@reader.example", "Mine too.", site.Now, await db.Comments.SingleAsync(c => c.Id == answered.Id))));
        await site.CommentAsync(article, CommentState.Approved, "My dog is called Oak.");
        Assert.Equal(3, (await site.DeliveriesAsync()).Count);

        await site.AskAsync(async db =>
        {
            await ReaderRecord.EraseAsync(db, "ada@reader.example");
            return true;
        });

        Assert.Equal(WebhookEvent.ArticlePublished, Assert.Single(await site.DeliveriesAsync()).Event);
    }

    [Theory, EachStore]
    public async Task What_no_reader_could_notice_is_not_told(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        await owner.HookAsync(listener);
        var article = await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]);
        await site.ChangeAsync(article, a => Take(a, "We like it."));
        var before = (await site.DeliveriesAsync()).Count;

        await site.ChangeAsync(article, a => Take(a, "We like it."));
        await site.ChangeAsync(article, a => a.PlanWithdrawal(site.Now.AddDays(1), "Old.", site.Now));
        await site.ChangeAsync(article, a => a.TagWith(a.Tags.Select(t => t.Tag).ToList()));
        var draft = await site.DraftAsync("Nobody knows yet");
        await site.HeadlineAsync(draft, "Nobody knows this either");
        await site.ChangeAsync(draft, a => { a.Publish(site.Now, TimeZoneInfo.Utc); a.Withdraw("A slip.", site.Now); });
        Assert.Equal(before, (await site.DeliveriesAsync()).Count);

        await site.ChangeAsync(article, a => Take(a, "We love it."));
        await site.ChangeAsync(article, a => a.TagWith());
        Assert.Equal([WebhookEvent.ArticleUpdated, WebhookEvent.ArticleUpdated], (await site.DeliveriesAsync()).Skip(before).Select(d => d.Event));

        void Take(Article a, string words) => a.Write(new(a.Headline, a.KeyPoints, a.Body, new OurTake(words, "Lina Moreau", "BTW reporter"), a.Summary), site.Now);
    }

    [Theory, EachStore]
    public async Task A_save_that_is_rolled_back_tells_nothing(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        await owner.HookAsync(listener);
        var article = await site.DraftAsync("Robots learn to swim");

        await site.AskAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            (await db.Articles.Whole().SingleAsync(a => a.Id == article.Id)).Publish(site.Now, TimeZoneInfo.Utc);
            await db.SaveChangesAsync();
            Assert.Equal(1, await db.WebhookDeliveries.CountAsync());
            await transaction.RollbackAsync();
            return true;
        });
        await site.TellAsync();

        Assert.Empty(await site.DeliveriesAsync());
        Assert.Empty(listener.All);
    }

    [Theory, EachStore]
    public async Task What_the_schedule_publishes_and_takes_back_is_told(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        await owner.HookAsync(listener);
        var article = await site.ScheduleAsync("Robots learn to swim", site.Now.AddMinutes(5));
        Assert.Empty(await site.DeliveriesAsync());

        site.Clock.Advance(TimeSpan.FromMinutes(6));
        await site.Services.GetRequiredService<ScheduleKeeping>().PublishAsync();
        await site.TellAsync();
        await site.ChangeAsync(article, a => a.PlanWithdrawal(site.Now.AddMinutes(5), "Old.", site.Now));
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        await site.Services.GetRequiredService<ScheduleKeeping>().PublishAsync();
        await site.TellAsync();

        // One lane waits for the other side, and the order in which they arrive is nobody's promise.
        Assert.Equal(["article.published", "article.withdrawn"], listener.All.Select(t => t.Event).Order());
    }

    [Theory, EachStore]
    public async Task The_demo_tells_nothing(Store store)
    {
        await using var site = await NewsSite.OpenEmptyAsync(store);
        await site.EditAsync(db =>
        {
            db.Add(new Webhook("Newsletter", "https://a.example/", WebhookEvents.All.Aggregate((all, one) => all | one), "", site.Now));
            return Task.CompletedTask;
        });

        await site.LoadDemoAsync();

        Assert.True(await site.AskAsync(db => db.Articles.AnyAsync(a => a.Status == ArticleStatus.Published)));
        Assert.Empty(await site.DeliveriesAsync());
    }

    [Theory, EachStore]
    public async Task Each_webhook_hears_what_it_asked_for_and_a_paused_one_nothing(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.EditAsync(db =>
        {
            var paused = new Webhook("Paused", "https://a.example/", WebhookEvent.ArticlePublished, "", site.Now);
            paused.Pause(site.Now);
            db.AddRange(paused, new Webhook("All", "https://b.example/", WebhookEvent.ArticlePublished | WebhookEvent.ArticleWithdrawn, "", site.Now), new Webhook("Gone", "https://c.example/", WebhookEvent.ArticleWithdrawn, "", site.Now));
            return Task.CompletedTask;
        });

        await site.PublishManyAsync(250);
        var article = await site.AskAsync(db => db.Articles.OrderBy(a => a.Id).FirstAsync());
        await site.WithdrawAsync(article);

        var told = await site.AskAsync(db => db.WebhookDeliveries.GroupBy(d => new { d.Webhook.Name, d.Event }).Select(g => new { g.Key.Name, g.Key.Event, Count = g.Count() }).OrderBy(g => g.Name).ThenBy(g => g.Event).ToListAsync());
        Assert.Equal([("All", WebhookEvent.ArticlePublished, 250), ("All", WebhookEvent.ArticleWithdrawn, 1), ("Gone", WebhookEvent.ArticleWithdrawn, 1)], told.Select(t => (t.Name, t.Event, t.Count)));
    }

    private static void AssertJson(string expected, Told told) => Assert.Equal(JsonSerializer.Serialize(JsonDocument.Parse(expected)), JsonSerializer.Serialize(told.Json));
}
