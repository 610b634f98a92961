using System.Diagnostics;
using System.Text;
using BlueTechWave.Core.Articles;
using Xunit;

namespace BlueTechWave.Core.Tests.Articles;

/// <summary>Texts made to make a press run long, fill memory or overflow the stack.</summary>
public class HostileTextTests
{
    /// <summary>Generous: on two busy cores the worst takes a second; a quadratic slip takes minutes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int SmallStack = 256 * 1024;

    private static readonly Dictionary<string, Func<int, string>> Makers = new()
    {
        ["["] = n => Fill("[", n),
        ["]"] = n => Fill("]", n),
        ["[]("] = n => Fill("[](", n),
        ["[[]]"] = n => Fill("[", n / 2) + Fill("]", n / 2),
        ["!["] = n => Fill("![", n),
        ["![a](b) nested"] = n => Fill("![a", n / 2) + Fill("](b)", n / 2),
        ["links"] = n => Fill("[x](y) ", n),
        ["open titles"] = n => Fill("[a](b \"", n),
        ["open addresses"] = n => Fill("[a](<b", n),
        ["quotes"] = n => Fill("> ", n),
        ["quoted lines"] = n => Fill(Fill("> ", 60) + "a\n", n),
        ["lazy quote"] = n => Fill("> ", 60) + Fill("a\n", n),
        ["bullets"] = n => Fill("- ", n),
        ["stars"] = n => Fill("* ", n),
        ["numbers"] = n => Fill("1. ", n),
        ["stairs"] = n => Lines(n, i => new string(' ', i * 2 % 2000) + "- a"),
        ["low stairs"] = n => Lines(n, i => new string(' ', i * 2 % 80) + "- a"),
        ["flat list"] = n => Fill("- a\n", n),
        ["loose list"] = n => Fill("- a\n\n", n),
        ["tasks"] = n => Fill("- [ ] a\n", n),
        ["containers"] = n => Fill("::: note\n", n),
        ["long containers"] = n => Lines(n, i => new string(':', Math.Max(3, 500 - i)) + " note"),
        ["<a "] = n => Fill("<a ", n),
        ["<a b='"] = n => Fill("<a b='", n),
        ["x <!--"] = n => Fill("x <!-- ", n),
        ["x <?"] = n => Fill("x <?", n),
        ["x <!X"] = n => Fill("x <!X", n),
        ["x <![CDATA["] = n => Fill("x <![CDATA[", n),
        ["<b>"] = n => "<div>\n" + Fill("<b>", n),
        ["<div>"] = n => Fill("<div>", n),
        ["<div></div>"] = n => Fill("<div>", n / 2) + Fill("</div>", n / 2),
        ["x<i>"] = n => "x" + Fill("<i>", n),
        ["<table>"] = n => "<div>\n" + Fill("<table>a", n),
        ["formatting in every paragraph"] = n => Lines(n / 2, i => $"<b title={i}>").Insert(0, "<div>\n") + Fill("<p>x", n / 2),
        ["formatting in every box"] = n => "<div>\n" + Fill("<b><i><u>", 900) + Fill("<div>x</div>", n),
        ["comments"] = n => "<div>\n" + Fill("<!--", n),
        ["scripts"] = n => "<div>\n" + Fill("<script>", n),
        ["attributes"] = n => "<div>\n<a " + Fill("b=c ", n) + ">",
        ["backticks"] = n => Fill("`", n),
        ["backtick runs"] = n => Lines(n, i => new string('`', i % 500 + 1) + "a").Replace("\n", "", StringComparison.Ordinal),
        ["**"] = n => Fill("**", n),
        ["*a_"] = n => Fill("*a_", n),
        ["a**b"] = n => Fill("a**b", n),
        ["*a **b"] = n => Fill("*a **b ", n / 2) + Fill("b** a*", n / 2),
        ["~~a"] = n => Fill("~~a", n),
        ["pipes"] = n => Fill("|", n),
        ["wide table"] = n => Fill("|a", n / 2) + "|\n" + Fill("|-", n / 2) + "|",
        ["filled table"] = n => Fill("|a", n / 4) + "|\n" + Fill("|-", n / 4) + "|\n" + Fill("|a\n", n / 2),
        ["long table"] = n => "a|b|c\n-|-|-\n" + Fill("x|y|z\n", n),
        ["grid table"] = n => Fill("+---+---+\n| a | b |\n", n) + "+---+---+\n",
        ["footnotes"] = n => Lines(n, i => $"x[^{i}]\n\n[^{i}]: a[^{i + 1}]\n"),
        ["one footnote"] = n => "[^1]: a\n\n" + Fill("[^1] ", n),
        ["definitions"] = n => Lines(n, i => $"[{i}]: b"),
        ["definition blown up"] = n => "[a]: /" + Fill("x", n / 2) + "\n\n" + Fill("[a]\n\n", n / 2),
        ["headings"] = n => Fill("# a\n", n),
        ["underlined headings"] = n => Fill("a\n=\n", n),
        ["quotation marks"] = n => Fill("\"", n),
        ["mixed marks"] = n => Fill("'a \"b -- ...", n),
        ["addresses"] = n => Fill("http://a.b ", n),
        ["www.__"] = n => Fill("www.__", n),
        ["entities"] = n => Fill("&amp;", n),
        ["ampersands"] = n => Fill("&", n),
        ["backslashes"] = n => Fill("\\", n),
        ["one line of letters"] = n => Fill("a", n),
        ["one line of words"] = n => Fill("word ", n),
        ["lines"] = n => Fill("a\n", n),
        ["paragraphs"] = n => Fill("a\n\n", n),
        ["prose"] = n => Fill("The quick brown fox jumps over a lazy dog.\n\n", n),
        ["blank lines"] = n => Fill("\n", n),
        ["tabs"] = n => Fill("\t", n),
        ["NUL"] = n => Fill("\0", n),
        ["lone surrogates"] = n => Fill("\ud800", n),
        ["video addresses"] = n => Fill("![a](https://youtu.be/" + new string('a', 11) + ")\n\n", n),
        ["stories"] = n => Fill("Also read: <article:1>\n\n", n),
    };

    public static TheoryData<string> Kinds => [.. Makers.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_text_runs_long_or_deep(string kind)
    {
        // Small sizes slip under the limits and reach the libraries; the full size meets the limits.
        foreach (var size in (int[])[9_000, 60_000, ArticleBody.MaxLength - 4000])
        {
            var text = Makers[kind](size);
            var took = OnASmallStack(() =>
            {
                var body = ArticleBody.Press(text);
                Assert.True(body.Html.Length <= 10L * ArticleBody.MaxLength, "The page is out of proportion.");
            });

            Assert.True(took < Patience, $"{kind} × {size} took {took}.");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_light_text_runs_long_or_deep(string kind)
    {
        foreach (var size in (int[])[60_000])
        {
            var text = Makers[kind](size);
            Assert.True(OnASmallStack(() => LightMarkdown.Comment(text)) < Patience, kind);
            Assert.True(OnASmallStack(() => LightMarkdown.Bio(text)) < Patience, kind);
            Assert.True(OnASmallStack(() => LightMarkdown.Inline(text)) < Patience, kind);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_hostile_text_is_printed_safe(string kind) => Dom.AssertSafe(ArticleBody.Press(Makers[kind](5_000)).Html);

    [Fact]
    public void A_tangled_text_stands_plain_with_every_word()
    {
        var words = string.Join(' ', Enumerable.Range(0, 2000).Select(i => $"word{i}"));

        var body = ArticleBody.Press(Fill("[", 200_000) + words + "\n\n<b>last & least</b>");

        Assert.True(body.IsPlain);
        Assert.Contains(words, body.Text);
        Assert.Contains("<p>&lt;b&gt;last &amp; least&lt;/b&gt;</p>", body.Html);
        Assert.Empty(body.LinkedArticles);
    }

    private static TimeSpan OnASmallStack(Action press)
    {
        Exception? failure = null;
        var watch = Stopwatch.StartNew();
        var thread = new Thread(
            () =>
            {
                try
                {
                    press();
                }
                catch (Exception e)
                {
                    failure = e;
                }
            },
            SmallStack);
        thread.Start();
        thread.Join();
        if (failure is not null) throw new InvalidOperationException("The press failed.", failure);
        return watch.Elapsed;
    }

    private static string Fill(string piece, int length) => new StringBuilder().Insert(0, piece, Math.Max(1, length / piece.Length)).ToString();

    private static string Lines(int length, Func<int, string> line)
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < length; i++) text.Append(line(i)).Append('\n');
        if (text.Length > length) text.Length = length;
        return text.ToString();
    }
}
