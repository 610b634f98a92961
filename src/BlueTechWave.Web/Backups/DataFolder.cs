using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Backups;

/// <summary>The folder with everything the site stores.</summary>
public sealed class DataFolder(IConfiguration configuration, IHostEnvironment environment, IOptions<BackupOptions> backups, IOptions<LogOptions> logs)
{
    public string Path { get; } = StoreFile.Directory(configuration, environment.ContentRootPath);

    public string Keys => System.IO.Path.Combine(Path, "keys");

    public string Backups => System.IO.Path.GetFullPath(backups.Value.Directory, Path);

    /// <summary>Where logs are, if any are written to files.</summary>
    public string Logs => System.IO.Path.GetFullPath(logs.Value.Directory, Path);
}
