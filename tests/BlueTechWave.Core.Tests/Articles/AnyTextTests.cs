using BlueTechWave.Core.Articles;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace BlueTechWave.Core.Tests.Articles;

/// <summary>What holds for any text, tried on random heaps of the marks that mean something.</summary>
public class AnyTextTests
{
    private static readonly string[] Pieces =
    [
        "[", "]", "(", ")", "!", "<", ">", "*", "_", "`", "```\n", "~~", "|", "\n", "\n\n", " ", "    ", "\t", "- ", "1. ", "> ", "# ", "### ", "::: note\n", ":::\n", "[^1]", "[^1]: ",
        "\"", "'", "--", "...", "&amp;", "&#0;", "\\", "\0", "\ud800", "é", "日", "😀", "word", "$1.3B", "https://example.com/", "www.", "article:1", "<article:2>", "Also read: ",
        "<b>", "</b>", "<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "</table>", "<script>", "</script>", "<!--", "-->", "<a href=\"", "\">", "<img src=x onerror=y>", "<svg>",
        "<style>", "javascript:", "data-article=\"3\"", "a|b\n-|-\n", "+--+\n", "===\n", "[a]: /b\n", "- [ ] ", "![x](/y)", "![x](https://youtu.be/aaaaaaaaaaa)", "<li>", "<ul>", "<h1>", "<details>", "<br>", "<pre>", "</pre>\n",
    ];

    private static readonly Arbitrary<string> Texts = Gen.OneOf(
            Gen.Elements(Pieces).ListOf().Select(string.Concat),
            ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""))
        .ToArbitrary();

    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(120);

    [Fact]
    public void Any_text_is_pressed_to_a_safe_page_and_always_the_same() => Prop.ForAll(Texts, text =>
    {
        var body = ArticleBody.Press(text);

        Dom.AssertSafe(body.Html);
        Assert.Equal(body.Html, ArticleBody.PressAnew(text).Html);
        Assert.DoesNotContain("data-article", Tags(ArticlePrint.Print(body.Html, id => id == 1 ? ("Headline", "/a") : null)));
        Assert.Equal(body.Text.Trim(), body.Text);
        Assert.DoesNotContain("  ", body.Text);
    }).Check(Often);

    [Fact]
    public void Any_light_text_is_safe() => Prop.ForAll(Texts, text =>
    {
        Dom.AssertSafe(LightMarkdown.Bio(text), withImages: false);
        Dom.AssertSafe(LightMarkdown.Comment(text), withImages: false);
        Dom.AssertSafe(LightMarkdown.Inline(text), withImages: false);
        Assert.NotNull(LightMarkdown.Plain(text));
    }).Check(Often);

    [Fact]
    public void A_key_point_with_nothing_in_it_to_set_is_what_setting_it_would_make()
    {
        var plain = Gen.Choose(1, 0x17F).Select(c => (char)c).Or(Gen.Elements("\u2013\u2014\u2018\u2019\u201C\u201D\u2026€ .-()!".ToCharArray()))
            .Where(c => LightMarkdown.IsOrdinary(c.ToString())).ArrayOf().Select(letters => BodyText.Collapse(new string(letters))).Where(LightMarkdown.IsOrdinary);
        Prop.ForAll(plain.ToArbitrary(), line => Assert.Equal(LightMarkdown.InlineSet(line), LightMarkdown.Inline(line))).Check(Often);
        Assert.False(LightMarkdown.IsOrdinary("It's *one*"));
    }

    [Fact]
    public void A_plain_page_keeps_every_letter() => Prop.ForAll(Texts, text =>
    {
        var source = Legible.Source(text);

        Assert.Equal(Visible(source), Visible(Dom.Parse(PlainParagraphs.Of(source)).Body!.TextContent));
    }).Check(Often);

    private static string Visible(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static string Tags(string html) => string.Concat(Dom.Parse(html).All.SelectMany(e => e.Attributes).Select(a => a.Name + " "));
}
