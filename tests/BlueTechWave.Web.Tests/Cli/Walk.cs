using System.Text.RegularExpressions;

namespace BlueTechWave.Web.Tests.Cli;

/// <summary>A reader who follows every link, opens every feed and looks at every picture: what all of a paper answers, by address.</summary>
internal static partial class Walk
{
    public const string Root = "https://paper.example";

    private static readonly string[] Beginnings =
    [
        "/", "/archives", "/corrections", "/feed", "/feed/atom", "/feed/json", "/comments/feed", "/sitemap.xml", "/sitemap-news.xml", "/robots.txt", "/2024", "/2024/09", "/page/2", "/search?q=cable", "/search?q=network&sort=newest",
        "/search?q=regulation&page=2", "/2024/09/no-such-thing", "/no-such-page",
    ];

    public static async Task<SortedDictionary<string, string>> OfAsync(NewsSite site, params IEnumerable<string> further)
    {
        SortedDictionary<string, string> answers = new(StringComparer.Ordinal);
        Queue<string> open = new(Beginnings.Concat(further));
        HashSet<string> seen = [.. open];
        while (open.TryDequeue(out var address))
        {
            using var answer = await site.Reader.GetAsync(address);
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            var type = answer.Content.Headers.ContentType?.MediaType ?? "";
            var isText = type.StartsWith("text/", StringComparison.Ordinal) || type.Contains("xml", StringComparison.Ordinal) || type.Contains("json", StringComparison.Ordinal);
            var body = isText ? Normal(System.Text.Encoding.UTF8.GetString(bytes)) : Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes));
            answers[address] = $"{(int)answer.StatusCode} {type} {answer.Headers.Location}\n{body}";
            if (!isText) continue;
            foreach (var next in Links(body)) if (seen.Add(next)) open.Enqueue(next);
        }

        return answers;
    }

    /// <summary>Forms carry the moment they were made, sealed with a key that each store makes for itself.</summary>
    private static string Normal(string body) => Stamp().Replace(body, "");

    private static IEnumerable<string> Links(string body) => Address().Matches(body)
        .SelectMany(m => m.Groups[1].Value.Split(", ").Select(one => one.Trim().Split(' ')[0]))
        .Concat(Whole().Matches(body).Select(m => m.Value))
        .Select(link => System.Net.WebUtility.HtmlDecode(link))
        .Select(link => link.StartsWith(Root, StringComparison.Ordinal) ? link[Root.Length..] : link)
        .Select(link => link.Split('#')[0])
        .Where(link => link.StartsWith('/') && !link.StartsWith("//", StringComparison.Ordinal) && !Elsewhere().IsMatch(link));

    [GeneratedRegex("<input type=\"hidden\" name=\"stamp\"[^>]*>")]
    private static partial Regex Stamp();

    [GeneratedRegex("\\b(?:href|src|srcset)=\"([^\"]+)\"")]
    private static partial Regex Address();

    [GeneratedRegex(@"https://paper\.example/[^\s""<>\\&]*")]
    private static partial Regex Whole();

    [GeneratedRegex("^/(?:account|newsroom|comments/yours|css|js|dist|fonts|img)(?:/|$)")]
    private static partial Regex Elsewhere();
}
