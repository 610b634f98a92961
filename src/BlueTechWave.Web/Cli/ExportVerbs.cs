using System.CommandLine;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Exchange.Folder;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Exchange;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Cli;

/// <summary><c>export …</c>: the whole paper as plain files or for WordPress, while the site serves; and <c>import folder</c>, which makes a paper of them again.</summary>
internal static class ExportVerbs
{
    public static Command All()
    {
        var folder = new Argument<DirectoryInfo>("dir") { Description = "Where to: a folder that is new or empty." };
        var export = new Command("export", "Writes the whole paper into a folder of Markdown, YAML, JSON and pictures. The site may serve meanwhile.") { folder };
        export.TreatUnmatchedTokensAsErrors = false;
        export.SetAction((parsed, stop) => ExportAsync(parsed, parsed.GetValue(folder)!, stop));
        export.Subcommands.Add(Wordpress());
        return export;
    }

    private static Command Wordpress()
    {
        var file = new Argument<FileInfo>("file") { Description = "Where to: a file that is not there yet." };
        var verb = new Command("wordpress", "Writes the paper as a WordPress export (WXR 1.2). Site:BaseUrl must say where it is: WordPress fetches its pictures there.") { file };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, stop) => WordpressAsync(parsed, parsed.GetValue(file)!, stop));
        return verb;
    }

    public static Command Import()
    {
        var folder = new Argument<DirectoryInfo>("dir") { Description = "What the verb export has written." };
        var dry = new Option<bool>("--dry-run") { Description = "Looks everything over and stores nothing." };
        var verb = new Command("folder", "Makes an empty store the paper that an export was made of: all of it, or nothing.") { folder, dry };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, stop) => ImportAsync(parsed, parsed.GetValue(folder)!, parsed.GetValue(dry), stop));
        return verb;
    }

    private static async Task<int> ExportAsync(ParseResult parsed, DirectoryInfo folder, CancellationToken stop)
    {
        var (say, refuse) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (File.Exists(folder.FullName)) return await RefuseAsync(refuse, $"{folder.FullName} is a file.");
        if (folder.Exists && folder.EnumerateFileSystemInfos().Any()) return await RefuseAsync(refuse, $"{folder.FullName} is not empty: an export goes into a folder of its own.");

        await using var app = Site.Build(Site.Builder([.. parsed.UnmatchedTokens]));
        await using var scope = app.Services.CreateAsyncScope();
        var (db, clock, site) = (scope.ServiceProvider.GetRequiredService<NewsDbContext>(), scope.ServiceProvider.GetRequiredService<TimeProvider>(), scope.ServiceProvider.GetRequiredService<IOptions<SiteOptions>>().Value);
        if (scope.ServiceProvider.GetRequiredService<IOptions<StoreOptions>>().Value.MigrateOnStart) await Verbs.MigrateAsync(scope.ServiceProvider);

        var progress = new ExchangeLine(say, "Exporting");
        try
        {
            var export = new FolderExport(db, scope.ServiceProvider.GetRequiredService<IPictureStore>(), new(site.Name, site.BaseUrl, site.TimeZone), clock.GetUtcNow().UtcDateTime);
            await TellAsync(say, await export.RunAsync(folder.FullName, progress, stop), $"Exported to {folder.FullName}");
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return await RefuseAsync(refuse, $"Stopped. What is in {folder.FullName} is not whole, and no import takes it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync(refuse, $"{e.Message.ReplaceLineEndings(" ")} What is in {folder.FullName} is not whole, and no import takes it.");
        }
    }

    private static async Task<int> WordpressAsync(ParseResult parsed, FileInfo file, CancellationToken stop)
    {
        var (say, refuse) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (file.Exists || Directory.Exists(file.FullName)) return await RefuseAsync(refuse, $"{file.FullName} is there already.");

        await using var app = Site.Build(Site.Builder([.. parsed.UnmatchedTokens]));
        await using var scope = app.Services.CreateAsyncScope();
        var (db, clock, site) = (scope.ServiceProvider.GetRequiredService<NewsDbContext>(), scope.ServiceProvider.GetRequiredService<TimeProvider>(), scope.ServiceProvider.GetRequiredService<IOptions<SiteOptions>>().Value);
        if (site.BaseUrl is null) return await RefuseAsync(refuse, "Site:BaseUrl is not set: WordPress would not know where to fetch pictures, nor where links lead.");
        if (scope.ServiceProvider.GetRequiredService<IOptions<StoreOptions>>().Value.MigrateOnStart) await Verbs.MigrateAsync(scope.ServiceProvider);

        var part = file.FullName + ".part";
        try
        {
            WordpressCounts counts;
            await using (var to = File.Create(part))
                counts = await new WordpressWriter(db, site.Name, new(site.BaseUrl), site.FindZone(), clock.GetUtcNow().UtcDateTime).WriteAsync(to, new ExchangeLine(say, "Exporting"), stop);
            File.Move(part, file.FullName);
            await say.WriteLineAsync($"Exported to {file.FullName}: {counts.Articles:N0} articles, {counts.Pages:N0} pages, {counts.Comments:N0} comments, {counts.Pictures:N0} pictures.");
            if (counts.Left > 0) await say.WriteLineAsync($"{counts.Left:N0} pictures were left out: readers may not have them, or their sizes are not cut yet.");
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || (e is OperationCanceledException && stop.IsCancellationRequested))
        {
            File.Delete(part);
            return await RefuseAsync(refuse, e is OperationCanceledException ? "Stopped. Nothing is left of it." : e.Message.ReplaceLineEndings(" "));
        }
    }

    private static async Task<int> ImportAsync(ParseResult parsed, DirectoryInfo folder, bool isDryRun, CancellationToken stop)
    {
        var (say, refuse) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (!folder.Exists) return await RefuseAsync(refuse, $"There is no folder {folder.FullName}.");

        var builder = Site.Builder([.. parsed.UnmatchedTokens]);
        builder.Services.AddSingleton<WhoActs>(() => Actor.CommandLine);
        await using var app = Site.Build(builder);
        await using var scope = app.Services.CreateAsyncScope();
        var (db, clock) = (scope.ServiceProvider.GetRequiredService<NewsDbContext>(), scope.ServiceProvider.GetRequiredService<TimeProvider>());
        if (scope.ServiceProvider.GetRequiredService<IOptions<StoreOptions>>().Value.MigrateOnStart) await Verbs.MigrateAsync(scope.ServiceProvider);
        try
        {
            await using var held = await app.Services.GetRequiredService<StorePlace>().HoldImportAsync(stop);
            if (held is null) return await RefuseAsync(refuse, "Another import is running. Wait for it, or stop it.");

            var import = new FolderImport(db, scope.ServiceProvider.GetRequiredService<PictureLibrary>(), folder.FullName, clock.GetUtcNow().UtcDateTime);
            var report = await import.RunAsync(isDryRun, new ExchangeLine(say, "Importing"), stop);
            foreach (var fault in report.Faults) await refuse.WriteLineAsync(fault);
            if (!report.IsGood) return await RefuseAsync(refuse, "Nothing was stored.");

            await TellAsync(say, report.Counts, isDryRun ? "All is well; an import would bring" : "Imported");
            if (!isDryRun && report.Counts.GetValueOrDefault("pictures") > 0) await say.WriteLineAsync("The site cuts the sizes of pictures when it runs; until then they are not shown.");
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return await RefuseAsync(refuse, "Stopped. Nothing was stored.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await RefuseAsync(refuse, $"{e.Message.ReplaceLineEndings(" ")} Nothing was stored.");
        }
    }

    private static async Task TellAsync(TextWriter say, IReadOnlyDictionary<string, int> counts, string what)
    {
        await say.WriteLineAsync($"{what}:");
        foreach (var (kind, count) in counts.OrderBy(c => c.Key, StringComparer.Ordinal)) await say.WriteLineAsync($"  {count,9:N0} {kind.Replace('-', ' ')}");
    }

    private static async Task<int> RefuseAsync(TextWriter refuse, string why)
    {
        await refuse.WriteLineAsync(why);
        return 1;
    }

    /// <summary>One line, written over as the work goes on.</summary>
    private sealed class ExchangeLine(TextWriter to, string what) : IProgress<ExchangeProgress>
    {
        public void Report(ExchangeProgress value)
        {
            if (Console.IsOutputRedirected) return;
            to.Write($"\r{what}: {value.Done:N0} of {value.Of:N0} articles");
            if (value.Done >= value.Of) to.WriteLine();
        }
    }
}
