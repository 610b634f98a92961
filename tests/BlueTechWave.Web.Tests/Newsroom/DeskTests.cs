using System.Net;
using BlueTechWave.Core.Accounts;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

public class DeskTests
{
    [Theory, EachStore]
    public async Task A_reporter_finds_what_is_hers_and_first_what_was_sent_back(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var tomas = await Colleague.ArriveAsync(site, Role.Reporter, "Tomás Herrera");
        await site.WriteAsync(ines, "Sent back", a => { a.Submit(site.Now); a.SendBack("Who says so?", site.Now, "Noor Haddad"); });
        await site.WriteAsync(ines, "Newer draft", at: site.Now.AddHours(1));
        await site.WriteAsync(ines, "In review", a => a.Submit(site.Now));
        await site.WriteAsync(ines, "Scheduled", a => a.Schedule(site.Now.AddDays(1), site.Now));
        await site.WriteAsync(ines, "Published", a => a.Publish(site.Now, TimeZoneInfo.Utc));
        var others = await site.WriteAsync(tomas, "Tomás’s secret");

        var desk = await ines.ReadAsync("/newsroom");

        Assert.Equal(["Sent back", "Newer draft"], desk.Pile("My drafts"));
        Assert.Contains("Who says so?", desk.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["In review"], desk.Pile("In review"));
        Assert.Equal(["Scheduled"], desk.Pile("My scheduled"));
        Assert.Equal(["Published"], desk.Pile("My recently published"));
        Assert.DoesNotContain("secret", desk.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", (await ines.ReadAsync("/newsroom/articles")).DocumentElement.TextContent, StringComparison.Ordinal);
        foreach (var address in new[] { $"/newsroom/articles/{others}/history", $"/newsroom/articles/{others}/history/1", $"/newsroom/articles/{others}/history/compare?from=1&to=2" })
            await ines.ReadAsync(address, HttpStatusCode.NotFound);
    }

    [Theory, EachStore]
    public async Task An_editor_finds_what_waits_for_her_the_longest_waiting_first(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await site.WriteAsync(ines, "Waits since nine", a => a.Submit(site.Now.AddMinutes(-30)));
        await site.WriteAsync(ines, "Waits since yesterday", a => a.Submit(site.Now.AddDays(-1)));
        await site.WriteAsync(ines, "Next week", a => a.Schedule(site.Now.AddDays(7), site.Now));
        await site.WriteAsync(ines, "Tomorrow", a => a.Schedule(site.Now.AddDays(1), site.Now));
        await site.WriteAsync(ines, "Not yet handed in");
        await site.WriteAsync(noor, "Noor’s own draft");
        await site.WriteAsync(ines, "Out", a => a.Publish(site.Now, TimeZoneInfo.Utc));

        var desk = await noor.ReadAsync("/newsroom");

        Assert.Equal(["Waits since yesterday", "Waits since nine"], desk.Pile("Waiting for me"));
        Assert.Contains("Inês Prado, waiting for 1 day", desk.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Tomorrow", "Next week"], desk.Pile("Scheduled"));
        Assert.Equal(["Noor’s own draft"], desk.Pile("My drafts"));
        Assert.Equal(["Out"], desk.Pile("Recently published"));
    }

    [Theory]
    [InlineData("2024-09-25T23:30:00Z", "Good morning, Noor", "Thursday, September 26")]
    [InlineData("2024-09-25T05:30:00Z", "Good afternoon, Noor", "Wednesday, September 25")]
    [InlineData("2024-09-25T13:30:00Z", "Good evening, Noor", "Wednesday, September 25")]
    public async Task She_is_greeted_by_the_newsrooms_clock(string now, string greeting, string day)
    {
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, "Site:TimeZone=Asia/Tokyo");
        site.Clock.AdjustTime(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");

        var head = (await noor.ReadAsync("/newsroom")).QuerySelector(".page-head")!.TextContent;

        Assert.Contains(greeting, head, StringComparison.Ordinal);
        Assert.Contains(day, head, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_notice_is_read_by_a_press_and_not_by_a_look(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        foreach (var headline in new[] { "One", "Two", "Three" }) await site.WriteAsync(ines, headline, a => a.Submit(site.Now, "Inês Prado"));
        Task<int> UnreadAsync() => site.AskAsync(db => db.Notifications.CountAsync(n => n.AccountId == noor.Account.Id && n.ReadAt == null));

        var desk = await noor.ReadAsync("/newsroom");
        Assert.Equal(3, desk.QuerySelectorAll(".unread").Length);
        Assert.Equal(3, await UnreadAsync());

        Assert.Equal(HttpStatusCode.Redirect, (await noor.PostAsync("/newsroom", [], "Mark read: Three")).StatusCode);
        Assert.Equal(2, await UnreadAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await noor.PostAsync("/newsroom", [], "Mark all read")).StatusCode);
        Assert.Equal(0, await UnreadAsync());
        Assert.Empty((await noor.ReadAsync("/newsroom")).QuerySelectorAll(".unread"));
    }

    [Theory, EachStore]
    public async Task Nobody_reads_anothers_notices(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        using var mei = await Colleague.ArriveAsync(site, Role.Editor, "Mei Tanaka");
        await site.WriteAsync(ines, "One", a => a.Submit(site.Now));
        var hers = await site.AskAsync(db => db.Notifications.Where(n => n.AccountId == mei.Account.Id).Select(n => n.Id).SingleAsync());

        var answer = await noor.PostAsync("/newsroom", new() { ["id"] = hers.Id() }, "Mark read: One");

        Assert.Equal(1, await site.AskAsync(db => db.Notifications.CountAsync(n => n.Id == hers && n.ReadAt == null)));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task An_empty_desk_says_what_to_do_next()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");

        var desk = await ines.ReadAsync("/newsroom");

        Assert.Contains(desk.QuerySelectorAll("main a"), a => a.GetAttribute("href") == "/newsroom/articles/new" && a.TextContent == "Begin an article");
        Assert.Contains("Submit for review", desk.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }
}
