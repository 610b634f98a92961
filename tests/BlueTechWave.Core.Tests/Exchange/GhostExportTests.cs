using System.Text;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Exchange;
using BlueTechWave.Core.Exchange.Ghost;
using Xunit;

namespace BlueTechWave.Core.Tests.Exchange;

/// <summary>What an export of Ghost says, whichever version wrote it and whatever happened to it since.</summary>
public class GhostExportTests
{
    [Theory]
    [InlineData("3.42.0", true)]
    [InlineData("5.87.0", true)]
    [InlineData("6.0.0", false)]
    public void Both_shapes_of_an_export_say_the_same(string version, bool isWrapped)
    {
        var read = GhostFile.Read(new GhostFile(version, isWrapped).Post("p1", "Spring tide", GhostFile.Text("Water.")).Page("p2", "About us", GhostFile.Text("We.")).ToString());

        Assert.Equal("The Harbour Gazette", read.OfType<IncomingSite>().Single().Name);
        Assert.Contains($"“The Harbour Gazette” comes from Ghost {version}", read.OfType<IncomingNote>().Select(n => n.Text));
        var article = read.OfType<IncomingArticle>().Single();
        Assert.Equal(("p1", "Spring tide", "spring-tide", IncomingStatus.Published, "Water.\n"), (article.Id, article.Headline, article.Slug, article.Status, article.Body.Set.Markdown));
        Assert.Equal(new DateTime(2020, 3, 4, 5, 6, 7, DateTimeKind.Utc), article.At);
        Assert.Equal(["u2", "u1"], article.Authors.Select(a => a.Key));
        Assert.Equal(["t1"], article.Categories.Select(c => c.Key));
        Assert.Equal(["t1", "t2"], article.Tags.Select(t => t.Key));
        Assert.Equal(["/spring-tide/"], article.Paths);
        Assert.Equal(["Had the internal tag “#long-read”, which is not kept"], article.Notes);
        Assert.Equal(["tides"], read.OfType<IncomingCategory>().Select(c => c.Slug));
        Assert.Equal(["tides", "cranes"], read.OfType<IncomingTag>().Select(t => t.Slug));
        Assert.Equal(["Tove Lindqvist", "Ines Roca"], read.OfType<IncomingAuthor>().Select(a => a.Name));
        Assert.Equal("/about-us/", read.OfType<IncomingPage>().Single().Paths.Single());
    }

    [Fact]
    public void The_oldest_exports_say_it_in_their_own_fields()
    {
        var read = GhostFile.Read(new GhostFile("2.37.0").Row("posts", new { id = 7, title = "Old", slug = "old", html = "<p>Rope.</p>", page = 0, status = "published", author_id = "u1", image = "https://harbour.example/content/images/2016/rope.jpg", published_at = 1583298367000, meta_title = "Old rope" })
            .Row("posts", new { id = 8, title = "Us", slug = "us", html = "<p>We.</p>", page = 1, status = "published" }).ToString());

        var article = read.OfType<IncomingArticle>().Single();
        Assert.Equal(("7", "2016/rope.jpg", "Old rope", new DateTime(2020, 3, 4, 5, 6, 7, DateTimeKind.Utc)), (article.Id, article.FeaturedPicture, article.SocialTitle, article.At));
        Assert.Equal(["u1"], article.Authors.Select(a => a.Key));
        Assert.Equal("Us", read.OfType<IncomingPage>().Single().Title);
    }

    [Theory]
    [InlineData("published", "public", IncomingStatus.Published, "")]
    [InlineData("published", "members", IncomingStatus.Locked, "")]
    [InlineData("published", "paid", IncomingStatus.Locked, "")]
    [InlineData("published", "tiers", IncomingStatus.Locked, "")]
    [InlineData("scheduled", "public", IncomingStatus.Scheduled, "")]
    [InlineData("scheduled", "paid", IncomingStatus.Draft, "Was to appear later, and to members only: a draft here")]
    [InlineData("sent", "public", IncomingStatus.Draft, "Was sent as a letter and never on the site: a draft here")]
    [InlineData("draft", "paid", IncomingStatus.Draft, "")]
    [InlineData("dreamt", "public", IncomingStatus.Draft, "Had the status “dreamt”: a draft here")]
    public void A_status_is_what_readers_of_the_old_site_could_see(string status, string visibility, IncomingStatus ours, string note)
    {
        var article = GhostFile.Read(new GhostFile().Post("p1", "One", GhostFile.Text("Water."), new { status, visibility }, tags: ["t1"]).ToString()).OfType<IncomingArticle>().Single();

        Assert.Equal((ours, note), (article.Status, string.Join(' ', article.Notes)));
        if (ours == IncomingStatus.Locked) Assert.Equal(visibility == "members" ? "It was open to members only." : "It was open to paying members only.", article.LockedBecause);
    }

    [Fact]
    public void What_is_said_of_an_article_beside_it_comes_with_it()
    {
        var article = GhostFile.Read(new GhostFile().Post("p1", "One", GhostFile.Text("Water."), new { custom_excerpt = "In short", featured = 1, codeinjection_head = "<script></script>", feature_image = $"{GhostFile.Mark}/content/images/size/w600/2020/01/mast.jpg" })
            .Row("posts_meta", new { post_id = "p1", meta_title = "For machines", meta_description = "Of water", og_title = "For friends", feature_image_alt = "A mast", feature_image_caption = "By <b>Ines</b>", og_image = $"{GhostFile.Mark}/content/images/other.jpg" }).ToString()).OfType<IncomingArticle>().Single();

        Assert.Equal(("In short", "For friends", "Of water", "2020/01/mast.jpg", true), (article.Excerpt, article.SocialTitle, article.SocialDescription, article.FeaturedPicture, article.IsSticky));
        Assert.Equal(4, article.Notes.Count);
    }

    [Fact]
    public void Pictures_are_those_that_articles_name_each_once_and_as_described_above_an_article()
    {
        var (mast, quay) = ($"{GhostFile.Mark}/content/images/2020/01/mast.jpg", $"{GhostFile.Mark}/content/images/size/w1000/format/webp/2020/01/quay.png");
        var pictures = GhostFile.Read(new GhostFile()
            .Post("p1", "One", GhostFile.Lexical(new { type = "image", src = mast, alt = "Within", caption = "In <i>fog</i>" }, new { type = "gallery", images = new[] { new { src = quay, alt = "The quay" } } }, new { type = "image", src = "https://else.example/content/images/x.jpg" }))
            .Post("p2", "Two", GhostFile.Text("Water."), new { feature_image = mast }).Row("posts_meta", new { post_id = "p2", feature_image_alt = "Above", feature_image_caption = "The mast" })
            .Page("p3", "Us", GhostFile.Lexical(new { type = "html", html = $"<p style=\"background:url('{GhostFile.Mark}/content/images/b.svg')\">x</p>" })).ToString()).OfType<IncomingPicture>().ToList();

        Assert.Equal([("2020/01/mast.jpg", "Above", "The mast"), ("2020/01/quay.png", "The quay", ""), ("b.svg", "", "")], pictures.Select(p => (p.FilePath, p.Alt, p.Caption)));
        Assert.Equal("/content/images/2020/01/mast.jpg", pictures[0].Paths.Single());
    }

    [Fact]
    public void Under_one_category_no_tag_makes_one()
    {
        var ghost = new GhostExport(() => new MemoryStream(Encoding.UTF8.GetBytes(new GhostFile().Post("p1", "One").ToString()))) { Category = "News" };
        ghost.Survey();
        var read = ghost.Read().ToList();

        Assert.Empty(read.OfType<IncomingCategory>());
        Assert.Equal(["News"], read.OfType<IncomingArticle>().Single().Categories.Select(c => c.Name));
    }

    [Fact]
    public void What_readers_here_do_not_read_is_told_in_a_line_each()
    {
        var notes = GhostFile.Read(new GhostFile().Post("p1", "One").Row("newsletters", new { id = "n1" }).Row("newsletters", new { id = "n2" }).Row("offers", new { id = "o" }).ToString()).OfType<IncomingNote>().Select(n => n.Text).ToList();

        Assert.Contains("2 of “newsletters” are nothing that readers here read, and are not kept", notes);
        Assert.Equal(3, notes.Count);
    }

    [Fact]
    public void Menus_come_with_their_addresses()
    {
        var menu = GhostFile.Read(new GhostFile().Post("p1", "One").Row("settings", new { key = "navigation", value = $$"""[{"label":"Home","url":"{{GhostFile.Mark}}/"},{"label":"About","url":"/about/"},{"label":"Else","url":"https://else.example/"}]""" })
            .Row("settings", new { key = "secondary_navigation", value = """[{"label":"Data","url":"#/portal"}]""" }).ToString()).OfType<IncomingMenuItem>().ToList();

        Assert.Equal([("Home", "/"), ("About", "/about"), ("Else", "https://else.example/"), ("Data", "#/portal")], menu.Select(m => (m.Label, m.Target)));
        Assert.Contains("foot", menu[3].Menu);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{\"db\":[{\"data\":{\"posts\":[]}}]}")]
    [InlineData("[1,2")]
    [InlineData("null")]
    public void What_is_no_export_is_known_as_none(string text)
    {
        var ghost = new GhostExport(() => new MemoryStream(Encoding.UTF8.GetBytes(text)));
        ghost.Survey();

        Assert.False(ghost.IsOne);
        Assert.Empty(ghost.Read().OfType<IncomingArticle>());
    }

    [Fact]
    public void A_file_that_is_cut_off_gives_what_is_whole_and_says_where_it_ended()
    {
        var whole = new GhostFile().Post("p1", "One", GhostFile.Text("Water.")).Post("p2", "Two", GhostFile.Text("Rope.")).ToString();

        var read = GhostFile.Read(whole[..(whole.IndexOf("Rope", StringComparison.Ordinal) + 1)]);

        Assert.Equal("One", read.OfType<IncomingArticle>().Single().Headline);
        Assert.StartsWith("The file ends in the middle of it", read.OfType<IncomingRefusal>().Single().Refused.Why);
        Assert.Contains("The file ends before everything in it does: what stood behind its end is missing", read.OfType<IncomingNote>().Select(n => n.Text));
    }

    [Fact]
    public void A_row_that_is_no_json_is_refused_and_the_others_are_read()
    {
        var read = GhostFile.Read(new GhostFile().Post("p1", "One", tags: ["t1"]).Post("p2", "Two", tags: ["t1"]).ToString().Replace("\"title\":\"One\"", "\"title\":One", StringComparison.Ordinal).Replace("\"slug\":\"ines\"", "\"slug\":ines", StringComparison.Ordinal));

        Assert.Equal("Two", read.OfType<IncomingArticle>().Single().Headline);
        Assert.Equal(["users: It is no JSON.", "tag: It was for the newsroom and the theme alone, and readers see every tag here.", "post: It is no JSON"], read.OfType<IncomingRefusal>().Select(r => $"{r.Refused.Kind}: {r.Refused.Why}".Split(": it begins")[0]).OrderDescending(StringComparer.Ordinal));
        Assert.Contains("Is signed by somebody whom the file does not list", read.OfType<IncomingArticle>().Single().Notes);
    }

    [Fact]
    public void Bytes_and_signs_that_are_no_characters_spoil_nothing()
    {
        var bytes = Encoding.Latin1.GetBytes(new GhostFile().Post("p1", "Caf\u00E9 TAB\\uD800 half", GhostFile.Text("Water."), tags: ["t1"]).ToString().Replace("\\u00E9", "\u00E9", StringComparison.Ordinal).Replace("\\\\uD800", "\\uD800", StringComparison.Ordinal).Replace("TAB", "\t\0", StringComparison.Ordinal));

        var article = GhostFile.Read(bytes).OfType<IncomingArticle>().Single();

        Assert.Equal(("Café half", "Water.\n"), (article.Headline, article.Body.Set.Markdown));
    }

    [Theory]
    [InlineData("0000-00-00 00:00:00", null)]
    [InlineData("", null)]
    [InlineData("soon", null)]
    [InlineData("0001-01-01T00:00:00.000Z", null)]
    [InlineData("2020-03-04 05:06:07", 5)]
    [InlineData("2020-03-04T07:06:07+02:00", 5)]
    public void A_date_that_is_none_is_none(string stored, int? hour) =>
        Assert.Equal(hour, GhostFile.Read(new GhostFile().Post("p1", "One", null, new { published_at = stored }).ToString()).OfType<IncomingArticle>().Single().At?.Hour);

    [Theory]
    [InlineData("""[{"from":"/old/","to":"/new/","permanent":true},{"from":"^\\/blog\\/a-b\\/?$","to":"https://else.example/"},{"from":"^/tag/(.*)$","to":"/topic/$1"}]""")]
    [InlineData("301:\n  /old/: /new/\n  # a remark\n302:\n  ^\\/blog\\/a-b\\/?$: https://else.example/\n  '^/tag/(.*)$': '/topic/$1'\n")]
    public void A_file_of_redirects_gives_addresses_and_names_the_patterns(string file)
    {
        var read = GhostRedirects.Read(file).ToList();

        Assert.Equal([new("/old/", "/new/"), new("/blog/a-b/", "https://else.example/")], read.OfType<IncomingRedirect>());
        Assert.Equal("A redirect for the time being is one for good here", read.OfType<IncomingNote>().Single().Text);
        Assert.Equal(("^/tag/(.*)$", true), (read.OfType<IncomingRefusal>().Single().Refused.Id, read.OfType<IncomingRefusal>().Single().Refused.Why.Contains("/topic/$1", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("[{\"from\":")]
    [InlineData("{}")]
    [InlineData("nonsense")]
    public void A_file_of_redirects_that_is_none_is_refused(string file) => Assert.IsType<IncomingRefusal>(GhostRedirects.Read(file).Single());
}
