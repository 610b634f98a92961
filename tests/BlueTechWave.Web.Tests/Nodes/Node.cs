using System.Diagnostics.Metrics;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Watching;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BlueTechWave.Web.Tests.Nodes;

/// <summary>The whole application, serving a store on a port of its own.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Node(WebApplication app, Commits commits) => (_app, Commits, Address) = (app, commits, new(app.Urls.Single()));

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    public Commits Commits { get; }

    public static async Task<Node> StartAsync(IReadOnlyList<string> settings, TimeProvider clock, Queries queries, Overheard log)
    {
        Commits commits = new();
        var builder = Site.Builder([
            "--environment=Production",
            "--applicationName=BlueTechWave.Web",
            $"--contentRoot={Checkout.Web}",
            "--urls=http://127.0.0.1:0",
            "--hostBuilder:reloadConfigOnChange=false",
            "--Serilog:MinimumLevel:Default=Fatal",
            "--Serilog:MinimumLevel:Override:Microsoft=Fatal",
            "--Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime=Fatal",
            "--Serilog:MinimumLevel:Override:Microsoft.EntityFrameworkCore=Fatal",
            // Tests that are about it say when.
            "--Backup:At=",
            .. settings.Select(s => "--" + s),
        ]);
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddSingleton(clock);
        // Papers of one process share their numbers' names: those that no test asks for go by another.
        if (!settings.Any(s => s.StartsWith("Metrics:", StringComparison.Ordinal) || s.StartsWith("OTEL_", StringComparison.Ordinal))) builder.Services.AddSingleton<IMeterFactory, Unmeasured>();
        builder.Services.AddSingleton<Serilog.Core.ILogEventSink>(log);
        builder.Services.ConfigureDbContext<SqliteNewsDbContext>(Listen);
        builder.Services.ConfigureDbContext<PostgresNewsDbContext>(Listen);

        var app = Site.Build(builder);
        await app.StartAsync();
        return new(app, commits);

        void Listen(DbContextOptionsBuilder options) => options.AddInterceptors(queries, commits).ConfigureWarnings(AnyRowsWillNotDo);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Some rows of many, and nobody said which: a fault here, a line in the log at a newspaper's.</summary>
    private static void AnyRowsWillNotDo(WarningsConfigurationBuilder warnings) => warnings.Throw(CoreEventId.RowLimitingOperationWithoutOrderByWarning);
}
