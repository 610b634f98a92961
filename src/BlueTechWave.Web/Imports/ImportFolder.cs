using System.Globalization;
using BlueTechWave.Core.Exchange;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Imports;

/// <summary>The folder <c>imports</c> in the data directory: files that were brought, copies of uploads, and reports.</summary>
public sealed class ImportFolder(IWebHostEnvironment environment, IOptions<SiteOptions> site)
{
    private const string Name = "imports";

    public string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(environment.ContentRootPath, site.Value.DataDirectory, Name));

    /// <summary>How a ZIP of pictures begins that was brought by the browser, and goes when its export is put away.</summary>
    public const string Brought = "pictures-";

    /// <summary>Copies of an uploads folder, and ZIPs of one, that somebody has laid here, by name.</summary>
    public IReadOnlyList<string> Uploads => Directory.Exists(Path)
        ? [.. Directory.EnumerateDirectories(Path).Concat(Directory.EnumerateFiles(Path, "*.zip")).Select(copy => System.IO.Path.GetFileName(copy)).Order(StringComparer.OrdinalIgnoreCase)]
        : [];

    /// <summary>One of <see cref="Uploads"/>; a name of anything else finds nothing.</summary>
    public FileSystemInfo? FindUploads(string name) => !Uploads.Contains(name) ? null : At(name) is var copy && Directory.Exists(copy) ? new DirectoryInfo(copy) : new FileInfo(copy);

    public string At(string name)
    {
        Directory.CreateDirectory(Path);
        return System.IO.Path.Combine(Path, name);
    }

    /// <summary>Writes a report beside the others.</summary>
    /// <param name="what">What it is of, in its name.</param>
    public async Task<string> KeepAsync(Action<TextWriter> report, DateTime now, string what = "")
    {
        var path = At(string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd-HHmmss}{what}.txt"));
        await using var file = File.CreateText(path);
        report(file);
        return path;
    }

    /// <summary>Held by the site that works on what the newsroom has in hand; it ends with the process, however that ends.</summary>
    /// <returns>Null while another does.</returns>
    public FileStream? TryHold()
    {
        try
        {
            return new FileStream(At(".running"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
