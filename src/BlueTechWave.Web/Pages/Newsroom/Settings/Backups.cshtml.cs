using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Backups;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Backups;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Options;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Pages.Newsroom.Settings;

/// <summary>The backups there are, and whether the paper was seen to come back from them.</summary>
[May(Act.ManageSettings)]
public class BackupsModel(BackupShelf shelf, BackupKeeping keeping, IOptions<BackupOptions> options, NewsDbContext db, WhoActs acts, TimeProvider clock) : NewsroomPageModel
{
    public IReadOnlyList<BackupRecord> Backups { get; private set; } = [];

    public BackupFailure? Failure { get; private set; }

    public BackupProgress? UnderWay { get; private set; }

    /// <summary>The time of day when one is made; empty if none is by itself.</summary>
    public string At => options.Value.At ?? "";

    public BackupOptions Keep => options.Value;

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public void OnGet()
    {
        (Title, Here) = ("Backups", "Settings");
        (Backups, Failure, UnderWay) = (shelf.All(), shelf.Failure(), keeping.UnderWay);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        db.Audit.Add(new AuditEntry(acts(), "Backup", null, "", "Begun", "", Now));
        await db.SaveChangesAsync();
        keeping.Begin(acts());
        Said = "A backup is under way. You can go on working, and so can everybody else.";
        return RedirectToPage();
    }

    /// <summary>Everything the paper has leaves the house: that is noted.</summary>
    public async Task<IActionResult> OnGetFileAsync(string? name)
    {
        if (shelf.Find(name) is not { } path) return NotFound();
        if (!HttpMethods.IsHead(Request.Method))
        {
            db.Audit.Add(new AuditEntry(acts(), "Backup", null, name!, "Downloaded", "", Now));
            await db.SaveChangesAsync();
        }

        return new PhysicalFileResult(path, "application/zip") { FileDownloadName = name, EnableRangeProcessing = true };
    }
}
