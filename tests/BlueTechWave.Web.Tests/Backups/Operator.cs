using System.CommandLine;
using BlueTechWave.Web.Cli;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace BlueTechWave.Web.Tests.Backups;

/// <summary>Somebody at the machine, with a store and a data directory of her own: the same paper elsewhere.</summary>
internal sealed class Operator(Store store, string connection, string folder) : IAsyncDisposable
{
    public Store Store => store;

    public string Connection => connection;

    public string Folder => folder;

    /// <summary>An empty place of the same kind.</summary>
    public static async Task<Operator> ElsewhereAsync(Store store)
    {
        var folder = Directory.CreateTempSubdirectory("btw-elsewhere-").FullName;
        return new(store, store == Store.Sqlite ? $"Data Source={Path.Combine(folder, "btw.db")}" : await Postgres.MakeEmptyAsync(), folder);
    }

    /// <summary>At the machine of a site that is open, or was.</summary>
    public static Operator Of(NewsSite site) => new(site.Store, site.Connection, site.Folder);

    public async Task<(int Code, string Said, string Refused)> DoAsync(params string[] words)
    {
        using StringWriter said = new(), refused = new();
        var code = await Verbs.RunAsync([.. Settled(words)], new InvocationConfiguration { Output = said, Error = refused });
        if (store == Store.Sqlite) SqliteConnection.ClearAllPools();
        else NpgsqlConnection.ClearPool(new NpgsqlConnection(connection));
        return (code, said.ToString(), refused.ToString());
    }

    /// <summary>Words with the settings of this machine.</summary>
    public IEnumerable<string> Settled(params string[] words) =>
    [
        .. words.Where(word => !word.Contains(':', StringComparison.Ordinal)), "--environment=Production", $"--contentRoot={Checkout.Web}", "--applicationName=BlueTechWave.Web", "--Serilog:MinimumLevel:Default=Fatal",
        $"--Site:DataDirectory={folder}", $"--Store:Provider={store}", $"--ConnectionStrings:Store={connection}", .. words.Where(word => word.Contains(':', StringComparison.Ordinal)),
    ];

    public async ValueTask DisposeAsync()
    {
        await Shelves.ReturnAsync(store, connection);
        // A paper that was opened in it has taken it away.
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
