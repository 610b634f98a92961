using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Tests.Exchange;
using BlueTechWave.Core.Tests.Pictures;
using BlueTechWave.Web.Imports;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Tests.Cli;
using BlueTechWave.Web.Tests.Comments;
using BlueTechWave.Web.Tests.Heralds;
using BlueTechWave.Web.Tests.Mail;
using BlueTechWave.Web.Tests.Nodes;
using BlueTechWave.Web.Tests.Pictures;
using BlueTechWave.Web.Tests.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>An owner moves her old paper in, from the newsroom.</summary>
public class MovingInTests
{
    private const string Desk = "/newsroom/settings/import";

    [Theory, EachStore]
    public async Task A_file_is_tried_first_and_then_imported_while_the_paper_is_read(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var hanna = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        var uploads = Directory.CreateDirectory(Path.Combine(site.Folder, "imports", "old-uploads", "2020", "03"));
        await File.WriteAllBytesAsync(Path.Combine(uploads.FullName, "Mast.jpg"), Photograph.Jpeg(520, 350), TestContext.Current.CancellationToken);
        Assert.Contains("Bring the file here", (await hanna.ReadAsync(Desk)).QuerySelector("main")!.TextContent);
        await site.Reader.GetStringAsync("/");

        await BringAsync(site, hanna, new Wxr().Picture(8, "2020/03/Mast.jpg", "A mast").Post(1, "Spring tide", more: Wxr.Meta("_thumbnail_id", "8")).Post(2, "Old draft", status: "draft").Post(3, "Soup", type: "recipe"));

        var tried = (await hanna.ReadAsync(Desk)).QuerySelector("main")!.TextContent;
        Assert.Contains("It is from WordPress", tried);
        Assert.Contains("There is no “recipe” here.", tried);
        Assert.Contains("with every old address", tried);
        Assert.Equal(0, await site.AskAsync(db => db.ImportedItems.CountAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await site.Reader.GetAsync("/2020/03")).StatusCode);

        await PressAsync(site, hanna, "Import", ("uploads", "old-uploads"));

        var done = await hanna.ReadAsync(Desk);
        Assert.Contains("It is imported.", done.QuerySelector("main")!.TextContent);
        Assert.Equal("2", done.QuerySelectorAll("tbody tr").Single(r => r.QuerySelector("th")!.TextContent == "article").QuerySelector("td")!.TextContent);
        Assert.Contains("Spring tide", await site.Reader.GetStringAsync("/2020/03"));
        await site.CutAsync();
        Assert.Contains("alt=\"A mast\"", await site.Reader.GetStringAsync("/2020/03/spring-tide"));
        using var report = await hanna.GetAsync(Desk + "/report");
        Assert.Equal("attachment", report.Content.Headers.ContentDisposition?.DispositionType);
        Assert.StartsWith($"Imported: wordpress {Wxr.Site}", await report.Content.ReadAsStringAsync());
        Assert.Equal("Hanna Virtanen", (await site.AuditAsync(e => e.Subject == "Import")).Single().By);
    }

    [Theory, EachStore]
    public async Task The_old_addresses_are_asked_for_by_a_button_and_nobody_seems_to_have_read_or_missed_anything(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var hanna = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        await BringAsync(site, hanna, new Wxr().Post(1, "Spring tide", link: Wxr.Site + "/stories/spring.html").Post(2, "Mud", status: "private"));
        Assert.DoesNotContain("Check the old addresses", Buttons(await hanna.ReadAsync(Desk)));
        Assert.Equal(HttpStatusCode.NotFound, (await hanna.GetAsync(Desk + "/check")).StatusCode);
        await PressAsync(site, hanna, "Import");

        await PressAsync(site, hanna, "Check the old addresses");

        Assert.Contains("neither, all of them rightly.", Parity(await hanna.ReadAsync(Desk)).TextContent);
        await site.EditAsync(async db => db.Remove(await db.Redirects.SingleAsync(r => r.From == "/stories/spring")));
        await PressAsync(site, hanna, "Check the old addresses");
        var page = await hanna.ReadAsync(Desk);
        Assert.Contains("/stories/spring.html  leads to /stories/spring, which answers 404", Parity(page).QuerySelector("details[open]")!.TextContent);
        Assert.Contains("It is imported.", page.QuerySelector("main")!.TextContent);
        using var report = await hanna.GetAsync(Desk + "/check");
        Assert.Equal("attachment", report.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Contains("/2020/03/mud/", await report.Content.ReadAsStringAsync());
        Assert.Empty(site.Services.GetRequiredService<MissedAddressCounter>().TakeAll());
        Assert.Empty(site.Services.GetRequiredService<ViewCounter>().TakeAll());

        static AngleSharp.Dom.IElement Parity(AngleSharp.Dom.IDocument page) => page.QuerySelector("[aria-labelledby=parity-title]")!;
    }

    [Theory, EachStore]
    public async Task Pictures_are_brought_as_a_zip_and_go_when_the_export_is_put_away(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var hanna = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        using var packed = new MemoryStream();
        await using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var mast = await zip.CreateEntry("wp-content/uploads/2020/03/Mast.jpg").OpenAsync(TestContext.Current.CancellationToken);
            await mast.WriteAsync(Photograph.Jpeg(520, 350), TestContext.Current.CancellationToken);
        }

        using (var none = await SendAsync(hanna, "mast.zip", "no zip"u8.ToArray(), to: "pictures")) Assert.Contains("no ZIP that can be read", (await hanna.ReadAsync(none.Headers.Location!.OriginalString)).GetElementById("file-error")!.TextContent);
        Assert.Empty(Directory.GetFiles(Path.Combine(site.Folder, "imports"), "*.zip"));
        using (var brought = await SendAsync(hanna, "../Old Uploads.zip", packed.ToArray(), to: "pictures")) Assert.Equal(Desk, brought.Headers.Location?.OriginalString);
        Assert.Equal("pictures-old-uploads.zip", (await hanna.ReadAsync(Desk)).QuerySelectorAll("#pictures option")[^1].TextContent);
        await BringAsync(site, hanna, new Wxr().Picture(8, "2020/03/Mast.jpg", "A mast").Post(1, "Spring tide", more: Wxr.Meta("_thumbnail_id", "8")));
        await PressAsync(site, hanna, "Import", ("uploads", "pictures-old-uploads.zip"));

        await site.CutAsync();
        Assert.Contains("alt=\"A mast\"", await site.Reader.GetStringAsync("/2020/03/spring-tide"));
        await hanna.PostAsync(Desk, [], "Put the file away");
        Assert.Empty(Directory.GetFiles(Path.Combine(site.Folder, "imports"), "*.zip"));
    }

    [Theory, EachStore]
    public async Task What_moves_in_is_news_to_nobody(Store store)
    {
        await using var listener = await Listener.OpenAsync();
        await using var hub = await Elsewhere.OpenAsync();
        await using var engine = await Elsewhere.OpenAsync();
        await using var site = await NewsSite.OpenAsync(store, Hooks.Private, "Comments:MailAfterSeconds=0", "Site:BaseUrl=https://btw.example", $"WebSub:Hub={hub.Address}", "IndexNow:Key=a-key-of-our-own", $"IndexNow:Endpoint={engine.Address}");
        using var hanna = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        var uploads = Directory.CreateDirectory(Path.Combine(site.Folder, "imports", "old", "2020", "03"));
        await File.WriteAllBytesAsync(Path.Combine(uploads.FullName, "Mast.jpg"), Photograph.Jpeg(520, 350), TestContext.Current.CancellationToken);
        await hanna.HookAsync(listener);
        // Recent, so that neither its age nor that of its comments is what keeps them quiet.
        Wxr Gazette(params string[] comments) => new Wxr().Picture(8, "2020/03/Mast.jpg", "A mast").Post(1, "Spring tide", date: "2024-09-25 09:00:00", more: Wxr.Meta("_thumbnail_id", "8") + string.Concat(comments));
        await BringAsync(site, hanna, Gazette());
        await PressAsync(site, hanna, "Import", ("uploads", "old"));
        await site.CutAsync();
        await site.EditAsync(async db =>
        {
            var follower = new Follower((await db.Articles.SingleAsync(a => a.Slug == "spring-tide")).Id, "ilse@reader.example", site.Now);
            follower.Confirm(0, site.Now);
            db.Add(follower);
        });

        await BringAsync(site, hanna, Gazette(Wxr.Comment(1, "Wet.", date: "2024-09-25 09:10:00")));
        await PressAsync(site, hanna, "Import", ("uploads", "old"));
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await site.Services.GetRequiredService<DiscussionKeeping>().TellAsync(TestContext.Current.CancellationToken);
        await site.TellAsync();

        Assert.Contains("Wet.", await site.Reader.GetStringAsync("/2024/09/spring-tide"));
        Assert.Empty(listener.All);
        Assert.Empty(await site.DeliveriesAsync());
        Assert.Empty(await site.LettersAsync());
        // The first that anybody hears of is what is published here.
        await site.PublishAsync("Whales learn to code");
        Assert.Equal(["https://btw.example/2024/09/whales-learn-to-code"], JsonDocument.Parse((await engine.NextAsync()).Body).RootElement.GetProperty("urlList").EnumerateArray().Select(u => u.GetString()));
        Assert.DoesNotContain((await hub.NextAsync()).Field("hub.url"), url => url.Contains("tides", StringComparison.Ordinal) || url.Contains("tove", StringComparison.Ordinal));
        await site.TellAsync();
        Assert.Equal(["Whales learn to code"], listener.All.Select(t => t.Json.GetProperty("article").GetProperty("headline").GetString()));
    }

    [Theory, EachStore]
    public async Task What_was_stopped_goes_on_from_there(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var hanna = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        var export = new Wxr();
        for (var i = 1; i <= 300; i++) export.Post(i, $"Tide {i}");
        await BringAsync(site, hanna, export);

        // Half of it, and then the site is gone without a word.
        await PressAsync(site, hanna, "Import");
        await site.EditAsync(async db =>
        {
            db.RemoveRange(await db.ImportedItems.Where(i => i.SourceId == "300").ToListAsync());
            db.RemoveRange(await db.Articles.Where(a => a.Headline == "Tide 300").ToListAsync());
        });
        var kept = Path.Combine(site.Folder, "imports", "in-hand.json");
        var hand = site.Services.GetRequiredService<ImportKeeping>().InHand!;
        await File.WriteAllTextAsync(kept, System.Text.Json.JsonSerializer.Serialize(hand with { Stage = ImportStage.Importing, Told = null }), TestContext.Current.CancellationToken);

        var told = (await hanna.ReadAsync(Desk)).QuerySelector("main")!.TextContent;
        Assert.Contains("The site stopped in the middle of it.", told);
        Assert.Contains("Press again, and it goes on from there.", told);
        await PressAsync(site, hanna, "Go on");

        var row = (await hanna.ReadAsync(Desk)).QuerySelectorAll("tbody tr").Single(r => r.QuerySelector("th")!.TextContent == "article").QuerySelectorAll("td").Select(d => d.TextContent);
        Assert.Equal(["1", "", "299"], row.Take(3));
    }

    [Fact]
    public async Task Stopped_by_a_button_it_says_so_and_what_was_tried_is_taken_back()
    {
        await using var site = await NewsSite.OpenAsync();
        using var hanna = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        var export = new Wxr();
        for (var i = 1; i <= 2000; i++) export.Post(i, $"Tide {i}");
        using var brought = await SendAsync(hanna, "harbour.xml", export.ToString());
        await hanna.PostAsync(Desk, [], "Stop");
        await EndedAsync(site);

        var told = (await hanna.ReadAsync(Desk)).QuerySelector("main")!.TextContent;
        Assert.Contains("It was stopped.", told);
        Assert.Contains("Nothing was stored.", told);
        Assert.Equal(0, await site.AskAsync(db => db.ImportedItems.CountAsync()));
    }

    [Theory, EachStore]
    public async Task While_a_file_is_tried_others_save(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var hanna = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var draft = await site.WriteAsync(noor, "Cable cut");
        var export = new Wxr();
        for (var i = 1; i <= 1500; i++) export.Post(i, $"Tide {i}");
        using var brought = await SendAsync(hanna, "harbour.xml", export.ToString());
        var keeping = site.Services.GetRequiredService<ImportKeeping>();
        while (keeping.Meter is { Share: 0 }) await Task.Delay(5, TestContext.Current.CancellationToken);

        using (var saved = await noor.PressAsync(draft, "Save draft", ("Headline", "Cable mended"))) Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);

        Assert.Equal(ImportStage.Trying, keeping.InHand!.Stage);
        await EndedAsync(site);
        Assert.Equal(ImportStage.Tried, keeping.InHand!.Stage);
        Assert.Equal(("Cable mended", 0), ((await site.ArticleAsync(draft)).Headline, await site.AskAsync(db => db.ImportedItems.CountAsync())));
        Assert.Empty(Directory.GetFiles(site.Folder, "*.scratch-*"));
    }

    /// <summary>Another process, of this site or on its command line.</summary>
    [Fact]
    public async Task While_one_is_under_way_its_progress_is_shown_and_no_other_begins()
    {
        await using var site = await NewsSite.OpenAsync();
        using var hanna = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        await BringAsync(site, hanna, new Wxr().Post(1, "Spring tide"));
        var keeping = site.Services.GetRequiredService<ImportKeeping>();
        using (site.Services.GetRequiredService<ImportFolder>().TryHold())
        {
            await PressAsync(site, hanna, "Import");
            Assert.Contains("Another import is running", (await hanna.ReadAsync(Desk)).QuerySelector("[role=status]")!.TextContent);

            await File.WriteAllTextAsync(Path.Combine(site.Folder, "imports", "in-hand.json"), System.Text.Json.JsonSerializer.Serialize(keeping.InHand! with { Stage = ImportStage.Importing }), TestContext.Current.CancellationToken);
            var page = await hanna.ReadAsync(Desk);
            Assert.NotNull(page.QuerySelector("main progress"));
            Assert.Equal(["Stop"], page.QuerySelectorAll("main button").Select(b => b.TextContent));
            Assert.Contains("\"underWay\":true", await hanna.Http.GetStringAsync(Desk + "/progress", TestContext.Current.CancellationToken));
            using var other = await SendAsync(hanna, "other.xml", new Wxr().ToString(), "/account/password");
            Assert.Equal($"{Desk}?wrong=busy", other.Headers.Location?.OriginalString);
        }

        Assert.Contains("\"underWay\":false", await hanna.Http.GetStringAsync(Desk + "/progress", TestContext.Current.CancellationToken));
        Assert.Single(Directory.GetFiles(Path.Combine(site.Folder, "imports"), "brought-*"));
    }

    /// <summary>Each machine has a folder of its own; what they share is the store.</summary>
    [Fact]
    public async Task Only_one_import_moves_in_to_a_store_whichever_machine_it_runs_on()
    {
        await using var nodes = await TwoNodes.OpenAsync();
        using var hanna = await Colleague.ArriveAsync(nodes.A, Role.Owner, "Hanna Virtanen");
        await BringAsync(nodes.A, hanna, new Wxr().Post(1, "Spring tide"));
        var keeping = nodes.A.Services.GetRequiredService<ImportKeeping>();
        await using (await nodes.B.Services.GetRequiredService<StorePlace>().HoldImportAsync(TestContext.Current.CancellationToken))
        {
            await PressAsync(nodes.A, hanna, "Import");
            Assert.Contains("Another import is running", (await hanna.ReadAsync(Desk)).QuerySelector("[role=status]")!.TextContent);
            Assert.Equal(ImportStage.Tried, keeping.InHand!.Stage);
            using var other = await SendAsync(hanna, "other.xml", new Wxr().ToString());
            Assert.Equal($"{Desk}?wrong=busy", other.Headers.Location?.OriginalString);
            Assert.Equal("harbour.xml", keeping.InHand!.Name);
            var (code, _, refused) = await Importing.RunAsync(nodes.A, new Wxr().Post(2, "Neap tide").ToString());
            Assert.Equal((1, "Another import is running. Wait for it, or stop it.\n"), (code, refused));
        }

        await PressAsync(nodes.A, hanna, "Import");
        Assert.Equal(["Spring tide"], await nodes.B.AskAsync(db => db.Articles.Where(a => a.Headline.EndsWith(" tide")).Select(a => a.Headline).ToListAsync()));
    }

    [Theory, EachStore]
    public async Task What_is_no_export_is_told_and_leaves_nothing_behind(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Imports:MaxMegabytes=1");
        using var hanna = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");

        await BringAsync(site, hanna, "<html><body>Not found</body></html>");
        var page = await hanna.ReadAsync(Desk);
        Assert.Contains("It is nothing that can be read here.", page.QuerySelector("[role=alert]")!.TextContent);
        Assert.DoesNotContain("Import", page.QuerySelectorAll("main button").Select(b => b.TextContent));

        using var none = await SendAsync(hanna, "", "");
        Assert.Contains("Please choose a file", (await hanna.ReadAsync(none.Headers.Location!.OriginalString)).GetElementById("file-error")!.TextContent);

        using var large = await SendAsync(hanna, "large.xml", new string(' ', 2 << 20));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);

        using var forged = await SendAsync(hanna, "forged.xml", new Wxr().ToString(), token: "no-token-of-ours");
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);

        Assert.Single(Directory.GetFiles(Path.Combine(site.Folder, "imports"), "brought-*"));
        await hanna.PostAsync(Desk, [], "Put the file away");
        Assert.Empty(Directory.GetFiles(Path.Combine(site.Folder, "imports"), "brought-*"));
        Assert.Null((await hanna.ReadAsync(Desk)).GetElementById("import-title"));
    }

    private static Task BringAsync(NewsSite site, Colleague who, Wxr export) => BringAsync(site, who, export.ToString());

    private static async Task BringAsync(NewsSite site, Colleague who, string file)
    {
        using var brought = await SendAsync(who, "harbour.xml", file);
        Assert.Equal((HttpStatusCode.SeeOther, Desk), (brought.StatusCode, brought.Headers.Location?.OriginalString));
        await EndedAsync(site);
    }

    /// <summary>As the form sends it: the token before the file.</summary>
    private static Task<HttpResponseMessage> SendAsync(Colleague who, string name, string file, string page = Desk, string? token = null) =>
        SendAsync(who, name, Encoding.UTF8.GetBytes(file), page, token);

    private static async Task<HttpResponseMessage> SendAsync(Colleague who, string name, byte[] file, string page = Desk, string? token = null, string to = "file")
    {
        token ??= (await who.ReadAsync(page)).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" } };
        if (name.Length > 0) form.Add(new ByteArrayContent(file), "file", name);
        return await who.Http.PostAsync($"{Desk}/{to}", form);
    }

    private static async Task PressAsync(NewsSite site, Colleague who, string button, params (string Name, string Value)[] fields)
    {
        await who.PostAsync(Desk, fields.ToDictionary(f => f.Name, f => f.Value), button);
        await EndedAsync(site);
    }

    private static IEnumerable<string> Buttons(AngleSharp.Dom.IDocument page) => page.QuerySelectorAll("main button").Select(b => b.TextContent);

    private static Task EndedAsync(NewsSite site) => site.Services.GetRequiredService<ImportKeeping>().End;
}
