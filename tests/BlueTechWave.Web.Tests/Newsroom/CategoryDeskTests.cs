using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Menus;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

public class CategoryDeskTests
{
    private const string New = "/newsroom/categories/new";

    [Theory, EachStore]
    public async Task A_moved_and_renamed_category_takes_its_articles_and_addresses_along(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var top = await AddAsync(noor, site, "Hardware");
        var chips = await AddAsync(noor, site, "Chips", top);
        var memory = await AddAsync(noor, site, "Memory", chips);
        var other = await AddAsync(noor, site, "Science");
        await site.PublishAsync("Memory gets cheaper", copy => copy.Category = "hardware/chips/memory");
        Assert.Contains("Memory gets cheaper", await site.Reader.TextAsync("/category/hardware"), StringComparison.Ordinal);
        Assert.DoesNotContain("Memory gets cheaper", await site.Reader.TextAsync("/category/science"), StringComparison.Ordinal);

        using var answer = await noor.PostAsync($"/newsroom/categories/{chips}", new() { ["name"] = "Semiconductors", ["slug"] = "", ["parent"] = other.Id() }, "Save category");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);

        Assert.Contains("Memory gets cheaper", await site.Reader.TextAsync("/category/science"), StringComparison.Ordinal);
        Assert.DoesNotContain("Memory gets cheaper", await site.Reader.TextAsync("/category/hardware"), StringComparison.Ordinal);
        Assert.Contains("Memory gets cheaper", await site.Reader.TextAsync("/category/science/semiconductors/memory"), StringComparison.Ordinal);
        Assert.Equal("301 /category/science/semiconductors", await site.Reader.AnswerAsync("/category/hardware/chips"));
        Assert.Equal("301 /category/science/semiconductors/memory/feed", await site.Reader.AnswerAsync("/category/hardware/chips/memory/feed"));
        Assert.NotEqual(0, memory);
    }

    [Theory, EachStore]
    public async Task A_merged_category_leaves_its_articles_and_children_in_the_other(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var hardware = await AddAsync(noor, site, "Hardware");
        var chips = await AddAsync(noor, site, "Chips", hardware);
        await AddAsync(noor, site, "Memory", chips);
        var science = await AddAsync(noor, site, "Science");
        await site.EditAsync(async db => db.MenuItems.Add(new(MenuPlace.Header, "", 9, category: await db.Categories.FindAsync(chips))));
        await site.PublishAsync("Memory gets cheaper", copy => copy.Category = "hardware/chips/memory");
        await site.PublishAsync("A chip that listens", copy => copy.Category = "hardware/chips");
        await site.DraftAsync("A chip that speaks", copy => copy.Category = "hardware/chips");
        await site.Reader.TextAsync("/category/science");

        using (var refused = await noor.PostAsync($"/newsroom/categories/{chips}", [], "Merge"))
            Assert.Contains("choose where", (await refused.PageAsync()).GetElementById("into-error")!.TextContent, StringComparison.Ordinal);
        using var answer = await noor.PostAsync($"/newsroom/categories/{chips}", new() { ["into"] = science.Id() }, "Merge");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);

        var page = await site.Reader.TextAsync("/category/science");
        Assert.Contains("A chip that listens", page, StringComparison.Ordinal);
        Assert.Contains("Memory gets cheaper", page, StringComparison.Ordinal);
        Assert.Equal("301 /category/science", await site.Reader.AnswerAsync("/category/hardware/chips"));
        Assert.Equal("301 /category/science/memory", await site.Reader.AnswerAsync("/category/hardware/chips/memory"));
        Assert.Equal(2, await site.AskAsync(db => db.Articles.CountAsync(a => a.CategoryId == science)));
        Assert.DoesNotContain(await site.AskAsync(db => db.MenuItems.ToListAsync()), m => m.CategoryId == chips);
        Assert.Contains(await site.AuditAsync(e => e.Subject == "Category"), e => e is { Act: "Merged", Name: "Chips", Detail: "into “Science”" });
    }

    [Theory, EachStore]
    public async Task Two_of_one_name_may_stand_under_different_parents_and_not_under_one(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var one = await AddAsync(noor, site, "Law");
        var other = await AddAsync(noor, site, "Money");
        await AddAsync(noor, site, "Courts", one);
        var moneyCourts = await AddAsync(noor, site, "Courts", other);

        foreach (var (name, parent, field, error) in new[]
        {
            ("Courts", one.Id(), "slug", "“Courts” has this address there already"), ("", "", "name", "give it a name"), ("!?", "", "slug", "letter or digit"),
            (new string('n', 121), "", "name", "under 120"), ("Anything", "999999", "parent", "cannot stand there"),
        })
        {
            using var answer = await noor.PostAsync(New, new() { ["name"] = name, ["parent"] = parent }, "Save category");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(error, (await answer.PageAsync()).GetElementById($"{field}-error")!.TextContent, StringComparison.Ordinal);
        }

        // Under itself, or under what stands under it, it cannot go.
        using var circle = await noor.PostAsync($"/newsroom/categories/{other}", new() { ["parent"] = moneyCourts.Id() }, "Save category");
        Assert.Equal(HttpStatusCode.BadRequest, circle.StatusCode);
        // Two children of one name cannot become siblings.
        using var twice = await noor.PostAsync($"/newsroom/categories/{other}", new() { ["into"] = one.Id() }, "Merge");
        Assert.Contains("Both have a “Courts”", (await twice.PageAsync()).GetElementById("into-error")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task Categories_change_places_and_an_empty_one_goes(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var first = await AddAsync(noor, site, "Aaa");
        await AddAsync(noor, site, "Bbb");
        var before = (await noor.ReadAsync("/newsroom/categories")).Rows();

        await noor.PostAsync("/newsroom/categories", [], "Down, Aaa");
        var after = (await noor.ReadAsync("/newsroom/categories")).Rows();
        Assert.Equal(before.IndexOf("Aaa") + 1, after.IndexOf("Aaa"));
        Assert.Equal(before.IndexOf("Aaa"), after.IndexOf("Bbb"));

        await noor.PostAsync($"/newsroom/categories/{first}", [], "Remove this empty category");
        Assert.DoesNotContain("Aaa", (await noor.ReadAsync("/newsroom/categories")).Rows());

        var full = await site.AskAsync(db => db.Categories.Where(c => c.Slug == "ai").Select(c => c.Id).SingleAsync());
        await site.PublishAsync("Robots learn to swim");
        Assert.DoesNotContain("Remove this empty", (await noor.ReadAsync($"/newsroom/categories/{full}")).Body!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<int> AddAsync(Colleague who, NewsSite site, string name, int? under = null)
    {
        using var answer = await who.PostAsync(New, new() { ["name"] = name, ["parent"] = under?.Id() ?? "" }, "Save category");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return await site.AskAsync(db => db.Categories.Where(c => c.Name == name && c.ParentId == under).Select(c => c.Id).SingleAsync());
    }
}
