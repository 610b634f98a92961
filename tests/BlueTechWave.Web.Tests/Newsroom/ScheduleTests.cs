using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

public class ScheduleTests
{
    [Theory, EachStore]
    public async Task A_scheduled_article_is_with_readers_within_seconds_of_its_time(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var planned = site.Now.AddHours(1);
        var id = await site.WriteAsync(noor, "Due at half past ten", a => a.Schedule(planned, site.Now));
        Assert.DoesNotContain("Due at half past ten", await site.Reader.GetStringAsync("/"), StringComparison.Ordinal);

        site.Clock.Advance(TimeSpan.FromMinutes(59));
        await KeepAsync(site);
        Assert.Equal(ArticleStatus.Scheduled, await site.StatusAsync(id));

        site.Clock.Advance(TimeSpan.FromSeconds(62));
        for (var i = 0; i < 600 && await site.StatusAsync(id) != ArticleStatus.Published; i++) await Task.Delay(50);

        Assert.Contains("Due at half past ten", await site.Reader.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Equal(planned, await site.AskAsync(db => db.Articles.Where(a => a.Id == id).Select(a => a.PublishedAt).SingleAsync()));
        Assert.Equal("the schedule", await site.AskAsync(db => db.Revisions.Where(r => r.ArticleId == id && r.Act == ArticleAct.Published).Select(r => r.By).SingleAsync()));
    }

    [Theory, EachStore]
    public async Task What_fell_due_while_the_site_was_down_is_out_when_it_opens_and_only_once(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await site.WriteAsync(noor, "Overnight", a => a.Schedule(site.Now.AddHours(3), site.Now));

        await using (var again = await site.OpenAgainAsync(TimeSpan.FromHours(10)))
        {
            Assert.Contains("Overnight", await again.Reader.GetStringAsync("/"), StringComparison.Ordinal);
            // Two nodes on one store.
            site.Clock.Advance(TimeSpan.FromHours(10));
            await Task.WhenAll(KeepAsync(site), KeepAsync(again));
        }

        Assert.Equal(1, await site.AskAsync(db => db.Revisions.CountAsync(r => r.ArticleId == id && r.Act == ArticleAct.Published)));
        Assert.Equal(site.Now, await site.AskAsync(db => db.Articles.Where(a => a.Id == id).Select(a => a.PublishedAt).SingleAsync()));
    }

    [Theory, EachStore]
    public async Task What_lacks_something_at_its_time_goes_back_with_what_it_lacks_and_everybody_hears(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var lacking = await site.WriteAsync(ines, "No key point", a => { a.Schedule(site.Now.AddMinutes(1), site.Now); a.Write(new(a.Headline, [], a.Body), site.Now); });
        var fine = await site.WriteAsync(ines, "Fine", a => a.Schedule(site.Now.AddMinutes(1), site.Now));
        var taken = await site.WriteAsync(ines, "Fine, too", a => { a.Write(new("Fine, too", a.KeyPoints, a.Body, Slug: "fine"), site.Now); a.Schedule(site.Now.AddMinutes(2), site.Now); });

        site.Clock.Advance(TimeSpan.FromMinutes(2));
        await KeepAsync(site);

        Assert.Equal(ArticleStatus.Published, await site.StatusAsync(fine));
        Assert.Equal([ArticleStatus.Draft, ArticleStatus.Draft], [await site.StatusAsync(lacking), await site.StatusAsync(taken)]);
        var desk = (await ines.ReadAsync("/newsroom")).QuerySelector("main")!.TextContent;
        Assert.Contains("Missing: a key point.", desk, StringComparison.Ordinal);
        Assert.Contains("a slug that no other article of the month has", desk, StringComparison.Ordinal);
        Assert.Contains("the schedule sent back “No key point”", desk, StringComparison.Ordinal);
        Assert.Contains("the schedule sent back “No key point”", (await noor.ReadAsync("/newsroom")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task One_that_fails_holds_up_no_other_and_is_tried_again(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var first = await site.WriteAsync(noor, "First", a => a.Schedule(site.Now.AddMinutes(1), site.Now));
        var second = await site.WriteAsync(noor, "Second", a => a.Schedule(site.Now.AddMinutes(2), site.Now));
        site.Queries.InterruptAfter(sql => sql.Contains("\"BodyHtml\"", StringComparison.Ordinal), () => throw new IOException("The disk has a bad day."));

        site.Clock.Advance(TimeSpan.FromMinutes(2));
        await KeepAsync(site);
        Assert.Equal([ArticleStatus.Scheduled, ArticleStatus.Published], [await site.StatusAsync(first), await site.StatusAsync(second)]);

        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await KeepAsync(site);
        Assert.Equal(ArticleStatus.Published, await site.StatusAsync(first));
    }

    [Theory, EachStore]
    public async Task A_withdrawn_article_answers_410_and_says_why(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        await site.WithdrawAsync(article, "The source has taken its word back & gone.");

        using var answer = await site.Reader.GetAsync(NewsSite.AddressOf(article));

        Assert.Equal(System.Net.HttpStatusCode.Gone, answer.StatusCode);
        Assert.Contains("The source has taken its word back &amp; gone.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task KeepAsync(NewsSite site)
    {
        // The job may be at it already: whoever comes second finds nothing to do.
        await site.Services.GetRequiredService<ScheduleKeeping>().PublishAsync();
    }
}
