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
    /// <param name="to">Where verbs speak, if not on the console.</param>
    public static async Task<int> RunAsync(string[] args, InvocationConfiguration? to = null)
    {
        to ??= new();
        to.EnableDefaultExceptionHandler = false;
        // Who stops a verb waits for a safe point: a hundred articles of an import, the last answers of a site.
        to.ProcessTerminationTimeout = TimeSpan.FromMinutes(1);
        var root = new RootCommand("Blue Tech Wave: a news site and its newsroom.")
        {
            // Configuration keys may follow any verb, as in --Site:Name="The Wave".
            TreatUnmatchedTokensAsErrors = false,
        };
        Add(root, "serve", "Runs the site. Applies pending migrations first unless Store:MigrateOnStart is false.", ServeAsync);
        Add(root, "demo", "Loads the demo newsroom into an empty store.", DemoAsync);
        Add(root, "migrate", "Applies pending migrations and stops.", MigrateAsync);
        root.Subcommands.Add(UserVerbs.All());
        root.Subcommands.Add(PictureVerbs.All());
        root.Subcommands.Add(ImportVerbs.All());
        root.Subcommands.Add(ExportVerbs.All());
        root.Subcommands.Add(Generate());
        AddCheck(root);
        root.SetAction((parsed, _) => ServeAsync([.. parsed.UnmatchedTokens]));

        try
        {
            return await root.Parse(args).InvokeAsync(to);
        }
        catch (OptionsValidationException wrong)
        {
            foreach (var line in wrong.Failures) await to.Error.WriteLineAsync(line);
            return 1;
        }
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
        if (await DemoNewsroom.IsNeededAsync(db)) await LoadDemoAsync(scope.ServiceProvider);
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var zone = app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.FindZone();
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

    private static void AddCheck(RootCommand root)
    {
        var anew = new Option<bool>("--rebuild") { Description = "Makes every row of the search index again." };
        var verb = new Command("check", "Looks over configuration and store, and mends listings and the search index while the site serves.")
        {
            anew,
        };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, _) => CheckAsync([.. parsed.UnmatchedTokens], parsed.GetValue(anew)));
        root.Subcommands.Add(verb);
    }

    private static async Task<int> ServeAsync(string[] settings)
    {
        var app = Site.Builder(settings).Build();
        // Side by side: each takes half of what a start takes.
        await Task.WhenAll(Task.Run(app.PrepareStoreAsync), Task.Run(() => Site.UsePipeline(app)));
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
        await MigrateAsync(db);
        Console.WriteLine(pending.Count == 0 ? "The store is up to date." : $"Applied {pending.Count}.");
        return 0;
    }

    /// <summary>A migration may leave the search index empty: it is derived, and made again here.</summary>
    internal static async Task MigrateAsync(NewsDbContext db)
    {
        if (!(await db.Database.GetPendingMigrationsAsync()).Any()) return;
        await db.Database.MigrateAsync();
        await StoreCheck.MendAsync(db);
    }

    /// <summary>0 if all was well or is mended now, 1 if somebody has to act.</summary>
    private static async Task<int> CheckAsync(string[] settings, bool anew)
    {
        try
        {
            await using var app = Site.Build(Site.Builder(settings));
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            Console.WriteLine("Configuration: good.");
            await using var scope = app.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
            if (!await db.Database.CanConnectAsync()) return await FailAsync("Store: cannot be reached. Is the server up, and ConnectionStrings:Store right?");

            Console.WriteLine("Store: reached.");
            var pending = (await db.Database.GetPendingMigrationsAsync()).ToList();
            if (pending.Count > 0) return await FailAsync($"Migrations: {string.Join(", ", pending)} wait. Run the verb migrate.");

            Console.WriteLine("Migrations: all applied.");
            var found = await StoreCheck.MendAsync(db, anew);
            Tell("Listings", found.Listed, "listings had wrong articles");
            Tell("Counts", found.Counted, "listings had a wrong length");
            Tell("Search", found.Indexed, anew ? "rows were made again" : "articles were missing, out of date or not to be found");
            if (!found.IsClean) Console.WriteLine("A site that is running may show cached pages from before for up to six hours.");
            return 0;
        }
        catch (OptionsValidationException e)
        {
            return await FailAsync($"Configuration: {e.Message}");
        }
        catch (Exception e) when (e is System.Data.Common.DbException or ArgumentException)
        {
            return await FailAsync($"Store: {e.Message}");
        }

        static void Tell(string what, int wrong, string said) => Console.WriteLine(wrong == 0 ? $"{what}: good." : $"{what}: {wrong} {said}; mended.");

        static async Task<int> FailAsync(string said)
        {
            await Console.Error.WriteLineAsync(said);
            return 1;
        }
    }

    private static async Task<int> DemoAsync(string[] settings)
    {
        await using var app = Site.Build(Site.Builder(settings));
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        await db.Database.MigrateAsync();
        if (await DemoNewsroom.IsNeededAsync(db))
        {
            await LoadDemoAsync(scope.ServiceProvider);
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
        var isMigrated = app.Services.GetRequiredService<IOptions<StoreOptions>>().Value.MigrateOnStart;
        if (isMigrated) await MigrateAsync(db);
        if (app.Environment.IsDevelopment() && await DemoNewsroom.IsNeededAsync(db)) await LoadDemoAsync(scope.ServiceProvider);
        else if ((isMigrated || !(await db.Database.GetPendingMigrationsAsync()).Any()) && !await db.Accounts.AnyAsync()) app.Logger.LogWarning("Nobody can sign in yet. Make the first owner with: BlueTechWave.Web {Command}", UserVerbs.FirstOwner);
    }

    private static async Task LoadDemoAsync(IServiceProvider services)
    {
        var site = services.GetRequiredService<IOptions<SiteOptions>>().Value;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var people = ActivatorUtilities.CreateInstance<DemoPeople>(services);
        await DemoNewsroom.LoadAsync(services.GetRequiredService<NewsDbContext>(), now, site.FindZone(), new Progress(Console.Out), people.HireAsync,
            ActivatorUtilities.CreateInstance<DemoPictures>(services).HangAsync);
        people.Tell(Console.Out);
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
