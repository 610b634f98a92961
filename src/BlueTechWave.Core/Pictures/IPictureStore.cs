namespace BlueTechWave.Core.Pictures;

/// <summary>
/// Where the bytes of pictures are kept: originals and what was cut from them. A name is flat: lower-case letters,
/// digits, '-' and '.', at least five characters, beginning with a letter or digit (<see cref="StoredName"/>).
/// </summary>
public interface IPictureStore
{
    /// <summary>Puts bytes under a name; whole or not at all; what was there is replaced.</summary>
    Task PutAsync(string name, Stream bytes, string mediaType, CancellationToken cancellation = default);

    /// <summary>The bytes, or null if nothing has that name. The caller disposes of the stream.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken cancellation = default);

    /// <summary>Length in bytes, or null if nothing has that name.</summary>
    Task<long?> LengthAsync(string name, CancellationToken cancellation = default);

    /// <summary>Removes it; no error if there is none.</summary>
    Task DeleteAsync(string name, CancellationToken cancellation = default);

    /// <summary>All names with their lengths, in ordinal order, after the given one (for resuming and for checks); streamed.</summary>
    IAsyncEnumerable<StoredFile> ListAsync(string? after = null, CancellationToken cancellation = default);
}

/// <summary>What a store has under a name.</summary>
public record StoredFile(string Name, long Length);
