using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Exchange.Wordpress;

/// <summary>Small texts as WordPress keeps them: titles with entities in them, dates of zero, addresses in percents.</summary>
internal static partial class WordpressText
{
    public const string Uploads = "/uploads/";

    private const int FirstYear = 1970;
    private const int LastYear = 2058;

    /// <summary>Words alone: no tags, entities decoded, white space single. What a writer only names, such as &lt;html&gt;, is a word.</summary>
    public static string Plain(string html) =>
        BodyText.Collapse(Legible.Of(WebUtility.HtmlDecode(Tag().Replace(InWord().Replace(html, ""), " "))).Replace("\uFFFD", "", StringComparison.Ordinal));

    /// <summary>UTC; null for a date of zero or one that is none.</summary>
    public static DateTime? Date(string stored) =>
        DateTime.TryParseExact(stored.Trim(), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            && at.Year is >= FirstYear and <= LastYear ? at : null;

    /// <summary>The day a feed would say.</summary>
    public static DateTime? FeedDate(string stored) =>
        DateTimeOffset.TryParse(stored.Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && at.Year is >= FirstYear and <= LastYear ? at.UtcDateTime : null;

    /// <summary>The path of an address as a server sees it; null where the address is a question, as <c>/?p=7</c> is.</summary>
    public static string? Path(string address)
    {
        if (!Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Query.Length > 0) return null;
        var path = Uri.UnescapeDataString(uri.AbsolutePath);
        return path == "/" ? null : path;
    }

    /// <summary>Where a file lies within the folder of uploads. On WordPress.com that folder has a host of its own, and its months stand at the root.</summary>
    /// <returns>Empty for what is in no such folder.</returns>
    public static string Upload(string address)
    {
        var end = address.AsSpan().IndexOfAny('?', '#');
        if (end >= 0) address = address[..end];
        var at = address.IndexOf(Uploads, StringComparison.Ordinal);
        return Uri.UnescapeDataString(at < 0 ? Dated().Match(address).Groups[1].Value : address[(at + Uploads.Length)..]);
    }

    public static string Slug(string stored) => Uri.UnescapeDataString(stored.Trim());

    /// <summary>A title that a search plugin would fill in: the parts that stand for something here are filled, the others dropped.</summary>
    public static string Filled(string template, string title, string site)
    {
        var text = Variable().Replace(template, found => found.Groups[1].Value switch
        {
            "title" or "post_title" => title,
            "sitename" or "site_title" => site,
            "sep" or "separator" => "–",
            _ => "",
        });
        return Plain(text).Trim(' ', '–', '-', '|');
    }

    [GeneratedRegex(@"</?(?:a|abbr|b|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr)(?:\s[^>]*)?/?>", RegexOptions.IgnoreCase)]
    private static partial Regex InWord();

    [GeneratedRegex(@"<(?!/?(?:html|head|body|title|main|header|footer|nav|section|article|aside)\s*/?>)[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex(@"//[^/]+/(?:[^/]+/)?([0-9]{4}/[0-9]{2}/[^/]+\.[A-Za-z0-9]{2,5})$")]
    private static partial Regex Dated();

    [GeneratedRegex("%%?([a-z_]+)(?:\\([^)]*\\))?%%?")]
    private static partial Regex Variable();
}
