using BlueTechWave.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BlueTechWave.Web.Tests.Faults;

/// <summary>What happens to a store in the years of its service, done to a real one, until it is disposed of.</summary>
internal sealed class Mishap(Func<Task> end) : IAsyncDisposable
{
    public static readonly string[] Impatient = ["Serilog:MinimumLevel:Override:BlueTechWave.Web.Faults=Warning", "Serilog:MinimumLevel:Override:BlueTechWave.Web.Jobs=Warning"];

    private bool _isOver;

    /// <summary>A paper that waits a second for its store, not ten; and one that says what it notices.</summary>
    public static Task<NewsSite> OpenAsync(NewsSite first, params string[] settings) =>
        first.OpenAgainAsync(TimeSpan.Zero, [.. Impatient, $"ConnectionStrings:Store={first.Connection};{(first.Store == Store.Sqlite ? "Default Timeout" : "Command Timeout")}=1", .. settings]);

    /// <summary>The file is gone from where it was; the server lets nobody in, and has thrown out who was there.</summary>
    public static async Task<Mishap> TakeAwayAsync(NewsSite site)
    {
        if (site.Store == Store.Postgres)
        {
            var name = new NpgsqlConnectionStringBuilder(site.Connection).Database;
            await Postgres.DoAsync($"ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS false");
            await Postgres.DoAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
            return new(() => Postgres.DoAsync($"ALTER DATABASE \"{name}\" ALLOW_CONNECTIONS true"));
        }

        var file = new SqliteConnectionStringBuilder(site.Connection).DataSource;
        File.Move(file, file + ".away");
        return new(() =>
        {
            File.Move(file + ".away", file);
            return Task.CompletedTask;
        });
    }

    /// <summary>Somebody else writes, and does not come to an end. One may read meanwhile.</summary>
    public static async Task<Mishap> LockAsync(NewsSite site, params string[] tables)
    {
        if (site.Store == Store.Postgres)
        {
            var server = new NpgsqlConnection(site.Connection);
            await server.OpenAsync();
            var transaction = await server.BeginTransactionAsync();
            await using var command = new NpgsqlCommand($"LOCK TABLE {string.Join(", ", tables.Select(t => $"\"{t}\""))} IN EXCLUSIVE MODE", server, transaction);
            await command.ExecuteNonQueryAsync();
            return new(async () => await server.DisposeAsync());
        }

        var file = new SqliteConnection(site.Connection + ";Pooling=false");
        await file.OpenAsync();
        await using var begin = file.CreateCommand();
        begin.CommandText = "BEGIN EXCLUSIVE";
        await begin.ExecuteNonQueryAsync();
        return new(async () => await file.DisposeAsync());
    }

    /// <summary>Nothing more goes in: SQLite may take no page more; PostgreSQL says what it says when its disk is full.</summary>
    public static async Task<Mishap> FillAsync(NewsSite site, params string[] tables)
    {
        if (site.Store == Store.Postgres)
        {
            await DoAsync("CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$");
            foreach (var table in tables) await DoAsync($"CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON \"{table}\" FOR EACH ROW EXECUTE FUNCTION full_disk()");
            return new(() => DoAsync("DROP FUNCTION full_disk() CASCADE"));
        }

        await OfAllConnectionsAsync(site, "PRAGMA max_page_count = 1");
        return new(() => OfAllConnectionsAsync(site, "PRAGMA max_page_count = 1000000000"));

        Task DoAsync(string sql) => site.AskAsync(db => db.Database.ExecuteSqlRawAsync(sql));
    }

    public async ValueTask DisposeAsync()
    {
        if (_isOver) return;
        _isOver = true;
        await end();
    }

    /// <summary>More than ever serve at once: whoever is next has one of these.</summary>
    private static async Task OfAllConnectionsAsync(NewsSite site, string pragma)
    {
        var scopes = Enumerable.Range(0, 32).Select(_ => site.Services.CreateAsyncScope()).ToList();
        foreach (var scope in scopes)
        {
            var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
            await db.Database.OpenConnectionAsync();
            await db.Database.ExecuteSqlRawAsync(pragma);
        }

        foreach (var scope in scopes) await scope.DisposeAsync();
    }
}
