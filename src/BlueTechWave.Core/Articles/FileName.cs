namespace BlueTechWave.Core.Articles;

/// <summary>A text alternative that is really the name of a file says nothing to whom it is for.</summary>
public static class FileName
{
    private static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".heic", ".tif", ".tiff"];

    /// <summary>Whether <paramref name="text"/> is the name of the file at <paramref name="path"/>, or is spelled as files are.</summary>
    public static bool Resembles(string text, string path)
    {
        var said = text.Trim();
        if (Endings.Any(end => said.EndsWith(end, StringComparison.OrdinalIgnoreCase))) return true;
        if (Slug.From(said) is { Length: > 0 } slug && slug == Slug.From(Path.GetFileNameWithoutExtension(path))) return true;
        // One word put together from several, as in IMG_2043 or Microsoft-Mexico-09-25.
        return !said.Contains(' ') && said.Any(char.IsAsciiDigit) && said.AsSpan().ContainsAny('-', '_');
    }
}

/// <summary>Something a piece lacks: which field of the <see cref="Manuscript"/>, and in words.</summary>
public readonly record struct Missing(string Field, string What)
{
    public override string ToString() => What;
}
