using System.Diagnostics;

namespace BlueTechWave.Web.Tests.Faults;

/// <summary>A disk of the test's own, of a few megabytes, which can be full.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _mount;
    private string? _tablespace;

    private SmallDisk(string mount) => _mount = mount;

    /// <summary>For a store and its data directory.</summary>
    public string Folder => Directory.CreateDirectory(Path.Combine(_mount, "data")).FullName;

    private string Filler => Path.Combine(_mount, "filler");

    public static SmallDisk Mount()
    {
        var disk = new SmallDisk(Directory.CreateTempSubdirectory("btw-disk-").FullName);
        if (Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=96m,mode=755", "tmpfs", disk._mount)) return disk;
        Directory.Delete(disk._mount);
        Assert.Skip("No disk can be mounted here.");
        return null!;
    }

    /// <summary>To the last byte.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) filler.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // There.
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    /// <summary>Where PostgreSQL keeps a database's files on it.</summary>
    public async Task<string> TablespaceAsync()
    {
        if (_tablespace is not null) return _tablespace;
        var folder = Directory.CreateDirectory(Path.Combine(_mount, "tables")).FullName;
        Run("chown", "postgres", folder);
        _tablespace = $"btw_disk_{Guid.NewGuid():n}";
        await Postgres.DoAsync($"CREATE TABLESPACE \"{_tablespace}\" LOCATION '{folder}'");
        return _tablespace;
    }

    public async ValueTask DisposeAsync()
    {
        MakeRoom();
        if (_tablespace is not null) await Postgres.DoAsync($"DROP TABLESPACE \"{_tablespace}\"");
        Run("umount", "-l", _mount);
        Directory.Delete(_mount);
    }

    private static bool Run(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true });
        process?.WaitForExit();
        return process?.ExitCode == 0;
    }
}
