using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Backups;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Mail;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Backups;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Mail;
using BlueTechWave.Web.Options;
using BlueTechWave.Web.Watching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Jobs;

/// <summary>
/// Once a day, at its time, backs up the paper and proves that it comes back from it; also when an owner asks for it. One that
/// the site has slept through is made when it is up again. Of several nodes on one store, one does it.
/// </summary>
public sealed class BackupKeeping(IServiceScopeFactory scopes, StorePlace place, IPictureStore pictures, DataFolder folder, BackupShelf shelf, Proof proof, LastProved proved, StoreHolding holding,
    IOptions<BackupOptions> options, IOptions<SiteOptions> site, SiteClock zone, Watch watch, TimeProvider clock, ILogger<BackupKeeping> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private readonly Turns _turns = new();
    private readonly Lock _asking = new();
    private DateTime? _looked;
    private readonly CancellationTokenSource _ending = new();
    private Task? _asked;
    private bool _isTold;

    /// <summary>How far the one under way has come; null if none is.</summary>
    public BackupProgress? UnderWay { get; private set; }

    /// <summary>Ends with the one that was asked for.</summary>
    public Task Ended => _asked ?? Task.CompletedTask;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.IsNullOrEmpty(options.Value.At)) return;
        // The last one says when the next is due; without any, the first is made when its time comes.
        _looked = shelf.Newest()?.MadeAt ?? Now;
        while (await clock.WaitAsync(Between, stoppingToken))
        {
            if (LastPlanned() <= _looked) continue;
            try
            {
                if (!await holding.LeadsAsync()) continue;
                // The one that led before may have made it, on a shelf of its own.
                if (await proved.LastAsync(stoppingToken) is { } made && made >= LastPlanned())
                {
                    _looked = made;
                    continue;
                }

                // One that failed is tried again in an hour.
                if (await MakeAsync(Actor.System, stoppingToken)) _looked = Now;
                else await clock.WaitAsync(Pause, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                log.LogError(e, "No backup could be made; it is tried again in a minute.");
            }
        }
    }

    /// <summary>Waits for one that was asked for: it stops where it is, and leaves nothing half made.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        await base.StopAsync(cancellationToken);
        await Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public override void Dispose()
    {
        base.Dispose();
        _ending.Dispose();
    }

    /// <summary>Begins one in the background, unless one is under way.</summary>
    public void Begin(Actor by)
    {
        lock (_asking)
            if (Ended.IsCompleted && UnderWay is null) _asked = Task.Run(() => MakeAsync(by, _ending.Token));
    }

    /// <summary>Makes one, proves it, and takes away those whose time is over; two calls of one process come one after the other.</summary>
    /// <returns>False if it could not be made or proved; the owners are told why.</returns>
    public async Task<bool> MakeAsync(Actor by, CancellationToken stopping = default)
    {
        using var turn = await _turns.TakeAsync(stopping);
        var name = Backup.NameAt(Now);
        try
        {
            using var noted = watch.Begin<BackupKeeping>("Backups", TimeSpan.FromDays(1));
            UnderWay = new("Beginning", 0, 1, 0);
            shelf.Sweep();
            EnsureRoom();
            var manifest = await new Backup(place, pictures, folder.Keys).WriteAsync(shelf.PathOf(name), Now, new Telling(this), stopping);
            var record = new BackupRecord(name, manifest.MadeAt, new FileInfo(shelf.PathOf(name)).Length, manifest.Tables.Values.Sum());
            shelf.Keep(record);
            var pages = await ProveAsync(record, stopping);
            shelf.Keep(record with { ProvedAt = Now, Pages = pages });
            await NoteAsync(by, LastProved.Act, name);
            shelf.Tell(null);
            _isTold = false;
            Thin();
            log.LogInformation("Backup {Name} was made, and the paper comes back from it.", name);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "The backup {Name} could not be made or proved.", name);
            await FailAsync(by, name, e);
            return false;
        }
        finally
        {
            UnderWay = null;
        }
    }

    private async Task<IReadOnlyList<string>> ProveAsync(BackupRecord record, CancellationToken stopping)
    {
        try
        {
            return await proof.RunAsync(shelf.PathOf(record.Name), new Telling(this), stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            shelf.Keep(record with { Failed = Line(e) });
            throw;
        }
    }

    /// <summary>A full disk would stop the paper: better no backup than that.</summary>
    private void EnsureRoom()
    {
        Directory.CreateDirectory(folder.Backups);
        var needed = (1L << 28) + 2 * (shelf.Newest()?.Length ?? 0);
        if (new DriveInfo(folder.Backups).AvailableFreeSpace is var free && free < needed)
            throw new BackupRefusedException($"The disk with the backups has {Sizes.Of(free)} left, and {Sizes.Of(needed)} are needed.");
    }

    private void Thin()
    {
        var (all, keep) = (shelf.All(), options.Value);
        var kept = Retention.Keep(all, b => TimeZoneInfo.ConvertTimeFromUtc(b.MadeAt, zone.Zone), b => b.ProvedAt is not null, keep.KeepDaily, keep.KeepWeekly, keep.KeepMonthly);
        foreach (var over in all.Where(b => !kept.Contains(b))) shelf.Remove(over.Name);
    }

    /// <summary>The last moment, until now, when one was to be made.</summary>
    private DateTime LastPlanned()
    {
        var at = TimeOnly.ParseExact(options.Value.At!, "HH:mm", CultureInfo.InvariantCulture);
        var here = TimeZoneInfo.ConvertTimeFromUtc(Now, zone.Zone);
        var planned = here.Date + at.ToTimeSpan();
        if (planned > here) planned = planned.AddDays(-1);
        // Clocks may skip it.
        while (zone.Zone.IsInvalidTime(planned)) planned = planned.AddMinutes(15);
        return TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(planned, DateTimeKind.Unspecified), zone.Zone);
    }

    private async Task FailAsync(Actor by, string name, Exception why)
    {
        // Told once, not every hour.
        var isNew = !_isTold && shelf.Failure() is null;
        _isTold = true;
        await TryAsync(() => Task.Run(() => shelf.Tell(new(Now, Line(why)))));
        await TryAsync(() => NoteAsync(by, "Failed", $"{name}: {Line(why)}"));
        if (isNew) await TryAsync(() => WriteAsync(Line(why)));
    }

    private async Task TryAsync(Func<Task> tell)
    {
        try
        {
            await tell();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Nor could the owners be told.");
        }
    }

    private async Task NoteAsync(Actor by, string act, string detail)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        db.Audit.Add(new AuditEntry(by, "Backup", null, "", act, detail, Now));
        await db.SaveChangesAsync(CancellationToken.None);
    }

    private async Task WriteAsync(string why)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        foreach (var owner in await db.Accounts.WhoMay(Act.ManageSettings).Where(a => a.Email != null).Select(a => new { a.Name, a.Email }).ToListAsync())
        {
            var (subject, text) = Letters.BackupFailed(owner.Name, site.Value.Name, why, site.Value.BaseUrl);
            db.OutgoingMails.Add(new OutgoingMail(owner.Email!, subject, text, Now));
        }

        await db.SaveChangesAsync(CancellationToken.None);
    }

    private static string Line(Exception e) => e.Message.ReplaceLineEndings(" ");

    private sealed class Telling(BackupKeeping keeping) : IProgress<BackupProgress>
    {
        public void Report(BackupProgress value) => keeping.UnderWay = value;
    }
}
