using System.Net;
using BlueTechWave.Core.Tests.Exchange;
using BlueTechWave.Core.Tests.Pictures;
using BlueTechWave.Web.Tests.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Cli;

/// <summary>Moving in from the command line, and what readers then find at the addresses they had.</summary>
public class ImportVerbTests
{
    private const string Export = """
        <?xml version="1.0" encoding="UTF-8" ?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
        <channel>
        <title>The Harbour Gazette</title><link>https://harbour.example</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://harbour.example</wp:base_blog_url>
        <wp:author><wp:author_id>3</wp:author_id><wp:author_login>tove</wp:author_login><wp:author_display_name>Tove Lindqvist</wp:author_display_name></wp:author>
        <wp:category><wp:category_nicename>tides</wp:category_nicename><wp:cat_name>Tides</wp:cat_name></wp:category>
        <wp:tag><wp:tag_slug>cranes</wp:tag_slug><wp:tag_name>Cranes</wp:tag_name></wp:tag>
        <item><title>Spring tide</title><link>https://harbour.example/2020/03/spring-tide/</link><dc:creator>tove</dc:creator><content:encoded><![CDATA[Water rises. See <a href="https://harbour.example/stories/neap.html">the other</a>.]]></content:encoded>
        <wp:post_id>1</wp:post_id><wp:post_date_gmt>2020-03-04 05:06:07</wp:post_date_gmt><wp:post_name>spring-tide</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><wp:is_sticky>1</wp:is_sticky>
        <category domain="category" nicename="tides">Tides</category><category domain="post_tag" nicename="cranes">Cranes</category>
        <wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>flood</wp:meta_value></wp:postmeta>
        <wp:comment><wp:comment_id>7</wp:comment_id><wp:comment_author>Ines</wp:comment_author><wp:comment_content>Very wet.</wp:comment_content><wp:comment_date_gmt>2020-03-05 05:06:07</wp:comment_date_gmt><wp:comment_approved>1</wp:comment_approved><wp:comment_type></wp:comment_type></wp:comment>
        </item>
        <item><title>Neap tide</title><link>https://harbour.example/stories/neap.html</link><dc:creator>tove</dc:creator><content:encoded>Water falls.</content:encoded>
        <wp:post_id>2</wp:post_id><wp:post_date_gmt>2020-04-04 05:06:07</wp:post_date_gmt><wp:post_name>neap</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
        <item><title>日本</title><link>https://harbour.example/2020/05/%e6%97%a5%e6%9c%ac/</link><content:encoded>Far.</content:encoded>
        <wp:post_id>3</wp:post_id><wp:post_date_gmt>2020-05-04 05:06:07</wp:post_date_gmt><wp:post_name>%e6%97%a5%e6%9c%ac</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
        <item><title>About us</title><link>https://harbour.example/company/about-us/</link><content:encoded>We are here.</content:encoded><wp:post_id>4</wp:post_id><wp:post_name>about-us</wp:post_name><wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item>
        </channel></rss>
        """;

    [Theory, EachStore]
    public async Task Every_old_address_answers_at_once_or_after_one_step(Store store)
    {
        await using var site = await NewsSite.OpenEmptyAsync(store);

        var (code, said, refused) = await RunAsync(site, Export);

        Assert.Equal((0, ""), (code, refused));
        Assert.Contains("things came in", said);
        foreach (var (old, words) in new[]
        {
            ("/2020/03/spring-tide/", "Water rises."), ("/2020/03/spring-tide", "Water rises."), ("/2020/03/flood/", "Water rises."), ("/stories/neap.html", "Water falls."), ("/stories/neap", "Water falls."),
            ("/2020/05/%e6%97%a5%e6%9c%ac/", "Far."), ("/company/about-us/", "We are here."), ("/category/tides/", "Spring tide"), ("/tag/cranes/", "Spring tide"), ("/author/tove/", "Spring tide"),
            ("/?p=1", "Water rises."), ("/?p=2", "Water falls."), ("/?page_id=4", "We are here."), ("/?p=4", "We are here."), ("/?s=rises", "Spring tide"), ("/?m=202003", "Spring tide"), ("/?feed=rss2", "Water rises."),
        })
        {
            var answer = await site.Reader.GetAsync(old);
            if (old.StartsWith("/?", StringComparison.Ordinal)) Assert.Equal($"301 at {old}", $"{(int)answer.StatusCode} at {old}");
            if (answer.StatusCode == HttpStatusCode.MovedPermanently) answer = await site.Reader.GetAsync(answer.Headers.Location);
            Assert.Equal($"200 at {old}", $"{(int)answer.StatusCode} at {old}");
            Assert.Contains(words, await answer.Content.ReadAsStringAsync());
        }

        foreach (var none in new[] { "/?p=99", "/?p=1e3", "/?p=", "/?page_id=1", "/?attachment_id=1", "/?utm_source=mail" }) Assert.Equal($"200 at {none}", $"{(int)(await site.Reader.GetAsync(none)).StatusCode} at {none}");
        Assert.Contains("Very wet.", await site.Reader.GetStringAsync("/2020/03/spring-tide"));
        Assert.Contains("Spring tide", await site.Reader.GetStringAsync("/search?q=rises"));
        Assert.Equal("command line", (await site.AuditAsync(e => e.Subject == "Import")).Single().By);
        Assert.Equal(1, await site.AskAsync(db => db.HomeSlots.CountAsync()));
        Assert.Single(Directory.GetFiles(Path.Combine(site.Folder, "imports"), "*.txt"));
    }

    [Theory, EachStore]
    public async Task Readers_find_the_pictures_above_the_articles_in_them_and_where_they_were(Store store)
    {
        const string uploads = "https://harbour.example/wp-content/uploads/";
        await using var site = await NewsSite.OpenEmptyAsync(store);
        var folder = Directory.CreateDirectory(Path.Combine(site.Folder, "uploads", "2020", "03"));
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "Mast.jpg"), Photograph.Jpeg(520, 350), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "Quay.png"), Photograph.Png(300, 200, 2), TestContext.Current.CancellationToken);
        var export = Export.Replace("Water rises.", $"Water rises.\n\n<img src=\"{uploads}2020/03/Quay-150x150.png\" alt=\"The quay\">\n\n", StringComparison.Ordinal)
            .Replace("<wp:is_sticky>", "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>8</wp:meta_value></wp:postmeta><wp:is_sticky>", StringComparison.Ordinal)
            .Replace("</channel>", Attachment(8, "Mast.jpg", "A mast in fog") + Attachment(9, "Quay.png", "A quay") + Attachment(10, "Gone.jpg", "Gone") + "</channel>", StringComparison.Ordinal);

        var (code, said, refused) = await RunAsync(site, export, "--media", Path.Combine(site.Folder, "uploads"));

        Assert.Equal((0, ""), (code, refused));
        Assert.Contains("picture 10 “2020/03/Gone.jpg”: Its file is not in the folder.", said);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Reader.GetAsync("/wp-content/uploads/2020/03/mast.jpg")).StatusCode);
        await site.CutAsync();
        var page = await site.Reader.GetStringAsync("/2020/03/spring-tide");
        Assert.Contains("alt=\"A mast in fog\"", page);
        Assert.Contains("alt=\"The quay\"", page);
        Assert.DoesNotContain(uploads, page);
        foreach (var address in new[] { "Mast.jpg", "mast.jpg", "Mast-300x200.jpg" })
        {
            var old = await site.Reader.GetAsync($"/wp-content/uploads/2020/03/{address}");
            Assert.Equal($"{address} {HttpStatusCode.MovedPermanently}", $"{address} {old.StatusCode}");
            var picture = await site.Reader.GetAsync(old.Headers.Location);
            Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (picture.StatusCode, picture.Content.Headers.ContentType?.MediaType));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await site.Reader.GetAsync("/wp-content/uploads/2020/03/gone.jpg")).StatusCode);

        static string Attachment(int id, string file, string alt) => $"""
            <item><title>{file}</title><wp:post_id>{id}</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>{uploads}2020/03/{file}</wp:attachment_url>
            <wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>{alt}</wp:meta_value></wp:postmeta></item>
            """;
    }

    [Theory, EachStore]
    public async Task A_check_asks_for_every_old_address_and_tells_what_is_lost_from_what_is_rightly_gone(Store store)
    {
        await using var site = await NewsSite.OpenEmptyAsync(store);
        var folder = Directory.CreateDirectory(Path.Combine(site.Folder, "uploads", "2020", "03"));
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "Mast.jpg"), Photograph.Jpeg(520, 350), TestContext.Current.CancellationToken);
        var export = Everything().ToString();

        var (code, said, _) = await RunAsync(site, export, "--media", Path.Combine(site.Folder, "uploads"));
        Assert.True(code == 0, said);
        await site.CutAsync();
        var (before, all, _) = await RunAsync(site, export, "--check");

        Assert.True(before == 0, all);
        Assert.Contains("30 old addresses: 5 answer 200, 19 one 301, 6 neither, all of them rightly.", all);
        Assert.StartsWith("301 /media/", await site.Reader.AnswerAsync("/2020/03/spring-tide/mast"));
        Assert.Contains("/2020/03/mud/  leads to /2020/03/mud, which answers 404; it was private: rightly", all);

        await site.EditAsync(async db => db.Remove(await db.Redirects.SingleAsync(r => r.From == "/stories/neap")));
        await site.WithdrawAsync(await site.AskAsync(db => db.Articles.SingleAsync(a => a.Headline == "Spring tide")));
        var (after, lost, _) = await RunAsync(site, export, "--check");

        Assert.True(after == 1, lost);
        Assert.Contains("/stories/neap.html  leads to /stories/neap, which answers 404\n", lost);
        Assert.Contains("/2020/03/spring-tide/  leads to /2020/03/spring-tide, which answers 410; it is withdrawn here: rightly", lost);
    }

    /// <summary>Sounds and documents are not kept here; what showed them leads to the text they belong to, and what cannot is rightly gone.</summary>
    [Theory, EachStore]
    public async Task The_page_of_a_file_that_is_no_picture_leads_to_the_text_it_was_brought_for(Store store)
    {
        await using var site = await NewsSite.OpenEmptyAsync(store);
        static string Page(string path) => $"<link>{Wxr.Site}{path}</link>";
        var export = new Wxr()
            .Picture(8, "2020/03/horn.mp3", more: Page("/2020/03/spring-tide/horn/"), parent: 1)
            .Picture(9, "2020/03/terms.pdf", more: Page("/about-us/terms/"), parent: 2)
            .Picture(10, "2020/03/loose.pdf", more: Page("/loose/"))
            .Picture(11, "2020/03/mud.mp3", more: Page("/2020/03/mud/sound/"), parent: 3)
            .Picture(12, "2020/03/stray.mp3", more: Page("/stray/"), parent: 99)
            .Post(1, "Spring tide").Post(2, "About us", type: "page", link: "/about-us/").Post(3, "Mud", status: "draft").ToString();

        var (_, told, _) = await RunAsync(site, export, "--dry-run");
        Assert.Contains("/2020/03/spring-tide/horn/  301 to /2020/03/spring-tide\n", told);
        Assert.Contains("/wp-content/uploads/2020/03/horn.mp3  404: only pictures are kept here\n", told);
        Assert.Contains("/loose/  404: only pictures are kept here\n", told);
        Assert.Contains("/2020/03/mud/sound/  404: only pictures are kept here, and what it was brought for has no address\n", told);

        for (var i = 0; i < 2; i++) await RunAsync(site, export);
        var (code, said, _) = await RunAsync(site, export, "--check");

        Assert.Equal("301 /2020/03/spring-tide", await site.Reader.AnswerAsync("/2020/03/spring-tide/horn"));
        Assert.Equal("301 /about-us", await site.Reader.AnswerAsync("/about-us/terms"));
        Assert.True(code == 0, said);
        Assert.Contains("/loose/  leads to /loose, which answers 404; it is no picture, and other files are not kept here: rightly\n", said);
        Assert.Contains("/2020/03/mud/sound/  leads to /2020/03/mud/sound, which answers 404; it is not published here yet: rightly\n", said);
        Assert.Contains("/wp-content/uploads/2020/03/horn.mp3  answers 404; it is no picture, and other files are not kept here: rightly\n", said);

        // Not so what readers could find and do not any more.
        await site.EditAsync(async db => db.Remove(await db.Redirects.SingleAsync(r => r.From == "/2020/03/spring-tide/horn")));
        var (after, lost, _) = await RunAsync(site, export, "--check");
        Assert.True(after == 1, lost);
        Assert.Contains("/2020/03/spring-tide/horn/  leads to /2020/03/spring-tide/horn, which answers 404\n", lost);
    }

    [Theory, EachStore]
    public async Task A_site_that_stood_in_a_folder_is_found_at_every_address_it_had_there(Store store)
    {
        await using var site = await NewsSite.OpenEmptyAsync(store);
        var export = new Wxr().Post(1, "Spring tide").ToString().Replace(Wxr.Site, Wxr.Site + "/blog", StringComparison.Ordinal);

        await RunAsync(site, export);
        var (code, said, _) = await RunAsync(site, export, "--check");

        Assert.True(code == 0, said);
        Assert.Contains("10 old addresses: 0 answer 200, 10 one 301, 0 neither.", said);
        Assert.Equal("301 /feed", await site.Reader.AnswerAsync("/blog/feed"));
        Assert.Equal("301 /category/harbour/tides/page/2", await site.Reader.AnswerAsync("/blog/category/harbour/tides/page/2"));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told_before_anything_is_stored()
    {
        await using var site = await NewsSite.OpenEmptyAsync();

        var (code, _, refused) = await RunAsync(site, Export, "--media", Path.Combine(site.Folder, "nowhere"));

        Assert.Equal(1, code);
        Assert.StartsWith("There is no folder", Assert.Single(refused.Trim().Split('\n')));
        Assert.Equal(0, await site.AskAsync(db => db.Articles.CountAsync()));
    }

    [Fact]
    public async Task A_dry_run_prints_every_old_address_and_stores_nothing()
    {
        await using var site = await NewsSite.OpenEmptyAsync();

        var (code, said, _) = await RunAsync(site, Export, "--dry-run");

        Assert.Equal(0, code);
        Assert.Contains("/stories/neap.html  301 to /2020/04/neap", said);
        Assert.Contains("/2020/03/flood/  301 to /2020/03/spring-tide", said);
        Assert.Equal(0, await site.AskAsync(db => db.Articles.CountAsync()));
    }

    [Fact]
    public async Task What_is_no_export_is_refused_in_one_line()
    {
        await using var site = await NewsSite.OpenEmptyAsync();

        var (code, _, refused) = await RunAsync(site, "<html><body>Not found</body></html>");

        Assert.Equal(1, code);
        Assert.Contains("is no WordPress export", Assert.Single(refused.Trim().Split('\n')));
    }

    /// <summary>One of everything an export has an element for.</summary>
    private static Wxr Everything() => new Wxr()
        .Picture(8, "2020/03/Mast.jpg", "A mast in fog", "The mast, on Monday", "<link>https://harbour.example/2020/03/spring-tide/mast/</link>", parent: 1)
        .Post(1, "Spring tide", "[caption]<img src=\"https://harbour.example/wp-content/uploads/2020/03/Mast-300x200.jpg\"> The mast[/caption] Water rises. [gallery ids=\"8\"]",
            more: Wxr.Meta("_thumbnail_id", "8") + Wxr.Meta("_wp_old_slug", "flood") + Wxr.Comment(7, "Very wet.") + Wxr.Comment(9, "Is it?", parent: 7, approved: "0") + Wxr.Comment(10, "Buy", approved: "spam") + Wxr.Comment(11, "Ping", type: "pingback"))
        .Post(2, "Neap tide", link: "https://harbour.example/stories/neap.html", date: "2020-04-04 05:06:07")
        .Post(3, "日本", slug: "%e6%97%a5%e6%9c%ac")
        .Post(4, "Fog", status: "draft").Post(5, "Mud", status: "private").Post(6, "Rope", status: "future", date: "2030-01-02 03:04:05").Post(12, "Salt", status: "trash").Post(13, "Key", more: "<wp:post_password>x</wp:post_password>")
        .Post(14, "About the harbour", type: "page", link: "https://harbour.example/company/about/")
        .Post(15, "Header", type: "nav_menu_item", more: "<category domain=\"nav_menu\" nicename=\"top\">Top</category>" + Wxr.Meta("_menu_item_type", "custom") + Wxr.Meta("_menu_item_url", "https://harbour.example/company/about/"))
        .Post(16, "Custom", type: "recipe").Post(17, "Older", type: "revision");

    private static Task<(int Code, string Said, string Refused)> RunAsync(NewsSite site, string export, params string[] options) => Importing.RunAsync(site, export, options);
}
