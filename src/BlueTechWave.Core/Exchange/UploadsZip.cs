using System.IO.Compression;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Exchange;

/// <summary>
/// A ZIP of that folder, of the whole site or of anything between. Nothing is unpacked onto the disk: a file is read when
/// it is asked for, and never further than the length it is said to have.
/// </summary>
public sealed partial class UploadsZip : IUploads, IDisposable
{
    private const int FilesAtMost = 1_000_000;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _files = [];
    private readonly List<string> _notes = [];

    /// <exception cref="InvalidDataException">It is no ZIP, or holds more files than any site.</exception>
    public UploadsZip(FileInfo file)
    {
        _zip = ZipFile.OpenRead(file.FullName);
        try
        {
            if (_zip.Entries.Count > FilesAtMost) throw new InvalidDataException("It holds more files than any site.");
            foreach (var entry in _zip.Entries) Take(entry);
        }
        catch
        {
            _zip.Dispose();
            throw;
        }

        Unfold();
    }

    public IEnumerable<string> Notes => _notes;

    public UploadedFile? Find(string path) =>
        UploadsFolder.Spellings(path).Select(p => _files.GetValueOrDefault(p)).FirstOrDefault(e => e is not null) is { } entry ? new(entry.Length, () => ReadAsync(entry)) : null;

    public void Dispose() => _zip.Dispose();

    private void Take(ZipArchiveEntry entry)
    {
        var name = entry.FullName.Replace('\\', '/');
        if (name.EndsWith('/')) return;
        // Nothing is written by these names; but one that leads out of the archive was made to do harm.
        if (name.StartsWith('/') || name.Contains(':', StringComparison.Ordinal) || name.Split('/').Contains("..")) _notes.Add($"The ZIP names a file outside of itself, which is not read: {ImportRun.Cut(Legible.Of(name), 100)}");
        else if (entry.IsEncrypted) _notes.Add($"A file in the ZIP is behind a password, and is not read: {ImportRun.Cut(Legible.Of(name), 100)}");
        else _files.TryAdd(Root().Replace(name, ""), entry);
    }

    /// <summary>Whoever packed a folder by its name has everything one deeper.</summary>
    private void Unfold()
    {
        var tops = _files.Keys.Select(k => k.IndexOf('/', StringComparison.Ordinal) is > 0 and var at ? k[..at] : "").Distinct().Take(2).ToList();
        if (tops is not [{ Length: > 0 } top] || Year().IsMatch(top)) return;
        foreach (var (name, entry) in _files.ToList()) _files.TryAdd(name[(top.Length + 1)..], entry);
    }

    private static async Task<byte[]> ReadAsync(ZipArchiveEntry entry)
    {
        await using var stream = await entry.OpenAsync();
        // What was packed to fill a memory says that it is short, and goes on and on.
        var bytes = new byte[entry.Length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    [GeneratedRegex("^(?:.*?/)??(?:wp-content/uploads|content/images|uploads|images)/")]
    private static partial Regex Root();

    [GeneratedRegex("^[0-9]{4}$")]
    private static partial Regex Year();
}
