using BlueTechWave.Core.Articles;
using Xunit;

namespace BlueTechWave.Core.Tests.Articles;

public class ArticlePrintTests
{
    [Fact]
    public void A_body_without_links_to_us_is_printed_as_it_was_pressed()
    {
        var html = ArticleBody.Press("Words and [a link](https://example.com).").Html;

        Assert.Same(html, ArticlePrint.Print(html, _ => throw new InvalidOperationException("Nothing to look up.")));
    }

    [Fact]
    public void An_empty_link_shows_the_current_headline() =>
        Assert.Equal("<p>See <a href=\"/2024/09/deal?a=1&amp;b=2\">Fish &amp; &lt;chips&gt; &quot;now&quot;</a>.</p>", Print("See <article:1>."));

    [Fact]
    public void A_link_with_words_keeps_them() =>
        Assert.Equal("<p><a href=\"/2024/09/deal?a=1&amp;b=2\">the <em>deal</em></a></p>", Print("[the *deal*](article:1)"));

    [Fact]
    public void A_link_to_a_story_that_is_gone_is_its_words_alone() =>
        Assert.Equal("<p>See the <em>deal</em> and .</p>", Print("See [the *deal*](article:2) and <article:2>."));

    [Theory]
    [InlineData("Also read: <article:1>", "Fish &amp; &lt;chips&gt; &quot;now&quot;")]
    [InlineData("Also read: [Our title](article:1)", "Our title")]
    public void An_also_read_line_names_its_story(string markdown, string headline) =>
        Assert.Equal($"<p class=\"also\"><b>Also read:</b> <a href=\"/2024/09/deal?a=1&amp;b=2\">{headline}</a></p>", Print(markdown));

    [Theory]
    [InlineData("Also read: <article:2>")]
    [InlineData("Also read: [Our title](article:2)")]
    public void An_also_read_line_to_a_story_that_is_gone_disappears(string markdown) =>
        Assert.Equal("<p>Before</p>\n<p>After</p>", Print($"Before\n\n{markdown}\n\nAfter"));

    [Fact]
    public void A_thousand_links_are_printed_one_by_one() =>
        Assert.Equal(1000, Print(string.Concat(Enumerable.Repeat("<article:1>\n\n", 1000))).Split("<a href=").Length - 1);

    [Fact]
    public void Markers_typed_as_text_stay_text()
    {
        const string typed = "`<a data-article=\"1\">` and &lt;p class=\"also\" data-article=\"1\">";

        Assert.DoesNotContain("href", Print(typed));
    }

    private static string Print(string markdown) =>
        ArticlePrint.Print(ArticleBody.Press(markdown).Html, id => id == 1 ? ("Fish & <chips> \"now\"", "/2024/09/deal?a=1&b=2") : null).TrimEnd();
}
