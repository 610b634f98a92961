using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Menus;
using BlueTechWave.Core.Pages;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>Authors, standing pages, menus and what the paper says of itself.</summary>
public class HouseDeskTests
{
    [Theory, EachStore]
    public async Task A_renamed_author_has_a_new_page_and_old_bylines_stay_as_they_were_printed(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var old = await site.PublishAsync("Robots learn to swim");
        var draft = await site.DraftAsync("Robots learn to dive");
        var id = (await site.AuthorAsync("lina-moreau")).Id;
        await site.Reader.TextAsync("/author/lina-moreau");

        using var saved = await noor.PostAsync($"/newsroom/authors/{id}", new() { ["name"] = "Lina Moreau-Díaz", ["slug"] = "", ["bio"] = "She writes of **water**." }, "Save author");
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        await site.ChangeAsync(draft, a => a.Publish(site.Now, TimeZoneInfo.Utc));

        var page = await site.Reader.TextAsync("/author/lina-moreau-diaz");
        Assert.Contains("She writes of <strong>water</strong>.", page, StringComparison.Ordinal);
        Assert.Equal("301 /author/lina-moreau-diaz", await site.Reader.AnswerAsync("/author/lina-moreau"));
        Assert.Equal("Lina Moreau", (await site.Reader.PageAsync(NewsSite.AddressOf(old))).QuerySelector("a[rel=author]")!.TextContent);
        Assert.Equal("Lina Moreau-Díaz", (await site.Reader.PageAsync(NewsSite.AddressOf(await site.ArticleAsync(draft.Id)))).QuerySelector("a[rel=author]")!.TextContent);
    }

    [Theory, EachStore]
    public async Task Authors_are_added_found_refused_and_removed(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        foreach (var (name, tips, field, error) in new[] { ("", "", "name", "give a name"), ("!?", "", "slug", "letter or digit"), ("Lina Moreau", "", "slug", "“Lina Moreau” has this address"), ("Ada Guest", "not an address", "tips", "no"), (new string('n', 121), "", "name", "under 120") })
        {
            using var refused = await noor.PostAsync("/newsroom/authors/new", new() { ["name"] = name, ["tips"] = tips }, "Save author");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(error, (await refused.PageAsync()).GetElementById($"{field}-error")!.TextContent, StringComparison.Ordinal);
        }

        await noor.PostAsync("/newsroom/authors/new", new() { ["name"] = "Ágata Guest", ["role"] = "columnist", ["tips"] = "agata@paper.example" }, "Save author");
        var desk = await noor.ReadAsync("/newsroom/authors?q=agata");
        Assert.Equal(["Ágata Guest"], desk.Rows());
        var address = desk.QuerySelector("tbody a")!.GetAttribute("href")!;
        await noor.PostAsync(address, [], "Remove author");
        Assert.Contains("No author matches", (await noor.ReadAsync("/newsroom/authors?q=agata")).Body!.TextContent, StringComparison.Ordinal);

        // Whoever has written, or has an account, stays.
        await site.PublishAsync("Robots learn to swim");
        Assert.DoesNotContain("Remove author", (await noor.ReadAsync($"/newsroom/authors/{(await site.AuthorAsync("lina-moreau")).Id}")).Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Remove author", (await noor.ReadAsync($"/newsroom/authors/{noor.Account.AuthorId}")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_standing_page_is_written_previewed_moved_and_removed(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await noor.PostAsync("/newsroom/pages/new", new() { ["title"] = "How we work", ["body"] = "## Slowly\r\n\r\n<script>alert(1)</script>", ["revised"] = "2024-09-01" }, "Save page");
        var page = await site.Reader.TextAsync("/how-we-work");
        Assert.Contains(">Slowly</h2>", page, StringComparison.Ordinal);
        Assert.Contains("September 1, 2024", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);

        var id = await site.AskAsync(db => db.Pages.Where(p => p.Slug == "how-we-work").Select(p => p.Id).SingleAsync());
        await site.EditAsync(async db => db.MenuItems.Add(new(MenuPlace.Header, "", 0, page: await db.Pages.FindAsync(id))));
        using (var preview = await noor.PostAsync($"/newsroom/pages/{id}", new() { ["body"] = "## Carefully" }, "Preview"))
            Assert.Contains(">Carefully</h2>", await preview.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("Carefully", await site.Reader.TextAsync("/how-we-work"), StringComparison.Ordinal);

        await noor.PostAsync($"/newsroom/pages/{id}", new() { ["title"] = "Our ways", ["slug"] = "ways" }, "Save page");
        Assert.Contains("Our ways", await site.Reader.TextAsync("/ways"), StringComparison.Ordinal);
        Assert.Equal("301 /ways", await site.Reader.AnswerAsync("/how-we-work"));
        Assert.Contains("href=\"/ways\"", await site.Reader.TextAsync("/"), StringComparison.Ordinal);

        await noor.PostAsync($"/newsroom/pages/{id}", [], "Remove page");
        Assert.Equal("404", await site.Reader.AnswerAsync("/ways"));
        Assert.DoesNotContain("href=\"/ways\"", await site.Reader.TextAsync("/"), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task Nobody_saves_over_anothers_page_and_no_page_takes_an_address_of_the_site(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await site.EditAsync(db =>
        {
            db.Add(new StandingPage("ways", "Our ways"));
            return Task.CompletedTask;
        });
        foreach (var (title, slug, revised, field, error) in new[]
        {
            ("", "", "", "title", "give it a title"), ("Search", "", "", "slug", "The site itself"), ("2024", "", "", "slug", "The site itself"), ("Other", "newsroom", "", "slug", "The site itself"),
            ("Other", "ways", "", "slug", "“Our ways” has this address"), ("Other", "", "yesterday", "revised", "give a day"), ("!", "", "", "slug", "letter or digit"),
        })
        {
            using var refused = await noor.PostAsync("/newsroom/pages/new", new() { ["title"] = title, ["slug"] = slug, ["revised"] = revised }, "Save page");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(error, (await refused.PageAsync()).GetElementById($"{field}-error")!.TextContent, StringComparison.Ordinal);
        }

        var id = await site.AskAsync(db => db.Pages.Where(p => p.Slug == "ways").Select(p => p.Id).SingleAsync());
        var open = (await noor.ReadAsync($"/newsroom/pages/{id}")).QuerySelector("input[name=version]")!.GetAttribute("value")!;
        await noor.PostAsync($"/newsroom/pages/{id}", new() { ["body"] = "Theirs" }, "Save page");
        using var late = await noor.PostAsync($"/newsroom/pages/{id}", new() { ["body"] = "Mine", ["version"] = open }, "Save page");
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var page = await late.PageAsync();
        Assert.Equal(("Theirs", "Mine"), (page.GetElementById("theirs")!.TextContent.Trim(), page.GetElementById("body")!.TextContent.Trim()));
        await noor.Http.PostAsync($"/newsroom/pages/{id}", new FormUrlEncodedContent(Colleague.Filled(page.QuerySelectorAll("main form").OfType<AngleSharp.Html.Dom.IHtmlFormElement>().First())));
        Assert.Equal("Mine", await site.AskAsync(db => db.Pages.Where(p => p.Id == id).Select(p => p.Body).SingleAsync()));
    }

    [Theory, EachStore]
    public async Task A_menu_is_built_by_buttons_and_readers_see_it_at_once(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var ai = await site.AskAsync(db => db.Categories.Where(c => c.Slug == "ai").Select(c => c.Id).SingleAsync());
        await site.Reader.TextAsync("/");
        foreach (var (label, leads, url) in new[] { ("Sections", "", ""), ("Robots desk", $"category-{ai}", ""), ("Elsewhere", "address", "https://elsewhere.example/"), ("Old papers", "address", "/archives") })
        {
            using var added = await noor.PostAsync("/newsroom/menus/new?menu=header", new() { ["label"] = label, ["leads"] = leads, ["url"] = url }, "Save entry");
            Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        }

        await noor.PostAsync("/newsroom/menus", [], "In, Robots desk");
        await noor.PostAsync("/newsroom/menus", [], "Up, Old papers");
        await noor.PostAsync("/newsroom/menus", [], "In, Old papers");
        Assert.Equal(["Sections 1", "Robots desk 2", "Old papers 2", "Elsewhere 1"], Tree(await noor.ReadAsync("/newsroom/menus")).Where(l => l.Split(' ')[0] is "Sections" or "Robots" or "Old" or "Elsewhere"));
        var nav = (await site.Reader.PageAsync("/")).QuerySelector("nav.nav")!;
        Assert.Equal(["Robots desk", "Old papers"], nav.QuerySelectorAll(".nav-item")[^1].QuerySelectorAll(".panel-list a").Select(a => a.TextContent));

        await noor.PostAsync("/newsroom/menus", [], "Out, Robots desk");
        var entry = (await noor.ReadAsync("/newsroom/menus")).QuerySelectorAll(".menu-name a").Single(a => a.TextContent == "Robots desk").GetAttribute("href")!;
        await noor.PostAsync(entry, new() { ["label"] = "Machines" }, "Save entry");
        Assert.Contains("Machines", (await site.Reader.PageAsync("/")).QuerySelector("nav.nav")!.TextContent, StringComparison.Ordinal);
        await noor.PostAsync(entry, [], "Take it from the menu");
        Assert.DoesNotContain("Machines", (await site.Reader.PageAsync("/")).QuerySelector("nav.nav")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task What_is_dragged_lands_where_it_was_dropped_or_stays_if_the_menu_goes_no_deeper(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        foreach (var label in new[] { "One", "Two", "Three", "Four" })
            await noor.PostAsync("/newsroom/menus/new?menu=footer", new() { ["label"] = label }, "Save entry");
        var ids = await site.AskAsync(db => db.MenuItems.Where(m => m.Place == MenuPlace.Footer).ToDictionaryAsync(m => m.Label, m => m.Id));

        await DropAsync("Four", "", 0);
        await DropAsync("Two", ids["One"].Id(), 0);
        Assert.Equal(["Four 1", "One 1", "Two 2", "Three 1"], await FooterAsync());
        // A footer has two levels: neither a third, nor one under itself.
        await DropAsync("Three", ids["Two"].Id(), 0);
        await DropAsync("One", ids["Four"].Id(), 0);
        await DropAsync("One", ids["Two"].Id(), 0);
        Assert.Equal(["Four 1", "One 1", "Two 2", "Three 1"], await FooterAsync());

        async Task DropAsync(string what, string parent, int position)
        {
            var form = (AngleSharp.Html.Dom.IHtmlFormElement)(await noor.ReadAsync("/newsroom/menus")).QuerySelector("form[data-drop]")!;
            var fields = new Dictionary<string, string>(Colleague.Filled(form)) { ["id"] = ids[what].Id(), ["parent"] = parent, ["position"] = position.Id() };
            await noor.Http.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent(fields));
        }

        async Task<List<string>> FooterAsync() => [.. Tree(await noor.ReadAsync("/newsroom/menus")).Where(l => ids.ContainsKey(l.Split(' ')[0]))];
    }

    [Theory, EachStore]
    public async Task What_cannot_be_an_entry_is_refused_beside_its_field(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        foreach (var (label, leads, url, field, error) in new[]
        {
            ("", "", "", "label", "needs words"), ("X", "address", "javascript:alert(1)", "url", "Give a path"), ("X", "address", "//evil.example", "url", "Give a path"), ("X", "address", "", "url", "Give a path"),
            ("X", "category-99999", "", "leads", "not there any more"), ("X", "page-x", "", "leads", "not there any more"), (new string('n', 121), "", "", "label", "under 120"),
        })
        {
            using var refused = await noor.PostAsync("/newsroom/menus/new?menu=header", new() { ["label"] = label, ["leads"] = leads, ["url"] = url }, "Save entry");
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(error, (await refused.PageAsync()).GetElementById($"{field}-error")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Theory, EachStore]
    public async Task The_owner_sets_what_the_paper_says_of_itself(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var hanna = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        await site.EditAsync(db =>
        {
            db.Add(new SocialLink("x", "X", "https://x.example/btw", 0, 0));
            return Task.CompletedTask;
        });
        await site.PublishManyAsync(12);
        var social = $"social-{await site.AskAsync(db => db.SocialLinks.Select(l => l.Id).SingleAsync())}";
        await site.Reader.TextAsync("/category/ai");

        using (var refused = await hanna.PostAsync("/newsroom/settings/site", new() { ["perPage"] = "three", [social] = "x.example" }, "Save settings"))
        {
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            var page = await refused.PageAsync();
            Assert.Contains("from 5 to 100", page.GetElementById("perPage-error")!.TextContent, StringComparison.Ordinal);
            Assert.Contains("a whole address", page.GetElementById($"{social}-error")!.TextContent, StringComparison.Ordinal);
            Assert.Equal("x.example", page.GetElementById(social)!.GetAttribute("value"));
        }

        await hanna.PostAsync("/newsroom/settings/site", new() { ["tagline"] = "News of the wires", ["footer"] = "Made *slowly*.", ["perPage"] = "5", [social] = "" }, "Save settings");
        var home = await site.Reader.TextAsync("/");
        Assert.Contains("News of the wires", home, StringComparison.Ordinal);
        Assert.Contains("Made <em>slowly</em>.", home, StringComparison.Ordinal);
        Assert.DoesNotContain("x.example", home, StringComparison.Ordinal);
        Assert.Equal(("200", "404"), (await site.Reader.AnswerAsync("/category/ai/page/3"), await site.Reader.AnswerAsync("/category/ai/page/4")));
    }

    private static List<string> Tree(AngleSharp.Dom.IDocument desk) =>
        [.. desk.QuerySelectorAll(".menu-tree > li").Select(l => $"{l.QuerySelector(".menu-name a")!.TextContent} {l.GetAttribute("data-level")}")];
}
