using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Options;

/// <summary>Where the data directory is.</summary>
public sealed class StoreFile(IOptions<SiteOptions> site, IHostEnvironment host)
{
    public string DataDirectory { get; } = Path.GetFullPath(site.Value.DataDirectory, host.ContentRootPath);

    /// <summary>The configured connection, or the SQLite file in the data directory, which is made if it is missing.</summary>
    public static string Connection(IConfiguration configuration, string contentRoot)
    {
        if (configuration.GetConnectionString("Store") is { Length: > 0 } configured) return configured;

        var directory = Path.GetFullPath(configuration["Site:DataDirectory"] ?? "data", contentRoot);
        Directory.CreateDirectory(directory);
        return $"Data Source={Path.Combine(directory, "btw.db")}";
    }
}
