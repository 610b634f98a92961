using System.Security.Cryptography;
using System.Text;

namespace BlueTechWave.Core.Exchange.Folder;

/// <summary>An exported folder, read: nothing is opened but what its list names, and nothing of that which is not as it was listed.</summary>
internal sealed class FolderSource(string root)
{
    private const int HashLength = 64;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _root = Path.GetFullPath(root);
    private readonly SortedSet<string> _files = new(StringComparer.Ordinal);

    public Manifest Manifest { get; private set; } = null!;

    public IEnumerable<string> Articles => _files.Where(f => f.StartsWith("articles/", StringComparison.Ordinal) && f.EndsWith(".md", StringComparison.Ordinal));

    public IEnumerable<string> Pages => _files.Where(f => f.StartsWith("pages/", StringComparison.Ordinal) && f.EndsWith(".md", StringComparison.Ordinal));

    public static string CommentsOf(string article) => article[..^".md".Length] + ".comments.jsonl";

    public static string HistoryOf(string article) => article[..^".md".Length] + ".history.jsonl";

    public bool Has(string path) => _files.Contains(path);

    /// <summary>Whether all of it is there, and as it was written: before that, nothing in it is worth reading.</summary>
    public async Task CheckAsync(FolderFaults faults, CancellationToken cancellation)
    {
        var manifest = Place(FolderWriter.ManifestName);
        if (!File.Exists(manifest))
        {
            faults.Add("", $"it has no {FolderWriter.ManifestName}: it is no export, or one that was not finished.");
            return;
        }

        if (faults.Try(FolderWriter.ManifestName, () => Manifest = FrontMatter.ReadLine<Manifest>(File.ReadAllText(manifest))) is null) return;
        if (Manifest is not { Format: Manifest.FormatName, Version: Manifest.FormatVersion })
            faults.Add(FolderWriter.ManifestName, $"it is {Manifest.Format} {Manifest.Version}, and this program reads {Manifest.FormatName} {Manifest.FormatVersion}.");
        else if (!File.Exists(Place(FolderWriter.ListName)) || await HashAsync(FolderWriter.ListName, cancellation) != Manifest.Sums)
            faults.Add(FolderWriter.ListName, "it is missing, or not the list that the export wrote.");
        if (faults.Any) return;

        foreach (var line in File.ReadLines(Place(FolderWriter.ListName), Utf8)) await CheckAsync(line, faults, cancellation);
        if (!faults.Any && _files.Count != Manifest.Files) faults.Add(FolderWriter.ListName, $"it names {_files.Count:N0} files, and {FolderWriter.ManifestName} says {Manifest.Files:N0}.");
    }

    public string Text(string path) => Utf8.GetString(File.ReadAllBytes(Place(path)));

    public Task<byte[]> BytesAsync(string path) => File.ReadAllBytesAsync(Place(path));

    public long LengthOf(string path) => new FileInfo(Place(path)).Length;

    public T Yaml<T>(string path) => FrontMatter.ReadYaml<T>(Text(path));

    public (T Matter, string Body) Markdown<T>(string path) => FrontMatter.Read<T>(Text(path));

    /// <summary>None where there is no such file.</summary>
    public IEnumerable<T> Lines<T>(string path) => Has(path) ? File.ReadLines(Place(path), Utf8).Select(FrontMatter.ReadLine<T>) : [];

    private async Task CheckAsync(string line, FolderFaults faults, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (line.Length < HashLength + 3 || line[HashLength..(HashLength + 2)] != "  " || !IsInside(line[(HashLength + 2)..]))
        {
            faults.Add(FolderWriter.ListName, $"“{ImportRun.Cut(line, 100)}” is no line of it.");
            return;
        }

        var (hash, path) = (line[..HashLength], line[(HashLength + 2)..]);
        if (!File.Exists(Place(path))) faults.Add(path, "it is missing.");
        else if (await HashAsync(path, cancellation) != hash) faults.Add(path, "it is not as it was exported: its SHA-256 is another.");
        else _files.Add(path);
    }

    private static bool IsInside(string path) =>
        path.Split('/').All(part => part is not ("" or "." or "..") && part.AsSpan().IndexOfAny("\\:\0") < 0);

    private async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(Place(path));
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
    }

    private string Place(string path) => Path.Combine(_root, path.Replace('/', Path.DirectorySeparatorChar));
}

/// <summary>What is wrong with a folder, a line for each file: as many as a person reads.</summary>
internal sealed class FolderFaults
{
    private const int AtMost = 50;

    private readonly List<string> _lines = [];
    private int _more;

    public bool Any => _lines.Count > 0;

    public IReadOnlyList<string> Lines => _more == 0 ? _lines : [.. _lines, $"and {_more:N0} more."];

    public void Add(string file, string what)
    {
        if (_lines.Count == AtMost) _more++;
        else _lines.Add(file.Length == 0 ? char.ToUpperInvariant(what[0]) + what[1..] : $"{file}: {what}");
    }

    /// <summary>Null, and a line more, where it cannot be read.</summary>
    public T? Try<T>(string file, Func<T> read) where T : class
    {
        try
        {
            return read();
        }
        catch (FolderFaultException wrong)
        {
            Add(file, wrong.Message);
        }
        catch (DecoderFallbackException)
        {
            Add(file, "it is no UTF-8.");
        }

        return null;
    }
}
