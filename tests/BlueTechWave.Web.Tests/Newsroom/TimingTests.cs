using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>Clocks that are put forward and back, embargoes, and what is taken back at its time.</summary>
public class TimingTests
{
    [Theory, EachStore]
    public async Task A_time_that_clocks_skip_is_refused_and_others_are_suggested(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Site:TimeZone=Europe/Lisbon");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots learn to swim");

        using var answer = await noor.PressAsync(id, "Schedule", ("date", "2025-03-30"), ("time", "01:30"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("does not exist on that day in Europe/Lisbon", (await answer.PageAsync()).Mistake("date"), StringComparison.Ordinal);
        Assert.Contains("The nearest that do are 00:59 and 02:00.", (await answer.PageAsync()).Mistake("date"), StringComparison.Ordinal);
        Assert.Equal(ArticleStatus.Draft, await site.StatusAsync(id));
    }

    [Theory, EachStore]
    public async Task What_is_planned_right_before_and_after_a_skipped_hour_goes_nexta_minute_apart(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Site:TimeZone=Europe/Lisbon");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var spring = new DateTime(2025, 3, 30, 1, 0, 0, DateTimeKind.Utc);
        (string Time, DateTime Utc)[] plans = [("00:59", spring.AddMinutes(-1)), ("02:00", spring), ("02:30", spring.AddMinutes(30))];
        var ids = new List<int>();
        foreach (var (time, utc) in plans)
        {
            var id = await noor.BeginAsync($"Due at {time}");
            using var answer = await noor.PressAsync(id, "Schedule", ("date", "2025-03-30"), ("time", time));
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            Assert.Equal((utc, time), ((await site.ArticleAsync(id)).ScheduledFor, (await noor.ReadAsync(Editing.AddressOf(id))).Value("time")));
            ids.Add(id);
        }

        site.Clock.Advance(spring.AddMinutes(-2) - site.Now);
        for (var next = 0; next < plans.Length; next++)
        {
            await KeepAsync(site);
            Assert.Equal(next, await site.AskAsync(db => db.Articles.Published().CountAsync()));
            site.Clock.Advance(plans[next].Utc - site.Now);
            await KeepAsync(site);
            Assert.Equal(plans[next].Utc, (await site.ArticleAsync(ids[next])).PublishedAt);
            Assert.Contains($"Due at {plans[next].Time}", await site.Reader.TextAsync("/"), StringComparison.Ordinal);
        }
    }

    [Theory, EachStore]
    public async Task A_time_that_comes_twice_asks_which_and_goes_nextat_that_one(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Site:TimeZone=Europe/Lisbon");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        foreach (var (which, utc) in new[] { ("first", new DateTime(2024, 10, 27, 0, 30, 0, DateTimeKind.Utc)), ("second", new DateTime(2024, 10, 27, 1, 30, 0, DateTimeKind.Utc)) })
        {
            var id = await noor.BeginAsync($"Robots learn to swim, the {which}");
            using var asked = await noor.PressAsync(id, "Schedule", ("date", "2024-10-27"), ("time", "01:30"));
            var page = await asked.PageAsync();
            Assert.Contains("comes twice on that day", page.Mistake("date"), StringComparison.Ordinal);
            Assert.Equal(["first", "second"], page.QuerySelectorAll("input[name=which]").Select(i => i.GetAttribute("value")));

            using var answer = await noor.SendAsync(id, "Schedule", Colleague.Filled(Editing.Form(page)), ("which", which));
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            Assert.Equal(utc, (await site.ArticleAsync(id)).ScheduledFor);
            Assert.Equal(which, (await noor.ReadAsync(Editing.AddressOf(id))).QuerySelector("input[name=which][checked]")!.GetAttribute("value"));
        }

        site.Clock.Advance(new DateTime(2024, 10, 27, 0, 59, 0, DateTimeKind.Utc) - site.Now);
        await KeepAsync(site);
        Assert.Equal(1, await site.AskAsync(db => db.Articles.Published().CountAsync()));
        site.Clock.Advance(TimeSpan.FromHours(1));
        await KeepAsync(site);
        Assert.Equal(2, await site.AskAsync(db => db.Articles.Published().CountAsync()));
    }

    [Theory, EachStore]
    public async Task What_is_to_be_unpublished_goes_at_its_time_over_a_restart_too_and_says_why(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("An offer that ends");
        await noor.PressAsync(id, "Publish");
        using var planned = await noor.PressAsync(id, "Unpublish", ("reason", "The offer has ended."), ("outdate", "2024-09-25"), ("outtime", "12:00"));
        Assert.Equal(HttpStatusCode.SeeOther, planned.StatusCode);
        Assert.Equal(ArticleStatus.Published, await site.StatusAsync(id));
        Assert.Contains("It goes by itself on", (await noor.ReadAsync(Editing.AddressOf(id))).GetElementById("out-hint")!.TextContent, StringComparison.Ordinal);
        var address = NewsSite.AddressOf(await site.ArticleAsync(id));

        site.Clock.Advance(TimeSpan.FromHours(2));
        await KeepAsync(site);
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync(address));

        await using var again = await site.OpenAgainAsync(TimeSpan.FromHours(3));
        using var gone = await again.Reader.GetAsync(address);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Contains("The offer has ended.", await gone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("An offer that ends", await again.Reader.TextAsync("/"), StringComparison.Ordinal);
        Assert.Equal(1, await site.AskAsync(db => db.Revisions.CountAsync(r => r.ArticleId == id && r.Act == ArticleAct.Withdrawn)));
    }

    [Theory, EachStore]
    public async Task A_planned_end_can_be_called_off_and_a_past_one_is_refused(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("An offer that ends");
        await noor.PressAsync(id, "Publish");
        using (var past = await noor.PressAsync(id, "Unpublish", ("reason", "It has ended."), ("outdate", "2024-09-01"), ("outtime", "12:00")))
            Assert.Contains("That is past", (await past.PageAsync()).Mistake("outdate"), StringComparison.Ordinal);

        await noor.PressAsync(id, "Unpublish", ("reason", "It has ended."), ("outdate", "2024-09-26"), ("outtime", "12:00"));
        using var kept = await noor.PressAsync(id, "Keep it published", ("Body", "Typed and not saved."));
        Assert.Equal("Typed and not saved.", (await kept.PageAsync()).Value("Body"));
        site.Clock.Advance(TimeSpan.FromDays(3));
        await KeepAsync(site);
        Assert.Equal(ArticleStatus.Published, await site.StatusAsync(id));
    }

    [Theory, EachStore]
    public async Task An_article_under_embargo_is_in_no_public_place_before_its_time_whatever_is_planned(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("The secret is out", ("embargodate", "2024-09-26"), ("embargotime", "06:00"));

        using (var early = await noor.PressAsync(id, "Publish")) Assert.Contains("under embargo until then", (await early.PageAsync()).Mistake("embargodate"), StringComparison.Ordinal);
        using (var before = await noor.PressAsync(id, "Schedule", ("date", "2024-09-26"), ("time", "05:00"))) Assert.Contains("under embargo longer", (await before.PageAsync()).Mistake("date"), StringComparison.Ordinal);
        using (var at = await noor.PressAsync(id, "Schedule", ("date", "2024-09-26"), ("time", "06:00"))) Assert.Equal(HttpStatusCode.SeeOther, at.StatusCode);

        // Planned by other hands for an earlier hour, it waits all the same.
        await site.AskAsync(db => db.Articles.Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.ScheduledFor, site.Now.AddHours(1))));
        site.Clock.Advance(TimeSpan.FromHours(2));
        await KeepAsync(site);
        foreach (var surface in Places) Assert.DoesNotContain("The secret is out", await site.Reader.TextAsync(surface), StringComparison.Ordinal);

        site.Clock.Advance(TimeSpan.FromDays(1));
        await KeepAsync(site);
        foreach (var surface in Places) Assert.Contains("The secret is out", await site.Reader.TextAsync(surface), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_page_that_would_leak_what_is_under_embargo_is_withheld_and_named_in_the_log(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("The secret is out");
        await site.PublishAsync("Another story", copy => copy.Category = "fintech");
        await site.AskAsync(db => db.Articles.Where(a => a.Id == article.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.EmbargoedUntil, site.Now.AddHours(1))));
        site.Clock.Advance(TimeSpan.FromSeconds(16));

        foreach (var surface in new[] { "/feed", "/", NewsSite.AddressOf(article), "/category/ai" })
        {
            using var answer = await site.Reader.GetAsync(surface);
            Assert.Equal($"{surface} 503", $"{surface} {(int)answer.StatusCode}");
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Empty(answer.Content.Headers.ContentEncoding);
            Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
            Assert.Equal($"Fatal: \"{surface}\" would have shown article \"{article.Id}\", which is under embargo, and was withheld.", site.Log.Lines.Last());
        }

        Assert.Equal(4, site.Log.Lines.Count);

        site.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Contains("The secret is out", await site.Reader.TextAsync("/feed"), StringComparison.Ordinal);
    }

    private static readonly string[] Places = ["/", "/feed", "/feed/atom", "/feed/json", "/category/ai", "/search?q=secret", "/author/noor-haddad"];

    private static Task KeepAsync(NewsSite site) => site.Services.GetRequiredService<ScheduleKeeping>().PublishAsync();
}
