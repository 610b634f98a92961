using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Mail;

namespace BlueTechWave.Web.Tests.Watching;

public class StatusTests
{
    private const string Page = "/newsroom/settings/status";

    [Theory, EachStore]
    public async Task An_owner_sees_how_the_site_is_and_an_editor_does_not(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        using var editor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        using var refused = await editor.GetAsync(Page);
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);

        var page = await owner.ReadAsync(Page);
        var said = page.QuerySelector("main")!.TextContent;
        Assert.Contains(store == Store.Sqlite ? "SQLite" : "PostgreSQL", said, StringComparison.Ordinal);
        Assert.Contains("never seen to come back from a backup", said, StringComparison.Ordinal);
        Assert.Contains("There was none since", said, StringComparison.Ordinal);
        Assert.Contains("Schedule", page.QuerySelectorAll("th.title").Select(t => t.TextContent));
    }

    [Theory, EachStore]
    public async Task What_goes_wrong_is_there_with_its_number_and_without_anybodys_name(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Logs:Console=None", "Serilog:MinimumLevel:Default=Error", "Serilog:MinimumLevel:Override:Microsoft=Error");
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        var address = NewsSite.AddressOf(await site.PublishAsync("Robots learn to swim"));
        _ = await site.FrameAsync();
        site.Queries.InterruptAfter(sql => sql.Contains("\"Headline\"", StringComparison.Ordinal), () => throw new InvalidOperationException("The press is jammed by ada@reader.example."));
        using var broken = await site.Reader.GetAsync(address);
        await site.EditAsync(db =>
        {
            var letter = new OutgoingMail("lost@void.example", "Hello", "Text.", site.Now);
            for (var i = 0; i < OutgoingMail.AttemptsAtMost; i++) letter.Failed("no", site.Now);
            db.Add(letter);
            return Task.CompletedTask;
        });

        var page = await owner.ReadAsync(Page);
        var said = page.QuerySelector("main")!.TextContent;
        Assert.Contains("The press is jammed by …", said, StringComparison.Ordinal);
        Assert.DoesNotContain("reader.example", said, StringComparison.Ordinal);
        Assert.Contains(broken.Headers.GetValues("X-Request-Id").Single(), said, StringComparison.Ordinal);
        Assert.Contains("1 letter could not be sent.", said, StringComparison.Ordinal);

        site.Clock.Advance(TimeSpan.FromHours(25));
        Assert.DoesNotContain("jammed", (await owner.ReadAsync(Page)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_fails_says_so_until_its_next_round_is_well()
    {
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, "Logs:Console=None", "Serilog:MinimumLevel:Default=Error");
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        site.Queries.InterruptAfter(sql => sql.Contains("\"HomeSlots\"", StringComparison.Ordinal), () => throw new InvalidOperationException("The disk is upside down."));
        await RoundsAsync(site, () => site.Log.Lines.Any(l => l.Contains("schedule could not be looked at", StringComparison.Ordinal)));
        Assert.Contains("Schedule: the last round failed.", (await owner.ReadAsync(Page)).Body!.TextContent, StringComparison.Ordinal);

        var watch = site.Services.GetRequiredService<Web.Watching.Watch>();
        await RoundsAsync(site, () => watch.Jobs.Single(j => j.Name == "Schedule") is { IsFailing: false });
        var page = (await owner.ReadAsync(Page)).Body!.TextContent;
        Assert.DoesNotContain("Schedule: the last round failed.", page, StringComparison.Ordinal);
        Assert.Contains("The disk is upside down.", page, StringComparison.Ordinal);
    }

    private static async Task RoundsAsync(NewsSite site, Func<bool> isSo)
    {
        for (var i = 0; i < 500 && !isSo(); i++)
        {
            site.Clock.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.True(isSo());
    }
}
