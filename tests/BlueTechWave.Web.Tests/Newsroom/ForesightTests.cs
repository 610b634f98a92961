using System.Net;
using System.Net.Http.Headers;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>Time travel: what an editor is shown for a moment is what a reader gets when that moment comes.</summary>
public class ForesightTests
{
    private static readonly string[] Places = ["/", "/category/ai", "/category/fintech", "/tag/robots", "/author/lina-moreau", "/2024", "/2024/09", "/page/2", "/archives"];

    [Theory, EachStore]
    public async Task An_editor_sees_byte_for_byte_what_readers_will_have(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Site:TimeZone=Europe/Lisbon");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await site.PublishManyAsync(30, (i, copy) => copy.Tags = ["Robots"]);
        await site.ScheduleAsync("Tomorrow’s lead", site.Now.AddHours(20), copy => copy.Tags = ["Robots"]);
        await site.ScheduleAsync("Tomorrow’s second", site.Now.AddHours(10), copy => copy.Category = "fintech");
        await site.ScheduleAsync("Too late for it", site.Now.AddHours(30));
        var leaving = await site.PublishAsync("Leaves tonight", copy => copy.Tags = ["Robots"]);
        await site.ChangeAsync(leaving, a => a.PlanWithdrawal(site.Now.AddHours(5), "It ends.", site.Now));
        await site.EditAsync(async db =>
        {
            var pinned = await db.Articles.OrderBy(a => a.Id).Where(a => a.Headline == "Tomorrow’s second").SingleAsync();
            db.HomeSlots.AddRange(new(0, pinned, site.Now.AddHours(12), site.Now.AddHours(40)), new(1, await db.Articles.OrderBy(a => a.Id).FirstAsync(), null, site.Now.AddHours(3)));
        });
        foreach (var place in Places) await site.Reader.TextAsync(place);
        var before = await AllAsync(site);

        // 10:30 here is 09:30 UTC; a day later.
        var shown = new Dictionary<string, string>();
        foreach (var place in Places)
        {
            using var answer = await noor.GetAsync($"/newsroom/home/future?handler=Show&date=2024-09-26&time=10:30&place={place}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            shown[place] = await answer.Content.ReadAsStringAsync();
        }

        Assert.Contains("Tomorrow’s lead", WebUtility.HtmlDecode(shown["/"]), StringComparison.Ordinal);
        Assert.DoesNotContain("Leaves tonight", shown["/"], StringComparison.Ordinal);

        // Nothing of it has happened.
        Assert.Equal(before, await AllAsync(site));
        foreach (var place in Places) Assert.DoesNotContain("Tomorrow", await site.Reader.TextAsync(place), StringComparison.Ordinal);

        // The day passes, every two seconds looked at as ever; the schedule has done what it does.
        foreach (var hours in new[] { 3, 2, 5, 2, 8, 4 })
        {
            site.Clock.Advance(TimeSpan.FromHours(hours));
            await site.Services.GetRequiredService<ScheduleKeeping>().PublishAsync();
        }

        Assert.Equal(NewsSite.Opening.AddDays(1), site.Now);
        foreach (var place in Places)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, place);
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
            using var answer = await site.Reader.SendAsync(request);
            Assert.Equal($"{place}\n{await answer.Content.ReadAsStringAsync()}", $"{place}\n{shown[place]}");
        }
    }

    [Theory, EachStore]
    public async Task The_desk_says_what_happens_until_then(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await site.ScheduleAsync("Tomorrow’s lead", site.Now.AddHours(20));
        var leaving = await site.PublishAsync("Leaves tonight");
        await site.ChangeAsync(leaving, a => a.PlanWithdrawal(site.Now.AddHours(5), "It ends.", site.Now));

        var desk = await noor.ReadAsync("/newsroom/home/future?date=2024-09-26&time=10:00");
        Assert.Equal(["Leaves tonight is unpublished", "Tomorrow’s lead goes out"], desk.QuerySelectorAll("main ol li").Select(l => l.TextContent.Split(": ")[1]));
        Assert.Contains("Nothing is planned", (await noor.ReadAsync("/newsroom/home/future?date=2024-09-25&time=10:00")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_the_past_nor_a_place_that_is_no_list_can_be_looked_at()
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        foreach (var (query, error) in new[]
        {
            ("date=2024-09-20&time=10:00", "That is past"), ("date=2031-09-20&time=10:00", "more than a year"), ("date=never", "give a date"),
            ("date=2024-09-26&place=/newsroom/people", "address of the home page"), ("date=2024-09-26&place=https://evil.example/", "address of the home page"),
            ("date=2024-09-26&place=/account/login", "address of the home page"), ("date=2024-09-26&place=/../newsroom", "address of the home page"),
        })
        {
            using var answer = await noor.GetAsync($"/newsroom/home/future?handler=Show&{query}");
            Assert.Contains(error, (await answer.PageAsync()).QuerySelector("main form .error")!.TextContent, StringComparison.Ordinal);
        }

        using var nothing = await noor.GetAsync("/newsroom/home/future?handler=Show&date=2024-09-26&time=10:00&place=/tag/nothing");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    private static async Task<string> AllAsync(NewsSite site) => string.Join(' ', await site.AskAsync(db => db.Articles.OrderBy(a => a.Id).Select(a => $"{a.Id}:{(int)a.Status}:{a.Version}").ToListAsync()))
        + string.Join(' ', await site.AskAsync(db => db.ListingEntries.CountAsync()), await site.AskAsync(db => db.Audit.CountAsync()), await site.AskAsync(db => db.Notifications.CountAsync()));
}
