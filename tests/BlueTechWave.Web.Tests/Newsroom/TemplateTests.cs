using System.Net;
using BlueTechWave.Core.Accounts;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

public class TemplateTests
{
    private const string New = "/newsroom/settings/templates/new";

    [Theory, EachStore]
    public async Task An_editor_adds_changes_and_removes_a_template(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        Assert.Contains("What happened", (await noor.ReadAsync(New)).QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await noor.PostAsync(New, new() { ["name"] = "Interview", ["body"] = "## Who\r\n\r\n" }, "Save template")).StatusCode);
        var template = await site.AskAsync(db => db.ArticleTemplates.SingleAsync());
        Assert.Equal(("Interview", "## Who\n\n"), (template.Name, template.Body));
        Assert.Contains("Interview", (await noor.ReadAsync("/newsroom/settings/templates")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await noor.PostAsync($"/newsroom/settings/templates/{template.Id}", new() { ["body"] = "## Who is it" }, "Save template");
        Assert.Equal("## Who is it", await site.AskAsync(db => db.ArticleTemplates.Select(t => t.Body).SingleAsync()));

        await noor.PostAsync($"/newsroom/settings/templates/{template.Id}/remove", [], "Remove template");
        Assert.Equal(0, await site.AskAsync(db => db.ArticleTemplates.CountAsync()));
        Assert.Equal(["Added", "Changed", "Removed"], await site.AskAsync(db => db.Audit.Where(e => e.Subject == "Template").OrderBy(e => e.Id).Select(e => e.Act).ToListAsync()));
    }

    [Theory, EachStore]
    public async Task A_name_is_given_once_and_what_was_typed_stays(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await noor.PostAsync(New, new() { ["name"] = "News", ["body"] = "One" }, "Save template");

        foreach (var (name, error) in new[] { ("News", "another template of this name"), (" ", "give it a name"), (new string('n', 81), "under 80") })
        {
            using var answer = await noor.PostAsync(New, new() { ["name"] = name, ["body"] = "<script>Two</script>" }, "Save template");
            var page = await answer.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(error, page, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;Two", page, StringComparison.Ordinal);
        }
    }

    [Theory, EachStore]
    public async Task Nobody_saves_over_what_somebody_else_has_just_saved(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await noor.PostAsync(New, new() { ["name"] = "News", ["body"] = "One" }, "Save template");
        var id = await site.AskAsync(db => db.ArticleTemplates.Select(t => t.Id).SingleAsync());
        var opened = (await noor.ReadAsync($"/newsroom/settings/templates/{id}")).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        await noor.PostAsync($"/newsroom/settings/templates/{id}", new() { ["body"] = "Theirs" }, "Save template");

        using var answer = await noor.PostAsync($"/newsroom/settings/templates/{id}", new() { ["body"] = "Mine", ["seen"] = opened }, "Save template");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Mine", page, StringComparison.Ordinal);
        Assert.Contains("Theirs", page, StringComparison.Ordinal);
        Assert.Equal("Theirs", await site.AskAsync(db => db.ArticleTemplates.Select(t => t.Body).SingleAsync()));
    }

    [Fact]
    public async Task A_preview_of_a_template_stays_with_that_template()
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await noor.PostAsync(New, new() { ["name"] = "News", ["body"] = "One" }, "Save template");
        var id = await site.AskAsync(db => db.ArticleTemplates.Select(t => t.Id).SingleAsync());

        using var answer = await noor.PostAsync($"/newsroom/settings/templates/{id}", new() { ["body"] = "Two" }, "Preview");

        Assert.Equal($"/newsroom/settings/templates/{id}", answer.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("Two", (await answer.PageAsync()).QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_shows_the_page_and_saves_nothing()
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");

        using var answer = await noor.PostAsync(New, new() { ["name"] = "", ["body"] = "## Why\n\n<script>alert(1)</script>" }, "Preview");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Contains(">Why</h2>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Equal(0, await site.AskAsync(db => db.ArticleTemplates.CountAsync()));
    }

    [Fact]
    public async Task Settings_are_closed_to_a_reporter()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");

        foreach (var address in new[] { "/newsroom/settings", "/newsroom/settings/templates", New, "/newsroom/settings/templates/1", "/newsroom/settings/templates/1/remove", "/newsroom/audit", "/newsroom/audit?format=csv" })
            Assert.Equal((address, HttpStatusCode.Forbidden), (address, (await ines.GetAsync(address)).StatusCode));
    }
}
