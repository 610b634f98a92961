namespace BlueTechWave.Core.Comments.Scoring;

/// <summary>What the scorer knows before a newsroom has decided anything: comments made up for it, of many kinds, of both kinds.</summary>
public static class SeedSet
{
    private const string File = "BlueTechWave.Core.Comments.Scoring.seeds.tsv";

    private static readonly Lazy<IReadOnlyList<LabelledComment>> Read = new(() =>
    {
        using var reader = new StreamReader(typeof(SeedSet).Assembly.GetManifestResourceStream(File) ?? throw new InvalidOperationException($"{File} is missing."));
        return Parse(reader.ReadToEnd());
    });

    public static IReadOnlyList<LabelledComment> Comments => Read.Value;

    /// <summary>A line each: “spam” or “fine”, a tab, the name, a tab, the words; <c>\n</c> stands for a line break. Lines that begin with # say something about those below.</summary>
    public static IReadOnlyList<LabelledComment> Parse(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(l => l[0] != '#').Select(l => l.Split('\t')).Select(parts => parts switch
        {
            ["spam" or "fine", var name, var body] => new LabelledComment(name, body.Replace("\\n", "\n", StringComparison.Ordinal), "", parts[0] == "spam"),
            _ => throw new FormatException($"No seed: {string.Join(" | ", parts)}"),
        })];
}
