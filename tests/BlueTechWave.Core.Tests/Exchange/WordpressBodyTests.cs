using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Exchange;
using BlueTechWave.Core.Exchange.Wordpress;
using Xunit;

namespace BlueTechWave.Core.Tests.Exchange;

/// <summary>What becomes of a text that was written in WordPress.</summary>
public class WordpressBodyTests
{
    private static readonly WordpressPictures Pictures = Shown(Picture("7", "2020/01/mast.jpg"), Picture("8", "2020/01/quay.jpg"));

    [Theory]
    [InlineData("First line.\nSecond line.\n\nNext paragraph.", "First line.\\\nSecond line.\n\nNext paragraph.\n")]
    [InlineData("<h2>Why</h2>\nBecause <strong>it is so </strong>and <em>more</em>.", "## Why\n\nBecause **it is so** and *more*.\n")]
    [InlineData("<!-- wp:paragraph -->\n<p>One\nline, <a href=\"https://www.harbour.example/2020/01/old/\">ours</a>, <a href=\"https://else.example/a_(b)\">theirs</a>.</p>\n<!-- /wp:paragraph -->", "One line, [ours](/2020/01/old/), [theirs](https://else.example/a_%28b%29).\n")]
    [InlineData("<ul>\n<li>One</li>\n<li>Two\n<ol start=\"3\">\n<li>Deep</li>\n</ol>\n</li>\n</ul>", "- One\n- Two\n\n  3. Deep\n")]
    [InlineData("<blockquote>Said she.\n\nAnd went.</blockquote>", "> Said she.\n>\n> And went.\n")]
    [InlineData("Before<!--more-->after", "Beforeafter\n")]
    [InlineData("Before\n\n<!--more-->\n\nafter", "Before\n\nafter\n")]
    [InlineData("<pre class=\"brush: php\">if (a &lt; b) {\n\n  [gallery]\n}</pre>", "```php\nif (a < b) {\n\n  [gallery]\n}\n```\n")]
    [InlineData("[code language=\"sql\"]SELECT 1 < 2;[/code]", "```sql\nSELECT 1 < 2;\n```\n")]
    [InlineData("<table><tr><th>Port</th><th>Ships</th></tr><tr><td>Brest</td><td>4 | 5</td></tr></table>", "| Port | Ships |\n| --- | --- |\n| Brest | 4 \\| 5 |\n")]
    [InlineData("<table><tr><td colspan=\"2\">Port</td></tr></table>", "<table><tbody><tr><td colspan=\"2\">Port</td></tr></tbody></table>\n")]
    [InlineData("[caption id=\"a\" width=\"300\"]<a href=\"https://harbour.example/wp-content/uploads/a.jpg\"><img src=\"https://harbour.example/wp-content/uploads/a-300x200.jpg\" alt=\"A crane\" /></a> The crane of 1911[/caption]", "![A crane](https://harbour.example/wp-content/uploads/a-300x200.jpg \"The crane of 1911\")\n")]
    [InlineData("[gallery ids=\"7,8\"]", "::: gallery\n![](https://harbour.example/wp-content/uploads/2020/01/mast.jpg)\n\n![](https://harbour.example/wp-content/uploads/2020/01/quay.jpg)\n:::\n")]
    [InlineData("[embed]https://www.youtube.com/watch?v=aaaaaaaaaaa[/embed]", "![](https://www.youtube.com/watch?v=aaaaaaaaaaa)\n")]
    [InlineData("Look:\n\nhttps://youtu.be/aaaaaaaaaaa\n\nGood.", "Look:\n\n![](https://youtu.be/aaaaaaaaaaa)\n\nGood.\n")]
    [InlineData("<figure class=\"wp-block-embed\"><div class=\"wp-block-embed__wrapper\">\nhttps://vimeo.com/12345\n</div></figure>", "![](https://vimeo.com/12345)\n")]
    [InlineData("<iframe src=\"https://maps.example/m?a=1&amp;b=2\" width=\"1\"></iframe>", "<https://maps.example/m?a=1&b=2>\n")]
    [InlineData("2 * 3 * 4 and snake_case and [brackets] and # no heading\n# nor here", "2 \\* 3 \\* 4 and snake_case and \\[brackets\\] and # no heading\\\n\\# nor here\n")]
    [InlineData("[[gallery]] is how it is done", "\\[gallery\\] is how it is done\n")]
    [InlineData("H<sub>2</sub>O and <u>this</u>", "H<sub>2</sub>O and <u>this</u>\n")]
    [InlineData("<p>a<b>\"b\"</b>c</p>", "a<b>\"b\"</b>c\n")]
    [InlineData("Above.\n\n&nbsp;\n\nBelow.<p>&nbsp;</p>", "Above.\n\nBelow.\n")]
    [InlineData("<div class=\"wp-block-file\"><a href=\"https://else.example/a.pdf\">Tides</a><a href=\"https://else.example/a.pdf\" class=\"wp-block-file__button\" download>Download</a></div>", "[Tides](https://else.example/a.pdf) [Download](https://else.example/a.pdf)\n")]
    [InlineData("<section>One</section><section>Two</section>", "One\n\nTwo\n")]
    public void A_body_becomes_the_papers_markdown(string wordpress, string markdown) => Assert.Equal(markdown, Set(wordpress).Markdown);

    [Theory]
    [InlineData("<img src=\"https://www.harbour.example/wp-content/uploads/2020/01/mast-scaled.jpg?w=600\" alt=\"mast.jpg\">", "![](picture:70)\n")]
    [InlineData("<img src=\"/wp-content/uploads/2020/01/mast-150x150.jpg\" alt=\"A mast\">", "![A mast](picture:70)\n")]
    [InlineData("<img src=\"https://i0.wp.com/harbour.example/wp-content/uploads/2020/01/mast.jpg\" alt=\"A mast\">", "![A mast](picture:70)\n")]
    [InlineData("<img class=\"alignleft wp-image-7 size-full\" src=\"https://harbour.example/wp-content/uploads/2020/01/mast-e1583000000000.jpg\" alt=\"Cut\">", "![Cut](picture:70)\n")]
    [InlineData("[caption id=\"a\"]<a href=\"https://harbour.example/wp-content/uploads/2020/01/mast.jpg\"><img src=\"https://harbour.example/wp-content/uploads/2020/01/mast-300x200.jpg\" alt=\"A mast\" /></a> In fog[/caption]", "![A mast](picture:70 \"In fog\")\n")]
    [InlineData("<!-- wp:gallery -->\n<figure class=\"wp-block-gallery\"><!-- wp:image --><figure class=\"wp-block-image\"><img src=\"https://harbour.example/wp-content/uploads/2020/01/mast-1024x683.jpg\" alt=\"A mast\" class=\"wp-image-7\"/></figure><!-- /wp:image --></figure>\n<!-- /wp:gallery -->", "::: gallery\n![A mast](picture:70)\n:::\n")]
    [InlineData("[gallery]", "::: gallery\n![](picture:70)\n:::\n")]
    [InlineData("<figure><img src=\"https://harbour.example/wp-content/uploads/2020/01/mast.jpg\" alt=\"A\"><figcaption>By <a href=\"https://else.example/\">them</a></figcaption></figure>", "<figure><img src=\"/wp-content/uploads/2020/01/mast.jpg\" alt=\"A\"><figcaption>By <a href=\"https://else.example/\">them</a></figcaption></figure>\n")]
    [InlineData("<a href=\"https://else.example/\"><img src=\"https://harbour.example/wp-content/uploads/2020/01/mast.jpg\" alt=\"A mast\"></a>", "[![A mast](picture:70)](https://else.example/)\n")]
    [InlineData("<img src=\"https://else.example/wp-content/uploads/2020/01/mast.jpg\" alt=\"Theirs\">", "![Theirs](https://else.example/wp-content/uploads/2020/01/mast.jpg)\n")]
    public void A_picture_that_has_arrived_stands_where_any_size_of_it_stood(string wordpress, string markdown)
    {
        var arrived = Shown(Picture("7", "2020/01/mast.jpg") with { Ours = 70, ParentId = "1" });

        Assert.Equal(markdown, WordpressBody.Set(wordpress, "https://harbour.example", arrived, "1").Markdown);
    }

    [Fact]
    public void An_unknown_shortcode_stays_as_text_and_is_named()
    {
        var set = Set("Write to us: [contact-form-7 id=\"12\" title=\"Contact\"]");

        Assert.Contains("[contact-form-7 id=", ArticleBody.Press(set.Markdown).Text);
        Assert.Contains("[contact-form-7] is unknown here and stays as text", set.Notes);
    }

    [Fact]
    public void What_only_html_can_say_stays_html()
    {
        Assert.Equal("<dl><dt>TLD</dt><dd>The last label.</dd></dl>\n", Set("<dl><dt>TLD</dt><dd>The last label.</dd></dl>").Markdown);
        Assert.Contains("<figcaption>By <a href=\"https://else.example/\">them</a></figcaption>",
            Set("<figure><img src=\"https://harbour.example/wp-content/uploads/a.jpg\" alt=\"A\"><figcaption>By <a href=\"https://else.example/\">them</a></figcaption></figure>").Markdown);
    }

    [Fact]
    public void What_a_reader_wrote_keeps_its_lines_and_loses_its_tags() => Assert.Equal(
        "See [here](https://else.example/), **really**:\n`a < b`\n\n> quoted\n",
        WordpressBody.SetComment("See <a href=\"https://else.example/\" rel=\"nofollow\">here</a>, <strong>really</strong>:\n<code>a &lt; b</code>\n<blockquote>quoted</blockquote>", "https://harbour.example").Markdown);

    private static WordpressPictures Shown(params IncomingPicture[] all)
    {
        var pictures = new WordpressPictures(new Notebook()) { Site = "https://harbour.example" };
        foreach (var picture in all) pictures.Add(picture);
        return pictures;
    }

    private static IncomingPicture Picture(string id, string file) => new(id, $"https://harbour.example/wp-content/uploads/{file}", file, "", "");

    private static Core.Exchange.SetBody Set(string html) => WordpressBody.Set(html, "https://harbour.example", Pictures);
}
