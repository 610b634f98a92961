using System.Net;
using AngleSharp.Dom;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

public class HomeDeskTests
{
    private const string Desk = "/newsroom/home";

    [Theory, EachStore]
    public async Task What_an_editor_pins_leads_the_home_page_and_stands_there_once(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await site.PublishManyAsync(12);
        await site.PublishAsync("An old favourite", copy => copy.At = NewsSite.Opening.AddDays(-40));
        Assert.NotEqual("An old favourite", await LeadAsync(site));

        await noor.PostAsync($"{Desk}?q=favourite", [], "Pin An old favourite");
        Assert.Equal("An old favourite", await LeadAsync(site));
        Assert.Equal(1, (await site.Reader.PageAsync("/")).QuerySelectorAll("main h2 a, main h3 a").Count(a => a.TextContent == "An old favourite"));

        // A second one is last; moved up, it leads.
        var second = await site.PublishAsync("Another favourite", copy => copy.At = NewsSite.Opening.AddDays(-41));
        await noor.PostAsync($"{Desk}?q=Another", [], "Pin Another favourite");
        Assert.Equal("An old favourite", await LeadAsync(site));
        await noor.PostAsync(Desk, [], "Up, Another favourite");
        Assert.Equal("Another favourite", await LeadAsync(site));
        await noor.PostAsync(Desk, [], "Lead with An old favourite");
        Assert.Equal("An old favourite", await LeadAsync(site));

        await noor.PostAsync(Desk, [], "Take off, An old favourite");
        Assert.Equal("Another favourite", await LeadAsync(site));
        await site.WithdrawAsync(second);
        Assert.NotEqual("Another favourite", await LeadAsync(site));
        Assert.Contains("is not public", (await noor.ReadAsync(Desk)).QuerySelector(".slots")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_place_begins_and_ends_at_its_time(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Site:TimeZone=Europe/Lisbon");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await site.PublishManyAsync(6);
        await site.PublishAsync("An old favourite", copy => copy.At = NewsSite.Opening.AddDays(-40));
        await noor.PostAsync($"{Desk}?q=favourite", [], "Pin An old favourite");

        // 10:30 in Lisbon, in September: an hour ahead of UTC.
        await noor.PostAsync(Desk, new() { ["fromDate"] = "2024-09-25", ["fromTime"] = "11:00", ["untilDate"] = "2024-09-25", ["untilTime"] = "12:00" }, "Save times of An old favourite");
        Assert.Equal(NewsSite.Opening.AddMinutes(30), await site.AskAsync(db => db.HomeSlots.Select(s => s.From).SingleAsync()));
        Assert.NotEqual("An old favourite", await LeadAsync(site));

        await PassAsync(site, TimeSpan.FromMinutes(31));
        Assert.Equal("An old favourite", await LeadAsync(site));
        await PassAsync(site, TimeSpan.FromMinutes(60));
        Assert.NotEqual("An old favourite", await LeadAsync(site));
        Assert.Contains("has had its time", (await noor.ReadAsync(Desk)).QuerySelector(".slots")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task Times_that_make_no_sense_are_refused_with_what_was_typed(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await site.PublishAsync("An old favourite");
        await noor.PostAsync($"{Desk}?q=favourite", [], "Pin An old favourite");

        foreach (var (from, until, error) in new[] { ("2024-10-02", "2024-10-01", "end before it begins"), ("never", "", "give a date"), ("", "2024-02-31", "give a date") })
        {
            using var answer = await noor.PostAsync(Desk, new() { ["fromDate"] = from, ["untilDate"] = until }, "Save times of An old favourite");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var page = await answer.PageAsync();
            Assert.Contains(error, page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(from, page.QuerySelector("input[name=fromDate]")!.GetAttribute("value"));
        }
    }

    [Theory, EachStore]
    public async Task A_scheduled_article_may_wait_for_its_place_and_nobody_sees_it_before(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await site.PublishManyAsync(6);
        await site.ScheduleAsync("The big one", site.Now.AddHours(1));
        await noor.PostAsync(Desk, [], "Pin The big one");
        Assert.DoesNotContain("The big one", await site.Reader.TextAsync("/"), StringComparison.Ordinal);

        await PassAsync(site, TimeSpan.FromMinutes(61));
        Assert.Equal("The big one", await LeadAsync(site));
        using var again = await noor.PostAsync(Desk, new() { ["article"] = (await site.AskAsync(db => db.HomeSlots.Select(s => s.ArticleId).SingleAsync())).Id() }, "Pin " + (await noor.ReadAsync(Desk)).QuerySelector("section tbody th")!.TextContent);
        Assert.Contains("has a place already", (await noor.ReadAsync(Desk)).QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task PassAsync(NewsSite site, TimeSpan time)
    {
        site.Clock.Advance(time);
        await site.Services.GetRequiredService<ScheduleKeeping>().PublishAsync();
    }

    private static async Task<string> LeadAsync(NewsSite site) => (await site.Reader.PageAsync("/")).QuerySelector("main .card--lead h2 a")!.TextContent;
}
