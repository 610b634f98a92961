namespace BlueTechWave.Web.Options;

/// <summary>Where the site keeps what it stores, read before anything else is set up.</summary>
public static class StoreFile
{
    public static string Directory(IConfiguration configuration, string contentRoot) =>
        Path.GetFullPath(configuration["Site:DataDirectory"] ?? "data", contentRoot);

    /// <summary>The configured connection, or the SQLite file in the data directory, which is made if it is missing.</summary>
    public static string Connection(IConfiguration configuration, string contentRoot)
    {
        if (configuration.GetConnectionString("Store") is { Length: > 0 } configured) return configured;

        var directory = Directory(configuration, contentRoot);
        System.IO.Directory.CreateDirectory(directory);
        return $"Data Source={Path.Combine(directory, "btw.db")}";
    }
}
