using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Exchange;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Exchange;

/// <summary>A paper moves house: what arrives, what a second moving van does, and what happens when the first one crashes.</summary>
public class ImporterTests
{
    private static Wxr Gazette => new Wxr()
        .Post(1, "Spring tide", "Water <strong>rises</strong>.", more: Wxr.Comment(10, "Wet.") + Wxr.Comment(11, "Very.", parent: 10, date: "2020-03-05 11:00:00") + Wxr.Comment(12, "Buy pills", approved: "spam") + Wxr.Comment(13, "Maybe", approved: "0"))
        .Post(2, "Neap tide", status: "draft", date: "0000-00-00 00:00:00", link: Wxr.Site + "/?p=2")
        .Post(3, "Next spring", "It will come. Be sure.", status: "future", date: "2031-04-01 08:00:00")
        .Post(4, "For members", status: "publish", more: "<wp:post_password>x</wp:post_password>")
        .Post(5, "Thrown away", status: "trash")
        .Post(6, "For the desk", status: "pending")
        .Post(7, "Hidden", status: "private")
        .Post(8, "About us", "We are here.", type: "page", link: Wxr.Site + "/company/about-us/")
        .Post(9, "mast", type: "attachment", status: "inherit", more: $"<wp:attachment_url>{Wxr.Site}/wp-content/uploads/mast.jpg</wp:attachment_url>");

    [Theory, OnEachProvider]
    public async Task Everything_arrives_where_it_was_and_the_counts_add_up(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);

        var report = await Wxr.ImportAsync(store, Gazette.ToString());

        Assert.True(report.AddsUp, report.ToString());
        Assert.Empty(report.Refusals.Select(r => r.Why));
        Assert.Equal((7, 1, 4, 1), (report.Of("article", ImportOutcome.Added), report.Of("page", ImportOutcome.Added), report.Of("comment", ImportOutcome.Added), report.Of("picture", ImportOutcome.Waiting)));
        Assert.Contains("1 pictures wait for their files", report.ToString());
        await using var db = store.Open();
        var articles = await db.Articles.Whole().OrderBy(a => a.Id).ToListAsync();
        Assert.Equal(
            [ArticleStatus.Published, ArticleStatus.Draft, ArticleStatus.Scheduled, ArticleStatus.Withdrawn, ArticleStatus.Trashed, ArticleStatus.InReview, ArticleStatus.Draft],
            articles.Select(a => a.Status));
        var tide = articles[0];
        Assert.Equal(("Water **rises**.\n", 2020, 3, "spring-tide", "Tides & currents", "Tove Lindqvist", "Cranes"),
            (tide.Body, tide.Year, tide.Month, tide.Slug, tide.Category!.Name, tide.Bylines.Single().Name, tide.Tags.Single().Tag.Name));
        Assert.Equal("harbour", (await db.Categories.SingleAsync(c => c.Id == tide.Category.ParentId)).Slug);
        Assert.Equal(2, tide.CommentCount);
        Assert.Equal("It was open to those with a password only.", articles[3].WithdrawnReason);
        Assert.Equal(new DateTime(2031, 4, 1, 8, 0, 0, DateTimeKind.Utc), articles[2].ScheduledFor);
        var comments = await db.Comments.OrderBy(c => c.Thread).ToListAsync();
        Assert.Equal([("Wet.", 0, CommentState.Approved), ("Very.", 1, CommentState.Approved)], comments.Where(c => c.State == CommentState.Approved).Select(c => (c.Body, c.Depth, c.State)));
        Assert.Equal([CommentState.Pending, CommentState.Approved, CommentState.Approved, CommentState.Spam], comments.Select(c => c.State).Order());
        Assert.Equal("/about-us", await db.Redirects.Where(r => r.From == "/company/about-us").Select(r => r.To).SingleAsync());
        Assert.True((await StoreCheck.MendAsync(db)).IsClean);
    }

    [Theory, OnEachProvider]
    public async Task An_excerpt_is_its_summary_and_a_format_is_told_and_not_kept(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);

        var report = await Wxr.ImportAsync(store, new Wxr().Post(1, "Spring tide", more: "<category domain=\"post_format\" nicename=\"post-format-quote\"><![CDATA[Quote]]></category>").ToString()
            .Replace("<excerpt:encoded><![CDATA[]]>", "<excerpt:encoded><![CDATA[Wet & <em>wide</em>.]]>", StringComparison.Ordinal));

        Assert.Contains("The format “Quote” is not kept: articles have one form", report.Notes);
        await using var db = store.Open();
        Assert.Equal("Wet & wide.", await db.Articles.Select(a => a.Summary).SingleAsync());
        Assert.DoesNotContain("Quote", await db.Tags.Select(t => t.Name).ToListAsync());
    }

    [Theory, OnEachProvider]
    public async Task Everybody_whom_a_plugin_lists_signs_in_its_order_guests_too(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        static string By(string nicename, string name) => $"""<category domain="author" nicename="{nicename}"><![CDATA[{name}]]></category>""";
        var gazette = new Wxr()
            .Raw("<wp:author><wp:author_id>4</wp:author_id><wp:author_login>ada.moe</wp:author_login><wp:author_display_name>Ada Moe</wp:author_display_name></wp:author>")
            .Raw("<wp:term><wp:term_taxonomy>author</wp:term_taxonomy><wp:term_slug>cap-tove</wp:term_slug><wp:term_name>tove</wp:term_name></wp:term>")
            .Post(1, "Three pens", more: By("cap-jonas-guest", "jonas-guest") + By("cap-tove", "tove") + By("cap-ada-moe", "ada.moe") + By("cap-tove", "tove"))
            .Post(2, "A stranger", more: By("lena-vik", "Lena Vik"))
            .Post(3, "Jonas Hald", "He sails.", type: "guest-author", slug: "cap-jonas-guest", more: Wxr.Meta("cap-display_name", "Jonas Hald") + Wxr.Meta("cap-user_login", "jonas-guest"))
            .Post(4, "Tove", type: "guest-author", slug: "cap-tove-2", more: Wxr.Meta("cap-linked_account", "tove"))
            .Raw(new Wxr().Post(5, "Louder").ToString().Split("<item>")[1].Split("</item>")[0].Replace("[tove]", "[TOVE]", StringComparison.Ordinal) is var item ? $"<item>{item}</item>" : "")
            .ToString();

        var report = await Wxr.ImportAsync(store, gazette);

        Assert.True(report.AddsUp, report.ToString());
        Assert.Equal(["author 4 “Tove”: It is the account “tove” once more, and that is here."], report.Refusals.Select(r => r.ToString()));
        await using var db = store.Open();
        var articles = await db.Articles.Whole().OrderBy(a => a.Id).ToListAsync();
        Assert.Equal(
            ["jonas-guest tove ada-moe", "lena-vik", "tove"],
            articles.Select(a => string.Join(' ', a.Bylines.OrderBy(b => b.Position).Select(b => b.Author.Slug))));
        Assert.Equal(["Ada Moe", "Jonas Hald", "Lena Vik", "Tove Lindqvist"], await db.Authors.OrderBy(a => a.Name).Select(a => a.Name).ToListAsync());
        Assert.Equal("He sails.", await db.Authors.Where(a => a.Slug == "jonas-guest").Select(a => a.Bio).SingleAsync());
        var again = await Wxr.ImportAsync(store, gazette);
        Assert.Equal((0, 0), (again.Of(ImportOutcome.Added), again.Of(ImportOutcome.Updated)));
    }

    [Theory, OnEachProvider]
    public async Task A_second_import_of_the_same_file_writes_nothing(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        await Wxr.ImportAsync(store, Gazette.ToString());
        var before = await StateAsync(store);

        var report = await Wxr.ImportAsync(store, Gazette.ToString(), now: Paper.Noon.AddDays(1));

        Assert.True(report.AddsUp);
        Assert.Equal((0, 0, 0), (report.Of(ImportOutcome.Added), report.Of(ImportOutcome.Updated), report.Of(ImportOutcome.Refused)));
        Assert.Equal(before, await StateAsync(store));
    }

    [Theory, OnEachProvider]
    public async Task What_changed_there_is_changed_here_unless_it_was_edited_here(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        await Wxr.ImportAsync(store, new Wxr().Post(1, "Spring tide", "Old.", more: Wxr.Comment(1, "Wet.", approved: "0")).Post(2, "Neap tide", "Old.").ToString());
        await using (var db = store.Open())
        {
            var edited = await db.Articles.Whole().SingleAsync(a => a.Slug == "neap-tide");
            edited.Write(new ArticleText("Neap tide", ["Ours."], "Ours."), Paper.Noon);
            await db.SaveChangesAsync();
        }

        var report = await Wxr.ImportAsync(store, new Wxr()
            .Post(1, "Spring tide", "New.", slug: "spring-flood", more: Wxr.Comment(1, "Wet.", approved: "1") + Wxr.Comment(2, "Late.")).Post(2, "Neap tide", "New.").ToString());

        Assert.True(report.AddsUp);
        Assert.Equal((1, 1, 1, 1), (report.Of("article", ImportOutcome.Updated), report.Of("article", ImportOutcome.LeftAlone), report.Of("comment", ImportOutcome.Updated), report.Of("comment", ImportOutcome.Added)));
        await using var after = store.Open();
        var articles = await after.Articles.OrderBy(a => a.Id).ToListAsync();
        Assert.Equal(articles[0].Id, await after.Redirects.Where(r => r.From == "/2020/03/spring-tide").Select(r => r.ArticleId).SingleAsync());
        Assert.Equal([("New.\n", "spring-flood", 2), ("Ours.", "neap-tide", 0)], articles.Select(a => (a.Body, a.Slug, a.CommentCount)));
    }

    [Theory, OnEachProvider]
    public async Task A_dry_run_tells_all_and_stores_nothing(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);

        var report = await Wxr.ImportAsync(store, Gazette.Post(20, "Moved", link: Wxr.Site + "/news/moved.html").ToString(), isDryRun: true);

        Assert.True(report.AddsUp);
        Assert.Contains(new OldAddress("/news/moved.html", "301 to /2020/03/moved"), report.Addresses);
        Assert.Contains(report.Addresses, a => a is { Path: "/2020/03/spring-tide/", Answer: "301 to /2020/03/spring-tide" });
        await using var db = store.Open();
        Assert.Equal((0, 0, 0, 0), (await db.Articles.CountAsync(), await db.Categories.CountAsync(), await db.ImportedItems.CountAsync(), await db.Redirects.CountAsync()));
    }

    [Theory, OnEachProvider]
    public async Task A_run_that_breaks_off_has_whole_articles_behind_it_and_goes_on(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        var export = new Wxr();
        for (var i = 1; i <= 260; i++) export.Post(i, $"Tide {i}", more: Wxr.Comment(i, "Wet.") + Wxr.Comment(1000 + i, "Very.", parent: i));
        await using (var db = store.Open())
            await Assert.ThrowsAsync<IOException>(() => new Importer(db, $"wordpress {Wxr.Site}", Paper.Noon, Paper.Zone).RunAsync(Wxr.Read(export.ToString()).Select((one, i) => i < 240 ? one : throw new IOException())));
        await using (var db = store.Open())
        {
            Assert.Equal(100, await db.Articles.CountAsync(a => a.Status == ArticleStatus.Published && a.CommentCount == 2));
            Assert.Equal(100, await db.Articles.CountAsync());
        }

        var report = await Wxr.ImportAsync(store, export.ToString());

        Assert.Equal((100, 160, 200, 320), (report.Of("article", ImportOutcome.Unchanged), report.Of("article", ImportOutcome.Added), report.Of("comment", ImportOutcome.Unchanged), report.Of("comment", ImportOutcome.Added)));
        await using var after = store.Open();
        Assert.Equal((260, 520), (await after.Articles.CountAsync(), await after.Comments.CountAsync()));
    }

    [Theory, OnEachProvider]
    public async Task Hostile_things_are_refused_or_mended_one_by_one(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        var report = await Wxr.ImportAsync(store, new Wxr().Head("""
                <wp:category><wp:category_nicename>a</wp:category_nicename><wp:category_parent>b</wp:category_parent><wp:cat_name>A</wp:cat_name></wp:category>
                <wp:category><wp:category_nicename>b</wp:category_nicename><wp:category_parent>a</wp:category_parent><wp:cat_name>B</wp:cat_name></wp:category>
                <wp:category><wp:category_nicename>c</wp:category_nicename><wp:category_parent>gone</wp:category_parent><wp:cat_name>C</wp:cat_name></wp:category>
                """)
            .Post(1, "One").Post(1, "One again")
            .Post(2, "One")
            .Post(3, new string('x', 700), slug: new string('y', 500))
            .Post(4, "", "", link: Wxr.Site + "/?p=4")
            .Post(5, "日本", slug: "%e6%97%a5%e6%9c%ac")
            .Post(6, "Talk", more: Wxr.Comment(1, "Lost.", parent: 99) + Wxr.Comment(2, "Round.", parent: 3) + Wxr.Comment(3, "Round.", parent: 2) + Wxr.Comment(4, "<p>") + Wxr.Comment(4, "Twice."))
            .Post(7, "search", type: "page", link: Wxr.Site + "/search/")
            .Post(8, "NUL \u0000 and \ud83d", "Half \ud83d.")
            .ToString());

        Assert.True(report.AddsUp, report.ToString());
        Assert.Equal(["article 1: Something with this id came before it in the file.", "comment 4: A comment with this id came before it."], report.Refusals.Select(r => $"{r.Kind} {r.Id}: {r.Why}"));
        await using var db = store.Open();
        var articles = await db.Articles.OrderBy(a => a.Id).ToListAsync();
        Assert.Equal(7, articles.Count);
        Assert.Equal(["one", "one-2"], articles.Take(2).Select(a => a.Slug));
        Assert.Equal("article-5", articles[4].Slug);
        Assert.Contains("/2020/03/日本", await db.Redirects.Select(r => r.From).ToListAsync());
        Assert.Equal([0, 0, 0, 1], await db.Comments.Select(c => c.Depth).Order().ToListAsync());
        Assert.Equal("search-page", (await db.Pages.SingleAsync()).Slug);
        Assert.Single(await db.Categories.Where(c => c.Slug == "b" && c.ParentId != null || c.Slug == "a" && c.ParentId != null).ToListAsync());
    }

    [Theory, OnEachProvider]
    public async Task A_simple_menu_hangs_in_an_empty_header_and_never_in_a_full_one(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        string Entry(int id, string title, string kind, string what, string target, int parent = 0) => $"""
            <item><title>{title}</title><wp:post_id>{id}</wp:post_id><wp:menu_order>{id}</wp:menu_order><wp:status>publish</wp:status><wp:post_type>nav_menu_item</wp:post_type><category domain="nav_menu" nicename="m"><![CDATA[{(id < 50 ? "Main" : "Other")}]]></category>
            {Wxr.Meta("_menu_item_type", kind)}{Wxr.Meta("_menu_item_object", what)}{Wxr.Meta("_menu_item_object_id", target)}{Wxr.Meta("_menu_item_url", target)}{Wxr.Meta("_menu_item_menu_item_parent", parent.ToString(System.Globalization.CultureInfo.InvariantCulture))}</item>
            """;

        var report = await Wxr.ImportAsync(store, new Wxr().Post(1, "About us", type: "page").Raw(Entry(60, "No", "custom", "custom", "/x") + Entry(40, "", "taxonomy", "category", "11") + Entry(41, "Us", "post_type", "page", "1", 40) + Entry(42, "Out", "custom", "custom", Wxr.Site + "/")).ToString());

        Assert.True(report.AddsUp, report.ToString());
        Assert.StartsWith("The header has its entries already", report.Refusals.Single().Why);
        await using var db = store.Open();
        var menu = await db.MenuItems.Include(m => m.Category).Include(m => m.Page).Include(m => m.Parent).OrderBy(m => m.Position).ToListAsync();
        Assert.Equal(["Harbour", "Us", "Out"], menu.Select(m => m.Name));
        Assert.Equal((menu[0], "about-us", "/"), (menu[1].Parent, menu[1].Page!.Slug, menu[2].Url));
    }

    private static async Task<string> StateAsync(Store store)
    {
        await using var db = store.Open();
        return string.Join(' ', await db.Articles.SumAsync(a => a.Version), await db.Revisions.CountAsync(), await db.Comments.SumAsync(c => c.Version), await db.Comments.CountAsync(), await db.Pages.SumAsync(p => p.Version),
            await db.Tags.CountAsync(), await db.Categories.CountAsync(), await db.Authors.CountAsync(), await db.Redirects.CountAsync(), await db.ImportedItems.CountAsync(), await db.HomeSlots.CountAsync());
    }
}
