using System.Runtime.CompilerServices;

namespace BlueTechWave.Web.Tests;

/// <summary>The working copy these tests were built from: where the sources are.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    public static string Web { get; } = Path.Combine(Root, "src", "BlueTechWave.Web");

    public static string Core { get; } = Path.Combine(Root, "src", "BlueTechWave.Core");

    /// <summary>Source files below <paramref name="folder"/>, as paths from it with forward slashes, and their text.</summary>
    public static IEnumerable<(string Path, string Text)> Sources(string folder, string pattern = "*.cs") =>
        Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
            .Select(file => (File: file, Path: Path.GetRelativePath(folder, file).Replace('\\', '/')))
            .Where(f => !f.Path.StartsWith("obj/", StringComparison.Ordinal) && !f.Path.StartsWith("bin/", StringComparison.Ordinal))
            .Select(f => (f.Path, File.ReadAllText(f.File)));

    private static string Find([CallerFilePath] string here = "")
    {
        for (var at = Path.GetDirectoryName(here); at is not null; at = Path.GetDirectoryName(at))
            if (File.Exists(Path.Combine(at, "BlueTechWave.sln"))) return at;
        throw new InvalidOperationException("The tests do not run from a working copy.");
    }
}
