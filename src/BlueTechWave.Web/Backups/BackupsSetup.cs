using BlueTechWave.Core.Data;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Options;

namespace BlueTechWave.Web.Backups;

internal static class BackupsSetup
{
    public static void AddBackups(this IServiceCollection services, string provider, string connection)
    {
        services.AddOptions<BackupOptions>().BindConfiguration("Backup").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(StorePlace.Of(provider, connection));
        services.AddSingleton<DataFolder>();
        services.AddSingleton<BackupShelf>();
        services.AddSingleton<Proof>();
        services.AddSingleton<LastProved>();
        // Before all others that touch the store.
        services.AddSingleton<StoreHolding>();
        services.AddHostedService(all => all.GetRequiredService<StoreHolding>());
        services.AddSingleton<BackupKeeping>();
        services.AddHostedService(all => all.GetRequiredService<BackupKeeping>());
    }
}
