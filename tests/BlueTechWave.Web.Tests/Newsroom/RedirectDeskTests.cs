using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Redirects;
using BlueTechWave.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

public class RedirectDeskTests
{
    private const string New = "/newsroom/redirects/new";

    [Theory, EachStore]
    public async Task An_old_address_leads_where_the_editor_says_and_no_longer_once_it_is_removed(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        Assert.Equal("404", await site.Reader.AnswerAsync("/old/story"));

        using (var saved = await noor.PostAsync(New, new() { ["from"] = $"{site.Address.GetLeftPart(UriPartial.Authority)}/Old/Story/", ["to"] = "/archives" }, "Save redirect"))
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal("301 /archives", await site.Reader.AnswerAsync("/old/story"));
        Assert.Equal(["/old/story"], (await noor.ReadAsync("/newsroom/redirects?q=archives")).Rows());

        var id = await site.AskAsync(db => db.Redirects.Select(r => r.Id).SingleAsync());
        await noor.PostAsync($"/newsroom/redirects/{id}", new() { ["to"] = "https://elsewhere.example/story?id=1" }, "Save redirect");
        Assert.Equal("301 https://elsewhere.example/story?id=1", await site.Reader.AnswerAsync("/old/story"));

        await noor.PostAsync($"/newsroom/redirects/{id}", [], "Remove redirect");
        Assert.Equal("404", await site.Reader.AnswerAsync("/old/story"));
        Assert.Equal(["Added", "Changed", "Removed"], (await site.AuditAsync(e => e.Subject == "Redirect")).Select(e => e.Act));
    }

    [Theory, EachStore]
    public async Task What_cannot_be_an_old_address_or_a_new_one_is_refused_beside_its_field(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]);
        await noor.PostAsync(New, new() { ["from"] = "/first", ["to"] = "/archives" }, "Save redirect");

        foreach (var (from, to, field, error) in new[]
        {
            ("", "/about", "from", "give the old address"), ("story", "/about", "from", "begins with a slash"), ("//evil.example/x", "/about", "from", "begins with a slash"), ("/a?b=1", "/about", "from", "leave it out"),
            ("/newsroom/articles", "/about", "from", "keeps its addresses"), ("/", "/about", "from", "keeps its addresses"), ("/first", "/about", "from", "already"),
            (NewsSite.AddressOf(article), "/about", "from", "There is a page"), ("/tag/robots", "/about", "from", "There is a page"), ("/category/ai", "/about", "from", "There is a page"), ("/search", "/about", "from", "There is a page"),
            ("/x", "", "to", "give the address"), ("/x", "about", "to", "Give a path"), ("/x", "javascript:alert(1)", "to", "Give a path"), ("/x", "//evil.example", "to", "no address of this site"),
            ("/x", "/a b", "to", "no address of this site"), ("/x", "/x", "to", "leads back"), ("/x", "https://user:secret@host.example/", "to", "Give a path"), ("/x", $"/{new string('y', 1000)}", "to", "under 1000"),
        })
        {
            using var answer = await noor.PostAsync(New, new() { ["from"] = from, ["to"] = to }, "Save redirect");
            Assert.Equal($"{from} → {to}: 400", $"{from} → {to}: {(int)answer.StatusCode}");
            var page = await answer.PageAsync();
            Assert.Contains(error, page.GetElementById($"{field}-error")?.TextContent ?? "", StringComparison.Ordinal);
            Assert.Equal((from, to), (page.GetElementById("from")!.GetAttribute("value"), page.GetElementById("to")!.GetAttribute("value")));
        }

        Assert.Equal(1, await site.AskAsync(db => db.Redirects.CountAsync()));
    }

    [Theory, EachStore]
    public async Task No_redirect_leads_to_another_or_in_a_circle(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await noor.PostAsync(New, new() { ["from"] = "/second", ["to"] = "/third" }, "Save redirect");
        await noor.PostAsync(New, new() { ["from"] = "/first", ["to"] = "/second" }, "Save redirect");
        Assert.Equal("301 /third", await site.Reader.AnswerAsync("/first"));

        await noor.PostAsync(New, new() { ["from"] = "/third", ["to"] = "/archives" }, "Save redirect");
        foreach (var old in new[] { "/first", "/second", "/third" }) Assert.Equal("301 /archives", await site.Reader.AnswerAsync(old));

        await noor.PostAsync(New, new() { ["from"] = "/a", ["to"] = "/b" }, "Save redirect");
        using var circle = await noor.PostAsync(New, new() { ["from"] = "/b", ["to"] = "/a" }, "Save redirect");
        Assert.Contains("leads back", (await circle.PageAsync()).GetElementById("to-error")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task Addresses_readers_miss_are_counted_shown_set_aside_and_mended(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        for (var i = 0; i < 3; i++) await site.Reader.AnswerAsync("/2019/05/old-story");
        await site.Reader.AnswerAsync("/forgotten");
        foreach (var noise in new[] { "/wp-login.php", "/.env", "/wp-admin/setup", "/newsroom/nothing", "/preview?key=secret", "/xmlrpc.php" }) await site.Reader.AnswerAsync(noise);
        await site.Services.GetRequiredService<ViewKeeping>().KeepAsync();
        await site.Reader.AnswerAsync("/forgotten");
        await site.Services.GetRequiredService<ViewKeeping>().KeepAsync();

        var page = await noor.ReadAsync("/newsroom/redirects/missed");
        Assert.Equal(["/2019/05/old-story", "/forgotten"], page.QuerySelectorAll("tbody th a").Select(a => a.TextContent));
        Assert.Equal(["3", "2"], page.QuerySelectorAll("td.num").Select(c => c.TextContent));

        await noor.PostAsync("/newsroom/redirects/missed", [], "Set aside /forgotten");
        Assert.Equal(["/2019/05/old-story"], (await noor.ReadAsync("/newsroom/redirects/missed")).QuerySelectorAll("tbody th a").Select(a => a.TextContent));
        Assert.Equal(["/forgotten"], (await noor.ReadAsync("/newsroom/redirects/missed?ignored=true")).QuerySelectorAll("tbody th a").Select(a => a.TextContent));

        var link = page.QuerySelector("tbody th a")!.GetAttribute("href")!;
        Assert.Equal("/2019/05/old-story", (await noor.ReadAsync(link)).GetElementById("from")!.GetAttribute("value"));
        await noor.PostAsync(link, new() { ["to"] = "/archives" }, "Save redirect");
        Assert.Equal("301 /archives", await site.Reader.AnswerAsync("/2019/05/old-story"));
        Assert.Contains("Nobody has asked", (await noor.ReadAsync("/newsroom/redirects/missed")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task However_much_is_asked_in_vain_little_is_kept(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.AskAsync(async db =>
        {
            for (var round = 0; round < 3; round++)
                await MissedAddress.AddAsync(db, Enumerable.Range(0, 900).ToDictionary(i => $"/round-{round}/{i}", i => round + 1), site.Now);
            return 0;
        });

        var kept = await site.AskAsync(db => db.MissedAddresses.Select(m => m.Count).ToListAsync());
        Assert.Equal(MissedAddress.Kept, kept.Count);
        Assert.Equal(900, kept.Count(c => c == 3));

        await site.AskAsync(async db =>
        {
            await MissedAddress.AddAsync(db, new Dictionary<string, int> { ["/new"] = 1 }, site.Now + MissedAddress.KeptFor + TimeSpan.FromDays(1));
            return 0;
        });
        Assert.Equal(["/new"], await site.AskAsync(db => db.MissedAddresses.Select(m => m.Path).ToListAsync()));
    }
}
