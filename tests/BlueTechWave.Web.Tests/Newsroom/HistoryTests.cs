using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Writing;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

public class HistoryTests
{
    [Theory, EachStore]
    public async Task The_history_says_who_did_what_when_and_why(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Site:TimeZone=Asia/Tokyo");
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await site.WriteAsync(ines, "Cable cut");
        await site.ActAsync(id, a => a.Submit(site.Now, "Inês Prado"));
        await site.ActAsync(id, a => a.SendBack("Who says so?", site.Now, "Noor Haddad"));
        await site.ActAsync(id, a => a.Branch(Manuscript.Of(a) with { Body = "Overtaken." }, 2, site.Now, "Tomás Herrera"));

        var lines = (await ines.ReadAsync($"/newsroom/articles/{id}/history")).QuerySelectorAll("tbody tr").Select(r => r.TextContent).ToList();

        Assert.Equal(4, lines.Count);
        Assert.Contains("Kept text of Tomás Herrera, overtaken at version 2", lines[0], StringComparison.Ordinal);
        Assert.Contains("Noor Haddad sent it back", lines[1], StringComparison.Ordinal);
        Assert.Contains("Who says so?", lines[1], StringComparison.Ordinal);
        Assert.Contains("Inês Prado submitted it for review", lines[2], StringComparison.Ordinal);
        Assert.Contains("Inês Prado saved version 1", lines[3], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Contains("Today, 18.30", line, StringComparison.Ordinal));
    }

    [Theory, EachStore]
    public async Task Two_hundred_autosaves_are_one_line_and_others_see_only_that_they_exist(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await site.WriteAsync(ines, "Cable cut");
        await site.EditAsync(db =>
        {
            var copy = new WorkingCopy(id, ines.Account.Id, "window", 1, Manuscript.Empty, site.Now);
            for (var i = 2; i <= 200; i++) copy.Keep(1, new Manuscript { Headline = "Hush hush" }, i, site.Now);
            db.Add(copy);
            return Task.CompletedTask;
        });

        var hers = (await ines.ReadAsync($"/newsroom/articles/{id}/history")).QuerySelector("main")!.TextContent;
        var seen = (await noor.ReadAsync($"/newsroom/articles/{id}/history")).QuerySelector("main")!.TextContent;

        Assert.Equal(2, hers.Split("Unsaved changes by you, Today, 09.30").Length);
        Assert.Equal(2, seen.Split("Unsaved changes by Inês Prado").Length);
        Assert.DoesNotContain("Hush", seen, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task Any_two_texts_are_compared_in_every_field_with_marks_that_are_more_than_a_colour(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await site.WriteAsync(ines, "Cable cut", body: "It rained on Tuesday in Lagos.");
        await site.ActAsync(id, a => a.Write(new("Cable mended", a.KeyPoints, "It rained on <b>Wednesday</b> in Lagos.", new OurTake("We like it.", "Inês", "")), site.Now));
        var texts = await TextsAsync(site, id);

        foreach (var view in new[] { "", "&view=inline" })
        {
            var page = await ines.ReadAsync($"/newsroom/articles/{id}/history/compare?from={texts[1]}&to={texts[0]}{view}");
            var body = page.QuerySelectorAll("section.changes").Single(s => s.QuerySelector("h2")!.TextContent == "Body");
            Assert.Equal("[removed: Tuesday]", body.QuerySelector("del")!.TextContent);
            Assert.Contains("[added: <b>Wednesday</b>]", body.TextContent, StringComparison.Ordinal);
            Assert.Equal(["Headline", "Slug", "Body", "Our take", "Attribution"], page.QuerySelectorAll("section.changes h2").Select(h => h.TextContent));
        }

        Assert.Contains("Both say the same", (await ines.ReadAsync($"/newsroom/articles/{id}/history/compare?from={texts[0]}&to={texts[0]}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        foreach (var odd in new[] { "", "?from=x&to=y", $"?from={texts[0]}", "?from=-1&to=99999999999" })
            await ines.ReadAsync($"/newsroom/articles/{id}/history/compare{odd}", HttpStatusCode.NotFound);
    }

    [Theory, EachStore]
    public async Task An_old_text_comes_back_as_a_new_version_and_nothing_is_lost(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await site.WriteAsync(ines, "Cable cut", body: "The first text.");
        await site.ActAsync(id, a => a.Write(new("Cable mended", a.KeyPoints, "The second text."), site.Now));
        var first = (await TextsAsync(site, id))[^1];
        Assert.Contains("The first text.", (await ines.ReadAsync($"/newsroom/articles/{id}/history/{first}")).QuerySelector("article")!.TextContent, StringComparison.Ordinal);

        var answer = await ines.PostAsync($"/newsroom/articles/{id}/history/{first}", [], "Restore this version");

        Assert.Equal($"/newsroom/articles/{id}/history", answer.Headers.Location?.OriginalString);
        Assert.Equal(("Cable cut", "The first text.", 3), await site.AskAsync(async db => await db.Articles.SingleAsync(a => a.Id == id) is var a ? (a.Headline, a.Body, a.Version) : default));
        var history = (await ines.ReadAsync($"/newsroom/articles/{id}/history")).QuerySelector("main")!.TextContent;
        Assert.Contains("Brought back the text of version 1", history, StringComparison.Ordinal);
        Assert.Equal(["The first text.", "The second text.", "The first text."], await site.AskAsync(async db => (await db.Revisions.Where(r => r.ArticleId == id && r.Text != null).OrderBy(r => r.Id).ToListAsync()).Select(r => r.Text!.Body)));
    }

    [Theory, EachStore]
    public async Task What_readers_have_is_put_back_by_an_editor_who_says_what_they_are_to_know(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await site.WriteAsync(ines, "Cable cut", body: "The first text.");
        await site.ActAsync(id, a => { a.Write(new("Cable cut", a.KeyPoints, "The second text."), site.Now); a.Publish(site.Now, TimeZoneInfo.Utc); });
        var first = $"/newsroom/articles/{id}/history/{(await TextsAsync(site, id))[^1]}";
        await site.Reader.GetStringAsync("/2024/09/cable-cut");

        Assert.Null((await ines.ReadAsync(first)).QuerySelector("form.restore"));
        Assert.Equal(HttpStatusCode.BadRequest, (await noor.PostAsync(first, new() { ["kind"] = "correction", ["correction"] = " " }, "Restore this version")).StatusCode);
        Assert.Contains("The second text.", await site.Reader.GetStringAsync("/2024/09/cable-cut"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await noor.PostAsync(first, new() { ["kind"] = "correction", ["correction"] = "The cable was not cut twice." }, "Restore this version")).StatusCode);
        var read = await site.Reader.GetStringAsync("/2024/09/cable-cut");
        Assert.Contains("The first text.", read, StringComparison.Ordinal);
        Assert.Contains("The cable was not cut twice.", read, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_text_is_not_put_back_over_one_that_was_saved_meanwhile_nor_one_that_lacks_something_before_readers(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await site.WriteAsync(noor, "Cable cut");
        await site.ActAsync(id, a => a.Write(new("Cable cut", [], "No key point."), site.Now));
        await site.ActAsync(id, a => { a.Write(new("Cable cut", ["A point."], "Complete."), site.Now); a.Publish(site.Now, TimeZoneInfo.Utc); });
        var texts = await TextsAsync(site, id);

        var lacking = await noor.PostAsync($"/newsroom/articles/{id}/history/{texts[1]}", [], "Restore this version");
        Assert.Equal(HttpStatusCode.BadRequest, lacking.StatusCode);
        Assert.Contains("a key point", await lacking.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Conflict, (await noor.PostAsync($"/newsroom/articles/{id}/history/{texts[2]}", new() { ["version"] = "1" }, "Restore this version")).StatusCode);
        Assert.Equal("Complete.", await site.AskAsync(db => db.Articles.Where(a => a.Id == id).Select(a => a.Body).SingleAsync()));
    }

    [Fact]
    public async Task A_long_history_has_pages_and_costs_the_same_questions()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await site.WriteAsync(ines, "Cable cut");
        var young = await site.Queries.OfAsync(() => ines.GetAsync($"/newsroom/articles/{id}/history"));
        for (var i = 0; i < 50; i++) await site.ActAsync(id, a => a.Write(new("Cable cut", a.KeyPoints, $"Text {a.Version}."), site.Now));

        var old = await site.Queries.OfAsync(() => ines.GetAsync($"/newsroom/articles/{id}/history?page=2"));

        Assert.Equal(young.Count, old.Count);
        Assert.Equal(11, (await ines.ReadAsync($"/newsroom/articles/{id}/history?page=2")).QuerySelectorAll("tbody tr").Length);
        Assert.Equal(11, (await ines.ReadAsync($"/newsroom/articles/{id}/history?page=999")).QuerySelectorAll("tbody tr").Length);
    }

    private static Task<List<int>> TextsAsync(NewsSite site, int article) =>
        site.AskAsync(db => db.Revisions.Where(r => r.ArticleId == article && r.Text != null).OrderByDescending(r => r.Id).Select(r => r.Id).ToListAsync());
}
