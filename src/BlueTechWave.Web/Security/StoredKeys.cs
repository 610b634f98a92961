using System.Xml;
using System.Xml.Linq;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Settings;
using BlueTechWave.Web.Backups;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Security;

/// <summary>
/// Keeps the site's keys in its store. Keys that lie in the data directory, where they were kept before and where a restored
/// backup of then puts them, are taken in.
/// </summary>
internal sealed class StoredKeys(IServiceScopeFactory scopes, DataFolder folder, ILogger<StoredKeys> log) : IXmlRepository
{
    // Asked for once a day, by code that cannot wait otherwise.
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(async () =>
    {
        await TakeInAsync();
        await using var scope = scopes.CreateAsyncScope();
        var keys = await scope.ServiceProvider.GetRequiredService<NewsDbContext>().SiteKeys.AsNoTracking().OrderBy(k => k.Id).Select(k => k.Xml).ToListAsync();
        return keys.ConvertAll(XElement.Parse);
    }).GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => KeepAsync(friendlyName, element.ToString(SaveOptions.DisableFormatting))).GetAwaiter().GetResult();

    private async Task TakeInAsync()
    {
        if (!Directory.Exists(folder.Keys)) return;
        foreach (var file in Directory.GetFiles(folder.Keys, "*.xml"))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            await using var scope = scopes.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<NewsDbContext>().SiteKeys.AnyAsync(k => k.Name == name)) continue;
            try
            {
                await KeepAsync(name, XElement.Parse(await File.ReadAllTextAsync(file)).ToString(SaveOptions.DisableFormatting));
            }
            catch (XmlException e)
            {
                log.LogWarning("{File} is no key: {Why}", file, e.Message);
            }
            catch (DbUpdateException)
            {
                // Another node has just taken it in. Anything else shows in the next line that reads them.
            }
        }
    }

    private async Task KeepAsync(string name, string xml)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        db.SiteKeys.Add(new(name, xml));
        await db.SaveChangesAsync();
    }
}

internal static class StoredKeysSetup
{
    /// <summary>One name for all nodes, wherever each is installed: by itself, each place would have keys of its own.</summary>
    public static void AddStoredKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("BlueTechWave");
        services.AddOptions<KeyManagementOptions>().Configure<IServiceScopeFactory, DataFolder, ILogger<StoredKeys>>((keys, scopes, folder, log) => keys.XmlRepository = new StoredKeys(scopes, folder, log));
    }
}
