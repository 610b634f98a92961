using System.CommandLine;
using System.CommandLine.Parsing;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Demo;
using BlueTechWave.Web.Options;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Cli;

/// <summary>The command line: its first word is a verb; none means <c>serve</c>.</summary>
internal static class Verbs
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Blue Tech Wave: a news site and its newsroom.")
        {
            // Configuration keys may follow any verb, as in --Site:Name="The Wave".
            TreatUnmatchedTokensAsErrors = false,
        };
        Add(root, "serve", "Runs the site. Applies pending migrations first unless Store:MigrateOnStart is false.", ServeAsync);
        Add(root, "demo", "Loads the demo newsroom into an empty store.", DemoAsync);
        Add(root, "migrate", "Applies pending migrations and stops.", MigrateAsync);
        root.Subcommands.Add(Generate());
        root.SetAction((parsed, _) => ServeAsync([.. parsed.UnmatchedTokens]));

        // WebApplicationFactory and EF's tools pass host settings without a verb.
        return await root.Parse(args).InvokeAsync();
    }

    private static void Add(RootCommand root, string name, string does, Func<string[], Task<int>> act)
    {
        var verb = new Command(name, does) { TreatUnmatchedTokensAsErrors = false };
        verb.SetAction((parsed, _) => act([.. parsed.UnmatchedTokens]));
        root.Subcommands.Add(verb);
    }

    /// <summary>For measuring: not for a store that anybody reads.</summary>
    private static Command Generate()
    {
        var count = new Argument<int>("count") { Description = "How many articles to add, 1 to 2,000,000." };
        var verb = new Command("generate", "Adds a large archive to measure with, made of the articles that are there.") { TreatUnmatchedTokensAsErrors = false };
        verb.Arguments.Add(count);
        verb.SetAction((parsed, _) => GenerateAsync(parsed.GetValue(count), [.. parsed.UnmatchedTokens]));
        return verb;
    }

    private static async Task<int> GenerateAsync(int count, string[] settings)
    {
        if (count is < 1 or > 2_000_000)
        {
            await Console.Error.WriteLineAsync("Between 1 and 2,000,000 articles can be generated.");
            return 1;
        }

        await using var app = Site.Build(Site.Builder(settings));
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        await db.Database.MigrateAsync();
        if (await DemoNewsroom.IsNeededAsync(db)) await app.LoadDemoAsync(db);
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var zone = app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.Zone;
        await GeneratedArchive.AddAsync(db, count, now, zone, new Written(count));
        return 0;
    }

    private sealed class Written(int of) : IProgress<int>
    {
        public void Report(int value)
        {
            if (Console.IsOutputRedirected && value < of) return;
            Console.Write($"\rGenerating: {value:N0} of {of:N0} articles");
            if (value == of) Console.WriteLine();
        }
    }

    private static async Task<int> ServeAsync(string[] settings)
    {
        var app = Site.Build(Site.Builder(settings));
        await app.PrepareStoreAsync();
        await app.RunAsync();
        return 0;
    }

    private static async Task<int> MigrateAsync(string[] settings)
    {
        await using var app = Site.Build(Site.Builder(settings));
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        var pending = (await db.Database.GetPendingMigrationsAsync()).ToList();
        foreach (var migration in pending) Console.WriteLine($"Applying {migration}");
        await db.Database.MigrateAsync();
        Console.WriteLine(pending.Count == 0 ? "The store is up to date." : $"Applied {pending.Count}.");
        return 0;
    }

    private static async Task<int> DemoAsync(string[] settings)
    {
        await using var app = Site.Build(Site.Builder(settings));
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        await db.Database.MigrateAsync();
        if (await DemoNewsroom.IsNeededAsync(db))
        {
            await app.LoadDemoAsync(db);
            return 0;
        }

        await Console.Error.WriteLineAsync("The store is not empty: the demo newsroom was not loaded.");
        return 1;
    }

    /// <summary>Migrates if asked to, and fills an empty store in Development.</summary>
    internal static async Task PrepareStoreAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        if (app.Services.GetRequiredService<IOptions<StoreOptions>>().Value.MigrateOnStart) await db.Database.MigrateAsync();
        if (app.Environment.IsDevelopment() && await DemoNewsroom.IsNeededAsync(db)) await app.LoadDemoAsync(db);
    }

    private static async Task LoadDemoAsync(this WebApplication app, NewsDbContext db)
    {
        var site = app.Services.GetRequiredService<IOptions<SiteOptions>>().Value;
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        await DemoNewsroom.LoadAsync(db, now, site.Zone, new Progress(Console.Out));
    }

    /// <summary>One line, written over as the work goes on.</summary>
    private sealed class Progress(TextWriter to) : IProgress<DemoProgress>
    {
        public void Report(DemoProgress value)
        {
            if (Console.IsOutputRedirected && value.Done < value.Of) return;
            to.Write($"\rLoading the demo newsroom: {value.Done} of {value.Of} articles");
            if (value.Done == value.Of) to.WriteLine();
        }
    }
}
