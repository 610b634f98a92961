using System.Text.Json;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Exchange;
using BlueTechWave.Web.Imports;

namespace BlueTechWave.Web.Jobs;

/// <summary>
/// Moves in while the newsroom works: one export at a time, tried first and imported when somebody says so. What is in hand
/// is told by a file beside the export, so that a site that was stopped knows it when it comes up again.
/// </summary>
public sealed class ImportKeeping(IServiceProvider services, IServiceScopeFactory scopes, ImportFolder folder, StorePlace place, PictureKeeping pictures, TimeProvider clock, ILogger<ImportKeeping> log) : IHostedService
{
    private const string InHandFile = "in-hand.json";
    private const string Unknown = "It is nothing that can be read here. Bring an export of WordPress (an .xml file, from Tools, Export) or of Ghost (a .json file, from Settings, Import/Export).";
    private const string UnderWay = "An import is under way: wait for it, or stop it.";
    private const string Elsewhere = "Another import is running, on another node or on the command line perhaps: wait for it.";
    private const string Interrupted = "The site stopped in the middle of it.";

    private readonly Lock _one = new();
    private Run? _run;

    /// <summary>Null while there is nothing.</summary>
    public ImportInHand? InHand
    {
        get
        {
            lock (_one)
                return Read() is { IsUnderWay: true } kept && _run is null && !IsHeld() ? Ended(kept, ImportStage.Stopped, Interrupted) : Read();
        }
    }

    /// <summary>How far it is; null while nothing is under way here.</summary>
    public ImportMeter? Meter => _run?.Meter;

    /// <summary>Ends with what is under way.</summary>
    public Task End => _run?.Work ?? Task.CompletedTask;

    /// <summary>Takes an export in hand, instead of the one before, and tries it.</summary>
    /// <param name="file">A file of the folder; it is ours from now on.</param>
    /// <returns>Why not, or nothing.</returns>
    public Task<string?> BringAsync(string name, string file, string uploads, Actor by) => AloneAsync(alone =>
    {
        if (InHand is { IsUnderWay: true }) return UnderWay;
        Forget();
        Keep(new(name, file, new FileInfo(folder.At(file)).Length, uploads, ImportStage.Tried, by.Name, Now));
        return Begin(isDryRun: true, uploads, by, alone);
    });

    /// <summary>Tries or imports what is in hand, from where it was.</summary>
    /// <returns>Why not, or nothing.</returns>
    public Task<string?> BeginAsync(bool isDryRun, string uploads, Actor by) => AloneAsync(alone => Begin(isDryRun, uploads, by, alone));

    /// <summary>Asks for every old address in what is in hand, as a reader would.</summary>
    /// <returns>Why not, or nothing.</returns>
    public Task<string?> CheckAsync(Actor by) => AloneAsync(alone => Begin(hand => hand with { Stage = ImportStage.Checking }, by, alone, CheckAsync));

    /// <summary>One import at a time moves in to a store, be it here, on another node or on the command line.</summary>
    private async Task<string?> AloneAsync(Func<IAsyncDisposable, string?> begin)
    {
        if (InHand is { IsUnderWay: true }) return UnderWay;
        if (await place.HoldImportAsync() is not { } alone) return Elsewhere;
        var hasBegun = false;
        try
        {
            string? why;
            lock (_one) why = begin(alone);
            hasBegun = why is null;
            return why;
        }
        finally
        {
            if (!hasBegun) await alone.DisposeAsync();
        }
    }

    private string? Begin(bool isDryRun, string uploads, Actor by, IAsyncDisposable alone)
    {
        if (folder.FindUploads(uploads) is { } copy && Imports.Uploads.WhyNot(copy) is { } why) return why;
        return Begin(hand => hand with { Stage = isDryRun ? ImportStage.Trying : ImportStage.Importing, HasBegun = hand.HasBegun || !isDryRun, Uploads = uploads }, by, alone, (hand, run) => ImportAsync(hand, run, by, isDryRun));
    }

    private string? Begin(Func<ImportInHand, ImportInHand> begun, Actor by, IAsyncDisposable alone, Func<ImportInHand, Run, Task<ImportInHand>> work)
    {
        if (InHand is not { } hand) return "There is no file to import: bring one first.";
        if (hand.IsUnderWay) return UnderWay;
        if (folder.TryHold() is not { } held) return Elsewhere;

        Keep(hand = begun(hand) with { By = by.Name, At = Now, Why = "" });
        var run = _run = new(new(clock, hand.Bytes), new());
        run.Work = Task.Run(() => WorkAsync(hand, run, held, alone, work));
        return null;
    }

    /// <summary>Stops at the next safe point; what is stored then is whole.</summary>
    public void Stop()
    {
        lock (_one) _run?.Stopping.Cancel();
    }

    /// <summary>Takes what is in hand away, its file with it; what was imported stays, and so do reports.</summary>
    public void Forget()
    {
        lock (_one)
        {
            if (InHand is not { IsUnderWay: false } hand) return;
            File.Delete(folder.At(hand.File));
            File.Delete(folder.At(InHandFile));
            if (hand.Uploads.StartsWith(ImportFolder.Brought, StringComparison.Ordinal) && folder.FindUploads(hand.Uploads) is FileInfo zip) zip.Delete();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Stop();
        await End.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A check that broke off has changed nothing: what was imported is.</summary>
    private static ImportInHand Ended(ImportInHand hand, ImportStage stage, string why) => hand.Stage == ImportStage.Checking ? hand with { Stage = ImportStage.Done } : hand with { Stage = stage, Why = why };

    private async Task WorkAsync(ImportInHand hand, Run run, FileStream held, IAsyncDisposable alone, Func<ImportInHand, Run, Task<ImportInHand>> work)
    {
        try
        {
            hand = await work(hand, run);
        }
        catch (OperationCanceledException)
        {
            hand = Ended(hand, ImportStage.Stopped, "It was stopped.");
        }
        catch (Exception e)
        {
            log.LogError(e, "The import of {File} broke off.", hand.Name);
            hand = Ended(hand, ImportStage.Failed, $"It broke off: {(e.InnerException ?? e).Message.ReplaceLineEndings(" ")}");
        }
        finally
        {
            await alone.DisposeAsync();
            lock (_one)
            {
                Keep(hand with { At = Now });
                _run = null;
                held.Dispose();
                run.Stopping.Dispose();
            }
        }
    }

    private async Task<ImportInHand> ImportAsync(ImportInHand hand, Run run, Actor by, bool isDryRun)
    {
        using var export = ExportFile.Of(new(folder.At(hand.File)));
        if (export is null) return hand with { Stage = ImportStage.Failed, Why = Unknown };

        await using var scope = scopes.CreateAsyncScope();
        var importing = ActivatorUtilities.CreateInstance<ImportingSite>(scope.ServiceProvider);
        var copy = Imports.Uploads.Open(folder.FindUploads(hand.Uploads));
        using var opened = copy as IDisposable;
        var (report, kept) = await importing.RunAsync(export, copy, by, run.Meter, isDryRun, run.Stopping.Token);
        using var told = report;
        pictures.Ring();
        return hand with { System = export.System, Stage = isDryRun ? ImportStage.Tried : ImportStage.Done, Told = ImportTold.Of(report), Parity = isDryRun ? hand.Parity : null, Report = Path.GetFileName(kept) };
    }

    private async Task<ImportInHand> CheckAsync(ImportInHand hand, Run run)
    {
        using var export = ExportFile.Of(new(folder.At(hand.File)));
        if (export is null) return hand with { Stage = ImportStage.Failed, Why = Unknown };

        var parity = await new OldAddressCheck(OwnAnswers.Of(services), scopes).WalkAsync(export, run.Meter, run.Stopping.Token);
        var kept = await folder.KeepAsync(to => to.Write(parity), Now, "-check");
        return hand with { Stage = ImportStage.Done, Parity = ParityTold.Of(parity, Path.GetFileName(kept)) };
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private bool IsHeld()
    {
        using var held = folder.TryHold();
        return held is null;
    }

    private ImportInHand? Read()
    {
        try
        {
            var kept = folder.At(InHandFile);
            return File.Exists(kept) ? JsonSerializer.Deserialize<ImportInHand>(File.ReadAllText(kept)) : null;
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return null;
        }
    }

    /// <summary>Whole or not at all: a page may read it now.</summary>
    private void Keep(ImportInHand hand)
    {
        var (kept, fresh) = (folder.At(InHandFile), folder.At($"{InHandFile}.new"));
        File.WriteAllText(fresh, JsonSerializer.Serialize(hand));
        File.Move(fresh, kept, overwrite: true);
    }

    private sealed record Run(ImportMeter Meter, CancellationTokenSource Stopping)
    {
        public Task Work { get; set; } = Task.CompletedTask;
    }
}
