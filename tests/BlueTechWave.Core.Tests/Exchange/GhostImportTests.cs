using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Exchange;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Tests.Pictures;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Exchange;

/// <summary>A paper moves house from Ghost: what arrives, what a second van does, and what happens when the first one crashes.</summary>
public sealed class GhostImportTests : IDisposable
{
    private const string Mast = GhostFile.Mark + "/content/images/2020/01/mast.jpg";

    private readonly string _around = Directory.CreateTempSubdirectory("btw-ghost-").FullName;
    private readonly ImportMedia _media;

    public GhostImportTests()
    {
        _media = new(new(new DiskPictureStore(Path.Combine(_around, "store")), PictureLimits.Usual), new UploadsFolder(Path.Combine(_around, "images")));
        Directory.CreateDirectory(Path.Combine(_around, "images", "2020", "01"));
        File.WriteAllBytes(Path.Combine(_around, "images", "2020", "01", "mast.jpg"), Photograph.Jpeg(900, 600, 1));
    }

    private static IEnumerable<IncomingRedirect> Redirects => [new IncomingRedirect("/flood/", "/spring-tide/"), new IncomingRedirect("/shop", "https://else.example/"), new IncomingRedirect("/a b", "no"), new IncomingRedirect("/shop/", "/x")];

    private static GhostFile Gazette => new GhostFile()
        .Post("p1", "Spring tide", GhostFile.Lexical(new { type = "paragraph", children = new[] { new { type = "text", text = "Water" } } }, new { type = "image", src = GhostFile.Mark + "/content/images/size/w600/2020/01/mast.jpg", alt = "", caption = "Seen" }), new { feature_image = Mast, featured = true })
        .Row("posts_meta", new { post_id = "p1", feature_image_alt = "A mast in fog", feature_image_caption = "The mast" })
        .Post("p2", "Neap tide", GhostFile.Text("Water falls."), new { status = "draft", published_at = (string?)null }, tags: [])
        .Post("p3", "Next spring", GhostFile.Text("It will come. Be sure."), new { status = "scheduled", published_at = "2031-04-01T08:00:00.000Z", feature_image = Mast })
        .Row("posts_meta", new { post_id = "p3", feature_image_alt = "The same mast", feature_image_caption = "A year on" })
        .Post("p4", "For members", GhostFile.Text("Secret."), new { visibility = "members" })
        .Post("p5", "A letter", GhostFile.Text("Dear reader."), new { status = "sent" }, authors: [])
        .Page("p6", "About us", GhostFile.Text("We are here."), new { feature_image = Mast })
        .Row("posts_meta", new { post_id = "p6", feature_image_alt = "Our mast", feature_image_caption = "By <i>Ines</i>" })
        .Page("p7", "Inside", GhostFile.Text("Members."), new { visibility = "paid" })
        .Row("members", new { id = "m1", name = "Ines", email = "ines@reader.example" })
        .Row("comments", new { id = "c1", post_id = "p1", member_id = "m1", html = "<p>Wet.</p>", status = "published", created_at = "2020-03-05T10:00:00.000Z" })
        .Row("comments", new { id = "c2", post_id = "p1", parent_id = "c1", html = "<p>Very.</p>", status = "published", created_at = "2020-03-05T11:00:00.000Z" })
        .Row("comments", new { id = "c3", post_id = "p1", html = "<p>Rude.</p>", status = "hidden", created_at = "2020-03-05T12:00:00.000Z" })
        .Row("comments", new { id = "c4", post_id = "p1", html = "", status = "deleted" })
        .Row("comments", new { id = "c5", post_id = "gone", html = "<p>Lost.</p>" })
        .Row("settings", new { key = "navigation", value = """[{"label":"Tides","url":"/tag/tides/"}]""" })
        .Row("newsletters", new { id = "n1" });

    [Theory, OnEachProvider]
    public async Task Everything_arrives_where_it_was_and_the_counts_add_up(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);

        var report = await GhostFile.ImportAsync(store, Gazette.ToString(), media: _media, more: Redirects);

        Assert.True(report.AddsUp, report.ToString());
        Assert.Equal(
            ["comment : They are of pages, or of articles that are not in the file.", "comment c4: It was deleted.", "page p7: It was not open to everybody, and a page here is public as soon as it is there.", "redirect /a b: It leads to no address.", "redirect /shop/: A redirect from this address came before it.", "tag t9: It was for the newsroom and the theme alone, and readers see every tag here."],
            report.Refusals.Select(r => $"{r.Kind} {r.Id}: {r.Why}").Order(StringComparer.Ordinal));
        Assert.Equal((5, 1, 3, 1, 2, 1), (report.Of("article", ImportOutcome.Added), report.Of("page", ImportOutcome.Added), report.Of("comment", ImportOutcome.Added), report.Of("picture", ImportOutcome.Added), report.Of("redirect", ImportOutcome.Added), report.Of("menu entry", ImportOutcome.Added)));
        await using var db = store.Open();
        var articles = await db.Articles.Whole().OrderBy(a => a.Id).ToListAsync();
        Assert.Equal([ArticleStatus.Published, ArticleStatus.Draft, ArticleStatus.Scheduled, ArticleStatus.Withdrawn, ArticleStatus.Draft], articles.Select(a => a.Status));
        var (tide, picture) = (articles[0], await db.Pictures.SingleAsync());
        Assert.Equal(($"Water\n\n![]({picture.Address} \"Seen\")\n", 2020, 3, "spring-tide", "Tides & currents", 2), (tide.Body, tide.Year, tide.Month, tide.Slug, tide.Category!.Name, tide.CommentCount));
        Assert.Equal(["Ines Roca", "Tove Lindqvist"], tide.Bylines.OrderBy(b => b.Position).Select(b => b.Name));
        Assert.Equal(["Cranes", "Tides & currents"], tide.Tags.Select(t => t.Tag.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("A mast in fog", "The mast"), (tide.Picture!.Alt, tide.Picture.Caption));
        Assert.Equal(("The same mast", "A year on"), (articles[2].Picture!.Alt, articles[2].Picture!.Caption));
        Assert.Equal(("Uncategorized", "The Harbour Gazette"), (articles[1].Category!.Name, articles[4].Bylines.Single().Name));
        Assert.Equal("It was open to members only.", articles[3].WithdrawnReason);
        Assert.Equal(new DateTime(2031, 4, 1, 8, 0, 0, DateTimeKind.Utc), articles[2].ScheduledFor);
        Assert.Equal($"![Our mast]({picture.Address} \"By Ines\")\n\nWe are here.\n", await db.Pages.Where(p => p.Slug == "about-us").Select(p => p.Body).SingleAsync());
        Assert.Equal([("Wet.", 0, CommentState.Approved, "Ines"), ("Very.", 1, CommentState.Approved, "A reader"), ("Rude.", 0, CommentState.Rejected, "A reader")], (await db.Comments.OrderBy(c => c.Id).ToListAsync()).Select(c => (c.Body, c.Depth, c.State, c.Name)));
        var led = await db.Redirects.ToDictionaryAsync(r => r.From);
        Assert.Equal((tide.Id, tide.Id, "https://else.example/", picture.Address), (led["/spring-tide"].ArticleId, led["/flood"].ArticleId, led["/shop"].To, led["/content/images/2020/01/mast.jpg"].To));
        Assert.Equal(tide.Id, (await db.HomeSlots.SingleAsync()).ArticleId);
        Assert.True((await StoreCheck.MendAsync(db)).IsClean);
    }

    [Theory, OnEachProvider]
    public async Task A_second_import_of_the_same_file_writes_nothing(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        await GhostFile.ImportAsync(store, Gazette.ToString(), media: _media, more: Redirects);
        var before = await StateAsync(store);

        foreach (var media in new[] { _media, null })
        {
            var report = await GhostFile.ImportAsync(store, Gazette.ToString(), now: Paper.Noon.AddDays(1), media: media, more: Redirects);

            Assert.True(report.AddsUp, report.ToString());
            Assert.Equal((0, 0, 0), (report.Of(ImportOutcome.Added), report.Of(ImportOutcome.Updated), report.Of(ImportOutcome.LeftAlone)));
            Assert.Equal(before, await StateAsync(store));
        }
    }

    /// <summary>As in an export that nobody here wrote: the first of a site of today.</summary>
    [Theory, OnEachProvider]
    public async Task What_lies_elsewhere_is_told_and_no_reader_sees_what_the_old_house_called_its_menu(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        var gazette = new GhostFile()
            .Post("p1", "Spring tide", GhostFile.Lexical(new { type = "image", src = "https://static.else.example/quay.png", alt = "", caption = "The quay" }))
            .Post("p2", "For members", GhostFile.Text("Secret."), new { visibility = "paid" })
            .Row("settings", new { key = "secondary_navigation", value = """[{"label":"Contact","url":"/contact/"}]""" });

        var tried = await GhostFile.ImportAsync(store, gazette.ToString(), isDryRun: true);
        await GhostFile.ImportAsync(store, gazette.ToString());

        Assert.Contains("A picture in the text lies on another site: here it is a link to it", tried.Notes);
        Assert.Contains(new OldAddress("/for-members/", "301 to /2020/03/for-members, which answers 410: it is withdrawn here"), tried.Addresses);
        Assert.Superset(new HashSet<string>(["/", "/rss/", "/author/tove/", "/category/tides/"]), tried.Addresses.Select(a => a.Path).ToHashSet());
        await using var db = store.Open();
        Assert.Equal(["More", "Contact"], await db.MenuItems.OrderBy(m => m.Position).Select(m => m.Label).ToListAsync());
    }

    [Theory, OnEachProvider]
    public async Task Pictures_that_come_later_hang_where_they_hung(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        var first = await GhostFile.ImportAsync(store, Gazette.ToString());
        var second = await GhostFile.ImportAsync(store, Gazette.ToString(), media: _media);

        Assert.Equal((1, 1), (first.Of("picture", ImportOutcome.Waiting), second.Of("picture", ImportOutcome.Added)));
        await using var db = store.Open();
        var article = await db.Articles.Whole().SingleAsync(a => a.Slug == "spring-tide");
        Assert.Contains("picture:", article.Body);
        Assert.NotNull(article.Picture);
    }

    [Theory, OnEachProvider]
    public async Task What_changed_there_is_changed_here_unless_it_was_edited_here(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        await GhostFile.ImportAsync(store, new GhostFile().Post("p1", "Spring tide", GhostFile.Text("Old.")).Post("p2", "Neap tide", GhostFile.Text("Old.")).ToString(), more: [new IncomingRedirect("/a", "/b"), new IncomingRedirect("/c", "/d")]);
        await using (var db = store.Open())
        {
            var edited = await db.Articles.Whole().SingleAsync(a => a.Slug == "neap-tide");
            edited.Write(new ArticleText("Neap tide", ["Ours."], "Ours."), Paper.Noon);
            (await db.Redirects.SingleAsync(r => r.From == "/c")).Lead("/c", "/ours");
            await db.SaveChangesAsync();
        }

        var report = await GhostFile.ImportAsync(store, new GhostFile().Post("p1", "Spring tide", GhostFile.Text("New."), new { slug = "spring-flood" }).Post("p2", "Neap tide", GhostFile.Text("New.")).ToString(), more: [new IncomingRedirect("/a", "/e"), new IncomingRedirect("/c", "/e")]);

        Assert.True(report.AddsUp, report.ToString());
        Assert.Equal((1, 1, 1, 1), (report.Of("article", ImportOutcome.Updated), report.Of("article", ImportOutcome.LeftAlone), report.Of("redirect", ImportOutcome.Updated), report.Of("redirect", ImportOutcome.LeftAlone)));
        await using var after = store.Open();
        var articles = await after.Articles.OrderBy(a => a.Id).ToListAsync();
        Assert.Equal([("New.\n", "spring-flood"), ("Ours.", "neap-tide")], articles.Select(a => (a.Body, a.Slug)));
        Assert.Equal(articles[0].Id, await after.Redirects.Where(r => r.From == "/2020/03/spring-tide").Select(r => r.ArticleId).SingleAsync());
        Assert.Equal(["/e", "/ours"], await after.Redirects.Where(r => r.From == "/a" || r.From == "/c").OrderBy(r => r.From).Select(r => r.To).ToListAsync());
    }

    [Theory, OnEachProvider]
    public async Task A_dry_run_tells_all_and_stores_nothing(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);

        var report = await GhostFile.ImportAsync(store, Gazette.ToString(), isDryRun: true, media: _media, more: Redirects);

        Assert.True(report.AddsUp, report.ToString());
        Assert.Contains(new OldAddress("/spring-tide/", "301 to /2020/03/spring-tide"), report.Addresses);
        Assert.Contains(report.Addresses, a => a.Path == "/flood/");
        await using var db = store.Open();
        Assert.Equal((0, 0, 0, 0, 0), (await db.Articles.CountAsync(), await db.Categories.CountAsync(), await db.ImportedItems.CountAsync(), await db.Redirects.CountAsync(), await db.Pictures.CountAsync()));
    }

    [Theory, OnEachProvider]
    public async Task A_run_that_breaks_off_has_whole_articles_behind_it_and_goes_on(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        var export = new GhostFile();
        for (var i = 1; i <= 260; i++) export.Post($"p{i}", $"Tide {i}", GhostFile.Text("Water.")).Row("comments", new { id = $"c{i}", post_id = $"p{i}", html = "<p>Wet.</p>" });
        using (var stop = new CancellationTokenSource())
        await using (var db = store.Open())
        {
            var left = 240;
            var stopped = GhostFile.Read(export.ToString()).Select(one =>
            {
                if (one is IncomingArticle && --left == 0) stop.Cancel();
                return one;
            });
            await Assert.ThrowsAsync<OperationCanceledException>(() => new Importer(db, "ghost 0a1b", Paper.Noon, Paper.Zone).RunAsync(stopped, cancellation: stop.Token));
        }

        await using (var db = store.Open()) Assert.Equal((100, 100), (await db.Articles.CountAsync(), await db.Articles.CountAsync(a => a.Status == ArticleStatus.Published && a.CommentCount == 1)));

        var report = await GhostFile.ImportAsync(store, export.ToString());

        Assert.Equal((100, 160, 100, 160), (report.Of("article", ImportOutcome.Unchanged), report.Of("article", ImportOutcome.Added), report.Of("comment", ImportOutcome.Unchanged), report.Of("comment", ImportOutcome.Added)));
    }

    [Theory, OnEachProvider]
    public async Task Hostile_things_are_refused_or_mended_one_by_one(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);

        var report = await GhostFile.ImportAsync(store, new GhostFile()
            .Post("p1", "One", GhostFile.Text("A.")).Post("p1", "One again", GhostFile.Text("B."))
            .Post("p2", "One", GhostFile.Text("C."))
            .Post("p3", new string('x', 700), GhostFile.Text("D."), new { slug = new string('y', 500) })
            .Post("p4", "", GhostFile.Text(""), new { slug = "", published_at = "0000-00-00 00:00:00" })
            .Post("p5", "日本", GhostFile.Text("E."), new { slug = "" }, tags: ["gone"], authors: ["gone"])
            .Post("", "No id", GhostFile.Text("F."), new { uuid = "" })
            .Post("p6", "search", GhostFile.Text("G."))
            .Post(new string('i', 400), "Long id")
            .Row("tags", new { id = "t1", name = "Twice" }).Row("tags", new { id = "", name = "None" }).Row("users", new { id = "u1", name = "Twice" }).Row("posts_tags", new { tag_id = 7 }).Row("tags", new { id = "t5" })
            .ToString());

        Assert.True(report.AddsUp, report.ToString());
        Assert.Equal(
            ["article p1: Something with this id came before it in the file.", "author u1: An author with this id came before it.", "post : It has no id.", $"post {new string('i', 40)}: Its id is longer than any id.", "tag : It has no id, by which articles would name it.", "tag t1: A tag with this id came before it.", "tag t5: It has no name.", "tag t9: It was for the newsroom and the theme alone, and readers see every tag here."],
            report.Refusals.Select(r => $"{r.Kind} {r.Id}: {r.Why}").Order(StringComparer.Ordinal));
        await using var db = store.Open();
        var articles = await db.Articles.OrderBy(a => a.Id).ToListAsync();
        Assert.Equal(["one", "one-2"], articles.Take(2).Select(a => a.Slug));
        Assert.Equal((6, "Untitled", "article-p5"), (articles.Count, articles[3].Headline, articles[4].Slug));
        Assert.Contains("What readers found at its old address is another page here", report.Notes);
        Assert.Contains("Has a tag that the file does not list", report.Notes);
    }

    public void Dispose() => Directory.Delete(_around, recursive: true);

    private static async Task<string> StateAsync(Store store)
    {
        await using var db = store.Open();
        return string.Join(' ', await db.Articles.SumAsync(a => a.Version), await db.Revisions.CountAsync(), await db.Comments.SumAsync(c => c.Version), await db.Comments.CountAsync(), await db.Pages.SumAsync(p => p.Version), await db.Pictures.CountAsync(),
            await db.Tags.CountAsync(), await db.Categories.CountAsync(), await db.Authors.CountAsync(), await db.Redirects.CountAsync(), await db.ImportedItems.CountAsync(), await db.HomeSlots.CountAsync(), await db.MenuItems.CountAsync());
    }
}
