using System.Text;
using BlueTechWave.Core.Exchange;
using Xunit;

namespace BlueTechWave.Core.Tests.Exchange;

/// <summary>How an export is read, the broken ones above all: one line for what is wrong, and the rest comes in.</summary>
public class WordpressExportTests
{
    [Theory]
    [InlineData("1.0")]
    [InlineData("1.1")]
    [InlineData("1.2")]
    public void Every_version_of_the_format_is_read(string version)
    {
        var read = Wxr.Read(new Wxr(version).Post(7, "Spring tide", "Water.", more: Wxr.Comment(1, "Wet.")).ToString());

        Assert.Equal(new("The Harbour Gazette", Wxr.Site), read.OfType<IncomingSite>().Single());
        Assert.Equal("Tove Lindqvist", read.OfType<IncomingAuthor>().Single().Name);
        Assert.Equal(["Tides & currents", "Harbour"], read.OfType<IncomingCategory>().Select(c => c.Name));
        var article = read.OfType<IncomingArticle>().Single();
        Assert.Equal(("7", "Spring tide", IncomingStatus.Published, new DateTime(2020, 3, 4, 5, 6, 7, DateTimeKind.Utc)), (article.Id, article.Headline, article.Status, article.At));
        Assert.Equal(["/2020/03/spring-tide/"], article.Paths);
        Assert.Equal("Wet.", article.Comments.Single().Body.Source);
    }

    [Theory]
    [InlineData("publish", "", IncomingStatus.Published)]
    [InlineData("publish", "secret", IncomingStatus.Locked)]
    [InlineData("future", "", IncomingStatus.Scheduled)]
    [InlineData("pending", "", IncomingStatus.Pending)]
    [InlineData("private", "", IncomingStatus.Private)]
    [InlineData("trash", "", IncomingStatus.Trashed)]
    [InlineData("draft", "", IncomingStatus.Draft)]
    [InlineData("in-progress", "", IncomingStatus.Draft)]
    public void A_status_is_what_it_was(string status, string password, IncomingStatus expected) =>
        Assert.Equal(expected, One(new Wxr().Post(1, "A", status: status, more: $"<wp:post_password>{password}</wp:post_password>")).Status);

    [Theory]
    [InlineData("<![CDATA[Mark<sup>up</sup> <em>in</em> a title<br/>of two lines]]>", "Markup in a title of two lines")]
    [InlineData("What &lt;html&gt; is, and why 3 &lt; 4", "What <html> is, and why 3 < 4")]
    public void A_title_keeps_its_words_and_what_it_only_names(string title, string expected) =>
        Assert.Equal(expected, One(new Wxr().Raw($"<item><title>{title}</title><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item>")).Headline);

    [Fact]
    public void What_plugins_keep_is_found()
    {
        var article = One(new Wxr().Post(1, "Low water", more: Wxr.Meta("_yoast_wpseo_title", "%%title%% %%page%% %%sep%% %%sitename%%") + Wxr.Meta("rank_math_description", "About %title%.")
            + Wxr.Meta("_wp_old_slug", "ebb") + Wxr.Meta("_wp_old_slug", "neap") + Wxr.Meta("custom_permalink", "special/low.html")));

        Assert.Equal(("Low water – The Harbour Gazette", "About Low water."), (article.SocialTitle, article.SocialDescription));
        Assert.Equal(["/2020/03/low-water/", "/2020/03/ebb/", "/2020/03/neap/", "/special/low.html"], article.Paths);
    }

    [Fact]
    public void A_picture_is_told_with_what_it_stands_above_wherever_it_is_in_the_file()
    {
        var read = Wxr.Read(new Wxr()
            .Post(9, "mast", type: "attachment", status: "inherit", more: $"<wp:attachment_url>{Wxr.Site}/wp-content/uploads/2020/03/mast.jpg</wp:attachment_url>" + Wxr.Meta("_wp_attachment_image_alt", "A mast in fog"))
            .Post(1, "Low water", more: Wxr.Meta("_thumbnail_id", "9")).ToString());

        var picture = read.OfType<IncomingPicture>().Single();
        Assert.Equal(("9", $"{Wxr.Site}/wp-content/uploads/2020/03/mast.jpg", "2020/03/mast.jpg", "A mast in fog"), (picture.Id, picture.Url, picture.FilePath, picture.Alt));
    }

    [Fact]
    public void An_item_that_is_no_xml_is_refused_alone()
    {
        var read = Wxr.Read(new Wxr().Post(1, "Before").Raw("<item><title>Broken & <b>bold</title><wp:post_id>2</wp:post_id><wp:post_type>post</wp:post_type></item>").Post(3, "After").ToString());

        Assert.Equal(["1", "3"], read.OfType<IncomingArticle>().Select(a => a.Id));
        var refused = read.OfType<IncomingRefusal>().Single().Refused;
        Assert.Equal("2", refused.Id);
        Assert.StartsWith("It is no XML", refused.Why);
    }

    [Fact]
    public void A_file_that_ends_too_early_loses_the_last_item_alone_and_says_so()
    {
        var export = new Wxr().Post(1, "Before").Post(2, "Cut", more: Wxr.Comment(5, "Hm.")).ToString();

        for (var end = export.IndexOf("<wp:post_id>2", StringComparison.Ordinal); end < export.LastIndexOf("</item>", StringComparison.Ordinal) + 3; end += 41)
        {
            var read = Wxr.Read(export[..end]);
            Assert.Equal("Before", read.OfType<IncomingArticle>().Single().Headline);
            Assert.Contains("ends in the middle", read.OfType<IncomingRefusal>().Single().Refused.Why);
        }
    }

    [Fact]
    public void Control_characters_loose_ampersands_and_html_entities_do_no_harm()
    {
        var article = One(new Wxr().Raw("""
            <item><title>Ships & harbours &nbsp; 3 < 4 &bogus;</title><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
            <content:encoded><![CDATA[a&b <![CDATA nested ]]></content:encoded></item>
            """.Replace("Ships", "Ships\u0003\u0000\uFFFE&#1;", StringComparison.Ordinal)));

        Assert.Equal("Ships & harbours 3 < 4 &bogus;", article.Headline);
        Assert.Equal("a&b <![CDATA nested ", article.Body.Source);
    }

    [Fact]
    public void No_entity_is_expanded_and_no_document_type_is_read()
    {
        var bomb = new Wxr().Post(1, "x").ToString().Replace("<rss", """
            <!DOCTYPE rss [ <!ENTITY a "aaaaaaaaaa"> <!ENTITY b "&a;&a;&a;&a;"> <!ENTITY out SYSTEM "file:///etc/hostname"> ]>
            <rss
            """, StringComparison.Ordinal).Replace("<![CDATA[x]]>", "x &b; &out;", StringComparison.Ordinal);

        var read = Wxr.Read(bomb);

        Assert.Equal("x &b; &out;", read.OfType<IncomingArticle>().Single().Headline);
        Assert.Contains("document type", read.OfType<IncomingNote>().Single().Text);
    }

    [Fact]
    public void Single_bytes_of_an_older_alphabet_are_read_as_they_were_meant()
    {
        var export = new Wxr().Post(1, "Caf@ ~quoted~").ToString();
        var bytes = Encoding.UTF8.GetBytes(export).Select(b => b switch { (byte)'@' when false => b, _ => b }).ToArray();
        var at = Encoding.UTF8.GetBytes("Caf@ ~quoted~");
        var place = bytes.AsSpan().IndexOf(at);
        (bytes[place + 3], bytes[place + 5], bytes[place + 12]) = (0xE9, 0x93, 0x94);

        Assert.Equal("Café “quoted”", Wxr.Read(bytes).OfType<IncomingArticle>().Single().Headline);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void Another_encoding_is_known_by_its_first_bytes(string encoding)
    {
        var other = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. other.GetPreamble(), .. other.GetBytes(new Wxr().Post(1, "Café 日本").ToString())];

        Assert.Equal("Café 日本", Wxr.Read(bytes).OfType<IncomingArticle>().Single().Headline);
    }

    [Fact]
    public void A_comment_under_no_article_is_refused_in_one_line()
    {
        var read = Wxr.Read(new Wxr().Post(1, "Talk").Raw(Wxr.Comment(5, "Hello?")).ToString());

        Assert.Equal("comment 5 “Ines”: The article it was written under is not in the file.", read.OfType<IncomingRefusal>().Single().Refused.ToString());
    }

    [Fact]
    public void Two_articles_with_one_guid_both_arrive_and_it_is_noted()
    {
        var read = Wxr.Read(new Wxr().Post(1, "One").Post(2, "Two").ToString().Replace("/?p=2</guid>", "/?p=1</guid>", StringComparison.Ordinal));

        Assert.Equal([[], ["Has the same GUID as another"]], read.OfType<IncomingArticle>().Select(a => a.Notes));
    }

    [Fact]
    public void What_is_no_article_is_refused_with_its_reason()
    {
        var read = Wxr.Read(new Wxr().Post(1, "Old", type: "revision").Post(2, "Tote bag", type: "product", more: Wxr.Comment(1, "Nice.")).Post(3, "Talk", more: Wxr.Comment(2, "Linked.", type: "pingback")).ToString());

        Assert.Equal(["An older version of a text: only the newest comes along.", "There is no “product” here."], read.OfType<IncomingRefusal>().Select(r => r.Refused.Why));
        Assert.Equal([1, 2], read.OfType<IncomingRefusal>().Select(r => r.Count));
        Assert.Equal("A pingback: no reader's words.", read.OfType<IncomingArticle>().Single().RefusedComments.Single().Why);
    }

    [Theory]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("9999-99-99")]
    [InlineData("-0001-11-30 00:00:00")]
    public void A_date_of_zero_is_no_date(string date) => Assert.Null(One(new Wxr().Post(1, "A", date: date.PadRight(10, '0'), link: Wxr.Site + "/a/")).At);

    [Fact]
    public void Any_heap_of_tags_is_read_to_its_end()
    {
        foreach (var heap in new[] { "", "<", "<rss><channel>", "<rss><channel><item>", "<rss><channel><item/></channel>", "<rss><channel><item></item><item", "<!DOCTYPE", "<!DOCTYPE a [", "<![CDATA[", "\0\0\0", "<a><b></a></b>", "<rss><channel><wp:author/><wp:category/><wp:tag/><wp:term/>" })
            Assert.NotEmpty(Wxr.Read(heap));
    }

    private static IncomingArticle One(Wxr export) => Wxr.Read(export.ToString()).OfType<IncomingArticle>().Single();
}
