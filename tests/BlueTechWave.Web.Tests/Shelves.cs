using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Menus;
using BlueTechWave.Core.Pages;
using BlueTechWave.Web.Tests.Faults;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BlueTechWave.Web.Tests;

/// <summary>
/// Stores to open a site on, made once by the migrations and then copied: an empty one, and one with the small cast
/// that every test knows.
/// </summary>
internal static class Shelves
{
    private static readonly Lazy<Task<string>> EmptySqlite = new(() => MakeSqliteAsync(db => Task.CompletedTask));
    private static readonly Lazy<Task<string>> StaffedSqlite = new(() => MakeSqliteAsync(HireAsync));
    private static readonly Lazy<Task<string>> EmptyPostgres = new(() => Postgres.MakeAsync(db => Task.CompletedTask));
    private static readonly Lazy<Task<string>> StaffedPostgres = new(() => Postgres.MakeAsync(HireAsync));

    /// <returns>How to connect to a fresh copy.</returns>
    public static async Task<string> TakeAsync(Store store, bool staffed, string folder)
    {
        if (store == Store.Postgres) return await Postgres.CopyAsync(await (staffed ? StaffedPostgres : EmptyPostgres).Value);

        var file = Path.Combine(folder, "btw.db");
        File.Copy(await (staffed ? StaffedSqlite : EmptySqlite).Value, file);
        return $"Data Source={file};Mode=ReadWrite";
    }

    /// <summary>The staffed one, on a PostgreSQL server of the test's own.</summary>
    public static Task SetUpAsync(string connection) => Postgres.FillAsync(connection, HireAsync);

    /// <summary>The staffed one, with all that it writes on that disk.</summary>
    public static async Task<string> TakeAsync(Store store, SmallDisk disk) => store == Store.Sqlite
        ? await TakeAsync(store, staffed: true, disk.Folder)
        : await Postgres.CopyAsync(await StaffedPostgres.Value, $"TABLESPACE \"{await disk.TablespaceAsync()}\"");

    public static async Task ReturnAsync(Store store, string connection)
    {
        if (store == Store.Postgres) await Postgres.DropAsync(connection);
        else SqliteConnection.ClearPool(new SqliteConnection(connection));
    }

    private static async Task<string> MakeSqliteAsync(Func<NewsDbContext, Task> fill)
    {
        var folder = Directory.CreateTempSubdirectory("btw-shelf-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var file = Path.Combine(folder, "btw.db");
        await using (var db = new SqliteNewsDbContext(new DbContextOptionsBuilder<SqliteNewsDbContext>().UseSqlite($"Data Source={file};Pooling=false").Options))
        {
            await db.Database.MigrateAsync();
            await fill(db);
        }

        return file;
    }

    /// <summary>A reporter, an editor, subjects with a name that occurs twice, standing pages and a menu.</summary>
    private static async Task HireAsync(NewsDbContext db)
    {
        Category governance = new("Internet Governance"), fintech = new("Fintech"), ai = new("AI");
        Category rules = new("Regulation", governance), moneyRules = new("Regulation", fintech);
        StandingPage about = new("about", "About us"), contact = new("contact", "Contact us");
        about.Write("About us", "Who we are", "We report on **networks**.", null);
        contact.Write("Contact us", "How to reach us", "Write to us.", null);

        db.AddRange(governance, fintech, ai, rules, moneyRules, about, contact);
        db.AddRange(
            new Author("Lina Moreau", "BTW reporter", "Lina covers artificial intelligence.", "l.moreau@btw.example"),
            new Author("Daniel Okoro", "infrastructure editor", "Daniel edits the infrastructure desk."));
        db.AddRange(
            new MenuItem(MenuPlace.Header, "", 0, category: ai),
            new MenuItem(MenuPlace.Header, "", 1, category: governance),
            new MenuItem(MenuPlace.Footer, "", 0, page: about));
        await db.SaveChangesAsync();
    }
}

/// <summary>The PostgreSQL server that the tests may use, if one was given: every site has a database of its own there.</summary>
internal static class Postgres
{
    private const string Variable = "BTW_TEST_POSTGRES";

    private static readonly string? Server = Environment.GetEnvironmentVariable(Variable);

    /// <summary>Why the cases on PostgreSQL are skipped, or null if they are not.</summary>
    public static string? WhyNot =>
        string.IsNullOrEmpty(Server) && Environment.GetEnvironmentVariable("CI") is not "true" ? $"No PostgreSQL server: {Variable} is not set." : null;

    /// <returns>The database's name.</returns>
    public static async Task<string> MakeAsync(Func<NewsDbContext, Task> fill)
    {
        var name = NewName("shelf");
        await DoAsync($"CREATE DATABASE \"{name}\"");
        await FillAsync(To(name, pooling: false), fill);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => DropAsync(To(name)).GetAwaiter().GetResult();
        return name;
    }

    /// <summary>Makes the tables in a database in which nothing is yet.</summary>
    public static async Task FillAsync(string connection, Func<NewsDbContext, Task> fill)
    {
        await using var db = new PostgresNewsDbContext(new DbContextOptionsBuilder<PostgresNewsDbContext>().UseNpgsql(connection).Options);
        await db.Database.MigrateAsync();
        await fill(db);
    }

    /// <param name="where">Words that follow: where its files are.</param>
    /// <returns>How to connect to the copy.</returns>
    public static async Task<string> CopyAsync(string template, string where = "")
    {
        var name = NewName("site");
        // Files are copied whole; page by page through the log takes four times as long.
        await DoAsync($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\" STRATEGY FILE_COPY {where}");
        return To(name);
    }

    /// <summary>A database in which nothing is yet.</summary>
    public static async Task<string> MakeEmptyAsync()
    {
        var name = NewName("empty");
        await DoAsync($"CREATE DATABASE \"{name}\"");
        return To(name);
    }

    public static async Task DropAsync(string connection)
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(connection));
        await DoAsync($"DROP DATABASE IF EXISTS \"{new NpgsqlConnectionStringBuilder(connection).Database}\" WITH (FORCE)");
    }

    private static string NewName(string kind) => $"btw_{kind}_{Guid.NewGuid():n}";

    private static string To(string database, bool pooling = true) =>
        new NpgsqlConnectionStringBuilder(Server ?? throw new InvalidOperationException($"{Variable} must name a PostgreSQL server here."))
        {
            Database = database,
            Pooling = pooling,
            MaxPoolSize = 20,
        }.ConnectionString;

    internal static async Task DoAsync(string sql)
    {
        await using var server = new NpgsqlConnection(To("postgres", pooling: false));
        await server.OpenAsync();
        await using var command = new NpgsqlCommand(sql, server);
        await command.ExecuteNonQueryAsync();
    }
}
