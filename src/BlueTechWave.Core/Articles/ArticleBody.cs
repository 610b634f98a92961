using System.Text;
using BlueTechWave.Core.Pictures;

namespace BlueTechWave.Core.Articles;

/// <summary>
/// The body of a story as readers get it: pressed once from its Markdown when the story is saved, printed on every request.
/// </summary>
/// <param name="Html">Safe HTML. Links to our own stories are still markers, which <see cref="ArticlePrint"/> fills in.</param>
/// <param name="Text">
/// The words alone, for the search index: no markup, entities decoded, one space between blocks, without also-read lines,
/// footnote numbers and the small print under a video.
/// </param>
/// <param name="Words">Words in <paramref name="Text"/>: runs without white space that hold a letter or digit.</param>
/// <param name="LinkedArticles">Identities of our own stories that the body links to, each once, in order of appearance.</param>
public sealed record ArticleBody(string Html, string Text, int Words, IReadOnlyList<int> LinkedArticles)
{
    /// <summary>The longest Markdown we press, in UTF-16 code units; the newsroom's form refuses more.</summary>
    public const int MaxLength = 2_000_000;

    /// <summary>Words a reader takes in within a minute.</summary>
    private const int WordsPerMinute = 200;

    /// <summary>Pictures in the body, in order of appearance: where each is, and what stands for it to those who do not see it.</summary>
    public IReadOnlyList<(string Path, string Alt)> Pictures { get; private init; } = [];

    /// <summary>
    /// True when the Markdown was too tangled to set (nested, repeated or linked beyond <see cref="Tangle"/>'s limits),
    /// so that it stands as plain paragraphs: every word is there, no formatting is. Worth a word to the reporter.
    /// </summary>
    public bool IsPlain { get; private init; }

    /// <summary>
    /// Presses Markdown into a body, or remembers it from a moment ago. Any text of at most <see cref="MaxLength"/> is pressed in bounded time, memory and stack.
    /// </summary>
    /// <exception cref="ArgumentException">The Markdown is longer than <see cref="MaxLength"/>.</exception>
    public static ArticleBody Press(string markdown)
    {
        if (RecentlyPressed.Find(markdown) is { } known) return known;
        var body = PressAnew(markdown);
        RecentlyPressed.Keep(markdown, body);
        return body;
    }

    /// <summary>As <see cref="Press"/>, but not from memory: for whoever measures it.</summary>
    public static ArticleBody PressAnew(string markdown)
    {
        var source = Legible.Source(markdown);
        if (Typesetter.Set(source, Dialect.Article) is not { } html) return Plain(source);

        using var page = HtmlAllowList.Clean(html);
        Headings.Mend(page);
        var linked = BodyLinks.Mend(page, "noopener");
        var text = Legible.Of(BodyText.Of(page.Body!));

        return new(Legible.Of(HtmlAllowList.Print(page)), text, CountWords(text), linked)
        {
            Pictures = [.. page.Images.Select(i => (i.GetAttribute("data-picture") is { } id ? Picture.Scheme + id : i.GetAttribute("src") ?? "", i.GetAttribute("alt") ?? ""))],
        };
    }

    /// <summary>Minutes it takes to read so many words at 200 a minute, rounded up; at least 1.</summary>
    public static int ReadingMinutes(int words) => Math.Max(1, (int)Math.Ceiling(words / (double)WordsPerMinute));

    private static ArticleBody Plain(string source)
    {
        var text = BodyText.Collapse(source);
        return new(PlainParagraphs.Of(source), text, CountWords(text), []) { IsPlain = true };
    }

    private static int CountWords(string text)
    {
        var words = 0;
        foreach (var word in text.AsSpan().Split(' '))
            foreach (var rune in text.AsSpan(word).EnumerateRunes())
                if (Rune.IsLetterOrDigit(rune))
                {
                    words++;
                    break;
                }

        return words;
    }
}
