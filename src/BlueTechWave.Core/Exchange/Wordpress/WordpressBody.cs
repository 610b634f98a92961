using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Exchange.Wordpress;

/// <summary>
/// A WordPress text as our Markdown. What comes out is pressed once and its words are counted against those that came in:
/// a block that would lose one stays HTML, and one that would lose one even so becomes plain words.
/// </summary>
internal static partial class WordpressBody
{
    public static SetBody Set(string source, string site, WordpressPictures pictures, string id = "")
    {
        SortedSet<string> unknown = [];
        var breaks = !source.Contains("<!-- wp:", StringComparison.Ordinal);
        var set = SetHtml(source, text => Shortcodes.Open(text, pictures, id, unknown), breaks, Hang, address => Inside(address, site));
        return set with { Notes = [.. set.Notes, .. unknown.Select(name => $"[{name}] is unknown here and stays as text")] };

        void Hang(IDocument page, ISet<string> notes)
        {
            pictures.Hang(page, notes);
            // A style sheet kept the button of a file away from its name.
            foreach (var button in page.QuerySelectorAll("a.wp-block-file__button")) button.Before(page.CreateTextNode(" "));
        }
    }

    /// <summary>Any system's HTML.</summary>
    /// <param name="open">Puts HTML in the place of the system's own signs.</param>
    /// <param name="breaks">Whether a line end is one to the reader.</param>
    /// <param name="hang">Puts our pictures where the system's were, and says which are missing.</param>
    /// <param name="address">Where a link or picture leads from here.</param>
    public static SetBody SetHtml(string source, Func<string, string> open, bool breaks, Action<IDocument, ISet<string>> hang, Func<string, string> address)
    {
        SortedSet<string> notes = [];
        var text = Source(source);
        if (Opened(text, open, notes) is not { } html) return new(Words(WithoutTags(text)), ["Too tangled to be read: its words alone are kept"]);

        using var page = Parse(html);
        hang(page, notes);
        var pieces = new MarkdownWriter(breaks, html: true, address).Pieces(page.Body!, parted: true).ToList();
        var markdown = Join(pieces);
        if (!SaysTheSame(markdown, pieces)) markdown = Join([.. pieces.Select(Sure)]);
        return new(markdown, [.. notes]);
    }

    /// <summary>What a reader said: no HTML is left in it.</summary>
    public static SetBody SetComment(string source, string site)
    {
        var text = Source(source);
        if (WordpressHtml.Of(text, new HashSet<string>()) is not { } html) return new(Words(WithoutTags(text)), []);

        using var page = Parse(html);
        var pieces = new MarkdownWriter(breaks: true, html: false, address => Inside(address, site)).Pieces(page.Body!, parted: true).ToList();
        var markdown = Join(pieces);
        var said = Spoken(string.Concat(pieces.Select(p => p.Html)));
        return new(Essence(Spoken(LightMarkdown.Comment(markdown))) == Essence(said) ? markdown : Words(page.Body!.TextContent), []);
    }

    // What is no character goes; but where it stood after a <, that sign must not become the beginning of a tag.
    private static string Source(string source) =>
        NoTag().Replace(Legible.Of(source.ReplaceLineEndings("\n")), "$1 ").Replace("\uFFFD", "", StringComparison.Ordinal);

    private static string? Opened(string text, Func<string, string> open, ISet<string> notes)
    {
        try
        {
            return WordpressHtml.Of(open(text), notes);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument("<!doctype html><html><body>" + html);

    private static string Join(List<Piece> pieces) => string.Join("\n\n", pieces.Select(p => p.Markdown)) + (pieces.Count > 0 ? "\n" : "");

    private static Piece Sure(Piece piece)
    {
        if (SaysTheSame(piece.Markdown, [piece])) return piece;
        if (SaysTheSame(piece.Html, [piece])) return piece with { Markdown = piece.Html };
        return piece with { Markdown = Words(Spoken(piece.Html)) };
    }

    private static bool SaysTheSame(string markdown, List<Piece> pieces)
    {
        if (markdown.Length > ArticleBody.MaxLength) return false;
        var pressed = ArticleBody.Press(markdown);
        return !pressed.IsPlain && Essence(pressed.Text) == Essence(Spoken(string.Concat(pieces.Where(p => !p.IsFilm).Select(p => p.Html))));
    }

    /// <summary>The words of HTML as our own page would have them.</summary>
    private static string Spoken(string html)
    {
        using var page = HtmlAllowList.Clean(WellFormedHtml.Of(RawHtml.Filter(html)) ?? "");
        BodyLinks.Mend(page, "noopener");
        return BodyText.Of(page.Body!);
    }

    /// <summary>A text without white space and without the signs that typography sets its own way.</summary>
    private static string Essence(string text)
    {
        var essence = new StringBuilder(text.Length);
        foreach (var c in text)
            if (!char.IsWhiteSpace(c) && !"'\"‘’‚‛“”„‟«»–—-….".Contains(c)) essence.Append(c);
        return essence.ToString();
    }

    /// <summary>Our own pages are named without the site, so that they are found wherever it stands.</summary>
    public static string Inside(string address, string site)
    {
        if (site.Length == 0 || IsPicture().IsMatch(address)) return address;
        var bare = Bare().Replace(site, "");
        var led = Bare().Replace(address, "");
        return led.Length < address.Length && led.StartsWith(bare, StringComparison.OrdinalIgnoreCase) && led.Length > bare.Length && led[bare.Length] == '/' ? led[(led.IndexOf('/'))..] : address;
    }

    private static string WithoutTags(string text) => Tag().Replace(text, " ");

    /// <summary>Nothing but words: every sign in them stands for itself.</summary>
    private static string Words(string text)
    {
        var words = new StringBuilder(text.Length + 16);
        foreach (var c in text.Trim())
        {
            if (char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c))) words.Append('\\');
            words.Append(c);
        }

        return EmptyStart().Replace(words.ToString(), "\n\n") + "\n";
    }

    [GeneratedRegex("(<)\uFFFD+")]
    private static partial Regex NoTag();

    [GeneratedRegex("^(?:https?:)?//(?:www\\.)?", RegexOptions.IgnoreCase)]
    private static partial Regex Bare();

    [GeneratedRegex(@"/uploads/|\.(?:jpe?g|png|gif|webp|avif|svg|pdf)(?:\?|$)", RegexOptions.IgnoreCase)]
    private static partial Regex IsPicture();

    [GeneratedRegex("<[A-Za-z/!][^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex EmptyStart();
}
