using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Audit;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

public class AuditTests
{
    [Theory, EachStore]
    public async Task Every_act_on_an_article_is_a_line(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await site.WriteAsync(noor, "Cable cut");
        Action<Article>[] acts =
        [
            a => a.Submit(site.Now), a => a.SendBack("Who says so?", site.Now), a => a.Schedule(site.Now.AddDays(1), site.Now), a => a.Publish(site.Now, TimeZoneInfo.Utc),
            a => a.Update(site.Now), a => a.Correct("It was Tuesday.", site.Now), a => a.Withdraw("It was wrong.", site.Now),
        ];
        foreach (var act in acts) await site.ActAsync(id, act);

        var log = await noor.ReadAsync($"/newsroom/audit?article={id}");

        Assert.Equal(["Withdrawn", "Corrected", "Updated", "Published", "Scheduled", "Sent back", "Submitted", "Written"], Acts(log));
        Assert.Contains("Who says so?", log.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task The_log_is_narrowed_by_person_kind_act_article_and_day(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Site:TimeZone=Asia/Tokyo");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await LogAsync(site, new(noor.Account.Id, "Noor Haddad", "192.0.2.1"), "Tag", "Renamed", new(2024, 9, 1, 14, 59, 0, DateTimeKind.Utc));
        await LogAsync(site, new(noor.Account.Id, "Noor Haddad", "192.0.2.1"), "Tag", "Removed", new(2024, 9, 1, 15, 0, 0, DateTimeKind.Utc));
        await LogAsync(site, Actor.System, "Robot", "Oiled", site.Now);

        Assert.Equal(["Removed", "Renamed"], Acts(await noor.ReadAsync("/newsroom/audit?subject=Tag")));
        Assert.Equal(["Renamed"], Acts(await noor.ReadAsync("/newsroom/audit?act=Renam")));
        Assert.Equal(["Oiled"], Acts(await noor.ReadAsync("/newsroom/audit?person=none&subject=Robot")));
        Assert.Equal(["Removed", "Renamed"], Acts(await noor.ReadAsync($"/newsroom/audit?person={noor.Account.Id}&subject=Tag")));
        // In Tokyo the second of September begins at three in the afternoon, UTC.
        Assert.Equal(["Renamed"], Acts(await noor.ReadAsync("/newsroom/audit?from=2024-09-01&to=2024-09-01")));
        Assert.Equal(["Removed"], Acts(await noor.ReadAsync("/newsroom/audit?from=2024-09-02&to=2024-09-02")));
        Assert.Contains("192.0.2.1", (await noor.ReadAsync("/newsroom/audit?subject=Tag")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        foreach (var odd in new[] { "person=x", "article=x", "from=yesterday", "to=2024-13-01", "from=0001-01-01", "before=x", "before=99999999999999999999", "subject=%00", "act=" + new string('x', 3000) })
            Assert.Contains("Audit", (await noor.ReadAsync($"/newsroom/audit?{odd}")).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Single((await noor.ReadAsync("/newsroom/audit?from=yesterday")).QuerySelectorAll("#from-error"));
    }

    [Theory, EachStore]
    public async Task Older_lines_follow_page_by_page_each_once(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        for (var i = 0; i < 120; i++) await LogAsync(site, Actor.System, "Robot", $"Oiled {i}", site.Now);

        var shown = new List<string>();
        for (var next = "/newsroom/audit?subject=Robot"; next is not null;)
        {
            var page = await noor.ReadAsync(next);
            shown.AddRange(Acts(page));
            next = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal(Enumerable.Range(0, 120).Reverse().Select(i => $"Oiled {i}"), shown);
    }

    [Theory, EachStore]
    public async Task The_log_is_taken_along_as_a_table_that_no_spreadsheet_runs(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        string[] names = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "Say \"hello\", Inês", "two\nlines"];
        foreach (var name in names) await LogAsync(site, Actor.System, "Robot", "Oiled", site.Now, name);

        using var answer = await noor.GetAsync("/newsroom/audit?subject=Robot&format=csv");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var text = Encoding.UTF8.GetString(bytes)[1..];

        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.StartsWith("Number,When (UTC),Who,", text, StringComparison.Ordinal);
        foreach (var cell in new[] { ",'=1+1,", ",'+1,", ",'-1,", ",'@SUM(A1),", ",'\t=1,", ",\"Say \"\"hello\"\", Inês\",", ",\"two\nlines\"," })
            Assert.Contains(cell, text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
    }

    private static Task LogAsync(NewsSite site, Actor by, string subject, string act, DateTime at, string name = "R2") => site.EditAsync(db =>
    {
        db.Audit.Add(new AuditEntry(by, subject, 1, name, act, "", at));
        return Task.CompletedTask;
    });

    private static IEnumerable<string> Acts(IHtmlDocument log) => log.QuerySelectorAll("tbody th").Select(th => th.FirstChild!.TextContent.Trim());
}
