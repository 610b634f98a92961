using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Data.Moving;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Cli;

/// <summary><c>store …</c>: the store as a whole, for whoever runs the machine.</summary>
internal static class StoreVerbs
{
    public static Command All()
    {
        var store = new Command("store", "The store as a whole: move.");
        store.Subcommands.Add(Move());
        return store;
    }

    private static Command Move()
    {
        var to = new Option<string?>("--to")
        {
            Description = "How to connect to the other store: \"Host=…;Database=…\", or \"Data Source=FILE\". Without it, the setting Store:Target says so; a password is better in the environment, as Store__Target or PGPASSWORD.",
        };
        var verb = new Command("move", "Takes everything from SQLite to PostgreSQL, or back: into an empty store, read back and compared. The site must be stopped; its store stays as it is.") { to };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, stop) => MoveAsync(parsed, parsed.GetValue(to), stop));
        return verb;
    }

    private static async Task<int> MoveAsync(ParseResult parsed, string? to, CancellationToken stop)
    {
        var (say, refuse) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        await using var app = Site.Builder([.. parsed.UnmatchedTokens]).Build();
        var clock = app.Services.GetRequiredService<TimeProvider>();
        var from = app.Services.GetRequiredService<StorePlace>();
        var other = from.Provider == "Sqlite" ? "Postgres" : "Sqlite";
        try
        {
            if ((to ?? app.Services.GetRequiredService<IOptions<StoreOptions>>().Value.Target) is not { Length: > 0 } target)
                return await RefuseAsync("Say where to: --to, or the setting Store__Target.");
            var progress = new StoreMoveLine(say, clock);
            var report = await new StoreMove(from, Place(other, target)).RunAsync(clock.GetUtcNow().UtcDateTime, progress, stop);
            progress.End();
            await say.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""
                {report.Rows:N0} rows of {report.Tables} tables were moved and read back, and are the same; the index of the search was made anew.
                Now set these, and start the site:
                  Store__Provider={other}
                  ConnectionStrings__Store={WithoutPassword(target)}
                Pictures and keys stay where they are. The store of before was only read: remove it once you have seen the paper on the new one.
                """));
            if (report.Former is { } former) await say.WriteLineAsync($"The empty store that was there is kept as {former} for {StorePlace.FormerKeptFor.Days} days.");
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return await RefuseAsync("Stopped.");
        }
        catch (Exception e) when (e is StoreBrokenException or DbException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return await RefuseAsync($"{e.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}.");
        }

        async Task<int> RefuseAsync(string why)
        {
            await refuse.WriteLineAsync($"{why} Nothing was moved.");
            return 1;
        }
    }

    private static StorePlace Place(string provider, string target)
    {
        // Each driver would take the other's word for something of its own.
        if (Parts(target).ContainsKey("Host") != (provider == "Postgres"))
            throw new ArgumentException(provider == "Postgres" ? "This store is a file: it moves to \"Host=…;Database=…\"." : "This store is on a server: it moves to \"Data Source=FILE\".");
        return StorePlace.Of(provider, target);
    }

    private static string WithoutPassword(string target)
    {
        var parts = Parts(target);
        foreach (var name in (string[])["Password", "PWD", "PSW", "SSL Password"])
            if (parts.ContainsKey(name)) parts[name] = "…";
        return parts.ConnectionString;
    }

    private static DbConnectionStringBuilder Parts(string target) => new() { ConnectionString = target };
}
