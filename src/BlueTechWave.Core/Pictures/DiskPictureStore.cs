namespace BlueTechWave.Core.Pictures;

/// <summary>
/// Pictures in a directory of this machine: <c>3fa9c0.avif</c> is <c>3f/a9/3fa9c0.avif</c>, so that no folder grows too
/// large to look into. What is not whole yet is in <c>.incoming</c>, on the same volume, and moved into its place at once.
/// </summary>
public sealed class DiskPictureStore : IPictureStore
{
    /// <summary>Nobody writes a file for so long without writing to it.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private readonly string _directory;
    private readonly string _incoming;

    public DiskPictureStore(string directory)
    {
        _directory = Path.GetFullPath(directory);
        _incoming = Path.Combine(_directory, ".incoming");
        Sweep();
    }

    public async Task PutAsync(string name, Stream bytes, string mediaType, CancellationToken cancellation = default)
    {
        var place = Place(name);
        Directory.CreateDirectory(_incoming);
        var temporary = Temporary();
        try
        {
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.Asynchronous))
            {
                await bytes.CopyToAsync(file, cancellation);
                // Moved before its bytes are on the disk, a file would be there and empty after a power cut.
                file.Flush(flushToDisk: true);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Move(temporary, place, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellation = default)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(Place(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1, FileOptions.Asynchronous));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task<long?> LengthAsync(string name, CancellationToken cancellation = default)
    {
        var file = new FileInfo(Place(name));
        return Task.FromResult(file.Exists ? file.Length : (long?)null);
    }

    public Task DeleteAsync(string name, CancellationToken cancellation = default)
    {
        try
        {
            File.Delete(Place(name));
        }
        catch (DirectoryNotFoundException)
        {
            // Then there is no such file either.
        }

        return Task.CompletedTask;
    }

    public IAsyncEnumerable<StoredFile> ListAsync(string? after = null, CancellationToken cancellation = default) =>
        List(after ?? "", cancellation).ToAsyncEnumerable();

    private IEnumerable<StoredFile> List(string after, CancellationToken cancellation)
    {
        Sweep();
        foreach (var outer in Folders(_directory))
        {
            foreach (var inner in Folders(Path.Combine(_directory, outer)))
            {
                cancellation.ThrowIfCancellationRequested();
                // All that is in here begins with these four.
                if (string.CompareOrdinal(outer + inner, 0, after, 0, 4) < 0) continue;

                foreach (var file in Files(Path.Combine(_directory, outer, inner)))
                    if (string.CompareOrdinal(file.Name, after) > 0 && file.Exists) yield return new(file.Name, file.Length);
            }
        }
    }

    private static IEnumerable<string> Folders(string directory) => !Directory.Exists(directory) ? [] :
        Directory.EnumerateDirectories(directory).Select(folder => Path.GetFileName(folder)).Where(folder => folder.Length == 2).Order(StringComparer.Ordinal);

    /// <summary>Those that we put here: a stray file of somebody's is no picture.</summary>
    private IEnumerable<FileInfo> Files(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles()
            .Where(file => StoredName.IsWellFormed(file.Name) && Place(file.Name) == file.FullName)
            .OrderBy(file => file.Name, StringComparer.Ordinal);

    /// <summary>Removes what was being put when its process died; another process may be putting something just now.</summary>
    private void Sweep()
    {
        if (!Directory.Exists(_incoming)) return;
        var left = new DirectoryInfo(_incoming).GetFiles();
        if (left.Length == 0) return;

        var now = TimeOnVolume();
        foreach (var file in left)
            if (file.Exists && now - file.LastWriteTimeUtc > Abandoned) file.Delete();
    }

    /// <summary>What a file gets that is written now: the clock of a shared volume need not be ours.</summary>
    private DateTime TimeOnVolume()
    {
        var file = Temporary();
        using var written = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        return File.GetLastWriteTimeUtc(file);
    }

    private string Temporary() => Path.Combine(_incoming, Guid.NewGuid().ToString("n"));

    private string Place(string name) => Path.Combine(_directory, StoredName.Check(name)[..2], name[2..4], name);
}
