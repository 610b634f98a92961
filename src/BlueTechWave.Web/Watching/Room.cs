using BlueTechWave.Core.Data;
using BlueTechWave.Web.Backups;
using BlueTechWave.Web.Options;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Watching;

/// <summary>How much room there is, and what takes it, in bytes.</summary>
public sealed record RoomTaken(long Free, long Of, long Store, long Pictures, long Logs)
{
    /// <summary>Soon there will be none.</summary>
    public bool IsScarce => Free < 1L << 30 || Free < Of / 20;
}

/// <summary>Looks how much room there is on the disk with the data directory.</summary>
public sealed class Room(DataFolder folder, StorePlace place, IOptions<LogOptions> logs)
{
    public async Task<RoomTaken> LookAsync(NewsDbContext db, CancellationToken cancellation = default)
    {
        var disk = new DriveInfo(folder.Path);
        // Originals; what is cut from them can be cut again.
        var pictures = await db.Pictures.SumAsync(p => p.Length, cancellation);
        return new(disk.AvailableFreeSpace, disk.TotalSize, await place.LengthAsync(cancellation), pictures, LengthOfLogs());
    }

    private long LengthOfLogs() => logs.Value.Directory.Length > 0 && Directory.Exists(folder.Logs)
        ? new DirectoryInfo(folder.Logs).EnumerateFiles("btw-*.jsonl").Sum(f => f.Length) : 0;
}
