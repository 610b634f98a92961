using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using BlueTechWave.Core.Backups;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Demo;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Backups;
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
        AddMigrate(root);
        root.Subcommands.Add(UserVerbs.All());
        root.Subcommands.Add(PictureVerbs.All());
        root.Subcommands.Add(ImportVerbs.All());
        root.Subcommands.Add(ExportVerbs.All());
        root.Subcommands.Add(BackupVerbs.Backup());
        root.Subcommands.Add(BackupVerbs.Restore());
        root.Subcommands.Add(StoreVerbs.All());
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
        catch (Exception e) when (e is BackupRefusedException or StoreBrokenException)
        {
            await to.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (Exception e) when (StoreTroubles.Of(e) is not null)
        {
            await to.Error.WriteLineAsync($"The store cannot be used: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}. If it is away, start again when it is back; if it is damaged, restore a backup.");
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
        var comments = new Option<int>("--comments") { Description = "How many comments to add under them, 0 to 2,000,000: under one article of ten." };
        var verb = new Command("generate", "Adds a large archive to measure with, made of the articles that are there.") { count, comments };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, _) => GenerateAsync(parsed.GetValue(count), parsed.GetValue(comments), [.. parsed.UnmatchedTokens]));
        return verb;
    }

    private static async Task<int> GenerateAsync(int count, int comments, string[] settings)
    {
        if (count is < 1 or > 2_000_000 || comments is < 0 or > 2_000_000)
        {
            await Console.Error.WriteLineAsync("Between 1 and 2,000,000 articles can be generated, and up to 2,000,000 comments.");
            return 1;
        }

        await using var app = Site.Build(Site.Builder(settings));
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        await MigrateAsync(scope.ServiceProvider);
        if (await DemoNewsroom.IsNeededAsync(db)) await LoadDemoAsync(scope.ServiceProvider);
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var zone = app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.FindZone();
        await GeneratedArchive.AddAsync(db, count, comments, now, zone, new Written(count));
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
        var anew = new Option<bool>("--rebuild") { Description = "Sets every text anew, as the press of this version does, and makes every row of the search index again." };
        var verb = new Command("check", "Looks over configuration, store and pictures, and mends what is derived (listings, counts, the search index, uses and sizes of pictures) while the site serves.")
        {
            anew,
        };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, _) => CheckAsync(parsed, parsed.GetValue(anew)));
        root.Subcommands.Add(verb);
    }

    private static async Task<int> ServeAsync(string[] settings)
    {
        var app = Whole(settings).Build();
        if (Settings.WhatIsWrong(app.Services) is { Count: > 0 } wrong) throw new OptionsValidationException(nameof(Settings), typeof(Settings), wrong);

        // Side by side: each takes half of what a start takes.
        await Task.WhenAll(Task.Run(app.PrepareStoreAsync), Task.Run(() => Site.UsePipeline(app)));
        await app.RunAsync();
        return 0;
    }

    /// <summary>A store of no known kind stops at once; whatever else is wrong is told with it.</summary>
    private static WebApplicationBuilder Whole(string[] settings)
    {
        try
        {
            return Site.Builder(settings);
        }
        catch (OptionsValidationException first)
        {
            using var app = Site.Builder([.. settings, "--Store:Provider=Sqlite"]).Build();
            throw new OptionsValidationException(nameof(Settings), typeof(Settings), first.Failures.Concat(Settings.WhatIsWrong(app.Services)));
        }
    }

    private static void AddMigrate(RootCommand root)
    {
        var dry = new Option<bool>("--dry-run") { Description = "Applies them to a copy of the store, says what would change, and changes nothing." };
        var verb = new Command("migrate", "Applies pending migrations and stops.") { dry };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, stop) => MigrateAsync(parsed, parsed.GetValue(dry), stop));
        root.Subcommands.Add(verb);
    }

    private static async Task<int> MigrateAsync(ParseResult parsed, bool isDryRun, CancellationToken stop)
    {
        var say = parsed.InvocationConfiguration.Output;
        await using var app = Site.Build(Site.Builder([.. parsed.UnmatchedTokens]));
        await using var scope = app.Services.CreateAsyncScope();
        if (!isDryRun)
        {
            var (applied, former) = await MigrateAsync(scope.ServiceProvider);
            foreach (var migration in applied) await say.WriteLineAsync($"Applied {migration}");
            if (former is not null) await say.WriteLineAsync($"The store of before is kept as {former} for {StorePlace.FormerKeptFor.Days} days; restore --back takes it back.");
            await say.WriteLineAsync(applied.Count == 0 ? "The store is up to date." : $"Applied {applied.Count}.");
            return 0;
        }

        var (pending, before, after) = await ToldAsync(scope.ServiceProvider, () => Upgrade.RehearseAsync(scope.ServiceProvider.GetRequiredService<StorePlace>(), scope.ServiceProvider.GetRequiredService<NewsDbContext>(), stop));
        foreach (var migration in pending) await say.WriteLineAsync($"Would apply {migration}");
        foreach (var table in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
            if (before.GetValueOrDefault(table) != after.GetValueOrDefault(table) || !before.ContainsKey(table) || !after.ContainsKey(table))
                await say.WriteLineAsync($"{table}: {Rows(before, table)} before, {Rows(after, table)} after");
        await say.WriteLineAsync(pending.Count == 0 ? "The store is up to date." : $"{pending.Count} would be applied; on a copy all of them worked. Nothing was changed.");
        return 0;

        static string Rows(Dictionary<string, long> of, string table) => of.TryGetValue(table, out var rows) ? string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows") : "not there";
    }

    /// <summary>Brings the store up to date, wholly or not at all. Before anything else is asked of it: it may change places with a copy.</summary>
    internal static Task<UpgradeReport> MigrateAsync(IServiceProvider services) => ToldAsync(services, () => Upgrade.RunAsync(services.GetRequiredService<StorePlace>(),
        services.GetRequiredService<NewsDbContext>(), services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime));

    /// <summary>Of an upgrade that fails, one line says which migration and where the rest can be read.</summary>
    private static async Task<T> ToldAsync<T>(IServiceProvider services, Func<Task<T>> upgrade)
    {
        try
        {
            return await upgrade();
        }
        catch (UpgradeFailedException e)
        {
            var folder = Directory.CreateDirectory(services.GetRequiredService<DataFolder>().Path).FullName;
            var log = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"upgrade-{services.GetRequiredService<TimeProvider>().GetUtcNow():yyyyMMdd-HHmmss}.log"));
            await File.WriteAllTextAsync(log, e.ToString());
            throw new StoreBrokenException($"{e.Message} The whole of it: {log}");
        }
    }

    /// <summary>0 if all was well or is mended now, 1 if somebody has to act.</summary>
    private static async Task<int> CheckAsync(ParseResult parsed, bool anew)
    {
        var (say, refuse) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        try
        {
            await using var app = Site.Build(Site.Builder([.. parsed.UnmatchedTokens]));
            foreach (var unknown in app.Services.GetRequiredService<Settings>().Unknown) say.WriteLine($"Configuration: {unknown}");
            if (Settings.WhatIsWrong(app.Services) is { Count: > 0 } wrong) return await FailAsync(string.Join(Environment.NewLine, wrong.Select(line => $"Configuration: {line}")));
            say.WriteLine("Configuration: good.");
            await using var scope = app.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
            if (!await db.Database.CanConnectAsync()) return await FailAsync("Store: cannot be reached. Is the server up, and ConnectionStrings:Store right?");

            say.WriteLine("Store: reached.");
            var pending = (await db.Database.GetPendingMigrationsAsync()).ToList();
            if (pending.Count > 0) return await FailAsync($"Migrations: {string.Join(", ", pending)} wait. Run the verb migrate.");

            say.WriteLine("Migrations: all applied.");
            var found = await StoreCheck.MendAsync(db, anew);
            Tell("Listings", found.Listed, "listings had wrong articles");
            Tell("Counts", found.Counted, "listings had a wrong length");
            Tell("Comments", found.Discussed, "articles told a wrong number of comments");
            Tell("Pictures shown", found.Shown, "were shown, hidden or hung wrongly");
            Tell("Pictures used", found.Used, "places were not known, or not true");
            if (anew) Tell("Texts", found.Pressed, "were set otherwise before");
            Tell("Search", found.Indexed, anew ? "rows were made again" : "articles were missing, out of date or not to be found");
            var (cut, lost) = await scope.ServiceProvider.GetRequiredService<PictureLibrary>().MendAsync(db);
            Tell("Pictures", cut, "had no sizes any more");
            if (!found.IsClean) say.WriteLine("A site that is running may show cached pages from before for up to six hours.");
            if (lost.Count > 0) return await FailAsync($"Pictures: {lost.Count} originals are gone: {string.Join(", ", lost.Take(20))}{(lost.Count > 20 ? " …" : "")}. A restore brings back what the last backup has.");
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

        void Tell(string what, int wrong, string said) => say.WriteLine(wrong == 0 ? $"{what}: good." : $"{what}: {wrong} {said}; mended.");

        async Task<int> FailAsync(string said)
        {
            await refuse.WriteLineAsync(said);
            return 1;
        }
    }

    private static async Task<int> DemoAsync(string[] settings)
    {
        await using var app = Site.Build(Site.Builder(settings));
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        await MigrateAsync(scope.ServiceProvider);
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
        if (isMigrated && await MigrateAsync(scope.ServiceProvider) is { Former: { } former }) app.Logger.LogInformation("The store was brought up to date; the one of before is kept as {Former}.", former);
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
