using BlueTechWave.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Xunit;

namespace BlueTechWave.Core.Tests;

public enum Provider
{
    Sqlite,
    Postgres,
}

/// <summary>A fresh store, made by the migrations and thrown away after the test.</summary>
public sealed class Store : IAsyncDisposable
{
    /// <summary>Holds a connection string to a PostgreSQL server where databases may be created.</summary>
    public const string PostgresVariable = "BTW_TEST_POSTGRES";

    private static readonly Lazy<Task<string>> Sqlite = new(MigrateSqliteAsync);
    private static readonly Lazy<Task<string>> Postgres = new(MigratePostgresAsync);

    private readonly Provider _provider;
    private readonly string _name = $"btw_test_{Guid.NewGuid():N}";
    private readonly string _connection;
    private readonly string _server = Environment.GetEnvironmentVariable(PostgresVariable) ?? "";

    private Store(Provider provider)
    {
        _provider = provider;
        _connection = provider == Provider.Sqlite
            ? $"Data Source={Path.Combine(Folder, "btw.db")};Mode=ReadWrite"
            : new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ConnectionString;
    }

    public Provider Provider => _provider;

    /// <summary>For another process that is to open the same store.</summary>
    public string Connection => _connection;

    private string Folder => Path.Combine(Path.GetTempPath(), _name);

    public static async Task<Store> CreateAsync(Provider provider)
    {
        Assert.SkipWhen(provider == Provider.Postgres && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(PostgresVariable)),
            $"PostgreSQL: {PostgresVariable} names no server.");
        var store = new Store(provider);
        if (provider == Provider.Sqlite)
        {
            Directory.CreateDirectory(store.Folder);
            File.Copy(await Sqlite.Value, Path.Combine(store.Folder, "btw.db"));
        }
        else await store.DoAsync($"CREATE DATABASE \"{store._name}\" TEMPLATE \"{await Postgres.Value}\" STRATEGY FILE_COPY");

        return store;
    }

    /// <summary>A context of its own, as every request has.</summary>
    public NewsDbContext Open(params IInterceptor[] interceptors) => Open(_provider, _connection, interceptors);

    public static NewsDbContext Open(Provider provider, string connection, params IInterceptor[] interceptors) => provider switch
    {
        Provider.Sqlite => new SqliteNewsDbContext(new DbContextOptionsBuilder<SqliteNewsDbContext>()
            .UseSqlite(connection).AddInterceptors([new SqliteConnectionSetup(), new SqliteStatements(), .. interceptors]).ConfigureWarnings(AnyRowsWillNotDo).Options),
        _ => new PostgresNewsDbContext(new DbContextOptionsBuilder<PostgresNewsDbContext>().UseNpgsql(connection).AddInterceptors(interceptors).ConfigureWarnings(AnyRowsWillNotDo).Options),
    };

    /// <summary>Some rows of many, and nobody said which.</summary>
    private static void AnyRowsWillNotDo(WarningsConfigurationBuilder warnings) => warnings.Throw(CoreEventId.RowLimitingOperationWithoutOrderByWarning);

    public async ValueTask DisposeAsync()
    {
        if (_provider == Provider.Sqlite)
        {
            await using (var pooled = new SqliteConnection(_connection)) SqliteConnection.ClearPool(pooled);
            Directory.Delete(Folder, recursive: true);
            return;
        }

        await using (var pooled = new NpgsqlConnection(_connection)) NpgsqlConnection.ClearPool(pooled);
        await DoAsync($"DROP DATABASE \"{_name}\" WITH (FORCE)");
    }

    /// <summary>Runs every migration, once for all tests.</summary>
    /// <returns>The file.</returns>
    private static async Task<string> MigrateSqliteAsync()
    {
        var template = new Store(Provider.Sqlite);
        Directory.CreateDirectory(template.Folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(template.Folder, recursive: true);
        var file = Path.Combine(template.Folder, "btw.db");
        // The last to leave writes all that is in the log into the file.
        await using (var db = Open(Provider.Sqlite, $"Data Source={file};Pooling=false")) await db.Database.MigrateAsync();
        return file;
    }

    /// <inheritdoc cref="MigrateSqliteAsync"/>
    /// <returns>The database's name.</returns>
    private static async Task<string> MigratePostgresAsync()
    {
        var template = new Store(Provider.Postgres);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => template.DisposeAsync().AsTask().GetAwaiter().GetResult();
        await using (var db = template.Open()) await db.Database.MigrateAsync();
        await using (var pooled = new NpgsqlConnection(template._connection)) NpgsqlConnection.ClearPool(pooled);
        return template._name;
    }

    private async Task DoAsync(string sql)
    {
        await using var server = NpgsqlDataSource.Create(_server);
        await using var command = server.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
