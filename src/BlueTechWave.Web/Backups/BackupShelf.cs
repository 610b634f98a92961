using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Backups;

namespace BlueTechWave.Web.Backups;

/// <summary>A backup on the shelf, and whether it was proved that the paper comes back from it.</summary>
/// <param name="MadeAt">UTC, as is <see cref="ProvedAt"/>.</param>
/// <param name="Failed">Why the proof did not succeed; null if it did, or there was none yet.</param>
/// <param name="Pages">That were made from it.</param>
public sealed record BackupRecord(string Name, DateTime MadeAt, long Length, long Rows, DateTime? ProvedAt = null, string? Failed = null, IReadOnlyList<string>? Pages = null);

/// <summary>The last time that no backup could be made, or that one could not be proved.</summary>
public sealed record BackupFailure(DateTime At, string Why);

/// <summary>
/// The folder with the site's backups: archives, and beside each a small file that says what became of its proof. Not in the
/// store, which may be what is lost.
/// </summary>
public sealed partial class BackupShelf(DataFolder folder)
{
    private const string Note = ".json";

    private readonly string _failure = Path.Combine(folder.Backups, "failed.json");

    /// <summary>The newest first.</summary>
    public IReadOnlyList<BackupRecord> All() => !Directory.Exists(folder.Backups) ? [] :
    [
        .. Directory.EnumerateFiles(folder.Backups, "btw-*.zip").Select(f => Path.GetFileName(f)).Where(IsName).OrderDescending(StringComparer.Ordinal).Select(Read),
    ];

    public BackupRecord? Newest() => All() is [var newest, ..] ? newest : null;

    public DateTime? LastProved() => All().Max(b => b.ProvedAt);

    public BackupFailure? Failure() => ReadNote<BackupFailure>(_failure);

    /// <summary>Where an archive of this name is; null if none is.</summary>
    public string? Find(string? name) => name is not null && IsName(name) && File.Exists(PathOf(name)) ? PathOf(name) : null;

    public string PathOf(string name) => Path.Combine(folder.Backups, name);

    public void Keep(BackupRecord record) => WriteNote(PathOf(record.Name) + Note, record);

    public void Tell(BackupFailure? failure)
    {
        if (failure is null) File.Delete(_failure);
        else WriteNote(_failure, failure);
    }

    public void Remove(string name)
    {
        File.Delete(PathOf(name));
        File.Delete(PathOf(name) + Note);
    }

    /// <summary>What somebody left who was killed.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(folder.Backups)) return;
        foreach (var left in Directory.EnumerateFiles(folder.Backups, "btw-*.zip" + Backup.Unfinished)) File.Delete(left);
    }

    private BackupRecord Read(string name) => ReadNote<BackupRecord>(PathOf(name) + Note) ?? new(name, MadeAt(name), new FileInfo(PathOf(name)).Length, 0);

    private static DateTime MadeAt(string name) =>
        DateTime.ParseExact(name[4..19], "yyyyMMdd-HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static bool IsName(string name) => Names().IsMatch(name) &&
        DateTime.TryParseExact(name[4..19], "yyyyMMdd-HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static T? ReadNote<T>(string path)
        where T : class
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<T>(File.ReadAllText(path), BackupManifest.Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Whole or not at all: it is read while it is written.
    private void WriteNote<T>(string path, T note)
    {
        Directory.CreateDirectory(folder.Backups);
        var incoming = path + Backup.Unfinished;
        File.WriteAllText(incoming, JsonSerializer.Serialize(note, BackupManifest.Json));
        File.Move(incoming, path, overwrite: true);
    }

    [GeneratedRegex(@"\Abtw-[0-9]{8}-[0-9]{6}\.zip\z", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
