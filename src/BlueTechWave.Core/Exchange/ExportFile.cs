using BlueTechWave.Core.Exchange.Ghost;
using BlueTechWave.Core.Exchange.Wordpress;

namespace BlueTechWave.Core.Exchange;

/// <summary>A file that another system has written, known by what is in it and not by its name.</summary>
/// <param name="System">In words, such as “WordPress”.</param>
/// <param name="Source">The system and the site, by which what came from it is known again.</param>
/// <param name="Read">Everything in it; the one told hears how many bytes have been read. Once: pictures in it keep what they became.</param>
/// <param name="Kept">What was written down about it.</param>
public sealed record ExportFile(string System, string Source, Func<IProgress<long>?, IEnumerable<Incoming>> Read, IDisposable? Kept = null) : IDisposable
{
    /// <summary>How the source of everything begins that comes from a WordPress.</summary>
    public const string FromWordpress = "wordpress ";

    /// <summary>Reads the file once through. Another system is another line here.</summary>
    /// <returns>Null for a file that no known system writes.</returns>
    public static ExportFile? Of(FileInfo file) => Wordpress(file) ?? Ghost(file);

    /// <inheritdoc cref="Of"/>
    public static ExportFile? Wordpress(FileInfo file)
    {
        var export = new WordpressExport(file.OpenRead);
        export.Survey();
        if (export.IsOne) return new("WordPress", $"{FromWordpress}{(export.Site.Address.Length > 0 ? export.Site.Address : export.Site.Name)}", export.Read, export);
        export.Dispose();
        return null;
    }

    public void Dispose() => Kept?.Dispose();

    private static ExportFile? Ghost(FileInfo file)
    {
        var export = new GhostExport(file.OpenRead);
        export.Survey();
        return export.IsOne ? new("Ghost", export.Source, export.Read) : null;
    }
}
