using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BlueTechWave.Core.Data.Moving;

/// <param name="Doing">Copying, Reading back or Indexing.</param>
/// <param name="Done">Rows of this table.</param>
/// <param name="AllDone">Rows of all tables.</param>
public sealed record StoreMoveProgress(string Doing, string Table, long Done, long Of, long AllDone, long AllOf);

/// <param name="Former">What was in the other place, if that was anything: an empty store.</param>
public sealed record StoreMoveReport(long Rows, int Tables, string? Former);

/// <summary>
/// Takes everything in a store into one of the other kind: rows with their numbers and versions, to be found as before. It is
/// loaded beside the other place, read back and compared, and takes that place in one step at the end; until then nothing is
/// there, so that a move that was cut off is simply begun again. The store it comes from is only read.
/// </summary>
public sealed class StoreMove(StorePlace from, StorePlace to)
{
    private const int Told = 500;

    /// <exception cref="StoreBrokenException">Nothing was moved, and both are as they were.</exception>
    public async Task<StoreMoveReport> RunAsync(DateTime now, IProgress<StoreMoveProgress>? progress = null, CancellationToken cancellation = default)
    {
        await MustBeWholeAsync(cancellation);
        await using var still = await from.HoldAsync(alone: true, cancellation) ?? throw new StoreBrokenException("A site is serving this store: stop it, then move.");
        await using var taken = await to.HoldAsync(alone: true, cancellation) ?? throw new StoreBrokenException("A site is serving the store that is to be moved to: stop it first.");
        await MustBeEmptyAsync(cancellation);

        await using var source = from.Open();
        var rows = await OfAsync(source, cancellation);
        await rows.StandStillAsync(cancellation);
        var counted = new Dictionary<string, long>();
        foreach (var table in MovedTable.All) counted[table.Name] = await rows.CountAsync(table, cancellation);

        await using var scratch = await to.ScratchAsync(cancellation);
        var copied = await CopyAsync(rows, await scratch.MakeAsync(cancellation), counted, progress, cancellation);
        await scratch.FinishAsync(new Dictionary<string, long>(), cancellation);
        await CompareAsync(scratch, copied, await rows.CountersAsync(cancellation), progress, cancellation);
        await IndexAsync(scratch, progress, cancellation);
        return new(copied.Values.Sum(c => c.Rows), copied.Count, await scratch.SwapInAsync(now));
    }

    private async Task MustBeWholeAsync(CancellationToken cancellation)
    {
        var applied = await from.AppliedAsync(cancellation);
        if (applied.Count == 0) throw new StoreBrokenException("There is no store here that could be moved.");
        await using var db = from.Open();
        var known = db.Database.GetMigrations().ToList();
        if (applied.Except(known).FirstOrDefault() is { } unknown) throw new StoreBrokenException($"This store was used by a newer version: its migration {unknown} is not known here.");
        if (known.Except(applied).Any()) throw new StoreBrokenException("Migrations wait for this store: run the verb migrate first.");
    }

    /// <summary>Nothing at all, or a store that nobody has used yet.</summary>
    private async Task MustBeEmptyAsync(CancellationToken cancellation)
    {
        if ((await to.AppliedAsync(cancellation)).Count == 0) return;
        await using var snapshot = await to.SnapshotAsync(cancellation);
        if (snapshot.Tables.FirstOrDefault(t => t.Value > 0 && !MovedTable.FilledFromTheStart.Contains(t.Key)) is { Key: { } table, Value: var rows })
            throw new StoreBrokenException($"The store to move to is not empty: {table} has {rows} rows.");
    }

    private static async Task<Dictionary<string, RowSum>> CopyAsync(StoreRows from, StoreRows to, Dictionary<string, long> counted, IProgress<StoreMoveProgress>? progress, CancellationToken cancellation)
    {
        var watched = new Watched("Copying", counted, progress);
        Dictionary<string, RowSum> copied = [];
        foreach (var table in MovedTable.All)
        {
            var sum = copied[table.Name] = new();
            await to.LoadAsync(table, watched.ReadAsync(from, table, sum, cancellation), cancellation);
        }

        return copied;
    }

    /// <summary>Reads all of it back: what was written is what was read, and as many.</summary>
    private static async Task CompareAsync(ScratchStore scratch, Dictionary<string, RowSum> copied, IReadOnlyDictionary<string, long> counters, IProgress<StoreMoveProgress>? progress, CancellationToken cancellation)
    {
        await using var db = scratch.Open();
        var rows = await OfAsync(db, cancellation);
        var watched = new Watched("Reading back", copied.ToDictionary(c => c.Key, c => c.Value.Rows), progress);
        foreach (var table in MovedTable.All)
        {
            var sum = new RowSum();
            await foreach (var _ in watched.ReadAsync(rows, table, sum, cancellation)) continue;
            if (sum.Rows != copied[table.Name].Rows) throw new StoreBrokenException($"{table.Name}: {copied[table.Name].Rows} rows went, and {sum.Rows} have come.");
            if (!sum.Equals(copied[table.Name])) throw new StoreBrokenException($"{table.Name}: what has come is not what went.");
        }

        await rows.SetCountersAsync(counters, cancellation);
    }

    /// <summary>The index is of each store's own kind, and is made anew.</summary>
    private static async Task IndexAsync(ScratchStore scratch, IProgress<StoreMoveProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new("Indexing", "Articles", 0, 1, 0, 1));
        await using var db = scratch.Open();
        db.Database.SetCommandTimeout(0);
        await StoreCheck.MendSearchAsync(db, anew: false, cancellation);
    }

    private static async Task<StoreRows> OfAsync(NewsDbContext db, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        return db.Database.GetDbConnection() switch
        {
            SqliteConnection file => new SqliteRows(file),
            NpgsqlConnection server => new PostgresRows(server),
            var other => throw new NotSupportedException($"{other} is of no kind known here."),
        };
    }

    /// <summary>Adds up what goes by, and tells how far it is.</summary>
    private sealed class Watched(string doing, Dictionary<string, long> counted, IProgress<StoreMoveProgress>? progress)
    {
        private readonly long _all = counted.Values.Sum();
        private long _done;

        public async IAsyncEnumerable<object?[]> ReadAsync(StoreRows from, MovedTable table, RowSum sum, [EnumeratorCancellation] CancellationToken cancellation)
        {
            await foreach (var row in from.ReadAsync(table, cancellation))
            {
                sum.Add(row);
                _done++;
                if (sum.Rows % Told == 0) Tell();
                yield return row;
            }

            Tell();

            void Tell() => progress?.Report(new(doing, table.Name, sum.Rows, counted[table.Name], _done, _all));
        }
    }
}
