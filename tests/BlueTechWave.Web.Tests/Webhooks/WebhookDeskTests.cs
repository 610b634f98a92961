using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Webhooks;

/// <summary>An owner and her webhooks.</summary>
public class WebhookDeskTests
{
    [Theory, EachStore]
    public async Task An_owner_adds_one_tries_it_changes_it_and_takes_it_away(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        Assert.Contains("Nobody elsewhere is told yet", (await owner.ReadAsync(Hooks.Desk)).Body!.TextContent);
        Assert.Contains((await owner.ReadAsync("/newsroom/settings")).Links.Select(l => l.GetAttribute("href")), href => href == Hooks.Desk);

        var (id, secret) = await owner.HookAsync(listener, WebhookEvent.ArticleWithdrawn);
        var page = $"{Hooks.Desk}/{id}";
        await owner.PostAsync(page, [], "Send a test");
        await site.TellAsync();
        var test = await listener.NextAsync();
        Assert.Equal("test", test.Event);
        Assert.True(test.IsSignedBy(secret));
        Assert.Contains("204", (await owner.ReadAsync($"{page}/deliveries")).QuerySelector("tbody")!.TextContent);

        await owner.FillAsync(page, "Letter", listener.Address, WebhookEvent.ArticlePublished);
        await owner.PostAsync(page, [], "Pause");
        Assert.Contains("Paused", (await owner.ReadAsync(Hooks.Desk)).QuerySelector("tbody")!.TextContent);
        await owner.PostAsync(page, [], "Resume");
        await site.PublishAsync("Robots learn to swim");
        await site.TellAsync();
        Assert.Equal("article.published", (await listener.NextAsync()).Event);

        await owner.PostAsync(page, [], "Remove webhook");
        await owner.ReadAsync(page, HttpStatusCode.NotFound);
        Assert.Empty(await site.DeliveriesAsync());
        var lines = await site.AuditAsync(e => e.Subject == "Webhook");
        Assert.Equal(["Added", "Changed", "Paused", "Resumed", "Removed"], lines.Select(l => l.Act));
        Assert.All(lines, line => Assert.Equal("Hanna Virtanen", line.By));
        Assert.Contains("Name: “Newsletter” → “Letter”", lines[1].Detail);
        Assert.DoesNotContain(lines, line => line.Detail.Contains("0xc0ffee", StringComparison.Ordinal));
    }

    [Theory, EachStore]
    public async Task A_secret_is_shown_once_stored_sealed_and_renewed_without_a_gap(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        var (id, secret) = await owner.HookAsync(listener);
        var page = $"{Hooks.Desk}/{id}";
        Assert.DoesNotContain("whsec_", await owner.Http.TextAsync(page));
        Assert.DoesNotContain(secret["whsec_".Length..], (await site.HookAsync(id)).SealedSecret);

        await owner.PostAsync(page, [], "Renew secret");
        var renewed = (await owner.ReadAsync(page)).QuerySelector<IHtmlInputElement>("#secret")!.Value;
        Assert.DoesNotContain("whsec_", await owner.Http.TextAsync(page));
        await site.PublishAsync("Robots learn to swim");
        await site.TellAsync();
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.PublishAsync("Robots learn to dive");
        await site.TellAsync();

        Assert.NotEqual(secret, renewed);
        Assert.Equal([(true, true), (false, true)], listener.All.Select(t => (t.IsSignedBy(secret), t.IsSignedBy(renewed))));
        Assert.Single(await site.AuditAsync(e => e is { Subject: "Webhook", Act: "Secret renewed", Detail: "" }));
    }

    [Theory, EachStore]
    public async Task What_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");

        foreach (var (name, target, events, field, words) in new (string, string, WebhookEvent[], string, string)[]
        {
            ("", "https://1.1.1.1/", [WebhookEvent.ArticlePublished], "name", "give it a name"),
            (new('x', 81), "https://1.1.1.1/", [WebhookEvent.ArticlePublished], "name", "80 characters"),
            ("Letter", "", [WebhookEvent.CommentApproved], "target", "whole address"),
            ("Letter", "http://1.1.1.1/", [WebhookEvent.CommentApproved], "target", "begins with https"),
            ("Letter", "https://localhost:9/", [WebhookEvent.CommentApproved], "target", "private network"),
            ("Letter", "https://169.254.169.254/latest", [WebhookEvent.CommentApproved], "target", "private network"),
            ("Letter", $"https://1.1.1.1/{new string('x', 500)}", [WebhookEvent.CommentApproved], "target", "500 characters"),
            ("Letter", "https://1.1.1.1/", [], "events", "choose what"),
        })
        {
            using var answer = await owner.FillAsync($"{Hooks.Desk}/new", name, target, events);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var page = Reading.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Contains(words, page.QuerySelector($"#{field}-error")!.TextContent);
            Assert.Equal((name, target), (page.QuerySelector<IHtmlInputElement>("#name")!.Value, page.QuerySelector<IHtmlInputElement>("#target")!.Value));
            Assert.Equal(events.Select(e => e.Name()), page.QuerySelectorAll<IHtmlInputElement>("input[name=events]").Where(i => i.IsChecked).Select(i => i.Value));
        }

        Assert.False(await site.AskAsync(db => db.Webhooks.AnyAsync()));
        using var fine = await owner.FillAsync($"{Hooks.Desk}/new", "Letter", "https://1.1.1.1/", WebhookEvent.ArticlePublished);
        Assert.Equal(HttpStatusCode.Redirect, fine.StatusCode);
    }

    [Theory, EachStore]
    public async Task There_are_twenty_at_most_on_two_pages(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        await site.EditAsync(db =>
        {
            for (var i = 0; i < Webhook.AtMost; i++) db.Add(new Webhook($"Hook {i:00}", $"https://a.example/{i}?key=0xc0ffee", WebhookEvent.ArticlePublished, "", site.Now));
            return Task.CompletedTask;
        });

        var first = await owner.ReadAsync(Hooks.Desk);
        var second = await owner.ReadAsync($"{Hooks.Desk}?page=2");

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"Hook {i:00}"), first.QuerySelectorAll("tbody th a").Concat(second.QuerySelectorAll("tbody th a")).Select(a => a.TextContent));
        Assert.DoesNotContain("0xc0ffee", first.Body!.TextContent);
        using var more = await owner.FillAsync($"{Hooks.Desk}/new", "One more", "https://1.1.1.1/", WebhookEvent.ArticlePublished);
        Assert.Equal(HttpStatusCode.BadRequest, more.StatusCode);
    }

    [Theory, EachStore]
    public async Task Deliveries_are_listed_newest_first_with_what_became_of_each(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        var (id, _) = await owner.HookAsync(listener);
        var page = $"{Hooks.Desk}/{id}/deliveries";
        Assert.Contains("Nothing has been told here yet", (await owner.ReadAsync(page)).Body!.TextContent);
        await site.PublishManyAsync(31);
        listener.AnswerWith(StatusCodes.Status200OK, new('w', 5000));
        await site.TellAsync();
        listener.AnswerWith(StatusCodes.Status404NotFound, "no such hook");
        var article = await site.PublishAsync("Whales <b>learn</b> to code");
        await site.TellAsync();

        var list = await owner.ReadAsync(page);
        var rows = list.QuerySelectorAll("tbody tr");
        Assert.Equal(30, rows.Length);
        Assert.Equal("Whales <b>learn</b> to code", rows[0].QuerySelector("th small a")!.TextContent);
        Assert.Equal($"/newsroom/articles/{article.Id}", rows[0].QuerySelector("th small a")!.GetAttribute("href"));
        Assert.Contains("404", rows[0].TextContent);
        Assert.Contains("1 of 8", rows[0].TextContent);
        Assert.Equal("no such hook", rows[0].QuerySelector("pre")!.TextContent);
        Assert.Equal(2048, rows[1].QuerySelector("pre")!.TextContent.Length);
        Assert.Equal(2, (await owner.ReadAsync($"{page}?page=2")).QuerySelectorAll("tbody tr").Length);
        Assert.Contains("Failing", (await owner.ReadAsync(Hooks.Desk)).QuerySelector("tbody")!.TextContent);
        await owner.ReadAsync($"{Hooks.Desk}/99999/deliveries", HttpStatusCode.NotFound);
    }
}
