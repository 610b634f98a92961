using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Text.Json;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;

namespace BlueTechWave.Core.Backups;

/// <summary>
/// Writes everything the paper has into one archive, while it serves and is written to: the store as it was at one moment, the
/// files of the pictures it names, the keys. Bytes go from one stream into the other; the archive has its name once it is whole.
/// </summary>
/// <param name="keys">The folder with the site's keys.</param>
public sealed class Backup(StorePlace place, IPictureStore pictures, string keys)
{
    /// <summary>An archive ends with the hash of all that is before it, in hexadecimal.</summary>
    internal const int SealLength = 64;

    /// <summary>Ends the name of an archive that is not whole yet.</summary>
    public const string Unfinished = ".partial";

    public static string Version { get; } = typeof(Backup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <exception cref="BackupRefusedException">There is nothing to back up, or nowhere to put it.</exception>
    public async Task<BackupManifest> WriteAsync(string path, DateTime now, IProgress<BackupProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (File.Exists(path)) throw new BackupRefusedException($"{path} is there already: choose another name.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var partial = path + Unfinished;
        try
        {
            BackupManifest manifest;
            await using (var file = Create(partial))
            {
                await using var sealing = new MeasuringStream(file, SealLength);
                manifest = await WriteAsync(sealing, now, progress, cancellation);
                file.Position = file.Length - SealLength;
                await file.WriteAsync(Encoding.ASCII.GetBytes(sealing.Hash()), CancellationToken.None);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path);
            return manifest;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>It holds password hashes and keys: nobody else's to read.</summary>
    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, options);
    }

    private async Task<BackupManifest> WriteAsync(MeasuringStream to, DateTime now, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        await using var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, CancellationToken.None);
        zip.Comment = new string('0', SealLength);
        List<BackupEntry> entries = [];
        List<string> missing = [], files;
        BackupManifest manifest;
        var (done, of) = (0, 1);

        progress?.Report(new("Copying the store", 0, of, 0));
        await using (var snapshot = await place.SnapshotAsync(cancellation))
        {
            files = await snapshot.PictureFilesAsync(cancellation);
            // Pictures are read after the store: what it names is there, and stays.
            string[] names = Directory.Exists(keys) ? [.. Directory.GetFiles(keys, "*.xml").Order(StringComparer.Ordinal)] : [];
            of = snapshot.Parts.Count + names.Length + files.Count;
            foreach (var part in snapshot.Parts)
            {
                await AddAsync("store/" + part.Name, CompressionLevel.Fastest, stream => snapshot.WriteAsync(part, stream, cancellation), part.Columns);
                Tell("Copying the store");
            }

            foreach (var name in names)
            {
                await using var key = File.OpenRead(name);
                await AddAsync("keys/" + Path.GetFileName(name), CompressionLevel.Fastest, stream => key.CopyToAsync(stream, cancellation));
                Tell("Copying keys");
            }

            manifest = new(Version, place.Provider, snapshot.Migration, now, snapshot.Tables, snapshot.Sequences, missing, entries);
        }

        foreach (var name in files)
        {
            await using var bytes = await pictures.OpenAsync(name, cancellation);
            if (bytes is null) missing.Add(name);
            else await AddAsync("pictures/" + name, CompressionLevel.NoCompression, stream => bytes.CopyToAsync(stream, cancellation));
            Tell("Copying pictures");
        }

        await using var last = await zip.CreateEntry(BackupManifest.Name, CompressionLevel.Fastest).OpenAsync(CancellationToken.None);
        await JsonSerializer.SerializeAsync(last, manifest, BackupManifest.Json, cancellation);
        return manifest;

        async Task AddAsync(string name, CompressionLevel level, Func<Stream, Task> write, IReadOnlyList<string>? columns = null)
        {
            await using var entry = await zip.CreateEntry(name, level).OpenAsync(cancellation);
            await using var measured = new MeasuringStream(entry);
            await write(measured);
            entries.Add(new(name, measured.Written, measured.Hash(), columns));
        }

        void Tell(string what) => progress?.Report(new(what, ++done, of, to.Written));
    }

    /// <summary>What an archive made at this moment is called.</summary>
    public static string NameAt(DateTime now) => string.Create(CultureInfo.InvariantCulture, $"btw-{now:yyyyMMdd-HHmmss}.zip");
}
