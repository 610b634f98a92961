using System.Text.Json;
using System.Text.Json.Serialization;

namespace BlueTechWave.Core.Backups;

/// <summary>What a backup says of itself. Written last: an archive without it was never finished.</summary>
/// <param name="Version">Of the software that made it.</param>
/// <param name="Provider">A backup is restored to the kind of store it came from.</param>
/// <param name="Migration">The last one that the store had.</param>
/// <param name="MadeAt">When the store looked like this. UTC.</param>
/// <param name="Tables">How many rows each has.</param>
/// <param name="Sequences">Where the numbering goes on, for stores that keep it outside their tables.</param>
/// <param name="Missing">Files of pictures that the store names and that were not there.</param>
public sealed record BackupManifest(
    string Version,
    string Provider,
    string Migration,
    DateTime MadeAt,
    IReadOnlyDictionary<string, long> Tables,
    IReadOnlyDictionary<string, long> Sequences,
    IReadOnlyList<string> Missing,
    IReadOnlyList<BackupEntry> Entries)
{
    public const string Name = "manifest.json";

    /// <summary>Of the archive's own form.</summary>
    public int Format { get; init; } = CurrentFormat;

    public const int CurrentFormat = 1;

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}

/// <param name="Name">In the archive.</param>
/// <param name="Length">In bytes, unpacked.</param>
/// <param name="Sha256">Of these bytes, in hexadecimal.</param>
/// <param name="Columns">Of a table, in the order its rows have them; null for a file.</param>
public sealed record BackupEntry(string Name, long Length, string Sha256, IReadOnlyList<string>? Columns = null);

/// <summary>How far a backup or a restore has come.</summary>
public readonly record struct BackupProgress(string Doing, int Done, int Of, long Bytes);

/// <summary>Why nothing was backed up or restored, in one sentence for whoever asked. Nothing was changed.</summary>
public sealed class BackupRefusedException(string message, Exception? inner = null) : Exception(message, inner);
