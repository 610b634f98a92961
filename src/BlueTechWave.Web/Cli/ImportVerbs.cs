using System.CommandLine;
using System.Globalization;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Exchange;
using BlueTechWave.Core.Exchange.Wordpress;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Cli;

/// <summary><c>import …</c>: moving in from another system, while the site serves. Killed or stopped, the same line goes on.</summary>
internal static class ImportVerbs
{
    /// <summary>Where reports are kept, in the data directory.</summary>
    private const string Reports = "imports";

    public static Command All()
    {
        var import = new Command("import", "Moves in from another system: wordpress.");
        import.Subcommands.Add(Wordpress());
        return import;
    }

    private static Command Wordpress()
    {
        var file = new Argument<FileInfo>("file") { Description = "A WordPress export (WXR 1.0, 1.1 or 1.2), from Tools, Export." };
        var dry = new Option<bool>("--dry-run") { Description = "Stores nothing; prints the same report, and every old address with what it will answer." };
        var verb = new Command("wordpress", "Imports a WordPress export. Run again, it updates what changed there, leaves what was edited here, and duplicates nothing.") { file, dry };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, cancellation) => WordpressAsync(parsed, parsed.GetValue(file)!, parsed.GetValue(dry), cancellation));
        return verb;
    }

    private static async Task<int> WordpressAsync(ParseResult parsed, FileInfo file, bool isDryRun, CancellationToken cancellation)
    {
        var (to, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (!file.Exists) return await RefuseAsync(error, $"There is no file {file.FullName}.");

        var export = new WordpressExport(file.OpenRead);
        await Task.Run(export.Survey, cancellation);
        if (!export.IsOne) return await RefuseAsync(error, $"{file.Name} is no WordPress export: it has none of its elements in it.");

        var builder = Site.Builder([.. parsed.UnmatchedTokens]);
        builder.Services.AddSingleton<WhoActs>(() => Actor.CommandLine);
        await using var app = Site.Build(builder);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        var site = scope.ServiceProvider.GetRequiredService<IOptions<SiteOptions>>().Value;
        var clock = scope.ServiceProvider.GetRequiredService<TimeProvider>();
        if (scope.ServiceProvider.GetRequiredService<IOptions<StoreOptions>>().Value.MigrateOnStart) await Verbs.MigrateAsync(scope.ServiceProvider);

        var now = clock.GetUtcNow().UtcDateTime;
        var source = $"wordpress {(export.Site.Address.Length > 0 ? export.Site.Address : export.Site.Name)}";
        var progress = new ImportProgress(to, clock, file.Length);
        try
        {
            var report = await new Importer(db, source, now, site.FindZone()).RunAsync(progress.Counting(export.Read(progress)), isDryRun, cancellation);
            progress.End();
            if (!isDryRun) await TellAsync(db, report, source, now);
            await to.WriteLineAsync(report.ToString());
            await to.WriteLineAsync($"The report: {await KeepAsync(app, site, report, now)}");
            if (!isDryRun) await to.WriteLineAsync("A site that is running may show cached pages from before for up to six hours.");
            return report.AddsUp ? 0 : 1;
        }
        catch (OperationCanceledException)
        {
            progress.End();
            return await RefuseAsync(error, "Stopped. What was stored is whole; the same command goes on from there.");
        }
    }

    /// <summary>One line in the log for all of it.</summary>
    private static async Task TellAsync(NewsDbContext db, ImportReport report, string source, DateTime now)
    {
        if (report.Of(ImportOutcome.Added) + report.Of(ImportOutcome.Updated) == 0) return;
        var detail = string.Create(CultureInfo.InvariantCulture, $"{report.Of(ImportOutcome.Added):N0} added, {report.Of(ImportOutcome.Updated):N0} updated, {report.Of(ImportOutcome.Refused):N0} refused");
        db.Audit.Add(new AuditEntry(Actor.CommandLine, "Import", null, source, "Imported", detail, now));
        await db.SaveChangesAsync();
    }

    private static async Task<string> KeepAsync(WebApplication app, SiteOptions site, ImportReport report, DateTime now)
    {
        var folder = Directory.CreateDirectory(Path.Combine(app.Environment.ContentRootPath, site.DataDirectory, Reports));
        var path = Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd-HHmmss}{(report.IsDryRun ? "-dry-run" : "")}.txt"));
        await File.WriteAllTextAsync(path, report.ToString());
        return path;
    }

    private static async Task<int> RefuseAsync(TextWriter error, string why)
    {
        await error.WriteLineAsync(why);
        return 1;
    }
}
