using System.Globalization;
using System.Runtime.CompilerServices;
using BlueTechWave.Core.Data.Moving;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Data;

/// <summary>A store in one file; all that comes and goes with it lies beside it, and changes its name at once or not at all.</summary>
internal sealed class SqlitePlace(string connection) : StorePlace
{
    private const string Before = ".before-";
    private const string Scratch = ".scratch-";

    private const long Spare = 1L << 28;

    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private readonly string _file = Path.GetFullPath(new SqliteConnectionStringBuilder(connection).DataSource);

    public override string Provider => "Sqlite";

    public override NewsDbContext Open() => OpenFile(_file);

    public override Task<IReadOnlyList<string>> AppliedAsync(CancellationToken cancellation = default)
    {
        if (!File.Exists(_file)) return Task.FromResult<IReadOnlyList<string>>([]);
        using var opened = Connect(_file);
        return Task.FromResult<IReadOnlyList<string>>(Applied(opened));
    }

    public override Task<long> LengthAsync(CancellationToken cancellation = default) =>
        Task.FromResult(new[] { _file, _file + "-wal" }.Where(File.Exists).Sum(f => new FileInfo(f).Length));

    /// <summary>On a copy, which takes the store's place once everything has worked.</summary>
    public override async Task<UpgradeReport> UpgradeAsync(IReadOnlyList<string> pending, DateTime now, CancellationToken cancellation = default)
    {
        await using var hold = await HoldAsync(alone: true, cancellation)
            ?? throw new StoreBrokenException("Another process serves this store, and migrations wait: stop it first. Nothing was changed.");
        await using var copy = await CopyAsync(cancellation);
        await copy.MigrateAsync(pending, cancellation);
        return new(pending, await copy.SwapInAsync(now));
    }

    public override async Task<StoreSnapshot> SnapshotAsync(CancellationToken cancellation = default)
    {
        var copy = await CopyFileAsync(cancellation);
        try
        {
            return new Snapshot(copy);
        }
        catch
        {
            Remove(copy);
            throw;
        }
    }

    /// <summary>Only one writes at a time here, and a trial is one long writing.</summary>
    public override async Task<ScratchStore?> AsideAsync(CancellationToken cancellation = default)
    {
        // The copy, and as much again for what the trial writes.
        var needed = File.Exists(_file) ? 2 * new FileInfo(_file).Length + Spare : 0;
        if (new DriveInfo(Path.GetDirectoryName(_file)!).AvailableFreeSpace is var free && free < needed)
            throw new StoreBrokenException(string.Create(CultureInfo.InvariantCulture, $"The disk with the store has {free >> 20:N0} MB left, and {needed >> 20:N0} MB are needed to try this on a copy."));
        return new SqliteScratch(this, await CopyFileAsync(cancellation));
    }

    /// <summary>In one step, within one view of the file: saves go on beside it.</summary>
    private async Task<string> CopyFileAsync(CancellationToken cancellation)
    {
        if (!File.Exists(_file)) throw new StoreBrokenException($"There is no store at {_file}.");
        Sweep();
        var copy = NewScratch();
        try
        {
            await Task.Run(() =>
            {
                using var from = Connect(_file);
                using var to = Connect(copy, SqliteOpenMode.ReadWriteCreate);
                from.BackupDatabase(to);
                Do(to, "PRAGMA journal_mode=DELETE");
            }, cancellation);
            return copy;
        }
        catch
        {
            Remove(copy);
            throw;
        }
    }

    public override Task<ScratchStore> ScratchAsync(CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        Sweep();
        return Task.FromResult<ScratchStore>(new SqliteScratch(this, NewScratch()));
    }

    public override Task<StoreHold?> HoldAsync(bool alone, CancellationToken cancellation = default) =>
        Task.FromResult<StoreHold?>(Hold(".serving", alone) is { } held ? new(held, () => Task.FromResult(true)) : null);

    public override Task<IAsyncDisposable?> HoldImportAsync(CancellationToken cancellation = default) => Task.FromResult<IAsyncDisposable?>(Hold(".importing", alone: true));

    /// <summary>By a file beside the store; null while another holds it otherwise.</summary>
    private FileStream? Hold(string what, bool alone)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
            return new FileStream(_file + what, FileMode.OpenOrCreate, FileAccess.ReadWrite, alone ? FileShare.None : FileShare.ReadWrite);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public override Task<IReadOnlyList<FormerStore>> FormersAsync(CancellationToken cancellation = default)
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(_file)!);
        return Task.FromResult<IReadOnlyList<FormerStore>>(!folder.Exists ? [] :
        [
            .. from file in folder.EnumerateFiles(Path.GetFileName(_file) + Before + "*")
               let at = Read(file.Name[(file.Name.LastIndexOf(Before, StringComparison.Ordinal) + Before.Length)..])
               where at is not null
               orderby at descending
               select new FormerStore(file.FullName, at.Value),
        ]);
    }

    public override Task<string?> TakeBackAsync(FormerStore former, DateTime now)
    {
        var kept = Replace(former.Name, now);
        foreach (var side in (string[])["-wal", "-shm"])
            if (File.Exists(former.Name + side)) File.Move(former.Name + side, _file + side);
        return Task.FromResult(kept);
    }

    public override Task ForgetAsync(FormerStore former)
    {
        Remove(former.Name);
        return Task.CompletedTask;
    }

    /// <summary>Puts a whole file in the store's place, in one step.</summary>
    private string? Replace(string by, DateTime now)
    {
        if (!File.Exists(_file))
        {
            File.Move(by, _file);
            return null;
        }

        // Two within one second are two.
        while (File.Exists(NameAt(now))) now = now.AddSeconds(1);
        var kept = NameAt(now);
        try
        {
            // Closed by the last who has it open, a file is whole without its log.
            using var last = Connect(_file);
            Do(last, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // Then that is why it is replaced.
        }

        foreach (var side in (string[])["-wal", "-shm"])
            if (File.Exists(_file + side)) File.Move(_file + side, kept + side, overwrite: true);
        File.Replace(by, _file, kept);
        return kept;
    }

    private string NameAt(DateTime moment) => _file + Before + moment.ToString(FormerForm, CultureInfo.InvariantCulture);

    private string NewScratch() => _file + Scratch + Guid.NewGuid().ToString("n");

    /// <summary>What somebody left who was killed.</summary>
    private void Sweep()
    {
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(_file)!, Path.GetFileName(_file) + Scratch + "*"))
            if (TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(left) > Abandoned) File.Delete(left);
    }

    private static DateTime? Read(string moment) =>
        DateTime.TryParseExact(moment, FormerForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    private static void Remove(string file)
    {
        foreach (var side in (string[])["", "-wal", "-shm", "-journal"]) File.Delete(file + side);
    }

    private static SqliteNewsDbContext OpenFile(string file, bool spills = false) =>
        new(new DbContextOptionsBuilder<SqliteNewsDbContext>().UseSqlite(At(file, SqliteOpenMode.ReadWriteCreate)).AddInterceptors(new SqliteConnectionSetup(spills)).Options);

    private static string At(string file, SqliteOpenMode mode) => new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ConnectionString;

    private static SqliteConnection Connect(string file, SqliteOpenMode mode = SqliteOpenMode.ReadWrite)
    {
        var opened = new SqliteConnection(At(file, mode));
        opened.Open();
        Do(opened, "PRAGMA busy_timeout=5000");
        return opened;
    }

    private static void Do(SqliteConnection on, string sql)
    {
        using var command = on.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static List<string> Ask(SqliteConnection on, string sql)
    {
        using var command = on.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string> answers = [];
        while (reader.Read()) answers.Add(reader.IsDBNull(0) ? "" : reader.GetString(0));
        return answers;
    }

    private static List<string> Applied(SqliteConnection on) => Ask(on, "SELECT name FROM sqlite_master WHERE name = '__EFMigrationsHistory'").Count == 0 ? []
        : Ask(on, """SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY 1""");

    private static Dictionary<string, long> Count(SqliteConnection on) => Ask(on, """SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'""")
        .Where(IsTheModels).ToDictionary(name => name, name => long.Parse(Ask(on, $"SELECT count(*) FROM \"{name}\"")[0], CultureInfo.InvariantCulture));

    // What the index keeps for itself is not counted: it is derived, and made again by a migration.
    private static bool IsTheModels(string table) => !table.StartsWith("ArticleSearch", StringComparison.Ordinal) && !table.StartsWith("Search", StringComparison.Ordinal) && !table.StartsWith("__", StringComparison.Ordinal);

    private sealed class Snapshot : StoreSnapshot
    {
        private readonly string _copy;

        public Snapshot(string copy)
        {
            _copy = copy;
            using var opened = Connect(copy, SqliteOpenMode.ReadOnly);
            if (Applied(opened) is not [.., var last]) return;
            Migration = last;
            Tables = Count(opened);
            Parts = [new("btw.db")];
        }

        public override async Task WriteAsync(StorePart part, Stream to, CancellationToken cancellation = default)
        {
            await using var file = new FileStream(_copy, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await file.CopyToAsync(to, 1 << 17, cancellation);
        }

        public override ValueTask DisposeAsync()
        {
            Remove(_copy);
            return ValueTask.CompletedTask;
        }

        protected override async IAsyncEnumerable<(string Hash, string Key, int Kind)> PicturesAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            // A store of long ago has none.
            if (!Tables.ContainsKey("Pictures")) yield break;
            await using var opened = Connect(_copy, SqliteOpenMode.ReadOnly);
            await using var command = opened.CreateCommand();
            command.CommandText = """SELECT "Hash", "Key", "Kind" FROM "Pictures" """;
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) yield return (reader.GetString(0), reader.GetString(1), reader.GetInt32(2));
        }
    }

    private sealed class SqliteScratch(SqlitePlace place, string file) : ScratchStore
    {
        private SqliteConnection? _loading;

        public override string Connection { get; } = At(file, SqliteOpenMode.ReadWriteCreate);

        public override NewsDbContext Open() => OpenFile(file, spills: true);

        public override Task PrepareAsync(string migration, CancellationToken cancellation = default) => Task.CompletedTask;

        public override async Task LoadAsync(StorePart part, Stream bytes, CancellationToken cancellation = default)
        {
            await using var to = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            await bytes.CopyToAsync(to, 1 << 17, cancellation);
            to.Flush(flushToDisk: true);
        }

        /// <summary>One long transaction without a log: if it is cut off, so is the file.</summary>
        internal override async Task<StoreRows> MakeAsync(CancellationToken cancellation)
        {
            await using (var db = Open()) await db.Database.MigrateAsync(cancellation);
            _loading = Connect(file);
            Do(_loading, "PRAGMA foreign_keys=OFF; PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; BEGIN");
            foreach (var table in MovedTable.All) Do(_loading, $"DELETE FROM \"{table.Name}\"");
            return new SqliteRows(_loading);
        }

        public override async Task FinishAsync(IReadOnlyDictionary<string, long> sequences, CancellationToken cancellation = default)
        {
            if (_loading is not null)
            {
                Do(_loading, "COMMIT");
                await _loading.DisposeAsync();
                _loading = null;
                await using var loaded = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
                loaded.Flush(flushToDisk: true);
            }

            await VerifyAsync(cancellation);
        }

        public override Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellation = default)
        {
            using var opened = Connect(file);
            return Task.FromResult<IReadOnlyDictionary<string, long>>(Count(opened));
        }

        public override Task<string?> SwapInAsync(DateTime now)
        {
            // Moved without its log, it has to be whole.
            using (var opened = Connect(file)) Do(opened, "PRAGMA journal_mode=DELETE");
            return Task.FromResult(place.Replace(file, now));
        }

        public override async ValueTask DisposeAsync()
        {
            if (_loading is not null) await _loading.DisposeAsync();
            Remove(file);
        }

        protected override Task VerifyAsync(CancellationToken cancellation) => Task.Run(() =>
        {
            try
            {
                using var opened = Connect(file);
                if (Ask(opened, "PRAGMA integrity_check(1)") is not ["ok"]) throw new StoreBrokenException("The store’s file is damaged.");
                if (Ask(opened, "PRAGMA foreign_key_check") is [var table, ..]) throw new StoreBrokenException($"A row of {table} belongs to a row that is not there.");
            }
            catch (SqliteException e)
            {
                throw new StoreBrokenException($"The store’s file is damaged: {e.Message}");
            }
        }, cancellation);
    }
}
