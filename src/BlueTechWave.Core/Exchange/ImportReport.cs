using System.Globalization;
using System.Text.Json;
using BlueTechWave.Core.Data;

namespace BlueTechWave.Core.Exchange;

public enum ImportOutcome
{
    Added,
    Updated,

    /// <summary>As it was the last time.</summary>
    Unchanged,

    /// <summary>Edited or removed here since: ours stands.</summary>
    LeftAlone,

    /// <summary>A picture whose file was not brought along.</summary>
    Waiting,
    Refused,
}

/// <summary>Where an address of the old site leads now.</summary>
/// <param name="Answer">In a few words: “200”, “301 to /2024/09/a-piece”.</param>
public sealed record OldAddress(string Path, string Answer);

/// <summary>
/// What became of everything that came in. Every thing is in one of the counts, and every refusal has its reason. A large site
/// has very many refusals and addresses: they are on disk.
/// </summary>
public sealed class ImportReport(string source, bool isDryRun) : IDisposable
{
    private const int ExamplesAtMost = 3;
    private const string RefusedPage = "refused";
    private const string AddressPage = "addresses";

    private readonly SortedDictionary<string, int[]> _counts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (int Count, List<string> Examples)> _notes = new(StringComparer.Ordinal);
    private readonly Notebook _long = new();
    private int _refused;
    private int _addresses;

    public bool IsDryRun { get; } = isDryRun;

    /// <summary>How many things the source had.</summary>
    public int CameIn { get; private set; }

    public IEnumerable<Refused> Refusals => All<Refused>(RefusedPage);

    /// <summary>Old addresses and their answers: kept by a dry run alone.</summary>
    public IEnumerable<OldAddress> Addresses => All<OldAddress>(AddressPage);

    public int AddressCount => _addresses;

    public IEnumerable<string> Kinds => _counts.Keys;

    public IEnumerable<string> Notes => _notes.Keys;

    /// <summary>The notes with how often and of what.</summary>
    public IEnumerable<string> NoteLines => _notes.Select(n =>
        string.Create(CultureInfo.InvariantCulture, $"{n.Key}{(n.Value.Count > 1 ? $" ({n.Value.Count:N0} times)" : "")}{(n.Value.Examples.Count > 0 ? $": {string.Join(", ", n.Value.Examples)}" : "")}."));

    public int Of(ImportOutcome outcome) => _counts.Values.Sum(c => c[(int)outcome]);

    public int Of(string kind, ImportOutcome outcome) => _counts.TryGetValue(kind, out var counts) ? counts[(int)outcome] : 0;

    /// <summary>Nothing came in that is not told of.</summary>
    public bool AddsUp => CameIn == Enum.GetValues<ImportOutcome>().Sum(Of);

    internal void ComesIn(int count) => CameIn += count;

    internal void Count(string kind, ImportOutcome outcome, int count = 1)
    {
        if (!_counts.TryGetValue(kind, out var counts)) _counts[kind] = counts = new int[Enum.GetValues<ImportOutcome>().Length];
        counts[(int)outcome] += count;
    }

    internal void Refuse(Refused refused)
    {
        Keep(RefusedPage, ++_refused, refused);
        Count(refused.Kind, ImportOutcome.Refused, refused.Count);
    }

    internal void Note(string text, string example = "")
    {
        var (count, examples) = _notes.TryGetValue(text, out var known) ? known : (0, []);
        if (example.Length > 0 && examples.Count < ExamplesAtMost) examples.Add(example);
        _notes[text] = (count + 1, examples);
    }

    internal void Answers(string path, string answer)
    {
        if (IsDryRun) Keep(AddressPage, ++_addresses, new OldAddress(path, answer));
    }

    private void Keep<T>(string page, int number, T one) => _long.Add(page, number.ToString(CultureInfo.InvariantCulture), JsonSerializer.Serialize(one));

    private IEnumerable<T> All<T>(string page) => _long.All(page).Select(one => JsonSerializer.Deserialize<T>(one)!);

    public override string ToString()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        WriteTo(text);
        return text.ToString();
    }

    /// <summary>Line by line, however long it is.</summary>
    public void WriteTo(TextWriter to)
    {
        Line($"{(IsDryRun ? "What an import would do" : "Imported")}: {source}");
        Line($"");
        Line($"{"",-14}{"added",10}{"updated",10}{"unchanged",11}{"left alone",12}{"waiting",10}{"refused",10}");
        foreach (var (kind, counts) in _counts) Line($"{kind,-14}{counts[0],10:N0}{counts[1],10:N0}{counts[2],11:N0}{counts[3],12:N0}{counts[4],10:N0}{counts[5],10:N0}");
        Line($"");
        Line($"{CameIn:N0} things came in, {CameIn - Of(ImportOutcome.Refused):N0} are accounted for and {Of(ImportOutcome.Refused):N0} were refused{(AddsUp ? "." : ": this does not add up, and is a fault of the import.")}");
        if (Of(ImportOutcome.Waiting) > 0) Line($"{Of(ImportOutcome.Waiting):N0} pictures wait for their files: run it again with the folder of uploads.");
        if (Of(ImportOutcome.LeftAlone) > 0) Line($"{Of(ImportOutcome.LeftAlone):N0} were edited or removed here since the last import: ours stand.");

        if (_notes.Count > 0) Line($"\nWorth knowing:");
        foreach (var note in NoteLines) Line($"  {note}");
        if (_refused > 0) Line($"\nRefused:");
        foreach (var refused in Refusals) Line($"  {refused}");
        if (_addresses > 0) Line($"\nOld addresses:");
        foreach (var address in Addresses) Line($"  {address.Path}  {address.Answer}");

        void Line(FormattableString line)
        {
            to.Write(line.ToString(CultureInfo.InvariantCulture));
            to.Write('\n');
        }
    }

    public void Dispose() => _long.Dispose();
}
