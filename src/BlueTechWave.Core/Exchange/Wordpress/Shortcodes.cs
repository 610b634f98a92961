using System.Net;
using System.Text.RegularExpressions;

namespace BlueTechWave.Core.Exchange.Wordpress;

/// <summary>
/// The square brackets of WordPress: those that frame a picture, a gallery, a film or code become HTML; those of plugins
/// that are not here stay where they are, as text, and are named.
/// </summary>
internal static partial class Shortcodes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="id">Of the article: a gallery that names no pictures shows those brought for it.</param>
    /// <param name="unknown">The names of those that stay.</param>
    public static string Open(string html, WordpressPictures pictures, string id, ISet<string> unknown)
    {
        html = Code().Replace(html, found => $"\n\n<pre><code{Language(found)}>{WebUtility.HtmlEncode(WebUtility.HtmlDecode(found.Groups["inside"].Value.Trim('\n')))}</code></pre>\n\n");
        return Apart(html, prose => Open(prose, pictures, id, unknown, 0));
    }

    /// <summary>Code is shown as it stands, brackets and all.</summary>
    private static string Apart(string html, Func<string, string> prose)
    {
        var parts = Preformatted().Split(html);
        for (var i = 0; i < parts.Length; i++)
            if (!parts[i].StartsWith("<pre", StringComparison.OrdinalIgnoreCase)) parts[i] = prose(parts[i]);
        return string.Concat(parts);
    }

    private static string Open(string html, WordpressPictures pictures, string id, ISet<string> unknown, int depth)
    {
        html = Caption().Replace(html, Captioned);
        html = Framed().Replace(html, found => Film(found.Groups["inside"].Value.Trim(), found.Groups["attributes"].Value));
        return Single().Replace(html, found =>
        {
            // Doubled brackets show a shortcode instead of running it.
            if (found.Groups["escaped"].Success) return found.Value[1..^1];
            var (name, attributes) = (found.Groups["name"].Value.ToLowerInvariant(), found.Groups["attributes"].Value);
            switch (name)
            {
                case "gallery" when Shown(attributes, pictures, id) is { Count: > 0 } shown:
                    return $"\n\n<figure class=\"wp-block-gallery\">{string.Concat(shown.Select(url => $"<figure><img src=\"{WebUtility.HtmlEncode(url)}\" alt=\"\"></figure>"))}</figure>\n\n";
                case "video" or "audio" or "embed" when Film("", attributes) is { Length: > 0 } film:
                    return film;
                default:
                    unknown.Add(name);
                    return found.Value;
            }
        });
    }

    private static string Captioned(Match found)
    {
        var inside = found.Groups["inside"].Value.Trim();
        var picture = Picture().Match(inside);
        if (!picture.Success) return found.Value;

        var words = inside[(picture.Index + picture.Length)..].Trim();
        if (words.Length == 0) words = Attribute(found.Groups["attributes"].Value, "caption");
        return $"\n\n<figure>{picture.Value}{(words.Length == 0 ? "" : $"<figcaption>{words}</figcaption>")}</figure>\n\n";
    }

    private static string Film(string inside, string attributes)
    {
        var address = new[] { inside, Attribute(attributes, "src"), Attribute(attributes, "mp4"), Attribute(attributes, "mp3"), Attribute(attributes, "m4v"), Attribute(attributes, "webm"), Attribute(attributes, "ogg") }
            .FirstOrDefault(a => a.StartsWith("http", StringComparison.OrdinalIgnoreCase) && !a.Any(char.IsWhiteSpace) && !a.Contains('<'));
        return address is null ? "" : Linked(WebUtility.HtmlDecode(address));
    }

    /// <summary>An address that stands alone: where there was a player there is at least the way to it.</summary>
    public static string Linked(string address) => $"\n\n<p><a href=\"{WebUtility.HtmlEncode(address)}\">{WebUtility.HtmlEncode(address)}</a></p>\n\n";

    private static List<string> Shown(string attributes, WordpressPictures pictures, string id)
    {
        var ids = Attribute(attributes, "ids");
        if (ids.Length == 0) ids = Attribute(attributes, "include");
        if (ids.Length == 0) return [.. pictures.BroughtFor(Attribute(attributes, "id") is { Length: > 0 } other ? other : id).Select(p => p.Url)];
        var shown = ids.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(one => pictures.WithId(one)?.Url ?? "").ToList();
        return shown.Contains("") ? [] : shown;
    }

    private static string Language(Match code) =>
        new[] { Attribute(code.Groups["attributes"].Value, "lang"), Attribute(code.Groups["attributes"].Value, "language") }.FirstOrDefault(l => l.Length > 0 && l.All(char.IsAsciiLetterOrDigit)) is { } language
            ? $" class=\"language-{language}\"" : "";

    private static string Attribute(string attributes, string name)
    {
        foreach (Match found in Attributes().Matches(attributes))
            if (found.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase)) return found.Groups["value"].Value.Trim('"', '\'');
        return "";
    }

    [GeneratedRegex(@"(?<name>[\w-]+)\s*=\s*(?<value>""[^""]*""|'[^']*'|[^\s""'\]]+)")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"(?<!\[)\[(?<name>code|sourcecode|php|js|css|html|bash|python)(?<attributes>\s[^\]\n]*)?\](?<inside>(?:(?!\[\k<name>[\s\]]).)*?)\[/\k<name>\]", RegexOptions.Singleline | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Code();

    [GeneratedRegex(@"(<pre\b(?:(?!</pre).)*</pre\s*>)", RegexOptions.Singleline | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Preformatted();

    [GeneratedRegex(@"(?<!\[)\[(?:wp_)?caption(?<attributes>\s[^\]]*)?\](?<inside>(?:(?!\[(?:wp_)?caption).)*?)\[/(?:wp_)?caption\]", RegexOptions.Singleline | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Caption();

    [GeneratedRegex(@"(?<!\[)\[(?<name>embed|video|audio|youtube|vimeo)(?<attributes>\s[^\]\n]*)?\](?<inside>\s*https?://[^\s\[\]<>]+\s*)\[/\k<name>\]", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Framed();

    [GeneratedRegex(@"(?<escaped>\[\[[a-z][\w-]*(?:\s[^\[\]\n]*)?\]\])|\[(?<name>[a-z][a-z0-9_-]{2,40})(?<attributes>\s+[\w-]+\s*=[^\[\]]*|\s*/)?\]", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Single();

    [GeneratedRegex(@"^(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", RegexOptions.IgnoreCase)]
    private static partial Regex Picture();
}
