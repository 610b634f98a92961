using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Tags;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

public class TagDeskTests
{
    [Theory, EachStore]
    public async Task A_renamed_tag_has_a_new_address_and_the_old_one_leads_there_feeds_and_all(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["AI"]);
        Assert.Contains("/tag/ai", await site.Reader.TextAsync(NewsSite.AddressOf(article)), StringComparison.Ordinal);
        var id = await IdAsync(site, "ai");

        using var answer = await noor.PostAsync($"/newsroom/tags/{id}", new() { ["name"] = "Artificial intelligence" }, "Save name");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);

        Assert.Contains("Robots learn to swim", await site.Reader.TextAsync("/tag/artificial-intelligence"), StringComparison.Ordinal);
        Assert.Contains("/tag/artificial-intelligence", await site.Reader.TextAsync(NewsSite.AddressOf(article)), StringComparison.Ordinal);
        Assert.Contains("Robots learn to swim", await site.Reader.TextAsync("/search?q=intelligence"), StringComparison.Ordinal);
        foreach (var under in new[] { "", "/feed", "/feed/atom", "/feed/json", "/page/2" })
            Assert.Equal($"301 /tag/artificial-intelligence{under}", await site.Reader.AnswerAsync($"/tag/ai{under}"));

        // And back again: no address leads in a circle.
        await noor.PostAsync($"/newsroom/tags/{id}", new() { ["name"] = "AI" }, "Save name");
        Assert.Contains("Robots learn to swim", await site.Reader.TextAsync("/tag/ai"), StringComparison.Ordinal);
        Assert.Equal("301 /tag/ai", await site.Reader.AnswerAsync("/tag/artificial-intelligence"));
    }

    [Theory, EachStore]
    public async Task A_name_that_cannot_be_is_refused_beside_the_field_and_kept(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["AI", "IPv6"]);
        var id = await IdAsync(site, "ai");

        foreach (var (name, error) in new[] { (" ", "give it a name"), ("ipV6", "“IPv6” has this address already"), ("!?", "letter or digit"), (new string('n', 121), "under 120") })
        {
            using var answer = await noor.PostAsync($"/newsroom/tags/{id}", new() { ["name"] = name }, "Save name");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var page = await answer.PageAsync();
            Assert.Contains(error, page.GetElementById("name-error")!.TextContent, StringComparison.Ordinal);
            Assert.Equal(name.Trim(), page.GetElementById("name")!.GetAttribute("value"));
        }
    }

    [Theory, EachStore]
    public async Task A_merged_tag_leaves_its_articles_with_the_other_once(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var one = await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots", "Robot"]);
        var other = await site.PublishAsync("Robots learn to dive", copy => copy.Tags = ["Brazil", "Robot"]);
        var draft = await site.DraftAsync("Robots learn to rest", copy => copy.Tags = ["Robot"]);
        await site.Reader.TextAsync("/tag/robots");
        var (from, into) = (await IdAsync(site, "robot"), await IdAsync(site, "robots"));

        using (var refused = await noor.PostAsync($"/newsroom/tags/{from}", new() { ["into"] = "Submarines" }, "Merge"))
            Assert.Contains("There is no tag “Submarines”", (await refused.PageAsync()).GetElementById("into-error")!.TextContent, StringComparison.Ordinal);
        using var answer = await noor.PostAsync($"/newsroom/tags/{from}", new() { ["into"] = "robots" }, "Merge");
        Assert.Equal($"/newsroom/tags/{into}", answer.Headers.Location!.OriginalString);

        Assert.Equal(["Brazil", "Robots"], await TagsAsync(site, other.Id));
        Assert.Equal(["Robots"], await TagsAsync(site, one.Id));
        Assert.Equal(["Robots"], await TagsAsync(site, draft.Id));
        var page = await site.Reader.TextAsync("/tag/robots");
        Assert.Contains("Robots learn to dive", page, StringComparison.Ordinal);
        Assert.Contains("Robots learn to swim", page, StringComparison.Ordinal);
        Assert.Equal("301 /tag/robots", await site.Reader.AnswerAsync("/tag/robot"));
        Assert.Contains(await site.AuditAsync(e => e.Subject == "Tag"), e => e is { Act: "Merged", Name: "Robot", Detail: "into “Robots”" });
        Assert.Empty(await site.AskAsync(db => db.Set<Tag>().Where(t => t.Slug == "robot").ToListAsync()));
    }

    /// <summary>Whoever has an article open while its tag goes does not bring the tag back.</summary>
    [Theory, EachStore]
    public async Task An_open_form_does_not_bring_a_merged_tag_back(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots learn to swim", ("Tags", "Robot"));
        await site.PublishAsync("Robots learn to dive", copy => copy.Tags = ["Robots"]);
        var open = await noor.OpenAsync(id);

        await noor.PostAsync($"/newsroom/tags/{await IdAsync(site, "robot")}", new() { ["into"] = "Robots" }, "Merge");
        using var saved = await noor.SendAsync(id, "Save", open, ("Body", "They float."));

        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        Assert.Equal(["Robots"], await TagsAsync(site, id));
    }

    [Theory, EachStore]
    public async Task A_removed_tag_is_gone_and_its_articles_stay(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]);
        await site.Reader.TextAsync("/tag/robots");

        await noor.PostAsync($"/newsroom/tags/{await IdAsync(site, "robots")}", [], "Remove tag");

        Assert.Equal("404", await site.Reader.AnswerAsync("/tag/robots"));
        Assert.DoesNotContain("/tag/robots", await site.Reader.TextAsync(NewsSite.AddressOf(article)), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task The_desk_finds_orders_and_pages_tags(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await site.EditAsync(db =>
        {
            db.AddRange(Enumerable.Range(0, 60).Select(i => new Tag($"Topic {i:00}")));
            return Task.CompletedTask;
        });
        await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Élysée", "Topic 31"]);
        await site.PublishAsync("Robots learn to dive", copy => copy.Tags = ["Topic 31"]);

        Assert.Equal(50, (await noor.ReadAsync("/newsroom/tags")).Rows().Count);
        Assert.Equal("Topic 59", (await noor.ReadAsync("/newsroom/tags?page=2")).Rows()[^1]);
        Assert.Equal(["Topic 31", "Élysée"], (await noor.ReadAsync("/newsroom/tags?order=most")).Rows().Take(2));
        Assert.Equal(["Élysée"], (await noor.ReadAsync("/newsroom/tags?q=elysee")).Rows());
        Assert.Contains("No tag matches", (await noor.ReadAsync("/newsroom/tags?q=zzqq&order=nonsense&page=-1")).Body!.TextContent, StringComparison.Ordinal);
    }

    private static Task<int> IdAsync(NewsSite site, string slug) => site.AskAsync(db => db.Tags.Where(t => t.Slug == slug).Select(t => t.Id).SingleAsync());

    private static Task<List<string>> TagsAsync(NewsSite site, int article) =>
        site.AskAsync(db => db.Set<ArticleTag>().Where(t => t.ArticleId == article).OrderBy(t => t.Position).Select(t => t.Tag.Name).ToListAsync());
}
