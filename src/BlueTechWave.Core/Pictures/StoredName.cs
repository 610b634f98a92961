using System.Text.RegularExpressions;

namespace BlueTechWave.Core.Pictures;

/// <summary>What a file in a picture store may be called: nothing that could lead out of the store, on any system.</summary>
public static partial class StoredName
{
    private const int Shortest = 5;
    private const int Longest = 200;

    public static bool IsWellFormed(string name) => name.Length is >= Shortest and <= Longest && Form().IsMatch(name);

    /// <returns>The name itself; one that is not well formed is a mistake of ours, never a reader's.</returns>
    internal static string Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsWellFormed(name) ? name : throw new ArgumentException("Not a well formed name of a stored picture.", nameof(name));
    }

    /// <summary>As its ending says.</summary>
    internal static string MediaType(string name) => Path.GetExtension(name) switch
    {
        ".avif" => "image/avif",
        ".gif" => "image/gif",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".png" => "image/png",
        ".svg" => "image/svg+xml",
        ".webp" => "image/webp",
        _ => "application/octet-stream",
    };

    // A dot stands alone and never last: two would climb out of a folder, and Windows drops one at the end.
    [GeneratedRegex(@"\A[a-z0-9](\.?[a-z0-9-])*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
