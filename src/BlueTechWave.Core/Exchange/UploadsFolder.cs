using System.Text.RegularExpressions;

namespace BlueTechWave.Core.Exchange;

/// <summary>A copy of the folder in which the old site kept its files. A path that leads out of it finds nothing.</summary>
public sealed partial class UploadsFolder(string folder) : IUploads
{
    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;

    public UploadedFile? Find(string path) => Spellings(path).Select(At).FirstOrDefault(f => f is { Exists: true }) is { } file ? new(file.Length, () => File.ReadAllBytesAsync(file.FullName)) : null;

    /// <summary>A path, and those of the originals it may have been cut from.</summary>
    public static IEnumerable<string> Spellings(string path)
    {
        yield return path;
        if (Unsized(path) is var whole && whole != path) yield return whole;
        var original = Size().Replace(path, "");
        if (original != path) yield return original;
        // What was too large for a page was kept under a name of its own.
        var dot = original.LastIndexOf('.');
        if (dot > 0) yield return $"{original[..dot]}-scaled{original[dot..]}";
    }

    /// <summary>Ghost keeps each size in a folder of its own, as in <c>size/w600/2024/01/mast.jpg</c>.</summary>
    public static string Unsized(string path) => SizeFolder().Replace(path, "");

    private FileInfo? At(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)) return null;
        var full = Path.GetFullPath(Path.Combine(_root, path));
        return full.StartsWith(_root, StringComparison.Ordinal) ? new FileInfo(full) : null;
    }

    [GeneratedRegex(@"(?:-[0-9]{1,5}x[0-9]{1,5}|-scaled)(?=\.[A-Za-z0-9]{2,5}$)")]
    private static partial Regex Size();

    [GeneratedRegex(@"(?<=^|/content/images/)size/w[0-9]{1,5}(?:h[0-9]{1,5})?/(?:format/[a-z0-9]{1,6}/)?")]
    private static partial Regex SizeFolder();
}
