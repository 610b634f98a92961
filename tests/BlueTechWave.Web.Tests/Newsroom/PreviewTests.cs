using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Web.Pages.Newsroom.Articles;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>What the editor is shown and helped with while she writes.</summary>
public class PreviewTests
{
    [Theory, EachStore]
    public async Task A_preview_is_the_readers_page_of_what_was_typed_and_saves_nothing(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var other = await site.PublishAsync("Whales learn to code");
        await site.PublishAsync("Whales learn to sing", copy => copy.Tags = ["Robots"]);
        var id = await noor.BeginAsync("Robots learn to swim", ("Tags", "Robots, Fresh"), ("Body", $"## What happened\n\nSee [it](article:{other.Id})."), ("Take", "Fine."), ("TakeBy", "Noor Haddad"));
        var before = (await site.ArticleAsync(id)).Version;

        using var preview = await noor.PressAsync(id, "Preview");
        Assert.Equal((HttpStatusCode.OK, true), (preview.StatusCode, preview.Headers.CacheControl!.NoStore));
        var seen = await preview.PageAsync();
        Assert.Equal("noindex", seen.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Equal(before, (await site.ArticleAsync(id)).Version);

        await noor.PressAsync(id, "Publish");
        var read = await site.Reader.PageAsync("/2024/09/robots-learn-to-swim");
        foreach (var part in new[] { ".story-head", ".story-meta .by", ".story-body", ".story-pic", ".tags", ".bio", ".related" })
            Assert.Equal(read.QuerySelector(part)!.OuterHtml, seen.QuerySelector(part)!.OuterHtml);
        Assert.Contains("/2024/09/whales-learn-to-code", seen.QuerySelector(".story-body")!.InnerHtml);
    }

    [Fact]
    public async Task A_preview_of_a_half_empty_form_is_shown_all_the_same_and_others_drafts_are_not()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var omar = await Colleague.ArriveAsync(site, Role.Reporter, "Omar Said");

        using var empty = await ines.PressAsync(0, "Preview", ("Headline", ""), ("Body", ""), ("AuthorIds", ""));
        Assert.Equal(HttpStatusCode.OK, empty.StatusCode);

        var id = await ines.BeginAsync("Robots");
        using var others = await omar.Http.PostAsync($"{Editing.AddressOf(id)}/preview", new FormUrlEncodedContent(await omar.OpenAsync(0)));
        Assert.Equal(HttpStatusCode.NotFound, others.StatusCode);
        using var nobody = await site.Reader.PostAsync($"{Editing.AddressOf(id)}/preview", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.Redirect, nobody.StatusCode);
    }

    [Fact]
    public async Task Compare_tells_whether_two_texts_are_the_same_to_readers()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var token = (await ines.OpenAsync(0)).First(f => f.Key == "__RequestVerificationToken").Value;

        Assert.Equal("{\"same\":true}", await CompareAsync("* one\n* two\n", "- one\n- two\n"));
        Assert.Equal("{\"same\":false}", await CompareAsync("*one*", "**one**"));
        using var unsigned = await ines.Http.PostAsJsonAsync("/newsroom/articles/compare", new { a = "", b = "" });
        Assert.Equal(HttpStatusCode.BadRequest, unsigned.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await AskAsync(new string('a', ArticleForm.BodyLength + 1), "")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(null, "")).StatusCode);

        async Task<string> CompareAsync(string a, string b) => await (await AskAsync(a, b)).Content.ReadAsStringAsync();

        async Task<HttpResponseMessage> AskAsync(string? a, string b)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/newsroom/articles/compare") { Content = JsonContent.Create(new { a, b }) };
            request.Headers.Add("RequestVerificationToken", token);
            return await ines.Http.SendAsync(request);
        }
    }

    [Theory, EachStore]
    public async Task Articles_to_link_to_are_the_published_ones_and_her_own(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var omar = await Colleague.ArriveAsync(site, Role.Reporter, "Omar Said");
        await site.PublishAsync("Robots learn to swim");
        await site.PublishManyAsync(15);
        await ines.BeginAsync("Robots of mine");
        await omar.BeginAsync("Robots of his");

        Assert.Equal(["Robots of mine Draft Sep 25, 2024", "Robots learn to swim Published Sep 25, 2024"], await FindAsync("robots"));
        Assert.Equal(["Robots of mine Draft Sep 25, 2024"], await FindAsync("OF MINE"));
        Assert.Equal(10, (await FindAsync("")).Count);
        Assert.Empty(await FindAsync("\"zeppelin ( * %"));

        async Task<List<string>> FindAsync(string q) => [.. (await ines.Http.GetFromJsonAsync<List<LinkTarget>>($"/newsroom/articles/find?q={Uri.EscapeDataString(q)}"))!.Select(t => $"{t.Headline} {t.Status} {t.Date}")];
    }

    [Theory, EachStore]
    public async Task Tags_are_suggested_by_how_they_begin(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        await ines.BeginAsync("Robots", ("Tags", "Cloud computing, Cloud, Clown, Mexico"));

        Assert.Equal(["Cloud", "Cloud computing"], await ines.Http.GetFromJsonAsync<string[]>("/newsroom/tags/find?q=cloud") ?? []);
        Assert.Empty(await ines.Http.GetFromJsonAsync<string[]>("/newsroom/tags/find?q=%25") ?? []);
    }

    [Fact]
    public async Task Finding_costs_no_more_in_a_large_archive()
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await site.PublishManyAsync(200);
        await noor.BeginAsync("Story of mine");
        await noor.GetAsync("/newsroom/articles/find?q=story");

        var queries = await site.Queries.OfAsync(() => noor.GetAsync("/newsroom/articles/find?q=story"));

        Assert.InRange(queries.Count, 1, 6);
        foreach (var query in queries)
            Assert.DoesNotContain("Articles", await QueryPlan.ScansAsync(site.Connection, query));
    }
}
