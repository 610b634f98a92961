using System.Buffers;
using Markdig;

namespace BlueTechWave.Core.Articles;

/// <summary>
/// Short texts in a small part of the story's Markdown, as safe HTML; what a text may not use is shown as it was typed.
/// Like a body, any text of at most <see cref="ArticleBody.MaxLength"/> is set in bounded time, and a tangled one is printed plain.
/// </summary>
public static class LightMarkdown
{
    private static readonly SearchValues<char> Ordinary = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,;:?!()-/+%$€£\u2013\u2014\u2018\u2019\u201C\u201D\u2026àáâãäåæçèéêëìíîïñòóôõöøùúûüýßÀÁÂÄÅÆÇÈÉÊËÍÎÑÓÔÖØÚÜ");

    /// <summary>An author's bio, our take, a blurb: paragraphs, emphasis, links.</summary>
    public static string Bio(string markdown) => Set(markdown, Dialect.Bio, "noopener");

    /// <summary>
    /// A reader's comment: emphasis, links no search engine follows, quotes, code and lists; line breaks stay. Pictures become links.
    /// </summary>
    public static string Comment(string markdown) => Set(markdown, Dialect.Comment, "nofollow ugc noopener");

    /// <summary>A key point: emphasis only, on one line, without a paragraph around it.</summary>
    public static string Inline(string text)
    {
        var line = BodyText.Collapse(Legible.Source(text));
        return IsOrdinary(line) ? line : InlineSet(line);
    }

    /// <summary>Nothing in the text means anything: it is its own HTML, and a page of key points need not be read as Markdown.</summary>
    internal static bool IsOrdinary(string line) =>
        !line.Contains("..", StringComparison.Ordinal) && !line.Contains("--", StringComparison.Ordinal) && !line.AsSpan().ContainsAnyExcept(Ordinary);

    internal static string InlineSet(string line) =>
        Typesetter.Set(line, Dialect.Inline) is { } html ? Clean(html, "noopener") : PlainParagraphs.Escape(line);

    /// <summary>The words of a text alone, for descriptions and feeds: no markup, one space between blocks.</summary>
    public static string Plain(string markdown) => ArticleBody.Press(markdown).Text;

    private static string Set(string markdown, MarkdownPipeline dialect, string rel)
    {
        var source = Legible.Source(markdown);
        return Typesetter.Set(source, dialect) is { } html ? Clean(html, rel) : PlainParagraphs.Of(source);
    }

    private static string Clean(string html, string rel)
    {
        using var page = HtmlAllowList.Clean(html);
        BodyLinks.Mend(page, rel);
        return Legible.Of(HtmlAllowList.Print(page)).Trim();
    }
}
