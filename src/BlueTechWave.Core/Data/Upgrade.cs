using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BlueTechWave.Core.Data;

/// <summary>What an upgrade has done.</summary>
/// <param name="Former">Where the store of before is kept; null where none is.</param>
public sealed record UpgradeReport(IReadOnlyList<string> Applied, string? Former);

/// <summary>A migration did not work on what is in the store. The store is as it was.</summary>
public sealed class UpgradeFailedException(string migration, Exception inner)
    : Exception($"Migration {migration} failed: {inner.Message.ReplaceLineEndings(" ").TrimEnd('.')}. The store is as it was.", inner)
{
    public string Migration => migration;
}

/// <summary>Brings a store of before up to date.</summary>
public static class Upgrade
{
    /// <exception cref="UpgradeFailedException">The store is as it was.</exception>
    /// <exception cref="StoreBrokenException">It is not one that this version can take further.</exception>
    public static async Task<UpgradeReport> RunAsync(StorePlace place, NewsDbContext db, DateTime now, CancellationToken cancellation = default)
    {
        var pending = await PendingAsync(place, db, cancellation);
        if (pending.Count == 0) return new([], null);
        if (pending.Count < db.Database.GetMigrations().Count()) return await place.UpgradeAsync(pending, now, cancellation);

        // A store that is made has nothing to lose.
        await db.Database.MigrateAsync(cancellation);
        return new(pending, null);
    }

    /// <summary>Does it all on a copy, which is thrown away.</summary>
    /// <returns>What waits, and how many rows each table has before and would have after.</returns>
    public static async Task<UpgradeRehearsal> RehearseAsync(StorePlace place, NewsDbContext db, CancellationToken cancellation = default)
    {
        var pending = await PendingAsync(place, db, cancellation);
        if (pending.Count == 0 || pending.Count == db.Database.GetMigrations().Count()) return new(pending, [], []);
        await using var copy = await place.CopyAsync(cancellation);
        var before = await copy.CountAsync(cancellation);
        await copy.MigrateAsync(pending, cancellation);
        return new(pending, new(before), new(await copy.CountAsync(cancellation)));
    }

    /// <summary>One by one, so that the one that fails can be named.</summary>
    internal static async Task ApplyAsync(NewsDbContext db, IEnumerable<string> pending, CancellationToken cancellation)
    {
        foreach (var migration in pending)
        {
            try
            {
                await db.GetService<IMigrator>().MigrateAsync(migration, cancellation);
            }
            catch (Exception e) when (e is DbException or InvalidOperationException or NotSupportedException)
            {
                throw new UpgradeFailedException(migration, e);
            }
        }
    }

    private static async Task<List<string>> PendingAsync(StorePlace place, NewsDbContext db, CancellationToken cancellation)
    {
        var applied = await place.AppliedAsync(cancellation);
        if (applied.Except(db.Database.GetMigrations()).FirstOrDefault() is { } unknown)
            throw new StoreBrokenException($"This store was used by a newer version: its migration {unknown} is not known here. Run that version, or take a state of before back with: restore --back.");
        return [.. db.Database.GetMigrations().Except(applied)];
    }
}

/// <summary>What an upgrade would do.</summary>
public sealed record UpgradeRehearsal(IReadOnlyList<string> Pending, Dictionary<string, long> Before, Dictionary<string, long> After);
