using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BlueTechWave.Core.Exchange.Ghost;

/// <summary>
/// The file of redirects that an editor of a Ghost site has given it: <c>redirects.json</c>, or <c>redirects.yaml</c> since
/// Ghost 4. An address in it may be a pattern; ours are addresses.
/// </summary>
public static partial class GhostRedirects
{
    private const string Kind = "redirect";

    /// <summary>Of a pattern: an address has none of them.</summary>
    private static readonly SearchValues<char> Signs = SearchValues.Create("*+?()[]{}|^$\\");

    /// <param name="text">What is in the file, whichever of the two it is.</param>
    public static IEnumerable<Incoming> Read(string text) => text.TrimStart().StartsWith('[') || text.TrimStart().StartsWith('{') ? Json(text) : Yaml(text);

    private static IEnumerable<Incoming> Json(string text)
    {
        if (GhostRow.Parse(text) is not { ValueKind: JsonValueKind.Array } all)
        {
            yield return Refuse("", "The file of redirects is no list in JSON.");
            yield break;
        }

        foreach (var one in all.Items())
            foreach (var incoming in Of(one.Text("from"), one.Text("to"), one.Text("permanent") == "true")) yield return incoming;
    }

    private static IEnumerable<Incoming> Yaml(string text)
    {
        var isForGood = true;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.Trim().Length == 0 || line.TrimStart().StartsWith('#') || line.Trim() is "---" or "{}") continue;
            if (Heading().Match(line) is { Success: true } heading) isForGood = heading.Groups[1].Value != "302";
            else if (Line().Match(line) is { Success: true } read)
                foreach (var incoming in Of(read.Groups["from"].Value, read.Groups["to"].Value, isForGood)) yield return incoming;
            else yield return Refuse(line.Trim(), "This line of the file of redirects is none.");
        }
    }

    private static IEnumerable<Incoming> Of(string from, string to, bool isForGood)
    {
        if (Literal(from) is not { } path || to.Contains('$', StringComparison.Ordinal))
        {
            yield return Refuse(from, $"It is a pattern, and leads to {to}: where one address is meant, it can be set by hand.");
            yield break;
        }

        if (!isForGood) yield return new IncomingNote("A redirect for the time being is one for good here");
        yield return new IncomingRedirect(path, to.Trim());
    }

    /// <summary>The one address that a pattern stands for; null if it stands for more.</summary>
    private static string? Literal(string from)
    {
        var path = from.Trim().TrimStart('^');
        if (path.EndsWith('$') && !path.EndsWith("\\$", StringComparison.Ordinal)) path = path[..^1];
        path = LastSlash().Replace(path, "/");
        path = Escaped().Replace(path, "$1");
        if (path.AsSpan().ContainsAny(Signs)) return null;
        return path.StartsWith('/') ? path : "/" + path;
    }

    private static IncomingRefusal Refuse(string from, string why) => new(new(Kind, GhostText.Plain(from), "", why));

    [GeneratedRegex(@"^['""]?(30[12])['""]?\s*:\s*$")]
    private static partial Regex Heading();

    [GeneratedRegex("""^\s+(?:'(?<from>[^']*)'|"(?<from>[^"]*)"|(?<from>[^\s'"].*?))\s*:\s+(?:'(?<to>[^']*)'|"(?<to>[^"]*)"|(?<to>[^\s'"].*?))\s*$""")]
    private static partial Regex Line();

    [GeneratedRegex(@"(?:\\?/\?|\(\\?/\)\?)$")]
    private static partial Regex LastSlash();

    [GeneratedRegex(@"\\([^A-Za-z0-9])")]
    private static partial Regex Escaped();
}
