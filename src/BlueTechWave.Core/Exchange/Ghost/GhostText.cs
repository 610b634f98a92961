using System.Globalization;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Exchange.Ghost;

/// <summary>Small texts as Ghost keeps them, and a long one as HTML, from whichever of its forms the export has.</summary>
internal static partial class GhostText
{
    /// <summary>Stands for the site in every address of it since Ghost 4.</summary>
    public const string Site = "__GHOST_URL__";

    private const int FirstYear = 1970;
    private const int LastYear = 2058;

    /// <summary>As it was written, on one line.</summary>
    public static string Plain(string text) => BodyText.Collapse(Legible.Of(text).Replace("\uFFFD", "", StringComparison.Ordinal));

    /// <summary>UTC; null for a date of zero or one that is none. The oldest exports count milliseconds.</summary>
    public static DateTime? Date(string stored)
    {
        if (long.TryParse(stored, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is > 0 and < 10_000_000_000_000) return Between(DateTime.UnixEpoch.AddMilliseconds(milliseconds));
        return DateTime.TryParse(stored.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? Between(at) : null;

        static DateTime? Between(DateTime at) => at.Year is >= FirstYear and <= LastYear ? new DateTime(at.Ticks - at.Ticks % TimeSpan.TicksPerSecond, DateTimeKind.Utc) : null;
    }

    /// <summary>Lexical, or the Mobiledoc before it, or the HTML that Ghost made of them, or the words alone.</summary>
    public static string Html(GhostRow post, ISet<string> notes)
    {
        var html = Written(post, notes);
        return SiteAlone().Replace(html, "/").Replace(Site, "", StringComparison.Ordinal);
    }

    private static string Written(GhostRow post, ISet<string> notes)
    {
        var (lexical, mobiledoc, html) = (post["lexical"], post["mobiledoc"], post["html"]);
        if (lexical.Length > 0)
        {
            if (GhostRow.Parse(lexical) is { } written && Lexical.Html(written, notes) is { } set) return set;
            notes.Add("Its Lexical cannot be read: it comes from its HTML");
        }

        if (mobiledoc.Length > 0)
        {
            if (GhostRow.Parse(mobiledoc) is { } written && Mobiledoc.Html(written, notes) is { } set) return set;
            notes.Add("Its Mobiledoc cannot be read: it comes from its HTML");
        }

        if (html.Length > 0) return html;
        var words = post["plaintext"].Trim();
        return words.Length == 0 ? "" : $"<p>{EmptyLines().Replace(PlainParagraphs.Escape(words), "</p><p>")}</p>";
    }

    [GeneratedRegex($"{Site}(?![/A-Za-z0-9_])")]
    private static partial Regex SiteAlone();

    [GeneratedRegex(@"\n\s*\n")]
    private static partial Regex EmptyLines();
}
