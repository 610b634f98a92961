using System.CommandLine;
using System.Globalization;
using Amazon.Runtime;
using BlueTechWave.Core.Backups;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Backups;

namespace BlueTechWave.Web.Cli;

/// <summary><c>backup</c> and <c>restore</c>: everything the paper has, in one file and back.</summary>
internal static class BackupVerbs
{
    public static Command Backup()
    {
        var file = new Argument<FileInfo>("file") { Description = "The archive to make, for example paper.zip." };
        var verb = new Command("backup", "Writes store, pictures and keys into one archive, while the site serves.") { file };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, stop) => RunAsync(parsed, [.. parsed.UnmatchedTokens], (run, cancellation) => BackUpAsync(run, parsed.GetValue(file)!.FullName, cancellation), stop));
        return verb;
    }

    public static Command Restore()
    {
        var file = new Argument<string?>("file") { Description = "An archive that backup has made.", Arity = ArgumentArity.ZeroOrOne };
        var back = new Option<bool>("--back") { Description = "Takes back what was there before the last restore or upgrade." };
        var forget = new Option<bool>("--forget") { Description = "Removes all states of before that are kept beside the store." };
        var verb = new Command("restore", "Puts a backup in the place of the store, and keeps what was there. The site must be stopped.") { file, back, forget };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, stop) =>
        {
            // Without a file, the first setting is taken for one.
            string[] words = [.. parsed.GetValue(file) is { } first ? [first] : Array.Empty<string>(), .. parsed.UnmatchedTokens];
            var archive = words.FirstOrDefault(word => !word.StartsWith("--", StringComparison.Ordinal));
            return RunAsync(parsed, [.. words.Where(word => word != archive)], (run, cancellation) => (archive, parsed.GetValue(back), parsed.GetValue(forget)) switch
            {
                ({ } path, false, false) => RestoreAsync(run, Path.GetFullPath(path), cancellation),
                (null, true, false) => TakeBackAsync(run),
                (null, false, true) => ForgetAsync(run),
                _ => throw new BackupRefusedException("Say one thing: restore FILE, restore --back or restore --forget."),
            }, stop);
        });
        return verb;
    }

    private static async Task BackUpAsync(Run run, string path, CancellationToken cancellation)
    {
        var manifest = await new Backup(run.Place, run.Pictures, run.Keys).WriteAsync(path, run.Now, run.Progress, cancellation);
        run.Progress.End();
        await run.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{manifest.Tables.Values.Sum():N0} rows of {manifest.Tables.Count} tables and {manifest.Entries.Count(e => e.Name.StartsWith("pictures/", StringComparison.Ordinal)):N0} files of pictures are in {path} ({Sizes.Of(new FileInfo(path).Length)})."));
        if (manifest.Missing.Count(f => f.Contains("-original.", StringComparison.Ordinal)) is > 0 and var gone)
            await run.Out.WriteLineAsync($"{gone} originals of pictures were not there to be backed up; check names them.");
    }

    private static async Task RestoreAsync(Run run, string path, CancellationToken cancellation)
    {
        var report = await new Restore(run.Place, run.Pictures, run.Keys).RunAsync(path, run.Now, run.Progress, cancellation);
        run.Progress.End();
        await run.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"The store is as it was on {report.Manifest.MadeAt:u}: {report.Manifest.Tables.Values.Sum():N0} rows. {report.Pictures:N0} files of pictures were missing and are back."));
        if (report.Migrated.Count > 0) await run.Out.WriteLineAsync($"Brought up to date: {string.Join(", ", report.Migrated)}.");
        if (report.Former is { } former) await run.Out.WriteLineAsync($"What was there is kept as {former} for {StorePlace.FormerKeptFor.Days} days; restore --back takes it back.");
    }

    private static async Task TakeBackAsync(Run run)
    {
        await using var hold = await run.Place.HoldAsync(alone: true) ?? throw new BackupRefusedException("A site is serving this store: stop it first. Nothing was changed.");
        if (await run.Place.FormersAsync() is not [var former, ..]) throw new BackupRefusedException("No state of before is kept here.");
        var kept = await run.Place.TakeBackAsync(former, run.Now);
        await run.Out.WriteLineAsync($"The store is as it was until {former.At:u}. What was there is kept{(kept is null ? "" : $" as {kept}")}.");
    }

    private static async Task ForgetAsync(Run run)
    {
        var formers = await run.Place.FormersAsync();
        foreach (var former in formers) await run.Place.ForgetAsync(former);
        await run.Out.WriteLineAsync($"{formers.Count} states of before were removed.");
    }

    private static async Task<int> RunAsync(ParseResult parsed, string[] settings, Func<Run, CancellationToken, Task> act, CancellationToken stop)
    {
        var (say, refuse) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        await using var app = Site.Builder(settings).Build();
        try
        {
            await act(new(app.Services, say), stop);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await refuse.WriteLineAsync("Stopped. Nothing was changed.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException or AmazonServiceException or AmazonClientException or System.Data.Common.DbException)
        {
            await refuse.WriteLineAsync($"{e.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}. The store is as it was.");
        }

        return 1;
    }

    /// <summary>One call of a verb: what it works with, and where it speaks.</summary>
    private sealed class Run(IServiceProvider services, TextWriter to)
    {
        public TextWriter Out => to;

        public StorePlace Place { get; } = services.GetRequiredService<StorePlace>();

        public IPictureStore Pictures { get; } = services.GetRequiredService<IPictureStore>();

        public string Keys { get; } = services.GetRequiredService<DataFolder>().Keys;

        public DateTime Now => services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;

        public BackupLine Progress { get; } = new(to, services.GetRequiredService<TimeProvider>());
    }
}
