namespace BlueTechWave.Core.Exchange;

/// <summary>A copy of what the old site kept its files in: a folder, or a ZIP of one.</summary>
public interface IUploads
{
    /// <summary>What is worth a word of the copy as a whole.</summary>
    IEnumerable<string> Notes => [];

    /// <summary>The file at a path or, where only that is there, the original it was cut from; null for neither.</summary>
    UploadedFile? Find(string path);
}

/// <summary>One file of it.</summary>
/// <param name="Read">All of it; <see cref="InvalidDataException"/> or <see cref="IOException"/> where that cannot be.</param>
public sealed record UploadedFile(long Length, Func<Task<byte[]>> Read);
