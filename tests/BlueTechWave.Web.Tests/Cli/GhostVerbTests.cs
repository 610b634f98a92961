using System.CommandLine;
using System.Net;
using BlueTechWave.Core.Tests.Exchange;
using BlueTechWave.Core.Tests.Pictures;
using BlueTechWave.Web.Cli;
using BlueTechWave.Web.Tests.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Cli;

/// <summary>Moving in from Ghost on the command line, and what readers then find at the addresses they had.</summary>
public class GhostVerbTests
{
    private const string Mast = GhostFile.Mark + "/content/images/2020/01/Mast.jpg";

    private static GhostFile Gazette => new GhostFile()
        .Post("p1", "Spring tide", GhostFile.Lexical(
            new { type = "paragraph", children = new object[] { new { type = "text", text = "Water rises. See " }, new { type = "link", url = GhostFile.Mark + "/neap-tide/", children = new[] { new { type = "text", text = "the other" } } } } },
            new { type = "image", src = Mast, alt = "The mast again", caption = "On Monday" },
            new { type = "callout", calloutText = "Mind the gap." }), new { feature_image = Mast })
        .Row("posts_meta", new { post_id = "p1", feature_image_alt = "A mast in fog" })
        .Post("p2", "Neap tide", GhostFile.Text("Water falls."))
        .Post("p3", "For friends", GhostFile.Text("A secret."), new { visibility = "paid" })
        .Page("p4", "About us", GhostFile.Text("We are here."))
        .Row("comments", new { id = "c1", post_id = "p1", html = "<p>Very wet.</p>", status = "published", created_at = "2020-03-05T10:00:00.000Z" });

    [Theory, EachStore]
    public async Task Every_old_address_answers_at_once_or_after_one_step(Store store)
    {
        await using var site = await NewsSite.OpenEmptyAsync(store);
        var folder = Directory.CreateDirectory(Path.Combine(site.Folder, "ghost", "content", "images", "2020", "01"));
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "Mast.jpg"), Photograph.Jpeg(520, 350), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(site.Folder, "redirects.yaml"), "301:\n  /flood/: /spring-tide/\n  /shop: https://else.example/\n", TestContext.Current.CancellationToken);

        var (code, said, refused) = await RunAsync(site, Gazette.ToString(), "--media", Path.Combine(site.Folder, "ghost"));

        Assert.Equal((0, ""), (code, refused));
        Assert.Contains("things came in", said);
        await site.CutAsync();
        foreach (var (old, words) in new[]
        {
            ("/spring-tide/", "Water rises."), ("/spring-tide", "Water rises."), ("/flood/", "Water rises."), ("/neap-tide/", "Water falls."), ("/about-us/", "We are here."),
            ("/tag/tides/", "Spring tide"), ("/tag/cranes/", "Spring tide"), ("/category/tides", "Spring tide"), ("/author/tove/", "Spring tide"),
        })
        {
            var answer = await site.Reader.GetAsync(old);
            if (answer.StatusCode == HttpStatusCode.MovedPermanently) answer = await site.Reader.GetAsync(answer.Headers.Location);
            Assert.Equal($"200 at {old}", $"{(int)answer.StatusCode} at {old}");
            Assert.Contains(words, await answer.Content.ReadAsStringAsync());
        }

        // Whoever follows a feed does not notice that the paper has moved.
        foreach (var (feed, now) in new[] { ("/rss/", "/feed"), ("/tag/cranes/rss/", "/tag/cranes/feed"), ("/author/tove/rss/", "/author/tove/feed") })
        {
            Assert.Equal($"301 {now}", await site.Reader.AnswerAsync(feed));
            Assert.Contains("<rss", await site.Reader.GetStringAsync(now));
        }

        Assert.Equal("https://else.example/", (await site.Reader.GetAsync("/shop")).Headers.Location?.ToString());
        var page = await site.Reader.GetStringAsync("/2020/03/spring-tide");
        Assert.Contains("alt=\"A mast in fog\"", page);
        Assert.Contains("alt=\"The mast again\"", page);
        Assert.Contains("Mind the gap.", page);
        Assert.Contains("Very wet.", page);
        Assert.DoesNotContain("/content/images/", page);
        Assert.DoesNotContain("__GHOST_URL__", page);
        foreach (var address in new[] { "2020/01/Mast.jpg", "size/w600/2020/01/Mast.jpg", "size/w1000h500/format/webp/2020/01/mast.jpg" })
        {
            var old = await site.Reader.GetAsync($"/content/images/{address}");
            Assert.Equal($"{address} {HttpStatusCode.MovedPermanently}", $"{address} {old.StatusCode}");
            Assert.Equal("image/jpeg", (await site.Reader.GetAsync(old.Headers.Location)).Content.Headers.ContentType?.MediaType);
        }

        var gone = await site.Reader.GetAsync("/2020/03/for-friends");
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        var note = await gone.Content.ReadAsStringAsync();
        Assert.Contains("It was open to paying members only.", note);
        Assert.DoesNotContain("A secret.", note);
    }

    [Fact]
    public async Task Pictures_come_from_a_zip_as_well()
    {
        await using var site = await NewsSite.OpenEmptyAsync();
        var folder = Directory.CreateDirectory(Path.Combine(site.Folder, "ghost", "content", "images", "2020", "01"));
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "Mast.jpg"), Photograph.Jpeg(520, 350), TestContext.Current.CancellationToken);
        var zip = Path.Combine(site.Folder, "ghost.zip");
        await System.IO.Compression.ZipFile.CreateFromDirectoryAsync(Path.Combine(site.Folder, "ghost"), zip, TestContext.Current.CancellationToken);

        var (code, said, _) = await RunAsync(site, Gazette.ToString(), "--media", zip);

        Assert.True(code == 0, said);
        Assert.Equal(["Mast.jpg"], await site.AskAsync(db => db.Pictures.Select(p => p.Name).ToListAsync()));
    }

    [Theory]
    [InlineData("redirects.yaml", "redirects.yaml is no ZIP that can be read")]
    [InlineData("nowhere", "There is no folder and no ZIP")]
    public async Task What_is_neither_a_folder_nor_a_zip_is_told_in_one_line(string media, string why)
    {
        await using var site = await NewsSite.OpenEmptyAsync();
        await File.WriteAllTextAsync(Path.Combine(site.Folder, "redirects.yaml"), "301:\n", TestContext.Current.CancellationToken);

        var (code, _, refused) = await RunAsync(site, Gazette.ToString(), "--media", Path.Combine(site.Folder, media));

        Assert.Equal(1, code);
        Assert.Contains(why, Assert.Single(refused.Trim().Split('\n')));
    }

    [Fact]
    public async Task A_dry_run_prints_every_old_address_and_stores_nothing()
    {
        await using var site = await NewsSite.OpenEmptyAsync();

        var (code, said, _) = await RunAsync(site, Gazette.ToString(), "--dry-run", "--category", "News");

        Assert.Equal(0, code);
        Assert.Contains("/spring-tide/  301 to /2020/03/spring-tide", said);
        Assert.Contains("tag t9 “#long-read”: It was for the newsroom", said);
        Assert.Equal(0, await site.AskAsync(db => db.Articles.CountAsync()));
    }

    [Fact]
    public async Task Everything_may_be_filed_under_one_category()
    {
        await using var site = await NewsSite.OpenEmptyAsync();

        var (code, _, _) = await RunAsync(site, Gazette.ToString(), "--category", "News");

        Assert.Equal(0, code);
        Assert.Equal(["News"], await site.AskAsync(db => db.Categories.Select(c => c.Name).ToListAsync()));
        Assert.Contains("Spring tide", await site.Reader.GetStringAsync("/category/news"));
    }

    [Theory]
    [InlineData("[]", "", "is no Ghost export")]
    [InlineData(null, "--site=harbour", "harbour is no address of a site")]
    [InlineData(null, "--media=nowhere", "There is no folder")]
    [InlineData(null, "--redirects=nowhere.yaml", "There is no file")]
    public async Task What_cannot_be_meant_is_told_in_one_line_before_anything_is_stored(string? export, string option, string why)
    {
        await using var site = await NewsSite.OpenEmptyAsync();

        var (code, _, refused) = await RunAsync(site, export ?? Gazette.ToString(), option.Length == 0 ? [] : option.Split('='));

        Assert.Equal(1, code);
        Assert.Contains(why, Assert.Single(refused.Trim().Split('\n')));
        Assert.Equal(0, await site.AskAsync(db => db.Articles.CountAsync()));
    }

    private static async Task<(int Code, string Said, string Refused)> RunAsync(NewsSite site, string export, params string[] options)
    {
        var file = Path.Combine(site.Folder, "export.json");
        await File.WriteAllTextAsync(file, export);
        using StringWriter said = new(), refused = new();
        var code = await Verbs.RunAsync(
        [
            "import", "ghost", file, .. options, "--environment=Production", $"--contentRoot={Checkout.Web}", "--applicationName=BlueTechWave.Web", "--Serilog:MinimumLevel:Default=Fatal",
            "--Serilog:MinimumLevel:Override:Microsoft=Fatal", "--Serilog:MinimumLevel:Override:Microsoft.EntityFrameworkCore=Fatal",
            $"--Site:DataDirectory={site.Folder}", $"--Store:Provider={site.Store}", $"--ConnectionStrings:Store={site.Connection}",
        ], new InvocationConfiguration { Output = said, Error = refused });
        return (code, said.ToString(), refused.ToString());
    }
}
