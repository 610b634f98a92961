using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace BlueTechWave.Browser.Tests.Newsroom;

/// <summary>
/// A page of README.md, as somebody new has it beside her: what it sets in bold she looks for on the screen, and what it
/// does not say she does not know of.
/// </summary>
internal sealed partial class Handbook
{
    private const string Names = """
        all => all.filter(e => !e.closest('[hidden]')).flatMap(e => {
          const copy = e.cloneNode(true);
          copy.querySelectorAll('.vh, .num, kbd, svg, select, textarea').forEach(part => part.remove());
          return [e.getAttribute('aria-label') ?? '', copy.textContent];
        })
        """;

    private readonly string _heading;
    private readonly HashSet<string> _words;
    private readonly HashSet<string> _unseen;

    private Handbook(string heading, IEnumerable<string> words)
    {
        (_heading, _words) = (heading, [.. words]);
        _unseen = [.. _words];
        Assert.NotEmpty(_words);
    }

    public static Handbook Of(string heading, [CallerFilePath] string here = "")
    {
        var readme = File.ReadAllText(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../README.md")));
        var page = readme.Split("\n## ").Single(part => part.StartsWith(heading + "\n", StringComparison.Ordinal));
        return new(heading, Bold().Matches(Code().Replace(page, "")).Select(m => m.Groups[1].Value.ReplaceLineEndings(" ")));
    }

    /// <summary>One of the page's words, to be looked for on the screen.</summary>
    public string this[string word] => _words.Contains(word) ? word : throw new InvalidOperationException($"README.md, “{_heading}”, does not speak of “{word}”.");

    /// <summary>Finds on the page before somebody what the handbook speaks of: on a button, link, field or heading.</summary>
    public async Task LookAsync(Reader who)
    {
        foreach (var name in await who.Page.Locator("a, button, summary, label, legend, h1, h2").EvaluateAllAsync<string[]>(Names))
        {
            var words = Space().Replace(name, " ").Trim();
            _unseen.Remove(words);
            // “Time, UTC” and “Key points, 1” are a Time and the Key points.
            _unseen.Remove(words.Split(',')[0]);
        }
    }

    /// <summary>Nothing in it is called otherwise on the screen.</summary>
    public void IsAllSeen() => Assert.True(_unseen.Count == 0, $"README.md, “{_heading}”, speaks of what nobody found: {string.Join(", ", _unseen)}.");

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Bold();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
