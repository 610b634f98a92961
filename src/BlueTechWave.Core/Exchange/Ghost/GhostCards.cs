using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Exchange.Wordpress;
using Markdig;

namespace BlueTechWave.Core.Exchange.Ghost;

/// <summary>The cards of Ghost's editors as HTML: all that a reader saw of each. Both editors keep them under the same names.</summary>
internal static class GhostCards
{
    private static readonly MarkdownPipeline Cards = new MarkdownPipelineBuilder().UsePipeTables().UseFootnotes().UseEmphasisExtras().UseAutoLinks().Build();

    private static readonly HashSet<string> Prose = ["text", "html", "markdown", "code", "content", "title", "heading", "header", "subheading", "subheader", "caption", "description", "label", "message", "body", "quote"];

    /// <returns>Null for a card that is unknown.</returns>
    public static string? Html(string name, JsonElement card, ISet<string> notes)
    {
        switch (name)
        {
            case "horizontalrule" or "hr": return "<hr>";
            case "image": return Picture(card.Text("src"), card.Text("alt"), card.Text("caption"), card.Text("href"));
            case "gallery": return Gallery(card);
            case "codeblock" or "code": return $"<pre><code{Language(card)}>{Escape(card.Text("code"))}</code></pre>{Line(card.Text("caption"))}";
            case "html": return HtmlCard(card, notes);
            case "markdown" or "card-markdown": return Typesetter.Set(Legible.Of(card.Text("markdown").ReplaceLineEndings("\n")), Cards) ?? Line(Escape(card.Text("markdown")));
            case "embed": return Embed(card);
            case "bookmark": return Bookmark(card);
            case "callout": return $"<div class=\"{MarkdownWriter.Note}\"><p>{Escape(card.Text("calloutEmoji"))} {card.Text("calloutText")}</p></div>";
            case "toggle": return $"<details><summary>{card.Text("heading")}</summary>{card.Text("content")}</details>";
            case "button": return Button(card.Text("buttonUrl"), card.Text("buttonText"));
            case "video" or "audio" or "file": return File(card, notes);
            case "header": return Header(card);
            case "product": return Product(card);
            case "call-to-action": return $"{Line(card.Text("sponsorLabel"))}{Picture(card.Text("imageUrl"), "", "")}{Line(card.Text("textValue"))}{Button(card.Text("buttonUrl"), card.Text("buttonText"))}";
            case "before-after": return $"{Picture(card.Part("beforeImage").Text("src"), "", "")}{Picture(card.Part("afterImage").Text("src"), "", card.Text("caption"))}";
            case "paywall":
                notes.Add("The line where members read on is not kept");
                return "";
            case "signup":
                notes.Add("A form to sign up is not kept");
                return "";
            case "email" or "email-cta":
                notes.Add("What was said in the letter alone is not kept");
                return "";
            default: return null;
        }
    }

    public static string Picture(string source, string alt, string caption, string href = "")
    {
        if (source.Length == 0) return caption.Length == 0 ? "" : Line(caption);
        var image = $"<img src=\"{Escape(source)}\" alt=\"{Escape(alt)}\">";
        return $"<figure>{(href.Length == 0 ? image : $"<a href=\"{Escape(href)}\">{image}</a>")}{Caption(caption)}</figure>";
    }

    /// <summary>Every word in it, whatever it is.</summary>
    public static string Words(JsonElement node)
    {
        var words = new StringBuilder();
        AppendWords(words, node);
        return BodyText.Collapse(words.ToString());
    }

    private static void AppendWords(StringBuilder words, JsonElement node)
    {
        foreach (var child in node.Items()) AppendWords(words, child);
        if (node.ValueKind != JsonValueKind.Object) return;

        foreach (var field in node.EnumerateObject())
        {
            if (field.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array) AppendWords(words, field.Value);
            else if (field.Value.ValueKind == JsonValueKind.String && IsProse(field.Name)) words.Append(' ').Append(Said(field.Name, field.Value.Text())).Append(' ');
        }
    }

    // Anything may be in a card, and most of it are colours and sizes.
    private static bool IsProse(string field) => Prose.Contains(field) || Prose.Any(p => field.EndsWith(p, StringComparison.OrdinalIgnoreCase));

    // What a reader typed as words is words; what other fields hold is HTML, more often than not.
    private static string Said(string field, string text) => field is not ("text" or "code") && text.Contains('<', StringComparison.Ordinal) ? WordpressText.Plain(text) : text;

    private static string Gallery(JsonElement card)
    {
        var shown = string.Concat(card.Items("images").Select(i => Picture(i.Text("src"), i.Text("alt"), i.Text("caption"))));
        return shown.Length == 0 ? Line(card.Text("caption")) : $"<figure class=\"wp-block-gallery\">{shown}{Caption(card.Text("caption"))}</figure>";
    }

    private static string HtmlCard(JsonElement card, ISet<string> notes)
    {
        if (card.Part("visibility").Part("web") is { ValueKind: JsonValueKind.Object } web && web.Text("nonMember") == "false")
        {
            notes.Add(web.Text("memberSegment").Length > 0 ? "What members alone could read is not kept" : "What was said in the letter alone is not kept");
            return "";
        }

        return card.Text("html");
    }

    /// <summary>A film is known by its address; a post from elsewhere has words of its own.</summary>
    private static string Embed(JsonElement card)
    {
        var (url, html) = (card.Text("url"), card.Text("html"));
        var shown = url.Length == 0 || html.Contains("<blockquote", StringComparison.OrdinalIgnoreCase) ? html : Shortcodes.Linked(url);
        return shown + Line(card.Text("caption"));
    }

    private static string Bookmark(JsonElement card)
    {
        var told = card.Part("metadata") is { ValueKind: JsonValueKind.Object } metadata ? metadata : card;
        var url = card.Text("url") is { Length: > 0 } own ? own : told.Text("url");
        var title = told.Text("title") is { Length: > 0 } named ? named : url;
        string[] more = [.. new[] { told.Text("description"), told.Text("author"), told.Text("publisher") }.Where(t => t.Length > 0).Select(Escape)];
        return $"<p><a href=\"{Escape(url)}\">{Escape(title)}</a>{string.Concat(more.Select(m => "<br>" + m))}</p>{Line(card.Text("caption"))}";
    }

    private static string File(JsonElement card, ISet<string> notes)
    {
        var source = card.Text("src");
        var name = new[] { card.Text("fileTitle"), card.Text("title"), card.Text("fileName") }.FirstOrDefault(t => t.Length > 0) ?? source;
        var more = new[] { card.Text("fileCaption"), card.Text("fileName") }.Where(t => t.Length > 0 && t != name).Select(t => "<br>" + Escape(t));
        notes.Add("A film, sound or file leads to where it was");
        return $"<p><a href=\"{Escape(source)}\">{Escape(name)}</a>{string.Concat(more)}</p>{Line(card.Text("caption"))}";
    }

    private static string Header(JsonElement card)
    {
        var (heading, under) = (First(card, "heading", "header"), First(card, "subheading", "subheader"));
        var button = card.Text("buttonEnabled") == "true" ? Button(card.Text("buttonUrl"), card.Text("buttonText")) : "";
        return $"{Picture(card.Text("backgroundImageSrc"), "", "")}{(heading.Length > 0 ? $"<h2>{heading}</h2>" : "")}{Line(under)}{button}";
    }

    private static string Product(JsonElement card)
    {
        var title = card.Text("productTitle");
        var stars = card.Text("productRatingEnabled") == "true" && card.Number("productStarRating") is > 0 and <= 5 and var given ? string.Create(CultureInfo.InvariantCulture, $"<p>{new string('★', given)}{new string('☆', 5 - given)}</p>") : "";
        var button = card.Text("productButtonEnabled") == "true" ? Button(card.Text("productUrl"), card.Text("productButton")) : "";
        return $"{Picture(card.Text("productImageSrc"), "", "")}{(title.Length > 0 ? $"<h4>{title}</h4>" : "")}{stars}{Line(card.Text("productDescription"))}{button}";
    }

    private static string Button(string url, string words) => words.Length == 0 ? "" : url.Length == 0 ? Line(Escape(words)) : $"<p><a href=\"{Escape(url)}\">{Escape(words)}</a></p>";

    private static string Caption(string html) => html.Length == 0 ? "" : $"<figcaption>{html}</figcaption>";

    /// <summary>Fields that hold HTML hold a line of it or whole paragraphs.</summary>
    private static string Line(string html) => html.Length == 0 ? "" : html.StartsWith("<p", StringComparison.OrdinalIgnoreCase) ? html : $"<p>{html}</p>";

    private static string First(JsonElement card, string one, string other) => card.Text(one) is { Length: > 0 } first ? first : card.Text(other);

    private static string Language(JsonElement card) => card.Text("language") is { Length: > 0 and < 40 } language && language.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '#' or '-') ? $" class=\"language-{language}\"" : "";

    private static string Escape(string text) => PlainParagraphs.Escape(text);
}
