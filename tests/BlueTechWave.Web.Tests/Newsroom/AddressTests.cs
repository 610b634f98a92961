using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Redirects;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>An article's address, as its editor changes it.</summary>
public class AddressTests
{
    [Theory, EachStore]
    public async Task A_changed_slug_leaves_one_hop_however_often_it_changes(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots learn to swim");
        await noor.PressAsync(id, "Publish");
        await site.EditAsync(db => { db.Add(new Redirect("/2010/01/robots", "/2024/09/robots-learn-to-swim")); return Task.CompletedTask; });

        await noor.PressAsync(id, "Update", ("Slug", "robots-swim"));
        await noor.PressAsync(id, "Update", ("Slug", "swimming-robots"));

        foreach (var old in new[] { "/2024/09/robots-learn-to-swim", "/2024/09/robots-swim", "/2010/01/robots" })
            Assert.Equal("301 /2024/09/swimming-robots", await site.Reader.AnswerAsync(old));

        await noor.PressAsync(id, "Update", ("Slug", "robots-swim"));
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync("/2024/09/robots-swim"));
        Assert.Equal("301 /2024/09/robots-swim", await site.Reader.AnswerAsync("/2024/09/swimming-robots"));
        Assert.Equal(3, await site.AskAsync(db => db.Redirects.CountAsync()));
    }

    [Theory, EachStore]
    public async Task An_address_that_another_article_has_is_refused_beside_the_slug(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await noor.PressAsync(await noor.BeginAsync("Robots learn to swim"), "Publish");
        var id = await noor.BeginAsync("Robots learn to swim");

        foreach (var (button, fields) in new (string, (string, string)[])[] { ("Publish", []), ("Schedule", [("date", "2024-09-26"), ("time", "08:00")]) })
        {
            using var answer = await noor.PressAsync(id, button, fields);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("has this address already", (await answer.PageAsync()).Mistake("Slug"));
        }

        await noor.PressAsync(id, "Publish", ("Slug", "robots-again"));
        using var taken = await noor.PressAsync(id, "Update", ("Slug", "robots-learn-to-swim"));
        Assert.Contains("has this address already", (await taken.PageAsync()).Mistake("Slug"));
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync("/2024/09/robots-again"));
    }

    [Theory, EachStore]
    public async Task An_old_address_is_taken_only_when_asked(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var first = await noor.BeginAsync("Robots learn to swim");
        await noor.PressAsync(first, "Publish");
        await noor.PressAsync(first, "Update", ("Slug", "robots-swim"));
        var id = await noor.BeginAsync("Robots learn to swim");

        using (var asked = await noor.PressAsync(id, "Publish"))
        {
            var page = await asked.PageAsync();
            Assert.Contains("has led to “Robots learn to swim”", page.Mistake("Slug"));
            Assert.Equal("/2024/09/robots-learn-to-swim", page.QuerySelector("[name=takes]")!.GetAttribute("value"));
        }

        Assert.Equal("301 /2024/09/robots-swim", await site.Reader.AnswerAsync("/2024/09/robots-learn-to-swim"));
        await noor.PressAsync(id, "Publish", ("takes", "/2024/09/robots-learn-to-swim"));
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync("/2024/09/robots-learn-to-swim"));
        Assert.Equal(0, await site.AskAsync(db => db.Redirects.CountAsync()));
    }

    [Fact]
    public async Task A_draft_leaves_no_redirect()
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots learn to swim");

        await noor.PressAsync(id, "Save draft", ("Slug", "robots"));

        Assert.Equal(0, await site.AskAsync(db => db.Redirects.CountAsync()));
    }
}
