using BlueTechWave.Core.Exchange;

namespace BlueTechWave.Web.Imports;

/// <summary>Opens a copy of an uploads folder, be it a folder or a ZIP.</summary>
internal static class Uploads
{
    /// <returns>Why it cannot be opened; null where it can, or where there is none.</returns>
    public static string? WhyNot(FileSystemInfo? copy)
    {
        if (copy is null) return null;
        if (!copy.Exists) return $"There is no folder and no ZIP {copy.FullName}.";
        try
        {
            (Open(copy) as IDisposable)?.Dispose();
            return null;
        }
        catch (Exception wrong) when (wrong is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return $"{copy.Name} is no ZIP that can be read, and no folder: {wrong.Message}";
        }
    }

    public static IUploads? Open(FileSystemInfo? copy) => copy switch
    {
        DirectoryInfo folder => new UploadsFolder(folder.FullName),
        FileInfo zip => new UploadsZip(zip),
        _ => null,
    };
}
