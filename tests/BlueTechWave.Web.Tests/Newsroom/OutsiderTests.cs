using System.Net;
using AngleSharp.Dom;
using BlueTechWave.Core.Accounts;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>Preview links: somebody outside reads one version, and nothing more.</summary>
public class OutsiderTests
{
    [Theory, EachStore]
    public async Task Somebody_outside_reads_the_version_she_was_given_and_no_later_one(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await ines.BeginAsync("Robots learn to swim", ("Body", "They float."));
        var link = await ShareAsync(ines, id, "Robot maker’s press office");
        await ines.PressAsync(id, "Save draft", ("Body", "They sink."));

        using var answer = await site.Reader.GetAsync(link);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("noindex, nofollow", answer.Headers.GetValues("X-Robots-Tag").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        var page = await answer.PageAsync();
        Assert.Equal("Robots learn to swim", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("They float.", page.QuerySelector(".story-body")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("They sink.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("A preview for Robot maker’s press office", page.QuerySelector("main .notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Null(page.QuerySelector("link[rel=canonical]"));
        Assert.Null(page.QuerySelector("main form"));

        // Nothing of it is anywhere else.
        foreach (var address in new[] { "/", "/feed", "/sitemap.xml", "/search?q=robots" })
            Assert.DoesNotContain("Robots learn to swim", await site.Reader.TextAsync(address), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_link_ends_by_itself_or_when_it_is_ended_and_each_opening_is_noted(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await ines.BeginAsync("Robots learn to swim");
        var first = await ShareAsync(ines, id, "First", 1);
        var second = await ShareAsync(ines, id, "Second", 30);
        await site.Reader.GetAsync(first);
        await site.Reader.GetAsync(second);
        await site.Reader.GetAsync(second);

        var desk = await ines.ReadAsync($"/newsroom/articles/{id}/previews");
        Assert.Contains("Opened 2 times", Of(desk, "Second").TextContent, StringComparison.Ordinal);
        Assert.Contains("An unknown browser", Of(desk, "Second").TextContent, StringComparison.Ordinal);

        site.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(HttpStatusCode.Gone, await site.Reader.StatusAsync(first));
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync(second));
        await ines.PostAsync($"/newsroom/articles/{id}/previews", [], "End it now, for Second");
        using var ended = await site.Reader.GetAsync(second);
        Assert.Equal(HttpStatusCode.Gone, ended.StatusCode);
        Assert.DoesNotContain("Robots learn to swim", await ended.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Opened 3 times", Of(await ines.ReadAsync($"/newsroom/articles/{id}/previews"), "Second").TextContent, StringComparison.Ordinal);
        foreach (var wrong in new[] { "/preview", "/preview?key=", "/preview?key=0000", $"/preview?key={new string('a', 500)}" })
            Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync(wrong));
    }

    [Theory, EachStore]
    public async Task The_store_does_not_hold_the_key_and_a_stranger_cannot_make_one(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var tomas = await Colleague.ArriveAsync(site, Role.Reporter, "Tomas Lind");
        var id = await ines.BeginAsync("Robots learn to swim");
        var link = await ShareAsync(ines, id, "First");
        var key = link.Split('=')[1];

        Assert.NotEqual(key, await site.AskAsync(db => db.PreviewLinks.Select(l => l.Hash).SingleAsync()));
        Assert.DoesNotContain(key, (await ines.ReadAsync($"/newsroom/articles/{id}/previews")).DocumentElement.OuterHtml, StringComparison.Ordinal);
        Assert.DoesNotContain(await site.AuditAsync(), e => e.Detail.Contains(key, StringComparison.Ordinal));
        using var stranger = await tomas.GetAsync($"/newsroom/articles/{id}/previews");
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);

        using var nobody = await ines.PostAsync($"/newsroom/articles/{id}/previews", new() { ["for"] = " " }, "Make a link");
        Assert.Contains("whom it is for", (await nobody.PageAsync()).GetElementById("for-error")!.TextContent, StringComparison.Ordinal);
    }

    private static IElement Of(IDocument desk, string reader) => desk.QuerySelectorAll("main section").Single(s => s.GetAttribute("aria-label") == $"Link for {reader}");

    private static async Task<string> ShareAsync(Colleague who, int id, string reader, int days = 3)
    {
        using var answer = await who.PostAsync($"/newsroom/articles/{id}/previews", new() { ["for"] = reader, ["days"] = days.Id() }, "Make a link");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return new Uri((await answer.PageAsync()).GetElementById("made")!.GetAttribute("value")!).PathAndQuery;
    }
}
