using BlueTechWave.Core.Articles;
using Xunit;

namespace BlueTechWave.Core.Tests.Articles;

public class ArticleBodyTests
{
    [Fact]
    public void A_dollar_amount_keeps_its_sign() =>
        Assert.Equal("<p>Microsoft will spend $1.3B over $2B in three years.</p>", Html("Microsoft will spend $1.3B over $2B in three years."));

    [Fact]
    public void Typed_dashes_and_curly_quotes_stay_as_they_are() =>
        Assert.Equal("<p>2024–2025: “cloud” it’s — so</p>", Html("2024–2025: “cloud” it’s — so"));

    [Theory]
    [InlineData("She said \"yes\" to it", "She said “yes” to it")]
    [InlineData("A 'quoted' word", "A ‘quoted’ word")]
    [InlineData("1990--1995", "1990–1995")]
    [InlineData("a --- b", "a — b")]
    [InlineData("and so on...", "and so on…")]
    [InlineData("It's Mexico's deal", "It’s Mexico’s deal")]
    [InlineData("shift << 2 >> 1", "shift &lt;&lt; 2 &gt;&gt; 1")]
    [InlineData("fe80::1 and 2001:db8::2", "fe80::1 and 2001:db8::2")]
    [InlineData("the '90s and rock (\"loud\") **\"bold\"** \"*soft*\".", "the ’90s and rock (“loud”) <strong>“bold”</strong> “<em>soft</em>”.")]
    [InlineData("\\\"kept\\\" and &quot;kept&quot;", "\"kept\" and \"kept\"")]
    [InlineData("----- and ....", "----- and ....")]
    [InlineData("no :smile: here", "no :smile: here")]
    public void Typing_becomes_typography(string typed, string printed) => Assert.Equal($"<p>{printed}</p>", Html(typed));

    [Fact]
    public void Code_is_left_alone() =>
        Assert.Equal("<p><code>\"a\" -- b...</code></p>\n<pre><code>'x' -- \"y\"...\n</code></pre>", Html("`\"a\" -- b...`\n\n```\n'x' -- \"y\"...\n```"));

    [Fact]
    public void Typography_never_touches_an_address_or_attribute() =>
        Assert.Equal("<p><a href=\"/a--b...c\" title=\"it's\">x</a></p>", Html("[x](/a--b...c \"it's\")"));

    [Fact]
    public void A_pipe_table_is_a_table_with_columns_aligned_by_class()
    {
        var html = Html("a|b|c\n-|-:|:-:\n1|2|3");

        Assert.Contains("<th scope=\"col\">a</th>", html);
        Assert.Contains("<td class=\"end\">2</td>", html);
        Assert.Contains("<td class=\"center\">3</td>", html);
        Assert.DoesNotContain("style", html);
    }

    [Fact]
    public void A_grid_table_is_a_table_without_styles()
    {
        var html = Html("+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+");

        Assert.Contains("<table>", html);
        Assert.DoesNotContain("style", html);
    }

    [Fact]
    public void A_footnote_links_there_and_back()
    {
        var body = ArticleBody.Press("A claim.[^1]\n\n[^1]: The source.");

        Assert.Contains("<a id=\"fnref:1\" href=\"#fn:1\" class=\"footnote-ref\"><sup>1</sup></a>", body.Html);
        Assert.Contains("<li id=\"fn:1\">", body.Html);
        Assert.Contains("aria-label=\"Back to the text\"", body.Html);
        Assert.Equal("A claim. The source.", body.Text);
    }

    [Fact]
    public void A_task_list_has_named_boxes_nobody_can_tick()
    {
        var html = Html("- [ ] open\n- [x] closed");

        Assert.Contains("<input disabled=\"\" type=\"checkbox\" aria-label=\"To do\">", html.Replace("disabled=\"disabled\"", "disabled=\"\""));
        Assert.Contains("aria-label=\"Done\"", html);
    }

    [Fact]
    public void Struck_words_are_struck() => Assert.Equal("<p><del>old</del> new</p>", Html("~~old~~ new"));

    [Theory]
    [InlineData("note", "note")]
    [InlineData("our-take", "our-take")]
    [InlineData("warning", "warning")]
    [InlineData("gallery", "gallery")]
    [InlineData("masthead", "note")]
    [InlineData("note evil", "note")]
    [InlineData("", "note")]
    public void A_container_has_a_kind_of_ours(string typed, string printed) =>
        Assert.Equal($"<div class=\"{printed}\"><p>words</p>\n</div>", Html($"::: {typed}\nwords\n:::"));

    [Fact]
    public void Headings_get_anchors_in_plain_letters()
    {
        var html = Html("## Microsoft’s “Querétaro” plan\n\n## Straße & Łódź\n\n## 日本\n\n## 日本");

        Assert.Contains("<h2 id=\"microsofts-queretaro-plan\">", html);
        Assert.Contains("<h2 id=\"strasse-lodz\">", html);
        Assert.Contains("<h2 id=\"section\">", html);
        Assert.Contains("<h2 id=\"section-2\">", html);
    }

    [Fact]
    public void A_heading_takes_no_anchor_that_a_comment_or_an_author_may_have()
    {
        var html = Html("## Comment 5\n\n## Bio 12\n\n## Comment five\n\n## Comment 5");

        Assert.Contains("<h2 id=\"comment-5-2\">", html);
        Assert.Contains("<h2 id=\"bio-12-2\">", html);
        Assert.Contains("<h2 id=\"comment-five\">", html);
        Assert.Contains("<h2 id=\"comment-5-3\">", html);
    }

    [Fact]
    public void Equal_headings_get_different_anchors()
    {
        var html = Html("## A 2\n\n## A\n\n## A\n\n## A");

        Assert.Contains("id=\"a-2\"", html);
        Assert.Contains("id=\"a\"", html);
        Assert.Contains("id=\"a-3\"", html);
        Assert.Contains("id=\"a-4\"", html);
    }

    [Theory]
    [InlineData("# a", "h2")]
    [InlineData("### a", "h2")]
    [InlineData("# a\n\n### b", "h2 h3")]
    [InlineData("## a\n\n#### b\n\n#### c\n\n### d\n\n## e", "h2 h3 h3 h3 h2")]
    [InlineData("<h1>a</h1>\n\n<h5>b</h5>", "h2 h3")]
    public void No_heading_level_is_skipped_and_none_competes_with_the_headline(string markdown, string levels)
    {
        var headings = Dom.Parse(Html(markdown)).QuerySelectorAll("h1,h2,h3,h4,h5,h6");

        Assert.Equal(levels, string.Join(' ', headings.Select(h => h.LocalName)));
        Assert.All(headings, h => Assert.NotEqual("", h.TextContent));
    }

    [Fact]
    public void A_bare_address_is_a_link() =>
        Assert.Equal("<p>See <a href=\"https://example.com/a\" rel=\"noopener\">https://example.com/a</a>.</p>", Html("See https://example.com/a."));

    [Fact]
    public void A_picture_alone_is_a_figure_with_its_title_as_caption() =>
        Assert.Equal(
            "<figure><img src=\"/media/a.jpg\" alt=\"A hall\" loading=\"lazy\" decoding=\"async\"><figcaption>The hall &amp; <i></figcaption></figure>"
                .Replace("<i>", "&lt;i&gt;"),
            Html("![A hall](/media/a.jpg \"The hall & <i>\")"));

    [Fact]
    public void A_picture_without_title_has_no_caption() =>
        Assert.Equal("<figure><img src=\"/a.jpg\" alt=\"\" loading=\"lazy\" decoding=\"async\"></figure>", Html("![](/a.jpg)"));

    [Fact]
    public void A_picture_among_words_stays_among_them() =>
        Assert.Equal("<p>Words <img src=\"/a.jpg\" alt=\"x “y”\" loading=\"lazy\" decoding=\"async\"> here</p>", Html("Words ![x \"y\"](/a.jpg) here"));

    [Theory]
    [InlineData("![A hall](https://elsewhere.example/a.jpg)")]
    [InlineData("x ![A hall](https://elsewhere.example/a.jpg)")]
    [InlineData("<img src=\"https://elsewhere.example/a.jpg\" alt=\"A hall\">")]
    public void A_picture_from_elsewhere_is_a_link_to_it(string markdown)
    {
        var html = Html(markdown);

        Assert.Contains("<a href=\"https://elsewhere.example/a.jpg\" rel=\"noopener\">A hall</a>", html);
        Assert.DoesNotContain("<img", html);
    }

    [Theory]
    [InlineData("//elsewhere.example/a.jpg")]
    [InlineData("/\\elsewhere.example/a.jpg")]
    [InlineData("\\\\elsewhere.example/a.jpg")]
    [InlineData("data:image/png;base64,AAAA")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/&#9;/elsewhere.example/a.jpg")]
    public void No_picture_loads_from_elsewhere_by_a_trick(string address)
    {
        Assert.DoesNotContain("<img", Html($"<img src=\"{address}\" alt=\"A hall\">"));
        Assert.Contains("A hall", Html($"<img src=\"{address}\" alt=\"A hall\">"));
    }

    [Theory]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "youtube:dQw4w9WgXcQ")]
    [InlineData("https://youtube.com/watch?list=x&v=dQw4w9WgXcQ&t=3", "youtube:dQw4w9WgXcQ")]
    [InlineData("https://youtu.be/dQw4w9WgXcQ?si=abc", "youtube:dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/embed/dQw4w9WgXcQ", "youtube:dQw4w9WgXcQ")]
    [InlineData("https://www.youtube.com/shorts/dQw4w9WgXcQ", "youtube:dQw4w9WgXcQ")]
    [InlineData("https://vimeo.com/123456789", "vimeo:123456789")]
    [InlineData("https://player.vimeo.com/video/123456789", "vimeo:123456789")]
    public void A_video_loads_nothing_until_asked(string address, string mark)
    {
        var figure = Dom.Parse(Html($"![The launch]({address})")).QuerySelector("figure.video")!;

        Assert.Equal(mark, figure.GetAttribute("data-video"));
        Assert.Empty(figure.QuerySelectorAll("img,iframe,script"));
        Assert.Equal("noopener", figure.QuerySelector("a.video-link")!.GetAttribute("rel"));
    }

    [Fact]
    public void A_video_says_what_plays_and_from_where() =>
        Assert.Equal(
            "<figure class=\"video\" data-video=\"youtube:dQw4w9WgXcQ\"><a class=\"video-link\" href=\"https://www.youtube.com/watch?v=dQw4w9WgXcQ\" rel=\"noopener\">"
            + "<span>Watch “The launch” on YouTube</span></a><figcaption>The launch – Plays from YouTube when you press play</figcaption></figure>",
            Html("![The launch](https://youtu.be/dQw4w9WgXcQ)"));

    [Theory]
    [InlineData("https://www.youtube.com/watch?v=short")]
    [InlineData("https://www.youtube.com/watch?v=dQw4w9WgXcQtoolong")]
    [InlineData("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ")]
    [InlineData("https://evil.example/youtu.be/dQw4w9WgXcQ")]
    [InlineData("https://vimeo.com/channels")]
    [InlineData("javascript://youtube.com/watch?v=dQw4w9WgXcQ")]
    public void What_only_looks_like_a_video_is_none(string address) => Assert.DoesNotContain("data-video", Html($"![x]({address})"));

    [Fact]
    public void A_link_to_our_story_is_a_marker()
    {
        var body = ArticleBody.Press("See <article:123> and [the *deal*](article:7), again <article:123>.");

        Assert.Equal("<p>See <a data-article=\"123\"></a> and <a data-article=\"7\">the <em>deal</em></a>, again <a data-article=\"123\"></a>.</p>", body.Html.TrimEnd());
        Assert.Equal([123, 7], body.LinkedArticles);
    }

    [Theory]
    [InlineData("Also read: <article:123>", "")]
    [InlineData("**Also read:** <article:123>", "")]
    [InlineData("also read: [A fixed title](article:123)", "A fixed title")]
    public void An_also_read_line_is_one_element(string markdown, string title)
    {
        var body = ArticleBody.Press(markdown);

        Assert.Equal($"<p class=\"also\" data-article=\"123\"><b>Also read:</b> <a data-article=\"123\">{title}</a></p>", body.Html.TrimEnd());
        Assert.Equal([123], body.LinkedArticles);
        Assert.Equal("", body.Text);
    }

    [Theory]
    [InlineData("Also read: <article:123> and more")]
    [InlineData("You should also read: <article:123>")]
    [InlineData("Also read: [x](https://example.com)")]
    public void Another_sentence_is_no_also_read_line(string markdown) => Assert.DoesNotContain("class=\"also\"", Html(markdown));

    [Theory]
    [InlineData("<article:0>")]
    [InlineData("[x](article:-1)")]
    [InlineData("[x](article:99999999999)")]
    [InlineData("[x](article:1x)")]
    [InlineData("[x](article:)")]
    public void A_story_that_cannot_be_is_no_link(string markdown)
    {
        var body = ArticleBody.Press(markdown);

        Assert.DoesNotContain("data-article", body.Html);
        Assert.DoesNotContain("href", body.Html);
        Assert.Empty(body.LinkedArticles);
    }

    [Theory]
    [InlineData("<a data-article=\"5\">x</a>")]
    [InlineData("<p class=\"also\" data-article=\"5\">x</p>")]
    [InlineData("<div x='\n\nwords ' data-article=5 y='\n\n<article:x>")]
    [InlineData("<a title='<a data-article=\"5\">'>x</a>")]
    [InlineData("<figure class=\"video\" data-video=\"youtube:dQw4w9WgXcQ\">x</figure>")]
    [InlineData("<b data-article='5' DATA-ARTICLE=5>x</b>")]
    public void Nobody_can_forge_our_markers(string raw)
    {
        var body = ArticleBody.Press(raw);

        Assert.Empty(Dom.Parse(body.Html).QuerySelectorAll("[data-article],[data-video]"));
        Assert.Empty(body.LinkedArticles);
        Assert.Same(body.Html, ArticlePrint.Print(body.Html, _ => throw new InvalidOperationException()));
    }

    [Theory]
    [InlineData("[x](https://example.com)", "<a href=\"https://example.com\" rel=\"noopener\">x</a>")]
    [InlineData("[x](//example.com/a)", "<a href=\"//example.com/a\" rel=\"noopener\">x</a>")]
    [InlineData("[x](/about)", "<a href=\"/about\">x</a>")]
    [InlineData("[x](#part)", "<a href=\"#part\">x</a>")]
    [InlineData("[x](mailto:tips@example.com)", "<a href=\"mailto:tips@example.com\">x</a>")]
    [InlineData("[x](tel:+525512345678)", "<a href=\"tel:+525512345678\">x</a>")]
    [InlineData("[x](ftp://example.com)", "<a>x</a>")]
    [InlineData("[x](javascript:alert(1))", "<a>x</a>")]
    public void A_link_leads_where_links_may(string markdown, string html) => Assert.Equal($"<p>{html}</p>", Html(markdown));

    [Fact]
    public void Prose_in_HTML_is_welcome()
    {
        const string html = "<details open=\"\"><summary>More</summary>H<sub>2</sub>O, <mark>x</mark>, <kbd>Ctrl</kbd>, "
            + "<abbr title=\"Artificial intelligence\">AI</abbr>, <time datetime=\"2024-09-25\">then</time></details>";

        Assert.Equal(html, Html(html));
    }

    [Theory]
    [InlineData("<p style=\"color:red\" id=\"main\" class=\"masthead note\" onclick=\"x()\">a</p>", "<p class=\"note\">a</p>")]
    [InlineData("a <font color=red>b</font> c", "<p>a b c</p>")]
    [InlineData("<form action=/x><input name=a><button>b</button></form>", "b")]
    [InlineData("<iframe src=\"https://example.com\"></iframe>a", "a")]
    [InlineData("<!-- a note -->b", "b")]
    public void Anything_else_in_HTML_goes_but_its_words_stay(string markdown, string html) => Assert.Equal(html, Html(markdown));

    [Fact]
    public void Text_is_the_words_alone()
    {
        var body = ArticleBody.Press("# A *new* hall\n\nFish &amp; chips cost $3.\nNext line.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n`<code>`");

        Assert.Equal("A new hall Fish & chips cost $3. Next line. one two a b 1 2 <code>", body.Text);
        Assert.Equal(16, body.Words);
    }

    [Fact]
    public void A_video_adds_its_name_to_the_text_once() =>
        Assert.Equal("Before The launch After", ArticleBody.Press("Before\n\n![The launch](https://youtu.be/dQw4w9WgXcQ)\n\nAfter").Text);

    [Theory]
    [InlineData("", 0)]
    [InlineData("one", 1)]
    [InlineData("one – two", 2)]
    [InlineData("it’s $1.3B, e.g. – 25 Sept.", 5)]
    public void Words_hold_a_letter_or_digit(string markdown, int words) => Assert.Equal(words, ArticleBody.Press(markdown).Words);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(200, 1)]
    [InlineData(201, 2)]
    [InlineData(400, 2)]
    [InlineData(1001, 6)]
    public void Reading_takes_a_minute_per_two_hundred_words(int words, int minutes) => Assert.Equal(minutes, ArticleBody.ReadingMinutes(words));

    [Fact]
    public void A_text_beyond_the_limit_is_refused() =>
        Assert.Throws<ArgumentException>(() => ArticleBody.Press(new string('a', ArticleBody.MaxLength + 1)));

    [Theory]
    [InlineData(0)]
    [InlineData(0xB)]
    [InlineData(0x7F)]
    [InlineData(0xD800)]
    [InlineData(0xDC00)]
    [InlineData(0xFFFE)]
    [InlineData(0xFDD0)]
    public void No_page_or_feed_gets_a_character_it_cannot_carry(int character)
    {
        var typed = ArticleBody.Press($"a{(char)character}b");
        var named = ArticleBody.Press($"a&#{character};b");

        Assert.Equal("<p>a\uFFFDb</p>", typed.Html.TrimEnd());
        Assert.Equal("a\uFFFDb", typed.Text);
        Assert.Equal("<p>a\uFFFDb</p>", named.Html.TrimEnd());
    }

    [Fact]
    public void A_megabyte_of_ordinary_prose_is_set_in_full()
    {
        const string paragraph = "The **regulator** said \"we'll act\" on [the plan](https://example.com/a) -- at a cost of $1.3B...\n"
            + "Nobody in the room, neither the companies nor the ministry nor the many people who came to listen, had expected so much.\n\n";

        var body = ArticleBody.Press(string.Concat(Enumerable.Repeat(paragraph, 1_000_000 / paragraph.Length)));

        Assert.False(body.IsPlain);
    }

    private static string Html(string markdown) => ArticleBody.Press(markdown).Html.TrimEnd();
}
