using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Webhooks;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Webhooks;

/// <summary>However the other side behaves, and whenever we die: what was noted down arrives, or is known not to have.</summary>
public class WebhookSendingTests
{
    [Theory, EachStore]
    public async Task One_that_fails_is_tried_eight_times_in_eighteen_hours_and_can_be_told_again(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        var (id, secret) = await owner.HookAsync(listener);
        listener.AnswerWith(StatusCodes.Status503ServiceUnavailable, "<script>alert(1)</script> \0 full");
        await site.PublishAsync("Robots learn to swim");

        var began = site.Now;
        var tries = new List<double>();
        for (var attempt = 1; attempt <= WebhookDelivery.AttemptsAtMost; attempt++)
        {
            await site.TellAsync();
            tries.Add(Math.Round((site.Now - began).TotalMinutes));
            var waits = Assert.Single(await site.DeliveriesAsync());
            Assert.Equal((attempt, 503, attempt == 8), (waits.Attempts, waits.Status, waits.IsGivenUp));
            // A moment before its time nothing happens.
            if (waits.NextAt is not { } next) break;
            site.Clock.Advance(next - site.Now - TimeSpan.FromSeconds(1));
            await site.TellAsync();
            Assert.Equal(attempt, listener.All.Count);
            site.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 1, 4, 13, 40, 121, 364, 1093], tries);
        Assert.Single(listener.All.Select(t => t.Id).Distinct());
        var page = await owner.ReadAsync($"{Hooks.Desk}/{id}/deliveries");
        Assert.Equal("<script>alert(1)</script> \uFFFD full", page.QuerySelector("pre.answer")!.TextContent);
        Assert.Contains("8 of 8", page.Body!.TextContent);
        Assert.Contains("Given up", page.Body!.TextContent);

        listener.AnswerWith(StatusCodes.Status200OK, "thanks");
        site.Clock.Advance(TimeSpan.FromDays(1));
        await owner.PostAsync($"{Hooks.Desk}/{id}/deliveries", [], "Replay all failed (1)");
        await site.TellAsync();
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await owner.PostAsync($"{Hooks.Desk}/{id}/deliveries", [], "Replay");
        await site.TellAsync();

        var arrived = Assert.Single(await site.DeliveriesAsync());
        Assert.Equal((1, 200, site.Now, "thanks", null), (arrived.Attempts, arrived.Status, arrived.DeliveredAt, arrived.Answer, arrived.Error));
        Assert.Equal(10, listener.All.Count);
        Assert.Single(listener.All.Select(t => t.Id).Distinct());
        Assert.Single(listener.All.Select(t => t.Text).Distinct());
        Assert.All(listener.All, told => Assert.True(told.IsSignedBy(secret)));
        Assert.True((await site.HookAsync(id)) is { FailingSince: null, LastStatus: 200 });
        Assert.Equal(2, (await site.AuditAsync(e => e is { Subject: "Webhook", Act: "Replayed", By: "Hanna Virtanen" })).Count);
        Assert.DoesNotContain(site.Log.Lines, line => line.Contains("0xc0ffee", StringComparison.Ordinal) || line.Contains(secret, StringComparison.Ordinal));
    }

    [Theory, EachStore]
    public async Task What_was_saved_before_the_site_died_is_told_after_it_is_back(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        var (_, secret) = await owner.HookAsync(listener);
        await site.PublishAsync("Robots learn to swim");
        var answers = new TaskCompletionSource();
        listener.Answer = _ => answers.Task;

        // Dies while the other side thinks: it has had the message, and nobody here knows.
        using var death = new CancellationTokenSource();
        var sending = site.Services.GetRequiredService<WebhookSending>().SendDueAsync(death.Token);
        var first = await listener.NextAsync();
        await death.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        answers.SetResult();
        await site.PublishAsync("Whales learn to code");

        await using (var again = await site.OpenAgainAsync(TimeSpan.FromMinutes(1), Hooks.Private, $"Site:DataDirectory={site.Folder}"))
        {
            await again.TellAsync();
            Assert.Contains("Whales", (await listener.NextAsync()).Text);
            again.Clock.Advance(TimeSpan.FromMinutes(5));
            await again.TellAsync();
        }

        var second = await listener.NextAsync();
        Assert.Equal((first.Id, first.Text), (second.Id, second.Text));
        Assert.True(second.IsSignedBy(secret));
        Assert.Equal(3, listener.All.Count);
        Assert.All(await site.DeliveriesAsync(), d => Assert.NotNull(d.DeliveredAt));
    }

    [Theory, EachStore]
    public async Task Several_nodes_tell_each_once(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        await owner.HookAsync(listener);
        await site.PublishManyAsync(40);
        await using var other = await site.OpenAgainAsync(TimeSpan.Zero, Hooks.Private, $"Site:DataDirectory={site.Folder}");
        await using var third = await site.OpenAgainAsync(TimeSpan.Zero, Hooks.Private, $"Site:DataDirectory={site.Folder}");

        await Task.WhenAll(site.TellAsync(), other.TellAsync(), third.TellAsync());

        Assert.Equal(40, listener.All.Count);
        Assert.Equal(40, listener.All.Select(t => t.Id).Distinct().Count());
        Assert.All(await site.DeliveriesAsync(), d => Assert.Equal((1, 204), (d.Attempts, d.Status)));
    }

    [Theory, EachStore]
    public async Task One_that_does_not_answer_holds_up_none_but_itself(Store store)
    {
        await using var deaf = await Listener.OpenAsync();
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        var (silent, _) = await owner.HookAsync(deaf);
        await owner.HookAsync(listener);
        deaf.Answer = http => Task.Delay(Timeout.Infinite, http.RequestAborted);
        await site.PublishManyAsync(5);

        var sending = site.TellAsync();
        for (var i = 0; i < 5; i++) await listener.NextAsync();
        await deaf.NextAsync();
        Assert.False(sending.IsCompleted);
        site.Clock.Advance(WebhookPost.Patience);
        await sending;

        var waits = (await site.DeliveriesAsync()).Where(d => d.WebhookId == silent).ToList();
        Assert.Single(deaf.All);
        Assert.Equal([1, 0, 0, 0, 0], waits.Select(d => d.Attempts).OrderDescending());
        var tried = waits.Single(d => d.Attempts == 1);
        Assert.Equal((null, "No answer within ten seconds."), (tried.Status, tried.Error));
    }

    [Fact]
    public async Task One_that_is_not_there_is_said_to_be_not_there()
    {
        var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, Hooks.Private);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        await owner.HookAsync(listener);
        await listener.DisposeAsync();
        await site.PublishAsync("Robots learn to swim");

        await site.TellAsync();

        var tried = Assert.Single(await site.DeliveriesAsync());
        Assert.Equal((1, null), (tried.Attempts, tried.Status));
        Assert.Contains("refused", tried.Error);
    }

    [Theory]
    [InlineData(HttpStatusCode.MovedPermanently)]
    [InlineData(HttpStatusCode.TemporaryRedirect)]
    [InlineData(HttpStatusCode.PermanentRedirect)]
    public async Task A_redirect_is_a_failure_and_is_not_followed(HttpStatusCode status)
    {
        await using var house = await Listener.OpenAsync();
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, Hooks.Private);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        await owner.HookAsync(listener);
        listener.Answer = http =>
        {
            (http.Response.StatusCode, http.Response.Headers.Location) = ((int)status, house.Address);
            return Task.CompletedTask;
        };
        await site.PublishAsync("Robots learn to swim");

        await site.TellAsync();

        Assert.Empty(house.All);
        var tried = Assert.Single(await site.DeliveriesAsync());
        Assert.Equal(((int?)status, null), (tried.Status, tried.DeliveredAt));
        Assert.Contains("redirect", tried.Error);
    }

    [Theory, EachStore]
    public async Task Of_an_endless_answer_the_beginning_is_read(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        await owner.HookAsync(listener);
        var sent = 0;
        var over = new TaskCompletionSource();
        listener.Answer = async http =>
        {
            try
            {
                for (; sent < 256 << 20; sent += 1 << 16) await http.Response.Body.WriteAsync(new byte[1 << 16].Select(_ => (byte)'a').ToArray(), http.RequestAborted);
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // Nobody listens any more.
            }

            over.SetResult();
        };
        await site.PublishAsync("Robots learn to swim");

        await site.TellAsync();
        await over.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        var told = Assert.Single(await site.DeliveriesAsync());
        Assert.Equal((200, new string('a', WebhookDelivery.AnswerLength)), (told.Status, told.Answer));
        Assert.InRange(sent, 0, 64 << 20);
    }

    [Theory, EachStore]
    public async Task One_that_fails_for_five_days_is_paused_and_the_owners_are_told(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private, "Site:BaseUrl=https://paper.example");
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        await Colleague.HireAsync(site, Role.Editor, "Noor Haddad");
        var (id, _) = await owner.HookAsync(listener);
        listener.AnswerWith(StatusCodes.Status500InternalServerError);
        for (var day = 0; day < 5; day++)
        {
            await site.PublishAsync($"Robots swim, day {day}");
            await site.TellAsync();
            Assert.Null((await site.HookAsync(id)).PausedAt);
            site.Clock.Advance(TimeSpan.FromDays(1));
        }

        await site.TellAsync();

        var hook = await site.HookAsync(id);
        Assert.Equal(site.Now, hook.PausedAt);
        // Written once, and to her alone; it may have left already.
        var letter = Assert.Single(await site.AskAsync(db => db.OutgoingMails.AsNoTracking().ToListAsync()));
        Assert.Equal((owner.Account.Email, "Webhook paused: Newsletter"), (letter.To, letter.Subject));
        Assert.Single(await site.AuditAsync(e => e is { Subject: "Webhook", Act: "Paused", By: "the system" }));
        using var fresh = await Colleague.AgainAsync(site, owner.Account);
        Assert.Contains("Every attempt has failed for 5 days.", (await fresh.ReadAsync(Hooks.Desk)).Body!.TextContent);

        // What is noted down waits until it is resumed; what happens meanwhile is not.
        var had = listener.All.Count;
        await site.PublishAsync("Robots swim on");
        site.Clock.Advance(TimeSpan.FromHours(2));
        await site.TellAsync();
        Assert.Equal(had, listener.All.Count);
        listener.AnswerWith(StatusCodes.Status200OK);
        await fresh.PostAsync($"{Hooks.Desk}/{id}", [], "Resume");
        await site.TellAsync();
        Assert.True(listener.All.Count > had);
        Assert.DoesNotContain(listener.All, told => told.Text.Contains("Robots swim on", StringComparison.Ordinal));
    }

    [Theory, EachStore]
    public async Task One_that_says_it_is_gone_is_paused_at_once(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        var (id, _) = await owner.HookAsync(listener);
        listener.AnswerWith(StatusCodes.Status410Gone);
        await site.PublishManyAsync(3);

        await site.TellAsync();

        Assert.Contains("410", (await site.HookAsync(id)).PausedBecause);
        Assert.Single(listener.All);
    }

    [Theory, EachStore]
    public async Task Deliveries_are_kept_for_a_month(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.EditAsync(db =>
        {
            db.Add(new Webhook("Newsletter", "https://a.example/", WebhookEvent.ArticlePublished, "", site.Now));
            return Task.CompletedTask;
        });
        await site.PublishManyAsync(1100);
        var pause = await site.AskAsync(db => db.Webhooks.ExecuteUpdateAsync(set => set.SetProperty(w => w.PausedAt, site.Now)));
        site.Clock.Advance(TimeSpan.FromDays(29));
        await site.Services.GetRequiredService<WebhookSending>().PruneAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1100, (await site.DeliveriesAsync()).Count);

        site.Clock.Advance(TimeSpan.FromDays(2));
        await site.Services.GetRequiredService<WebhookSending>().PruneAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, pause);
        Assert.Empty(await site.DeliveriesAsync());
    }

    [Theory, EachStore]
    public async Task One_that_leads_into_the_house_is_not_told_though_it_was_let_in_once(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        await owner.HookAsync(listener);
        await site.PublishAsync("Robots learn to swim");

        await using var strict = await site.OpenAgainAsync(TimeSpan.Zero, $"Site:DataDirectory={site.Folder}");
        await strict.TellAsync();

        Assert.Empty(listener.All);
        var tried = Assert.Single(await site.DeliveriesAsync());
        Assert.Equal(1, tried.Attempts);
        Assert.Contains("private network", tried.Error);
    }

    [Theory, EachStore]
    public async Task Without_the_keys_it_was_sealed_with_a_secret_signs_nothing_and_says_so(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        await owner.HookAsync(listener);
        await site.PublishAsync("Robots learn to swim");

        await site.AskAsync(db => db.SiteKeys.ExecuteDeleteAsync());
        await using var elsewhere = await site.OpenAgainAsync(TimeSpan.Zero, Hooks.Private);
        await elsewhere.TellAsync();

        Assert.Empty(listener.All);
        Assert.Contains("Renew it", Assert.Single(await site.DeliveriesAsync()).Error);
    }
}
