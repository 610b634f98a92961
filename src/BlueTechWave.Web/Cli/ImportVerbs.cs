using System.CommandLine;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Exchange;
using BlueTechWave.Web.Imports;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Cli;

/// <summary><c>import …</c>: moving in from another system, while the site serves. Killed or stopped, the same line goes on.</summary>
internal static class ImportVerbs
{
    public static Command All()
    {
        var import = new Command("import", "Moves in from another system: wordpress, ghost, or a folder that export has written.");
        import.Subcommands.Add(Wordpress());
        import.Subcommands.Add(GhostVerb.Ghost());
        import.Subcommands.Add(ExportVerbs.Import());
        return import;
    }

    private static Command Wordpress()
    {
        var file = new Argument<FileInfo>("file") { Description = "A WordPress export (WXR 1.0, 1.1 or 1.2), from Tools, Export." };
        var media = new Option<FileSystemInfo>("--media") { Description = "A copy of wp-content/uploads, or a ZIP of it: its pictures go to the library." };
        var (dry, check) = (DryRun(), Check());
        var verb = new Command("wordpress", "Imports a WordPress export. Run again, it updates what changed there, leaves what was edited here, and duplicates nothing.") { file, media, dry, check };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, cancellation) => WordpressAsync(parsed, parsed.GetValue(file)!, parsed.GetValue(media), parsed.GetValue(dry), parsed.GetValue(check), cancellation));
        return verb;
    }

    public static Option<bool> DryRun() => new("--dry-run") { Description = "Stores nothing; prints the same report, and every old address with what it will answer." };

    public static Option<bool> Check() => new("--check") { Description = "After an import: asks this site for every old address in the file. 0 if each answers 200, or one 301 to what does; 1 if one is lost." };

    private static async Task<int> WordpressAsync(ParseResult parsed, FileInfo file, FileSystemInfo? media, bool isDryRun, bool isCheck, CancellationToken cancellation)
    {
        var error = parsed.InvocationConfiguration.Error;
        if (!file.Exists) return await RefuseAsync(error, $"There is no file {file.FullName}.");
        if (Uploads.WhyNot(media) is { } why) return await RefuseAsync(error, why);
        if (await Task.Run(() => ExportFile.Wordpress(file), CancellationToken.None) is not { } export) return await RefuseAsync(error, $"{file.Name} is no WordPress export: it has none of its elements in it.");
        return await RunAsync(parsed, export, file.Length, Uploads.Open(media), isDryRun, isCheck, cancellation);
    }

    /// <summary>What is the same whichever system it comes from.</summary>
    /// <param name="bytes">Of the file.</param>
    public static async Task<int> RunAsync(ParseResult parsed, ExportFile export, long bytes, IUploads? media, bool isDryRun, bool isCheck, CancellationToken cancellation)
    {
        var (to, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        using var opened = media as IDisposable;
        using var read = export;
        var builder = Site.Builder([.. parsed.UnmatchedTokens]);
        builder.Services.AddSingleton<WhoActs>(() => Actor.CommandLine);
        await using var app = Site.Build(builder);
        await using var scope = app.Services.CreateAsyncScope();
        if (scope.ServiceProvider.GetRequiredService<IOptions<StoreOptions>>().Value.MigrateOnStart) await Verbs.MigrateAsync(scope.ServiceProvider);

        var progress = new ImportProgress(to, app.Services.GetRequiredService<TimeProvider>(), bytes);
        try
        {
            if (isCheck) return await CheckAsync(app, export, progress, to, cancellation);
            await using var held = await app.Services.GetRequiredService<StorePlace>().HoldImportAsync(cancellation);
            if (held is null) return await RefuseAsync(error, "Another import is running. Wait for it, or stop it.");

            var importing = ActivatorUtilities.CreateInstance<ImportingSite>(scope.ServiceProvider);
            var (report, kept) = await importing.RunAsync(export, media, Actor.CommandLine, progress, isDryRun, cancellation);
            progress.End();
            using var told = report;
            report.WriteTo(to);
            await to.WriteLineAsync();
            await to.WriteLineAsync($"The report: {kept}");
            if (!isDryRun) await to.WriteLineAsync("A site that is running may show cached pages from before for up to six hours.");
            return report.AddsUp ? 0 : 1;
        }
        catch (OperationCanceledException)
        {
            progress.End();
            return await RefuseAsync(error, isCheck ? "Stopped." : "Stopped. What was stored is whole; the same command goes on from there.");
        }
    }

    private static async Task<int> CheckAsync(WebApplication app, ExportFile export, ImportProgress progress, TextWriter to, CancellationToken cancellation)
    {
        var check = new OldAddressCheck(OwnAnswers.Of(app), app.Services.GetRequiredService<IServiceScopeFactory>());
        var parity = await check.WalkAsync(export, progress, cancellation);
        progress.End();
        await to.WriteLineAsync(parity.ToString());
        await to.WriteLineAsync($"The report: {await app.Services.GetRequiredService<ImportFolder>().KeepAsync(file => file.Write(parity), app.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, "-check")}");
        return parity.IsKept ? 0 : 1;
    }

    public static async Task<int> RefuseAsync(TextWriter error, string why)
    {
        await error.WriteLineAsync(why);
        return 1;
    }
}
