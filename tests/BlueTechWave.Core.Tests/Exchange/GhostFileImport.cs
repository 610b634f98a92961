using BlueTechWave.Core.Exchange;

namespace BlueTechWave.Core.Tests.Exchange;

/// <summary>Into a store of the tests of what we publish; others read the file alone.</summary>
internal sealed partial class GhostFile
{
    public static async Task<ImportReport> ImportAsync(Store store, string export, bool isDryRun = false, DateTime? now = null, ImportMedia? media = null, IEnumerable<Incoming>? more = null)
    {
        await using var db = store.Open();
        return await new Importer(db, "ghost 0a1b", now ?? Paper.Noon, Paper.Zone) { Media = media }.RunAsync(Read(export).Concat(more ?? []), isDryRun);
    }
}
