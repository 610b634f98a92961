using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlueTechWave.Core.Redirects;

/// <summary>An address that readers ask for in vain: worth a redirect, if it comes again. Nothing about the reader. Times are UTC.</summary>
public class MissedAddress
{
    public const int PathLength = 300;

    /// <summary>As many addresses are known at once; beyond, the least asked for make room.</summary>
    public const int Kept = 2000;

    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private MissedAddress()
    {
    }

    public MissedAddress(string path, int count, DateTime now) => (Path, Count, FirstAt, LastAt) = (path, count, now, now);

    public int Id { get; private set; }

    public string Path { get; private set; } = "";

    public int Count { get; private set; }

    public DateTime FirstAt { get; private set; }

    public DateTime LastAt { get; private set; }

    /// <summary>An editor has said that it is worth nothing.</summary>
    public bool IsIgnored { get; private set; }

    public void Ignore() => IsIgnored = true;

    public void Heed() => IsIgnored = false;

    /// <summary>
    /// Only what one of our own addresses could have been: machines ask for all sorts of files and doors that were never here.
    /// </summary>
    public static bool IsWorthOne(string path) =>
        path.Length is > 1 and <= PathLength && path.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '/' or '-' or '_')
        && !path.StartsWith("/wp-", StringComparison.Ordinal) && !path.Contains("/cgi", StringComparison.Ordinal)
        && !path.StartsWith("/newsroom", StringComparison.Ordinal) && !path.StartsWith("/account", StringComparison.Ordinal) && !path.StartsWith("/preview", StringComparison.Ordinal)
        && !path.StartsWith("/api/", StringComparison.Ordinal);

    /// <summary>Adds what was counted.</summary>
    public static async Task AddAsync(NewsDbContext db, IReadOnlyDictionary<string, int> counted, DateTime now)
    {
        var before = now - KeptFor;
        await db.MissedAddresses.Where(m => m.LastAt < before).ExecuteDeleteAsync();
        foreach (var (path, count) in counted)
        {
            if (await db.MissedAddresses.Where(m => m.Path == path).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.Count, m => m.Count + count).SetProperty(m => m.LastAt, now)) > 0) continue;
            db.MissedAddresses.Add(new(path, count, now));
            try
            {
                await db.SaveChangesAsync();
            }
            catch (DbUpdateException)
            {
                // Another node has just begun to count the same address: one more or less is no matter. Anything else is for the log.
                db.ChangeTracker.Clear();
                if (!await db.MissedAddresses.AnyAsync(m => m.Path == path)) throw;
            }

            db.ChangeTracker.Clear();
        }

        var tooMany = await db.MissedAddresses.CountAsync(m => !m.IsIgnored) - Kept;
        if (tooMany <= 0) return;
        var least = await db.MissedAddresses.Where(m => !m.IsIgnored).OrderBy(m => m.Count).ThenBy(m => m.LastAt).Take(tooMany).Select(m => m.Id).ToListAsync();
        await db.MissedAddresses.Where(m => least.Contains(m.Id)).ExecuteDeleteAsync();
    }
}

internal sealed class MissedAddressMapping : IEntityTypeConfiguration<MissedAddress>
{
    public void Configure(EntityTypeBuilder<MissedAddress> missed)
    {
        missed.ToTable("MissedAddresses");
        missed.Property(m => m.Path).HasMaxLength(MissedAddress.PathLength);
        missed.HasIndex(m => m.Path).IsUnique();
        missed.HasIndex(m => new { m.IsIgnored, m.Count });
    }
}
