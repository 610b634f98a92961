using System.Globalization;
using System.Text.RegularExpressions;

namespace BlueTechWave.Web.Tests.Watching;

/// <summary>What Prometheus would read, read as strictly: a line that it would stumble over is a failure.</summary>
internal sealed partial class Exposition
{
    private static readonly HashSet<string> Kinds = ["counter", "gauge", "histogram", "summary", "untyped", "unknown", "info"];
    private static readonly string[] Parts = ["_total", "_bucket", "_sum", "_count", "_created", "_info"];

    private readonly Dictionary<string, double> _samples = [];

    private Exposition()
    {
    }

    public IEnumerable<string> Names => _samples.Keys.Select(k => k.Split('{')[0]).Distinct();

    public static Exposition Read(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        var read = new Exposition();
        Dictionary<string, string> kinds = [];
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('#'))
            {
                var words = line.Split(' ', 4);
                Assert.Contains(words[1], (string[])["TYPE", "HELP", "UNIT", "EOF"]);
                if (words[1] != "TYPE") continue;
                Assert.Contains(words[3], Kinds);
                Assert.True(kinds.TryAdd(words[2], words[3]), $"Twice: {line}");
                continue;
            }

            var sample = Sample().Match(line);
            Assert.True(sample.Success, $"Not a sample: {line}");
            var name = sample.Groups["name"].Value;
            Assert.True(kinds.ContainsKey(name) || Parts.Any(p => name.EndsWith(p, StringComparison.Ordinal) && kinds.ContainsKey(name[..^p.Length])), $"Of no kind: {line}");
            var value = sample.Groups["value"].Value switch { "+Inf" => double.PositiveInfinity, "-Inf" => double.NegativeInfinity, "NaN" => double.NaN, var number => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture) };
            Assert.True(read._samples.TryAdd(name + sample.Groups["labels"].Value, value), $"Twice: {line}");
        }

        return read;
    }

    /// <summary>Of all samples of that name which carry these labels.</summary>
    public double Sum(string name, params string[] labels) =>
        _samples.Where(s => s.Key.Split('{')[0] == name && labels.All(l => s.Key.Contains(l, StringComparison.Ordinal))).Sum(s => s.Value);

    [GeneratedRegex("""\A(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\[\\"n])*"(,(?=[a-zA-Z_]))?)*\})? (?<value>[+-]?[0-9][0-9.eE+-]*|[+-]Inf|NaN)( -?[0-9]+(\.[0-9]+)?)?\z""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Sample();
}
