using BlueTechWave.Core.Exchange;

namespace BlueTechWave.Core.Tests.Exchange;

internal sealed partial class Wxr
{
    public static async Task<ImportReport> ImportAsync(Store store, string export, bool isDryRun = false, DateTime? now = null, ImportMedia? media = null)
    {
        await using var db = store.Open();
        return await new Importer(db, $"wordpress {Site}", now ?? Paper.Noon, Paper.Zone) { Media = media }.RunAsync(Read(export), isDryRun);
    }
}
