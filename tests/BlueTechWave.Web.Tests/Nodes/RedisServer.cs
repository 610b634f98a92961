using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BlueTechWave.Web.Tests.Nodes;

/// <summary>A Redis of the test's own, which can die and come back empty.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    /// <summary>One for all papers of this run, each with a part of it.</summary>
    private static readonly Lazy<Task<RedisServer>> Common = new(StartAsync);

    private static int _lent;

    private readonly int _port;
    private readonly string _folder = Directory.CreateTempSubdirectory("btw-redis-").FullName;
    private Process? _process;

    private RedisServer(int port) => _port = port;

    /// <summary>Whether this machine has one.</summary>
    public static bool Exists { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "redis-server")));

    /// <summary>As the setting has it.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    public static async Task<RedisServer> StartAsync()
    {
        Assert.SkipWhen(!Exists && Environment.GetEnvironmentVariable("CI") is not "true", "No redis-server on this machine.");
        // Another may take the port meanwhile; Redis then says so and stops.
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var server = new RedisServer(((IPEndPoint)free.LocalEndpoint).Port);
        free.Stop();
        await server.ComeBackAsync();
        return server;
    }

    /// <returns>How to connect to a part that nobody else has.</returns>
    public static async Task<string> LendAsync()
    {
        var server = await Common.Value;
        if (Interlocked.Increment(ref _lent) is var part && part == 1) AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Die();
        return string.Create(CultureInfo.InvariantCulture, $"{server.Address},defaultDatabase={part}");
    }

    public async Task ComeBackAsync()
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, WorkingDirectory = _folder };
        foreach (var argument in (string[])["--port", Address.Split(':')[1], "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--databases", "10000"]) start.ArgumentList.Add(argument);
        _process = Process.Start(start) ?? throw new InvalidOperationException("Redis did not start.");
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal)) return;
        throw new InvalidOperationException("Redis stopped at once.");
    }

    /// <summary>Without a word, with all that it held.</summary>
    public void Die()
    {
        if (_process is null) return;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    public ValueTask DisposeAsync()
    {
        Die();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
