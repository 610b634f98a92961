using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Exchange;
using BlueTechWave.Core.Tests.Articles;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace BlueTechWave.Core.Tests.Exchange;

/// <summary>Whatever somebody has written in either of Ghost's editors: no text throws, no word a reader saw is lost.</summary>
public partial class AnyGhostBodyTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(1000);

    [Fact]
    public void No_lexical_loses_a_word() => Prop.ForAll(Seeds, seed => Keeps(new Writer(seed).Lexical(), "lexical")).Check(Often);

    [Fact]
    public void No_mobiledoc_loses_a_word() => Prop.ForAll(Seeds, seed => Keeps(new Writer(seed).Mobiledoc(), "mobiledoc")).Check(Often);

    [Fact]
    public void Nothing_that_was_cut_or_scrambled_throws() => Prop.ForAll(Seeds, seed =>
    {
        var writer = new Writer(seed);
        var export = Encoding.UTF8.GetBytes(new GhostFile().Post("p1", "One", writer.Lexical()).Post("p2", "Two", null, new { mobiledoc = writer.Mobiledoc() }).Row("comments", new { id = "c1", post_id = "p1", html = "<p>Wet" }).ToString());
        writer.Scramble(export);

        foreach (var article in GhostFile.Read(export[..writer.Next(export.Length)]).OfType<IncomingArticle>()) _ = article.Body.Set;
        foreach (var article in GhostFile.Read(export).OfType<IncomingArticle>()) _ = article.Body.Set;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData(1169297297)]
    public void Texts_that_once_lost_a_word_keep_it(int seed) => Keeps(new Writer(seed).Lexical(), "lexical");

    private static void Keeps(string written, string form)
    {
        var article = GhostFile.Read(new GhostFile().Post("p1", "One", null, new Dictionary<string, string> { [form] = written }).ToString()).OfType<IncomingArticle>().Single();
        var shown = Seen(ArticleBody.Press(article.Body.Set.Markdown).Html).CountBy(w => w).ToDictionary();
        var lost = Word().Matches(written).Select(m => m.Value).CountBy(w => w).Where(w => shown.GetValueOrDefault(w.Key) < w.Value).Select(w => w.Key).ToList();
        Assert.True(lost.Count == 0, $"Lost {string.Join(' ', lost)}\nof {written}\nread as {article.Body.Source}\nset as {article.Body.Set.Markdown}");
    }

    private static IEnumerable<string> Seen(string html)
    {
        using var page = Dom.Parse(html);
        return Word().Matches(page.Body!.TextContent).Select(m => m.Value);
    }

    [GeneratedRegex("q[0-9]+z")]
    private static partial Regex Word();

    /// <summary>Writes as no person would, with numbered words wherever a reader would see them.</summary>
    private sealed class Writer(int seed)
    {
        private static readonly string[] Signs = [" ", "*", "**", "_", "`", "~~", "|", "#", "> ", "- ", "1. ", "=", "---", ":::", "\\", "!", "[", "](", ")", "[^1]", "&amp;", "&", "<", ">", "<b>", "</p>", "\u0001", "\n", "\t", "é", "日", "😀", "http://else.example/a_b", "article:1", "Also read: ", "$1.3B", "\u00A0"];
        private static readonly string[] Tags = ["b", "em", "span", "code", "u", "a href=\"https://else.example/\"", "a href='/x'", "mark"];

        // Repeatable: a seed that fails is printed.
        private readonly Random _random = new(seed);
        private int _words;

        public string Lexical() => JsonSerializer.Serialize(new { root = new { type = "root", children = Several(() => Block(0)) } });

        public string Mobiledoc()
        {
            var cards = Several(Card).Select(card => new object[] { card["type"], card }).ToArray();
            var words = Several<object>(() => Next(3) == 0 ? new object[] { 3, Pick("ul", "ol"), Several(Markers) } : new object[] { 1, Pick("p", "h1", "h2", "blockquote", "aside", "div"), Markers() });
            object[] sections = [.. words, .. Enumerable.Range(0, cards.Length).Select(i => new object[] { 10, i }), new object[] { 10, 99 }];
            return JsonSerializer.Serialize(new { version = "0.3.1", atoms = new object[] { new object[] { "soft-return", "", new { } } }, cards, markups = new object[] { new[] { "strong" }, new[] { "em" }, new object[] { "a", new[] { "href", "https://else.example/" } }, new[] { "code" } }, sections });
        }

        public void Scramble(byte[] bytes)
        {
            for (var i = 0; i < 5; i++) bytes[Next(bytes.Length)] = (byte)Next(256);
        }

        public int Next(int below) => _random.Next(below);

        private object[] Markers() => Several<object>(() => Next(6) == 0
            ? new object[] { 1, Array.Empty<int>(), 0, 0 }
            : new object[] { 0, Next(3) == 0 ? new[] { Next(5) } : [], Next(2), Said() });

        private object Block(int depth) => Next(depth > 3 ? 3 : 14) switch
        {
            0 or 1 => new { type = "paragraph", children = Line(depth) },
            2 => new { type = "extended-heading", tag = Pick("h1", "h2", "h4", "h9"), children = Line(depth) },
            3 => new { type = Pick("quote", "extended-quote", "aside"), children = Line(depth) },
            4 or 5 => new { type = "list", listType = Pick("bullet", "number", "check"), start = Next(5), children = Several(() => Item(depth + 1)) },
            6 => new { type = "riddle", children = Several(() => Block(depth + 1)) },
            7 => new { type = "horizontalrule" },
            _ => Card(),
        };

        private object Item(int depth) => new { type = "listitem", children = Next(3) == 0 ? [Block(depth)] : Next(3) == 0 ? [.. Line(depth), Block(depth)] : Line(depth) };

        private object[] Line(int depth) => Several<object>(() => Next(8) switch
        {
            0 => new { type = "linebreak" },
            1 when depth < 4 => new { type = Pick("link", "autolink"), url = Pick("https://else.example/a(b)", "__GHOST_URL__/x/", "javascript:alert(1)", ""), children = Line(depth + 4) },
            2 => new { type = "mystery", text = Said() },
            _ => new { type = Pick("text", "extended-text", "tk"), text = Said(), format = Next(4) == 0 ? Next(256) : Next(3) == 0 ? 1 << Next(8) : 0 },
        });

        /// <summary>One card with every field of every card: which are read is its kind's business, so only those hold words.</summary>
        private Dictionary<string, object> Card()
        {
            var type = Pick("image", "gallery", "codeblock", "html", "markdown", "bookmark", "callout", "toggle", "button", "video", "audio", "file", "header", "product", "call-to-action", "riddle");
            Dictionary<string, object> card = new() { ["type"] = type, ["src"] = "https://else.example/a.jpg", ["url"] = "https://else.example/", ["buttonUrl"] = "https://else.example/b", ["productUrl"] = "/p", ["buttonEnabled"] = true, ["productButtonEnabled"] = true };
            string[] html = [], plain = [];
            switch (type)
            {
                case "image" or "video": html = ["caption"]; break;
                case "gallery": (html, card["images"]) = (["caption"], new[] { new { src = "https://else.example/a.jpg" }, new { src = "/b.jpg" } }); break;
                case "codeblock": (html, plain) = (["caption"], ["code"]); break;
                case "html": html = ["html"]; break;
                case "markdown": card["markdown"] = string.Concat(Several(() => $"{Word()} ")) + "\n\n" + Word(); break;
                case "bookmark": (html, card["metadata"]) = (["caption"], new { title = Said(), description = Said(), author = Said(), publisher = Said() }); break;
                case "callout": (html, plain) = (["calloutText"], ["calloutEmoji"]); break;
                case "toggle": html = ["heading", "content"]; break;
                case "button": plain = ["buttonText"]; break;
                case "audio": plain = ["title"]; break;
                case "file": plain = ["fileTitle", "fileCaption"]; break;
                case "header": (html, plain) = (["heading", "subheading"], ["buttonText"]); break;
                case "product": (html, plain) = (["productTitle", "productDescription"], ["productButton"]); break;
                case "call-to-action": (html, plain) = (["textValue"], ["buttonText"]); break;
                case "riddle": card["riddleText"] = Word(); break;
            }

            foreach (var field in html) card[field] = Html();
            foreach (var field in plain) card[field] = Said();
            return card;
        }

        private string Html()
        {
            var tag = Pick(Tags);
            return Next(2) == 0 ? Word() : Next(3) == 0 ? $"<p>{Word()}</p><p>{Word()} <{tag}>{Word()}</{tag.Split(' ')[0]}></p>" : $"{Word()} <{tag}>{Word()}</{tag.Split(' ')[0]}>&amp; {Word()}";
        }

        private string Said() => string.Concat(Several(() => Next(3) == 0 ? Pick(Signs) : Word() + " "));

        private string Word() => $"q{_words++}z";

        private string Pick(params string[] of) => of[Next(of.Length)];

        private T[] Several<T>(Func<T> make) => [.. Enumerable.Range(0, 1 + Next(3)).Select(_ => make())];
    }
}
