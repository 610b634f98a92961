namespace BlueTechWave.Core.Pictures;

/// <summary>
/// Files that are a picture to one program and something else to another. What we serve is made anew and carries nothing of
/// it, but the original is kept, and somebody will open it.
/// </summary>
internal static class Disguise
{
    private const int PdfWithin = 1024;
    private const int ArchiveWithin = 66_000;

    /// <summary>What else the file is, in words; null for nothing.</summary>
    public static string? In(ReadOnlySpan<byte> file)
    {
        // ISO 32000: readers accept the mark of a PDF within the first 1,024 bytes.
        if (file[..Math.Min(PdfWithin, file.Length)].IndexOf("%PDF-"u8) >= 0) return "a PDF";
        // APPNOTE 4.3.16: an archive ends with its directory, and a comment of at most 65,535 bytes.
        if (file[^Math.Min(ArchiveWithin, file.Length)..].IndexOf("PK\x05\x06"u8) >= 0) return "an archive";
        if (file.IndexOf("<?php"u8) >= 0) return "a program";
        return HasScript(file) ? "a web page" : null;
    }

    private static bool HasScript(ReadOnlySpan<byte> file)
    {
        for (var at = 0; ;)
        {
            var next = file[at..].IndexOf((byte)'<');
            if (next < 0) return false;
            at += next + 1;
            var word = file[at..Math.Min(file.Length, at + 6)];
            if (word.Length == 6 && System.Text.Ascii.EqualsIgnoreCase(word, "script"u8)) return true;
        }
    }
}
