using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Backups;
using BlueTechWave.Web.Security;
using BlueTechWave.Web.Watching;

namespace BlueTechWave.Web.Pages.Newsroom.Settings;

/// <summary>How the site itself is, on one page: what an operator looks at first.</summary>
[May(Act.ManageSettings)]
public class StatusModel(Watch watch, Troubles troubles, Backlog backlog, Room room, Watching.Figures figures, BackupShelf shelf, StorePlace place, NewsDbContext db, TimeProvider clock) : NewsroomPageModel
{
    private static readonly TimeSpan ProofIsOld = TimeSpan.FromDays(2);

    public IReadOnlyList<JobState> Jobs => watch.Jobs;

    public WhatWaits Waits { get; private set; } = WhatWaits.Nothing;

    public RoomTaken Room { get; private set; } = new(0, 0, 0, 0, 0);

    public IReadOnlyList<string> Migrations { get; private set; } = [];

    public int Errors { get; private set; }

    public IReadOnlyList<Trouble> Newest { get; private set; } = [];

    public BackupRecord? Backup { get; private set; }

    public DateTime? Proved { get; private set; }

    public BackupFailure? BackupFailed { get; private set; }

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public DateTime Since => watch.StartedAt;

    public string Version => Release.Version.Split('+')[0];

    public string Store => place.Provider == "Sqlite" ? "SQLite" : "PostgreSQL";

    public (long Hits, long Misses, long Kept, long KeptBytes, long Stale) Cache => figures.Cache;

    public string HitShare => Cache is { Hits: var hits, Misses: var misses } && hits + misses > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * hits / (hits + misses):0.0} %") : "–";

    /// <summary>What somebody has to see to, in sentences; none if all is well.</summary>
    public IReadOnlyList<string> Wrong { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        (Title, Here) = ("Status", "Settings");
        (Waits, Room, Migrations) = (await backlog.LookAsync(cancellation), await room.LookAsync(db, cancellation), await place.AppliedAsync(cancellation));
        (Errors, Newest) = troubles.OfTheLastDay();
        (Backup, Proved, BackupFailed) = (shelf.Newest(), shelf.LastProved(), shelf.Failure());
        Wrong = [.. WhatIsWrong()];
    }

    private IEnumerable<string> WhatIsWrong()
    {
        if (Room.IsScarce) yield return $"The disk is nearly full: {Sizes.Of(Room.Free)} are left.";
        if (BackupFailed is not null) yield return "The last backup failed.";
        else if (Proved is null || Now - Proved > ProofIsOld) yield return Proved is null ? "The paper was never seen to come back from a backup." : "For more than two days no backup was proved.";
        foreach (var job in Jobs.Where(j => j.IsFailing)) yield return $"{job.Name}: the last round failed.";
        foreach (var job in Jobs.Where(j => !j.IsFailing && j.IsLate(Now))) yield return $"{job.Name}: the next round is late.";
        if (Waits.LettersFailed > 0) yield return $"{Counted(Waits.LettersFailed, "letter")} could not be sent.";
        if (Waits.WebhooksPaused > 0) yield return $"{Counted(Waits.WebhooksPaused, "webhook")} {(Waits.WebhooksPaused == 1 ? "is" : "are")} paused.";
    }

    public static string Took(TimeSpan? took) => took switch
    {
        null => "under way",
        { TotalSeconds: < 1 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 2 } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalSeconds:0.0} s"),
        { } t => string.Create(CultureInfo.InvariantCulture, $"{t.TotalMinutes:0} min"),
    };

    private static string Counted(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");
}
