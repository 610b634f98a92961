using System.Data;
using System.Globalization;
using System.Runtime.CompilerServices;
using BlueTechWave.Core.Data.Moving;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace BlueTechWave.Core.Data;

/// <summary>
/// A store on a server: the tables of one schema. Others are loaded into schemas beside it, and change names with it within
/// one transaction. Needs the right to make schemas in its database, which its owner has.
/// </summary>
internal sealed class PostgresPlace(string connection) : StorePlace
{
    private const string Before = "before_";
    private const string Scratch = "scratch_";

    // Any two numbers of ours.
    private const string Serving = "4347991, 1";
    private const string Leading = "4347991, 2";
    private const string Importing = "4347991, 3";
    private const int Loading = 4347992;

    /// <summary>The index is no entity, and too slow to make again for a paper of many years.</summary>
    private static readonly string[] BesideTheModel = ["ArticleSearch", "SearchComments", "SearchWords"];

    private readonly string _connection = new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString;

    public override string Provider => "Postgres";

    public override NewsDbContext Open() => new PostgresNewsDbContext(new DbContextOptionsBuilder<PostgresNewsDbContext>().UseNpgsql(_connection).Options);

    public override async Task<IReadOnlyList<string>> AppliedAsync(CancellationToken cancellation = default)
    {
        await using var opened = await ConnectAsync(_connection, cancellation);
        return await AppliedAsync(opened);
    }

    public override async Task<long> LengthAsync(CancellationToken cancellation = default)
    {
        await using var opened = await ConnectAsync(_connection, cancellation);
        await using var asked = new NpgsqlCommand("SELECT pg_database_size(current_database())", opened);
        return (long)(await asked.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>All in one transaction: tables are made and changed in it like rows.</summary>
    public override async Task<UpgradeReport> UpgradeAsync(IReadOnlyList<string> pending, DateTime now, CancellationToken cancellation = default)
    {
        await using var db = new PostgresNewsDbContext(new DbContextOptionsBuilder<PostgresNewsDbContext>().UseNpgsql(_connection)
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.MigrationsUserTransactionWarning)).Options);
        db.Database.SetCommandTimeout(0);
        await using (var all = await db.Database.BeginTransactionAsync(cancellation))
        {
            await Upgrade.ApplyAsync(db, pending, cancellation);
            await all.CommitAsync(CancellationToken.None);
        }

        await StoreCheck.MendAsync(db, cancellation: cancellation);
        return new(pending, null);
    }

    public override async Task<StoreSnapshot> SnapshotAsync(CancellationToken cancellation = default)
    {
        var opened = await ConnectAsync(_connection, cancellation);
        try
        {
            await opened.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
            await DoAsync(opened, "SET TRANSACTION READ ONLY");
            HashSet<string> ours = [.. Open().Model.GetEntityTypes().Select(e => e.GetTableName()).OfType<string>(), .. BesideTheModel];
            return await Snapshot.OfAsync(opened, ours);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public override async Task<ScratchStore> ScratchAsync(CancellationToken cancellation = default)
    {
        var schema = Scratch + Guid.NewGuid().ToString("n");
        var alive = await ConnectAsync(_connection, cancellation);
        try
        {
            await SweepAsync(alive);
            // Lasts as long as the connection: who was killed in the middle of loading holds it no more.
            await DoAsync(alive, $"SELECT pg_advisory_lock({Loading}, hashtext('{schema}'))");
            await DoAsync(alive, $"CREATE SCHEMA {Name(schema)}");
            return new PostgresScratch(this, schema, alive);
        }
        catch
        {
            await alive.DisposeAsync();
            throw;
        }
    }

    public override async Task<StoreHold?> HoldAsync(bool alone, CancellationToken cancellation = default)
    {
        // Lasts as long as the connection.
        var opened = await ConnectAsync(_connection, cancellation);
        if ((bool)(await OneAsync(opened, $"SELECT {(alone ? "pg_try_advisory_lock" : "pg_try_advisory_lock_shared")}({Serving})"))!)
            return new(new Held(opened), async () => (bool)(await OneAsync(opened, $"""
                SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND (classid, objid) = ({Leading}))
                    OR pg_try_advisory_lock({Leading})
                """))!);
        await opened.DisposeAsync();
        return null;
    }

    public override async Task<IAsyncDisposable?> HoldImportAsync(CancellationToken cancellation = default)
    {
        var opened = await ConnectAsync(_connection, cancellation);
        if ((bool)(await OneAsync(opened, $"SELECT pg_try_advisory_lock({Importing})"))!) return new Held(opened);
        await opened.DisposeAsync();
        return null;
    }

    public override async Task<Newswire?> ListenAsync(string me, CancellationToken cancellation = default) => await PostgresWire.OpenAsync(_connection, me, cancellation);

    public override async Task<IReadOnlyList<FormerStore>> FormersAsync(CancellationToken cancellation = default)
    {
        await using var opened = await ConnectAsync(_connection, cancellation);
        return
        [
            .. from name in await AskAsync(opened, $"SELECT nspname::text FROM pg_namespace WHERE nspname LIKE 'before\\_%' ORDER BY nspname DESC")
               where DateTime.TryParseExact(name[Before.Length..].Replace('_', '-'), FormerForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
               select new FormerStore(name, DateTime.ParseExact(name[Before.Length..].Replace('_', '-'), FormerForm, CultureInfo.InvariantCulture,
                   DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)),
        ];
    }

    public override Task<string?> TakeBackAsync(FormerStore former, DateTime now) => SwapAsync(former.Name, now);

    public override async Task ForgetAsync(FormerStore former)
    {
        await using var opened = await ConnectAsync(_connection);
        await DoAsync(opened, $"DROP SCHEMA IF EXISTS {Name(former.Name)} CASCADE");
    }

    /// <summary>What somebody left who was killed.</summary>
    private static async Task SweepAsync(NpgsqlConnection on)
    {
        foreach (var left in await AskAsync(on, "SELECT nspname::text FROM pg_namespace WHERE nspname LIKE 'scratch\\_%'"))
        {
            if (!(bool)(await OneAsync(on, $"SELECT pg_try_advisory_lock({Loading}, hashtext('{left}'))"))!) continue;
            await DoAsync(on, $"DROP SCHEMA IF EXISTS {Name(left)} CASCADE");
            await DoAsync(on, $"SELECT pg_advisory_unlock({Loading}, hashtext('{left}'))");
        }
    }

    private async Task<string?> SwapAsync(string schema, DateTime now)
    {
        await using var opened = await ConnectAsync(_connection);
        var present = (string)(await OneAsync(opened, "SELECT current_schema()::text"))!;
        var others = await AskAsync(opened, "SELECT nspname::text FROM pg_namespace");
        // Two within one second are two.
        while (others.Contains(NameAt(now))) now = now.AddSeconds(1);
        var kept = NameAt(now);
        await using var both = await opened.BeginTransactionAsync();
        await DoAsync(opened, $"ALTER SCHEMA {Name(present)} RENAME TO {Name(kept)}");
        await DoAsync(opened, $"ALTER SCHEMA {Name(schema)} RENAME TO {Name(present)}");
        await both.CommitAsync();
        return await IsNothingAsync(opened, kept) ? null : kept;
    }

    /// <summary>A schema in which nothing was is no state of before.</summary>
    private static async Task<bool> IsNothingAsync(NpgsqlConnection on, string schema)
    {
        try
        {
            await DoAsync(on, $"DROP SCHEMA {Name(schema)}");
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DependentObjectsStillExist)
        {
            return false;
        }
    }

    private static string NameAt(DateTime moment) => Before + moment.ToString(FormerForm, CultureInfo.InvariantCulture).Replace('-', '_');

    private static async Task<NpgsqlConnection> ConnectAsync(string connection, CancellationToken cancellation = default)
    {
        var opened = new NpgsqlConnection(connection);
        await opened.OpenAsync(cancellation);
        return opened;
    }

    private static async Task<List<string>> AppliedAsync(NpgsqlConnection on) =>
        await OneAsync(on, """SELECT to_regclass('"__EFMigrationsHistory"')::text""") is not string ? []
            : await AskAsync(on, """SELECT "MigrationId" FROM "__EFMigrationsHistory" ORDER BY 1""");

    private static async Task DoAsync(NpgsqlConnection on, string sql)
    {
        // A paper of many years takes its time.
        await using var command = new NpgsqlCommand(sql, on) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> OneAsync(NpgsqlConnection on, string sql)
    {
        await using var command = new NpgsqlCommand(sql, on) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync();
    }

    private static async Task<List<string>> AskAsync(NpgsqlConnection on, string sql) => await AskAsync(on, sql, row => row.GetString(0));

    private static async Task<List<T>> AskAsync<T>(NpgsqlConnection on, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var command = new NpgsqlCommand(sql, on) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync();
        List<T> answers = [];
        while (await reader.ReadAsync()) answers.Add(read(reader));
        return answers;
    }

    private static string Name(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The tables of the present schema and their columns, in their own order.</summary>
    private static async Task<List<StorePart>> TablesAsync(NpgsqlConnection on) => await AskAsync(on, """
        SELECT c.relname::text, array_agg(a.attname::text ORDER BY a.attnum)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
        GROUP BY c.relname ORDER BY c.relname
        """, row => new StorePart(row.GetString(0), row.GetFieldValue<string[]>(1)));

    private static async Task<Dictionary<string, long>> CountAsync(NpgsqlConnection on, IEnumerable<string> tables)
    {
        Dictionary<string, long> counts = [];
        foreach (var table in tables) counts[table] = (long)(await OneAsync(on, $"SELECT count(*) FROM {Name(table)}"))!;
        return counts;
    }

    private static string Copy(StorePart table, string direction) => $"COPY {Name(table.Name)} ({string.Join(", ", table.Columns!.Select(Name))}) {direction} (FORMAT binary)";

    /// <summary>Lets go before it leaves: the server notices in its own time that a line has ended, and another node waits for its turn.</summary>
    private sealed class Held(NpgsqlConnection opened) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await DoAsync(opened, "SELECT pg_advisory_unlock_all()");
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
            {
                // A line that is broken holds nothing.
            }

            await opened.DisposeAsync();
        }
    }

    private sealed class Snapshot(NpgsqlConnection opened) : StoreSnapshot
    {
        public static async Task<StoreSnapshot> OfAsync(NpgsqlConnection opened, HashSet<string> ours)
        {
            var snapshot = new Snapshot(opened);
            var tables = await TablesAsync(opened);
            if (await AppliedAsync(opened) is not [.., var last]) return snapshot;
            snapshot.Migration = last;
            snapshot.Parts = [.. tables.Where(t => ours.Contains(t.Name))];
            snapshot.Tables = await CountAsync(opened, snapshot.Parts.Select(p => p.Name));
            snapshot.Sequences = (await AskAsync(opened, "SELECT sequencename::text, last_value FROM pg_sequences WHERE schemaname = current_schema() AND last_value IS NOT NULL",
                row => (Name: row.GetString(0), Last: row.GetInt64(1)))).ToDictionary(s => s.Name, s => s.Last);
            return snapshot;
        }

        public override async Task WriteAsync(StorePart part, Stream to, CancellationToken cancellation = default)
        {
            await using var rows = await opened.BeginRawBinaryCopyAsync(Copy(part, "TO STDOUT"), cancellation);
            await rows.CopyToAsync(to, 1 << 17, cancellation);
        }

        public override ValueTask DisposeAsync() => opened.DisposeAsync();

        protected override async IAsyncEnumerable<(string Hash, string Key, int Kind)> PicturesAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            // A store of long ago has none.
            if (!Tables.ContainsKey("Pictures")) yield break;
            await using var command = new NpgsqlCommand("""SELECT "Hash", "Key", "Kind" FROM "Pictures" """, opened);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation)) yield return (reader.GetString(0), reader.GetString(1), reader.GetInt32(2));
        }
    }

    private sealed class PostgresScratch(PostgresPlace place, string schema, NpgsqlConnection alive) : ScratchStore
    {
        private List<(string Table, string Name, string Definition)> _keys = [];
        private Dictionary<string, HashSet<string>> _tables = [];
        private NpgsqlConnection? _loading;

        public override string Connection { get; } = new NpgsqlConnectionStringBuilder(place._connection) { SearchPath = schema }.ConnectionString;

        public override NewsDbContext Open() => new PostgresNewsDbContext(new DbContextOptionsBuilder<PostgresNewsDbContext>()
            .UseNpgsql(Connection, server => server.MigrationsHistoryTable("__EFMigrationsHistory", schema)).Options);

        /// <summary>Rows come table by table: keys between tables are made once all are there, which looks at every one of them.</summary>
        public override async Task PrepareAsync(string migration, CancellationToken cancellation = default)
        {
            await using (var db = Open())
            {
                db.Database.SetCommandTimeout(0);
                await db.GetService<IMigrator>().MigrateAsync(migration, cancellation);
            }

            _loading = await ConnectAsync(Connection, cancellation);
            await _loading.BeginTransactionAsync(cancellation);
            _keys = await AskAsync(_loading, """
                SELECT conrelid::regclass::text, conname::text, pg_get_constraintdef(oid) FROM pg_constraint
                WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
                """, row => (row.GetString(0), row.GetString(1), row.GetString(2)));
            foreach (var (table, name, _) in _keys) await DoAsync(_loading, $"ALTER TABLE {table} DROP CONSTRAINT {Name(name)}");
            var tables = await TablesAsync(_loading);
            _tables = tables.ToDictionary(t => t.Name, t => t.Columns!.ToHashSet());
            // Rows that the migrations put there come with the others.
            await DoAsync(_loading, $"TRUNCATE {string.Join(", ", tables.Where(t => t.Name != "__EFMigrationsHistory").Select(t => Name(t.Name)))}");
        }

        internal override async Task<StoreRows> MakeAsync(CancellationToken cancellation)
        {
            await using (var db = Open()) await PrepareAsync(db.Database.GetMigrations().Last(), cancellation);
            return new PostgresRows(_loading!);
        }

        public override async Task LoadAsync(StorePart part, Stream bytes, CancellationToken cancellation = default)
        {
            if (!_tables.TryGetValue(part.Name, out var columns) || !columns.IsSupersetOf(part.Columns!)) throw new StoreBrokenException($"No table {part.Name} of this form is known here.");
            try
            {
                await using var rows = await _loading!.BeginRawBinaryCopyAsync(Copy(part, "FROM STDIN"), cancellation);
                await bytes.CopyToAsync(rows, 1 << 17, cancellation);
            }
            catch (PostgresException e)
            {
                throw new StoreBrokenException($"The rows of {part.Name} cannot be read: {e.MessageText}");
            }
        }

        public override async Task FinishAsync(IReadOnlyDictionary<string, long> sequences, CancellationToken cancellation = default)
        {
            var known = (await AskAsync(_loading!, "SELECT sequencename::text FROM pg_sequences WHERE schemaname = current_schema()")).ToHashSet();
            foreach (var (name, last) in sequences.Where(s => known.Contains(s.Key)))
                await DoAsync(_loading!, string.Create(CultureInfo.InvariantCulture, $"SELECT setval('{Name(name).Replace("'", "''", StringComparison.Ordinal)}', {last})"));
            try
            {
                foreach (var (table, name, definition) in _keys) await DoAsync(_loading!, $"ALTER TABLE {table} ADD CONSTRAINT {Name(name)} {definition}");
            }
            catch (PostgresException e)
            {
                throw new StoreBrokenException($"A row of {e.TableName} belongs to a row that is not there.");
            }

            await DoAsync(_loading!, "COMMIT");
            await DoAsync(_loading!, "ANALYZE");
            await _loading!.DisposeAsync();
            _loading = null;
        }

        public override async Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellation = default)
        {
            await using var opened = await ConnectAsync(Connection, cancellation);
            return await PostgresPlace.CountAsync(opened, (await TablesAsync(opened)).Select(t => t.Name).Where(name => name != "__EFMigrationsHistory"));
        }

        public override Task<string?> SwapInAsync(DateTime now) => place.SwapAsync(schema, now);

        public override async ValueTask DisposeAsync()
        {
            if (_loading is not null) await _loading.DisposeAsync();
            // Has another name by now, if it took the other's place.
            await using (alive) await DoAsync(alive, $"DROP SCHEMA IF EXISTS {Name(schema)} CASCADE");
        }

        // The server sees to it that keys are kept.
        protected override Task VerifyAsync(CancellationToken cancellation) => Task.CompletedTask;
    }
}
