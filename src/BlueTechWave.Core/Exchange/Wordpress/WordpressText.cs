using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Exchange.Wordpress;

/// <summary>Small texts as WordPress keeps them: titles with entities in them, dates of zero, addresses in percents.</summary>
internal static partial class WordpressText
{
    private const int FirstYear = 1970;
    private const int LastYear = 2058;

    /// <summary>Words alone: no tags, entities decoded, white space single.</summary>
    public static string Plain(string html) =>
        BodyText.Collapse(Legible.Of(WebUtility.HtmlDecode(Tag().Replace(html, " "))).Replace("\uFFFD", "", StringComparison.Ordinal));

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

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("%%?([a-z_]+)(?:\\([^)]*\\))?%%?")]
    private static partial Regex Variable();
}
