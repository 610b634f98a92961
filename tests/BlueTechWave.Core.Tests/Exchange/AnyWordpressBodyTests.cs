using System.Text.RegularExpressions;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Exchange.Wordpress;
using BlueTechWave.Core.Tests.Articles;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace BlueTechWave.Core.Tests.Exchange;

/// <summary>Whatever stands in an export: no text of it throws, no word of it is lost.</summary>
public partial class AnyWordpressBodyTests
{
    // Words of their own, so that one that is missing is missed.
    private static readonly string[] Pieces =
    [
        "<p>", "</p>", "<div class=\"x\">", "</div>", "<strong>", "</strong>", "<em>", "</em>", "<b>", "<i>", "</i>", "</b>", "<a href=\"https://else.example/a\">", "</a>", "<a href='/x'>",
        "<ul>", "<ol start=\"4\">", "<li>", "</li>", "</ul>", "</ol>", "<blockquote>", "</blockquote>", "<table>", "<tr>", "<td>", "<th>", "</td>", "</th>", "</tr>", "</table>", "<h2>", "</h2>", "<h4>",
        "<pre>", "</pre>", "<code>", "</code>", "<br />", "<hr>", "<figure>", "<figcaption>", "</figcaption>", "</figure>", "<img src=\"/wp-content/uploads/a.jpg\" alt=\"\">", "<span style=\"color:red\">", "</span>", "<section>", "</section>",
        "<dl><dt>", "<dd>", "</dl>", "<details><summary>", "</summary>", "</details>", "<sub>", "</sub>", "<del>", "</del>", "<center>", "</center>", "<font size=2>", "</font>",
        "<!-- wp:paragraph -->", "<!-- /wp:paragraph -->", "<!-- wp:latest-posts {\"a\":1} /-->", "<!--more-->", "[caption]", "[/caption]", "[gallery ids=\"1\"]", "[plug-in a=\"b\"]", "[[", "]]", "[embed]", "[/embed]",
        "\n", "\n\n", " ", "\t", "    ", "*", "**", "_", "`", "```", "~~", "|", "#", "# ", "> ", "- ", "1. ", "+ ", "=", "---", ":::", "::: note", "\\", "!", "[", "](", ")", "[^1]", "[^1]: ", "[ ] ", "&amp;", "&lt;", "&amp;copy;", "&nbsp;", "$1.3B",
        "http://else.example/a_b_c", "www.else.example", "mailto:a@b.example", "article:1", "Also read: ", "<", ">", "\u0001", "\ud800", "é", "日", "😀", "👩‍👩‍👧",
    ];

    private static readonly Arbitrary<string> Texts = Gen.OneOf(
            Gen.Elements(Pieces).SelectMany(piece => Gen.Choose(1, 999).Select(n => n % 3 == 0 ? $"q{n}z" : piece)).ListOf().Select(string.Concat),
            ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""))
        .ToArbitrary();

    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(1500).WithEndSize(80);

    [Fact]
    public void No_text_throws_and_none_loses_a_word() => Prop.ForAll(Texts, text =>
    {
        var set = WordpressBody.Set(text, "https://harbour.example", new WordpressPictures(new()));

        var pressed = ArticleBody.Press(set.Markdown);
        Assert.Empty(Lost(text, pressed.Html));
    }).Check(Often);

    [Theory]
    [InlineData("<h2>q969z<\ud800q369z<!-- wp:paragraph --></ul>q1z")]
    [InlineData("<p>q2z<\u0001q3z> q4z</p>")]
    public void What_is_no_character_makes_no_tag_of_the_words_after_it(string text) =>
        Assert.Empty(Lost(text, ArticleBody.Press(WordpressBody.Set(text, "https://harbour.example", new WordpressPictures(new())).Markdown).Html));

    [Fact]
    public void No_comment_throws_and_none_loses_a_word() => Prop.ForAll(Texts, text =>
    {
        var set = WordpressBody.SetComment(text, "https://harbour.example");

        Assert.Empty(Lost(text, LightMarkdown.Comment(set.Markdown)));
    }).Check(Often);

    /// <summary>Numbered words that a browser would have shown, more often than we do. What it hides we may show.</summary>
    private static IEnumerable<string> Lost(string wordpress, string ours)
    {
        var shown = Seen(ours).CountBy(w => w).ToDictionary();
        return Seen(wordpress).CountBy(w => w).Where(w => shown.GetValueOrDefault(w.Key) < w.Value).Select(w => w.Key);
    }

    private static IEnumerable<string> Seen(string html)
    {
        using var page = Dom.Parse(html);
        return Word().Matches(page.Body!.TextContent).Select(m => m.Value);
    }

    [GeneratedRegex("q[0-9]+z")]
    private static partial Regex Word();
}
