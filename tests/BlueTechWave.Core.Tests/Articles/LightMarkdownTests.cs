using BlueTechWave.Core.Articles;
using Xunit;

namespace BlueTechWave.Core.Tests.Articles;

public class LightMarkdownTests
{
    [Theory]
    [InlineData("Ana *covers* [chips](https://example.com) and \"cloud\".", "<p>Ana <em>covers</em> <a href=\"https://example.com\" rel=\"noopener\">chips</a> and “cloud”.</p>")]
    [InlineData("# Not a heading", "<p># Not a heading</p>")]
    [InlineData("- not a list", "<p>- not a list</p>")]
    [InlineData("one\n\ntwo", "<p>one</p>\n<p>two</p>")]
    [InlineData("a <b>b</b>", "<p>a &lt;b&gt;b&lt;/b&gt;</p>")]
    [InlineData("    indented", "<p>indented</p>")]
    public void A_bio_has_paragraphs_emphasis_and_links(string typed, string printed) => Assert.Equal(printed, LightMarkdown.Bio(typed));

    [Theory]
    [InlineData("*so* `code`", "<p><em>so</em> <code>code</code></p>")]
    [InlineData("one\ntwo", "<p>one<br>\ntwo</p>")]
    [InlineData("[x](https://example.com)", "<p><a href=\"https://example.com\" rel=\"nofollow ugc noopener\">x</a></p>")]
    [InlineData("https://example.com", "<p><a href=\"https://example.com\" rel=\"nofollow ugc noopener\">https://example.com</a></p>")]
    [InlineData("![x](https://example.com/a.png)", "<p><a href=\"https://example.com/a.png\" rel=\"nofollow ugc noopener\">x</a></p>")]
    [InlineData("# loud", "<p># loud</p>")]
    [InlineData("loud\n===", "<p>loud<br>\n===</p>")]
    [InlineData("a|b\n-|-\n1|2", "<p>a|b<br>\n-|-<br>\n1|2</p>")]
    [InlineData("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")]
    [InlineData("> said\n\nno", "<blockquote><p>said</p>\n</blockquote>\n<p>no</p>")]
    [InlineData("- a\n- b", "<ul><li>a</li>\n<li>b</li>\n</ul>")]
    [InlineData("[x](article:5)", "<p><a>x</a></p>")]
    [InlineData("[x](javascript:alert(1))", "<p><a>x</a></p>")]
    public void A_comment_has_a_little_of_everything_and_no_more(string typed, string printed) =>
        Assert.Equal(printed.Replace("\n", ""), LightMarkdown.Comment(typed).Replace("\n", ""));

    [Theory]
    [InlineData("Spend: **$1.3B** in \"Mexico\"", "Spend: <strong>$1.3B</strong> in “Mexico”")]
    [InlineData("[x](/a) <b>b</b>", "[x](/a) &lt;b&gt;b&lt;/b&gt;")]
    [InlineData("one\n\ntwo", "one two")]
    [InlineData("# one - two", "# one – two")]
    [InlineData("1. one", "1. one")]
    public void A_key_point_has_emphasis_only(string typed, string printed) =>
        Assert.Equal(printed.Replace('–', '-'), LightMarkdown.Inline(typed).Replace('–', '-'));

    [Fact]
    public void Plain_text_has_no_markup() => Assert.Equal("A bold link & more", LightMarkdown.Plain("# A **bold**\n\n[link](/x) &amp; more"));
}
