using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BlueTechWave.Core.Pictures;

namespace BlueTechWave.Core.Backups;

/// <summary>A backup that was looked through from the first byte to the last, and is what was written.</summary>
public sealed class BackupFile : IAsyncDisposable
{
    private const int BufferLength = 1 << 17;

    private readonly ZipArchive _zip;

    private BackupFile(ZipArchive zip, BackupManifest manifest) => (_zip, Manifest) = (zip, manifest);

    public BackupManifest Manifest { get; }

    /// <exception cref="BackupRefusedException">It is none, or not as it was written.</exception>
    public static async Task<BackupFile> OpenAsync(string path, IProgress<BackupProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (!File.Exists(path)) throw new BackupRefusedException($"There is no file {path}.");
        try
        {
            await VerifySealAsync(path, progress, cancellation);
            var zip = await ZipFile.OpenReadAsync(path, cancellation);
            try
            {
                var file = new BackupFile(zip, await ReadManifestAsync(path, zip, cancellation));
                await file.VerifyAsync(path, progress, cancellation);
                return file;
            }
            catch
            {
                await zip.DisposeAsync();
                throw;
            }
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or EndOfStreamException)
        {
            throw Damaged(path, e);
        }
    }

    public IEnumerable<BackupEntry> In(string folder) => Manifest.Entries.Where(e => e.Name.StartsWith(folder, StringComparison.Ordinal));

    public Task<Stream> ReadAsync(BackupEntry entry, CancellationToken cancellation = default) => _zip.GetEntry(entry.Name)!.OpenAsync(cancellation);

    public ValueTask DisposeAsync() => _zip.DisposeAsync();

    internal static async Task<string> HashAsync(Stream stream, CancellationToken cancellation) =>
        Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));

    private static async Task VerifySealAsync(string path, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var left = file.Length - Backup.SealLength;
        if (left <= 0) throw Damaged(path);

        var buffer = new byte[BufferLength];
        for (long told = 0; left > 0;)
        {
            var read = await file.ReadAtLeastAsync(buffer.AsMemory(0, (int)Math.Min(left, BufferLength)), 1, cancellationToken: cancellation);
            hash.AppendData(buffer, 0, read);
            left -= read;
            if (file.Position - told < 64 << 20) continue;
            told = file.Position;
            progress?.Report(new("Looking it through", (int)(file.Position >> 20), (int)(file.Length >> 20), file.Position));
        }

        var seal = buffer.AsMemory(0, Backup.SealLength);
        await file.ReadExactlyAsync(seal, cancellation);
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != Encoding.ASCII.GetString(seal.Span)) throw Damaged(path);
    }

    private static async Task<BackupManifest> ReadManifestAsync(string path, ZipArchive zip, CancellationToken cancellation)
    {
        if (zip.GetEntry(BackupManifest.Name) is not { } entry) throw Damaged(path);
        await using var json = await entry.OpenAsync(cancellation);
        var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(json, BackupManifest.Json, cancellation) ?? throw Damaged(path);
        return manifest.Format == BackupManifest.CurrentFormat ? manifest
            : throw new BackupRefusedException($"{path} is a backup of form {manifest.Format}, which this version does not know. Restore it with the version that made it: {manifest.Version}.");
    }

    private async Task VerifyAsync(string path, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        var held = _zip.Entries.Select(e => e.FullName).Where(name => name != BackupManifest.Name).Order(StringComparer.Ordinal);
        if (!held.SequenceEqual(Manifest.Entries.Select(e => e.Name).Order(StringComparer.Ordinal)) || !Manifest.Entries.All(IsOurs)) throw Damaged(path);
        foreach (var (i, entry) in Manifest.Entries.Index())
        {
            await using var bytes = await ReadAsync(entry, cancellation);
            if (_zip.GetEntry(entry.Name)!.Length != entry.Length || await HashAsync(bytes, cancellation) != entry.Sha256) throw Damaged(path);
            progress?.Report(new("Looking through what is in it", i + 1, Manifest.Entries.Count, 0));
        }
    }

    /// <summary>No name leads out of where it belongs.</summary>
    private static bool IsOurs(BackupEntry entry) => entry.Name.Split('/', 2) switch
    {
        ["store", var name] => name.Length > 0 && !name.Contains('/', StringComparison.Ordinal),
        ["keys", var name] => name.EndsWith(".xml", StringComparison.Ordinal) && name == Path.GetFileName(name) && !name.Contains('\\', StringComparison.Ordinal),
        ["pictures", var name] => StoredName.IsWellFormed(name),
        _ => false,
    };

    private static BackupRefusedException Damaged(string path, Exception? why = null) =>
        new($"{path} is no whole backup: it was cut off or changed since it was written. Nothing was restored.", why);
}
