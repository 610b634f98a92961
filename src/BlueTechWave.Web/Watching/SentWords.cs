using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;

namespace BlueTechWave.Web.Watching;

/// <summary>Every word that came with a request, in its query, its form or its cookies; not its path, which is the site's.</summary>
internal sealed partial class SentWords
{
    // Shorter ones are numbers of pages and names of languages, and would blacken half of every line.
    private const int Shortest = 3;
    private const int Most = 20_000;

    private static readonly SentWords None = new([]);

    private readonly HashSet<string> _words;

    private SentWords(HashSet<string> words) => _words = words;

    public static SentWords Of(HttpContext? http)
    {
        if (http is null) return None;
        HashSet<string> words = new(StringComparer.OrdinalIgnoreCase);
        foreach (var value in Values(http))
            foreach (var word in Words().EnumerateMatches(value))
                if (word.Length >= Shortest && words.Count < Most) words.Add(value.Substring(word.Index, word.Length));
        return words.Count == 0 ? None : new(words);
    }

    public string Hide(string text) => _words.Count == 0 ? text : Words().Replace(text, found => _words.Contains(found.Value) ? Personal.Hidden : found.Value);

    private static IEnumerable<string> Values(HttpContext http)
    {
        var request = http.Request;
        foreach (var value in request.Query.Where(pair => pair.Key != "handler").SelectMany(pair => pair.Value)) yield return value ?? "";
        foreach (var (_, value) in request.Cookies) yield return value;
        yield return request.Headers.Authorization.ToString();
        // Only if somebody has read it: a log waits for no body.
        if (http.Features.Get<IFormFeature>()?.Form is not { } form) yield break;
        foreach (var value in form.SelectMany(pair => pair.Value)) yield return value ?? "";
        foreach (var file in form.Files) yield return file.FileName;
    }

    [GeneratedRegex(@"[\w-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
