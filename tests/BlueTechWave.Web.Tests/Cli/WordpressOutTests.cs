using System.Globalization;
using System.Xml.Linq;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Demo;
using BlueTechWave.Web.Cli;
using BlueTechWave.Web.Tests.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Cli;

/// <summary>Moving out to WordPress: a file that its importer takes, and so does ours.</summary>
public class WordpressOutTests
{
    private static readonly XNamespace Wp = "http://wordpress.org/export/1.2/";
    private static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";

    /// <summary>Out of one kind of store and into the other, so that both are asked.</summary>
    [Fact]
    public async Task What_goes_out_for_WordPress_comes_back_the_same()
    {
        Assert.SkipWhen(Postgres.WhyNot is not null, Postgres.WhyNot ?? "");
        await using var old = await OpenDemoAsync(Store.Postgres);
        var file = await ExportAsync(old);
        await using var other = await NewsSite.OpenEmptyAsync(Store.Sqlite);

        var (code, said, refused) = await other.TypeAsync("import", "wordpress", file);

        Assert.Equal((0, ""), (code, refused));
        Assert.Contains("0 were refused.", said);
        // A verb goes by the clock on the wall, by which what was planned is long out.
        var planned = await old.AskAsync(db => db.Articles.Where(a => a.Status == ArticleStatus.Scheduled).Select(a => a.Slug).ToListAsync());
        Assert.Equal(await ToldAsync(old, planned), await ToldAsync(other, planned));
        Assert.Equal(await old.AskAsync(db => db.Pages.OrderBy(p => p.Slug).Select(p => p.Title).ToListAsync()), await other.AskAsync(db => db.Pages.OrderBy(p => p.Slug).Select(p => p.Title).ToListAsync()));
        Assert.Equal(await old.AskAsync(db => db.Authors.OrderBy(a => a.Slug).Select(a => a.Name).ToListAsync()), await other.AskAsync(db => db.Authors.OrderBy(a => a.Slug).Select(a => a.Name).ToListAsync()));
        Assert.Equal(await old.AskAsync(db => db.Tags.OrderBy(t => t.Slug).Select(t => t.Name).ToListAsync()), await other.AskAsync(db => db.Tags.OrderBy(t => t.Slug).Select(t => t.Name).ToListAsync()));
        Assert.Equal(await TreeAsync(old), await TreeAsync(other));
    }

    [Fact]
    public async Task The_file_is_built_as_WordPress_builds_it()
    {
        await using var site = await OpenDemoAsync(Store.Sqlite);
        var document = XDocument.Load(await ExportAsync(site));

        var channel = document.Root!.Element("channel")!;
        Assert.Equal(("rss", "2.0"), (document.Root.Name.LocalName, document.Root.Attribute("version")!.Value));
        Assert.Equal(("1.2", Walk.Root, Walk.Root), (channel.Element(Wp + "wxr_version")!.Value, channel.Element(Wp + "base_site_url")!.Value, channel.Element(Wp + "base_blog_url")!.Value));
        foreach (var item in channel.Elements("item"))
            foreach (var name in new[] { "title", "link", "pubDate", "guid" }.Select(n => (XName)n).Concat(new[] { "post_id", "post_date", "post_date_gmt", "comment_status", "post_name", "status", "post_parent", "menu_order", "post_type", "post_password", "is_sticky" }.Select(n => Wp + n)).Append(Content + "encoded").Append(Dc + "creator"))
                Assert.Single(item.Elements(name));

        string[] ids = [.. channel.Elements("item").Select(i => i.Element(Wp + "post_id")!.Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        var nicenames = channel.Elements(Wp + "category").Select(c => c.Element(Wp + "category_nicename")!.Value).ToList();
        Assert.Equal(nicenames.Count, nicenames.Distinct().Count());
        foreach (var parent in channel.Elements(Wp + "category").Select(c => c.Element(Wp + "category_parent")!.Value).Where(p => p.Length > 0)) Assert.Contains(parent, nicenames);
        foreach (var named in channel.Elements("item").Elements("category").Where(c => c.Attribute("domain")!.Value == "category")) Assert.Contains(named.Attribute("nicename")!.Value, nicenames);
        string[] kinds = ["attachment", "page", "post", "nav_menu_item"];
        Assert.Equal(kinds, channel.Elements("item").Select(i => i.Element(Wp + "post_type")!.Value).Distinct());
        Assert.Equal(["draft", "future", "pending", "private", "publish"], channel.Elements("item").Where(i => i.Element(Wp + "post_type")!.Value == "post").Select(i => i.Element(Wp + "status")!.Value).Distinct().Order());

        var thumbnails = channel.Descendants(Wp + "postmeta").Where(m => m.Element(Wp + "meta_key")!.Value == "_thumbnail_id").Select(m => m.Element(Wp + "meta_value")!.Value).ToList();
        Assert.NotEmpty(thumbnails);
        foreach (var attachment in channel.Elements("item").Where(i => i.Element(Wp + "post_type")!.Value == "attachment"))
            Assert.Equal("200", await site.Reader.AnswerAsync(attachment.Element(Wp + "attachment_url")!.Value[Walk.Root.Length..]));
        foreach (var thumbnail in thumbnails) Assert.Equal("attachment", channel.Elements("item").Single(i => i.Element(Wp + "post_id")!.Value == thumbnail).Element(Wp + "post_type")!.Value);
        Assert.All(channel.Descendants(Wp + "comment"), c => Assert.Single(c.Elements(Wp + "comment_approved")));
        Assert.DoesNotContain("href=\"/", document.ToString());
    }

    [Fact]
    public async Task Without_an_address_of_the_site_nothing_is_written()
    {
        await using var site = await NewsSite.OpenAsync();
        var file = Path.Combine(site.Folder, "out.xml");

        var (code, _, refused) = await site.TypeAsync("export", "wordpress", file);

        Assert.Equal(1, code);
        Assert.StartsWith("Site:BaseUrl is not set", refused);
        Assert.False(File.Exists(file));
    }

    private static async Task<NewsSite> OpenDemoAsync(Store store)
    {
        var site = await NewsSite.OpenEmptyAsync(store);
        await site.AskAsync(async db =>
        {
            var pictures = ActivatorUtilities.CreateInstance<DemoPictures>(site.Services, db);
            await DemoNewsroom.LoadAsync(db, site.Now, TimeZoneInfo.Utc, new Progress<DemoProgress>(), null, pictures.HangAsync);
            return true;
        });
        await site.CutAsync();
        return site;
    }

    private static async Task<string> ExportAsync(NewsSite site)
    {
        var file = Path.Combine(site.Folder, "out.xml");
        var (code, said, refused) = await site.TypeAsync("export", "wordpress", file, $"--Site:BaseUrl={Walk.Root}");
        Assert.Equal((0, ""), (code, refused));
        Assert.Contains("Exported to", said);
        return file;
    }

    /// <summary>What readers were told, when, and what they said.</summary>
    private static Task<string> ToldAsync(NewsSite site, List<string> planned) => site.AskAsync(async db =>
    {
        var articles = await db.Articles.AsNoTracking().Where(a => a.Status == ArticleStatus.Published && !planned.Contains(a.Slug)).OrderBy(a => a.PublishedAt).ThenBy(a => a.Slug).ToListAsync();
        var comments = (await db.Comments.AsNoTracking().OrderBy(c => c.Id).ToListAsync()).ToLookup(c => c.ArticleId);
        return string.Join('\n', articles.Select(a => string.Create(CultureInfo.InvariantCulture, $"/{a.Year}/{a.Month}/{a.Slug} {a.Headline} {a.PublishedAt:s} {a.CommentCount}")
            + string.Concat(comments[a.Id].OrderBy(c => c.Thread, StringComparer.Ordinal).Select(c => $"\n  {c.Depth} {c.State} {c.Name} {c.CreatedAt:s} {c.IsStaff}"))));
    });

    private static Task<string> TreeAsync(NewsSite site) => site.AskAsync(async db =>
    {
        var all = await db.Categories.AsNoTracking().ToDictionaryAsync(c => c.Id);
        return string.Join('\n', all.Values.Select(c => $"{(c.ParentId is { } parent ? all[parent].Name : "")}/{c.Name}").Order(StringComparer.Ordinal));
    });
}
