using System.Globalization;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Exchange;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Imports;

/// <summary>One run of an import, asked for on the command line or in the newsroom: run, tell the log, keep the report.</summary>
public sealed class ImportingSite(NewsDbContext db, StorePlace place, PictureLibrary library, ImportFolder folder, IOptions<SiteOptions> site, TimeProvider clock)
{
    /// <returns>The report, and where it is kept.</returns>
    public async Task<(ImportReport Report, string Kept)> RunAsync(ExportFile export, IUploads? media, Actor by, ImportMeter meter, bool isDryRun, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        // What is tried is taken back; on a copy, where that would keep editors from saving until then.
        await using var aside = isDryRun ? await place.AsideAsync(cancellation) : null;
        await using var copy = aside?.Open();
        var importer = new Importer(copy ?? db, export.Source, now, site.Value.FindZone()) { Media = media is null ? null : new(library, media) };
        var report = await importer.RunAsync(meter.Counting(export.Read(meter)), isDryRun, cancellation);
        if (!isDryRun) await TellAsync(report, export.Source, by, now);
        return (report, await folder.KeepAsync(report.WriteTo, now, isDryRun ? "-dry-run" : ""));
    }

    /// <summary>One line in the log for all of it.</summary>
    private async Task TellAsync(ImportReport report, string source, Actor by, DateTime now)
    {
        if (report.Of(ImportOutcome.Added) + report.Of(ImportOutcome.Updated) == 0) return;
        var detail = string.Create(CultureInfo.InvariantCulture, $"{report.Of(ImportOutcome.Added):N0} added, {report.Of(ImportOutcome.Updated):N0} updated, {report.Of(ImportOutcome.Refused):N0} refused");
        db.Audit.Add(new AuditEntry(by, "Import", null, source, "Imported", detail, now));
        await db.SaveChangesAsync();
    }
}
