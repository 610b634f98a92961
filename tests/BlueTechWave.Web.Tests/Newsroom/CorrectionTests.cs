using System.Net;
using BlueTechWave.Core.Accounts;

namespace BlueTechWave.Web.Tests.Newsroom;

public class CorrectionTests
{
    [Theory, EachStore]
    public async Task A_typo_changes_nothing_readers_see_of_dates_and_the_rest_does(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots learn to swim");
        await noor.PressAsync(id, "Publish");
        var address = NewsSite.AddressOf(await site.ArticleAsync(id));

        site.Clock.Advance(TimeSpan.FromDays(1));
        await noor.PressAsync(id, "Update", ("Body", "They floot."), ("change", "typo"));
        Assert.DoesNotContain("Updated", await site.Reader.TextAsync(address), StringComparison.Ordinal);
        Assert.DoesNotContain("Robots", await site.Reader.TextAsync("/corrections"), StringComparison.Ordinal);

        await noor.PressAsync(id, "Update", ("Body", "They float."), ("change", "update"));
        var page = await site.Reader.TextAsync(address);
        Assert.Contains("Updated <time datetime=\"2024-09-26", page, StringComparison.Ordinal);
        Assert.Contains("\"dateModified\":\"2024-09-26", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Robots", await site.Reader.TextAsync("/corrections"), StringComparison.Ordinal);

        site.Clock.Advance(TimeSpan.FromDays(1));
        await noor.PressAsync(id, "Update", ("change", "correction"), ("note", "They do not fly."));
        site.Clock.Advance(TimeSpan.FromDays(1));
        await noor.PressAsync(id, "Update", ("change", "clarification"), ("note", "Only salt water was meant."));
        page = await site.Reader.TextAsync(address);
        Assert.Contains(", correction: They do not fly.", page, StringComparison.Ordinal);
        Assert.Contains(", clarification: Only salt water was meant.", page, StringComparison.Ordinal);
        Assert.Contains("\"dateModified\":\"2024-09-28", page, StringComparison.Ordinal);

        var list = await site.Reader.PageAsync("/corrections");
        Assert.Equal(["Only salt water was meant.", "They do not fly."], list.QuerySelectorAll("main section p").Select(p => p.TextContent.Split(": ")[1]));
        foreach (var format in new[] { "", "/atom", "/json" })
        {
            var feed = await site.Reader.TextAsync($"/corrections/feed{format}");
            Assert.Contains("Clarification: Robots learn to swim", feed, StringComparison.Ordinal);
            Assert.Contains("They do not fly.", feed, StringComparison.Ordinal);
        }
    }

    [Theory, EachStore]
    public async Task A_clarification_without_a_note_is_refused_and_one_of_a_withdrawn_article_is_not_listed(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots learn to swim");
        await noor.PressAsync(id, "Publish");

        using (var refused = await noor.PressAsync(id, "Update", ("change", "clarification"), ("note", "  ")))
        {
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("what was not clear", (await refused.PageAsync()).Mistake("note"), StringComparison.Ordinal);
        }

        await noor.PressAsync(id, "Update", ("change", "clarification"), ("note", "Only salt water was meant."));
        Assert.Contains("salt water", await site.Reader.TextAsync("/corrections"), StringComparison.Ordinal);
        await noor.PressAsync(id, "Unpublish", ("reason", "It was about somebody else."));
        Assert.DoesNotContain("salt water", await site.Reader.TextAsync("/corrections"), StringComparison.Ordinal);
        Assert.DoesNotContain("salt water", await site.Reader.TextAsync("/corrections/feed"), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task Corrections_page_on(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        await site.ChangeAsync(article, a => { for (var i = 0; i < 35; i++) a.Correct($"Slip number {i:00}.", site.Now.AddMinutes(i)); });

        Assert.Contains("Slip number 34.", await site.Reader.TextAsync("/corrections"), StringComparison.Ordinal);
        var second = await site.Reader.TextAsync("/corrections/page/2");
        Assert.Contains("Slip number 00.", second, StringComparison.Ordinal);
        Assert.DoesNotContain("Slip number 34.", second, StringComparison.Ordinal);
        Assert.Equal("404", await site.Reader.AnswerAsync("/corrections/page/3"));
    }
}
