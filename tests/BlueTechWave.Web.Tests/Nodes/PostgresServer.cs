using System.Diagnostics;
using System.Globalization;

namespace BlueTechWave.Web.Tests.Nodes;

/// <summary>A PostgreSQL of the test's own, which can die and come back with what it had acknowledged.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private static readonly string? Programs = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    private readonly string _folder = Directory.CreateTempSubdirectory("btw-postgres-").FullName;
    private readonly int _port = Front.FreePort();
    private bool _isThere;

    /// <summary>To a database in which nothing is yet.</summary>
    public string Connection => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres;Timeout=15;Maximum Pool Size=20");

    public static async Task<PostgresServer> StartAsync()
    {
        Assert.SkipWhen(Programs is null && Environment.GetEnvironmentVariable("CI") is not "true", "No PostgreSQL on this machine that a test could start.");
        var server = new PostgresServer();
        // It serves nobody who is root.
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", ["postgres", server._folder]);
        await AsPostgresAsync("initdb", "-D", server.Data, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await server.ComeBackAsync();
        return server;
    }

    public async Task ComeBackAsync()
    {
        // What it has acknowledged survives its death without fsync, too; only the machine's would lose it.
        var options = string.Create(CultureInfo.InvariantCulture, $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c fsync=off -c max_connections=200");
        await AsPostgresAsync("pg_ctl", "-D", Data, "-l", Path.Combine(_folder, "log"), "-s", "-w", "-o", options, "start");
        _isThere = true;
    }

    /// <summary>At once, with all who are on it: nothing is written down that was not.</summary>
    public async Task DieAsync()
    {
        if (!_isThere) return;
        _isThere = false;
        await AsPostgresAsync("pg_ctl", "-D", Data, "-s", "-w", "-m", "immediate", "stop");
    }

    public async ValueTask DisposeAsync()
    {
        await DieAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private static Task AsPostgresAsync(string program, params string[] words)
    {
        string[] command = [Path.Combine(Programs ?? throw new InvalidOperationException("PostgreSQL must be installed here."), program), .. words];
        return Environment.IsPrivilegedProcess ? RunAsync("runuser", ["-u", "postgres", "--", .. command]) : RunAsync(command[0], command[1..]);
    }

    private static async Task RunAsync(string program, string[] words)
    {
        // What is started stays, and would keep a pipe open: nothing is read of what it says.
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null", "sh", program, .. words]) { WorkingDirectory = "/" })
            ?? throw new InvalidOperationException($"{program} did not start.");
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', words)} ended with {process.ExitCode}.");
    }
}
