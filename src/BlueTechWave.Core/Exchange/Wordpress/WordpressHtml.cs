using System.Net;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Exchange.Wordpress;

/// <summary>A WordPress text as plain, well-formed HTML: players become links, block comments go, old tags take their present names.</summary>
internal static partial class WordpressHtml
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["section"] = "div",
        ["article"] = "div",
        ["aside"] = "div",
        ["header"] = "div",
        ["footer"] = "div",
        ["main"] = "div",
        ["nav"] = "div",
        ["center"] = "div",
        ["address"] = "div",
        ["fieldset"] = "div",
        ["form"] = "div",
        ["legend"] = "div",
        ["textarea"] = "div",
        ["xmp"] = "pre",
        ["plaintext"] = "pre",
        ["listing"] = "pre",
        ["tt"] = "code",
        ["strike"] = "del",
        ["acronym"] = "abbr",
        ["dir"] = "ul",
        ["menu"] = "ul",
        ["noembed"] = "div",
        ["title"] = "div",
        ["option"] = "div",
        ["select"] = "div",
    };

    /// <param name="notes">What a reader will miss.</param>
    /// <returns>Null for what holds more elements than any page.</returns>
    public static string? Of(string html, ISet<string> notes)
    {
        foreach (Match block in EmptyBlock().Matches(html)) notes.Add($"The block “{block.Groups[1].Value}” has no text of its own and is not kept");
        html = Player().Replace(html, found => Address().Match(found.Value) is { Success: true } source
            ? Shortcodes.Linked(Whole(WebUtility.HtmlDecode(source.Groups[1].Value)))
            : "");
        foreach (Match gone in Unseen().Matches(html)) notes.Add($"A <{gone.Groups[1].Value.ToLowerInvariant()}> is not kept");
        html = Renamed().Replace(html, found => $"<{found.Groups[1].Value}{Names[found.Groups[2].Value]}");
        return WellFormedHtml.Of(RawHtml.Filter(html));
    }

    private static string Whole(string address) => address.StartsWith("//", StringComparison.Ordinal) ? "https:" + address : address;

    [GeneratedRegex(@"<!--\s*wp:([a-z0-9/-]+)\s[^>]*?/-->", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex EmptyBlock();

    [GeneratedRegex(@"<(iframe|video|audio|object|embed)\b(?:[^>]*/>|(?:(?!</\1|<\1\b).)*</\1\s*>|[^>]*>)", RegexOptions.Singleline | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Player();

    [GeneratedRegex("""\b(?:src|data)\s*=\s*["']?((?:https?:)?//[^\s"'<>]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"<(script|style|svg|math|canvas|template)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Unseen();

    [GeneratedRegex(@"<(/?)(section|article|aside|header|footer|main|nav|center|address|fieldset|form|legend|textarea|xmp|plaintext|listing|tt|strike|acronym|dir|menu|noembed|title|option|select)(?=[\s>/])", RegexOptions.IgnoreCase)]
    private static partial Regex Renamed();
}
