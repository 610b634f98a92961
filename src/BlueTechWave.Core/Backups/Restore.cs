using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Backups;

/// <summary>What a restore has done.</summary>
/// <param name="Former">Where the state of before is kept; null if there was none.</param>
/// <param name="Migrated">The migrations it lacked, which it has now.</param>
/// <param name="Pictures">Files that were missing or damaged, and are back.</param>
public sealed record RestoreReport(BackupManifest Manifest, string? Former, IReadOnlyList<string> Migrated, int Pictures);

/// <summary>
/// Puts a backup in the place of what is there. Everything is looked through, loaded beside the store and counted first; the
/// store changes places in one step at the end, and what was there is kept. Pictures and keys are added, never taken away: their
/// names say what they are.
/// </summary>
public sealed class Restore(StorePlace place, IPictureStore pictures, string keys)
{
    /// <exception cref="BackupRefusedException">Nothing was restored.</exception>
    public async Task<RestoreReport> RunAsync(string path, DateTime now, IProgress<BackupProgress>? progress = null, CancellationToken cancellation = default)
    {
        await using var hold = await place.HoldAsync(alone: true, cancellation)
            ?? throw new BackupRefusedException("A site is serving this store: stop it, then restore. Nothing was changed.");
        await using var file = await BackupFile.OpenAsync(path, progress, cancellation);
        await using var scratch = await LoadAsync(place, file, progress, cancellation);
        var migrated = await MigrateAsync(scratch, cancellation);
        var brought = await BringPicturesAsync(file, progress, cancellation);
        await BringKeysAsync(file, cancellation);
        progress?.Report(new("Changing places", 1, 1, 0));
        return new(file.Manifest, await scratch.SwapInAsync(now), migrated, brought);
    }

    /// <summary>Loads the store of a backup beside the one in use, and counts it.</summary>
    public static async Task<ScratchStore> LoadAsync(StorePlace place, BackupFile file, IProgress<BackupProgress>? progress = null, CancellationToken cancellation = default)
    {
        var manifest = file.Manifest;
        if (manifest.Provider != place.Provider) throw new BackupRefusedException($"This is a backup of a {manifest.Provider} store, and Store:Provider is {place.Provider} here. Nothing was restored.");
        await using (var known = place.Open())
            if (!known.Database.GetMigrations().Contains(manifest.Migration))
                throw new BackupRefusedException($"This backup was made by a newer version ({manifest.Version}): its migration {manifest.Migration} is not known here. Nothing was restored.");

        var scratch = await place.ScratchAsync(cancellation);
        try
        {
            await scratch.PrepareAsync(manifest.Migration, cancellation);
            StorePart[] parts = [.. file.In("store/").Select(e => new StorePart(e.Name["store/".Length..], e.Columns ?? []))];
            foreach (var (i, entry) in file.In("store/").Index())
            {
                progress?.Report(new("Loading the store", i, parts.Length, 0));
                await using var bytes = await file.ReadAsync(entry, cancellation);
                await scratch.LoadAsync(parts[i], bytes, cancellation);
            }

            await scratch.FinishAsync(manifest.Sequences, cancellation);
            var counted = await scratch.CountAsync(cancellation);
            foreach (var (table, rows) in manifest.Tables)
                if (counted.GetValueOrDefault(table) != rows) throw new BackupRefusedException($"{table} has {counted.GetValueOrDefault(table)} rows instead of {rows}. Nothing was restored.");
            return scratch;
        }
        catch (StoreBrokenException e)
        {
            await scratch.DisposeAsync();
            throw new BackupRefusedException($"{e.Message} Nothing was restored.", e);
        }
        catch
        {
            await scratch.DisposeAsync();
            throw;
        }
    }

    private static async Task<IReadOnlyList<string>> MigrateAsync(ScratchStore scratch, CancellationToken cancellation)
    {
        List<string> pending;
        await using (var db = scratch.Open()) pending = [.. await db.Database.GetPendingMigrationsAsync(cancellation)];
        if (pending.Count > 0) await scratch.MigrateAsync(pending, cancellation);
        return pending;
    }

    private async Task<int> BringPicturesAsync(BackupFile file, IProgress<BackupProgress>? progress, CancellationToken cancellation)
    {
        var (brought, done, all) = (0, 0, file.In("pictures/").Count());
        foreach (var entry in file.In("pictures/"))
        {
            progress?.Report(new("Restoring pictures", ++done, all, 0));
            var name = entry.Name["pictures/".Length..];
            if (await IsThereAsync(name, entry, cancellation)) continue;
            await using var bytes = await file.ReadAsync(entry, cancellation);
            await pictures.PutAsync(name, bytes, StoredName.MediaType(name), cancellation);
            brought++;
        }

        return brought;
    }

    private async Task<bool> IsThereAsync(string name, BackupEntry entry, CancellationToken cancellation)
    {
        if (await pictures.LengthAsync(name, cancellation) != entry.Length) return false;
        await using var there = await pictures.OpenAsync(name, cancellation);
        return there is not null && await BackupFile.HashAsync(there, cancellation) == entry.Sha256;
    }

    private async Task BringKeysAsync(BackupFile file, CancellationToken cancellation)
    {
        Directory.CreateDirectory(keys);
        foreach (var entry in file.In("keys/"))
        {
            var (there, incoming) = (Path.Combine(keys, entry.Name["keys/".Length..]), Path.Combine(keys, "." + Guid.NewGuid().ToString("n")));
            await using (var bytes = await file.ReadAsync(entry, cancellation))
            await using (var key = File.Create(incoming))
                await bytes.CopyToAsync(key, cancellation);
            File.Move(incoming, there, overwrite: true);
        }
    }
}
