namespace BlueTechWave.Core.Pictures;

/// <summary>How far a move is. Pictures that need nothing done are not counted.</summary>
public record PictureMoveProgress(int Done, int Of, long Bytes, long OfBytes)
{
    /// <summary>More may come while we copy than were counted.</summary>
    internal PictureMoveProgress With(StoredFile file)
    {
        var (done, bytes) = (Done + 1, Bytes + file.Length);
        return new(done, Math.Max(Of, done), bytes, Math.Max(OfBytes, bytes));
    }
}

/// <summary>What a move did.</summary>
/// <param name="There">Those that the new store had already.</param>
/// <param name="Unlike">Names whose bytes came back different; while there are any, nothing is removed.</param>
public record PictureMoveReport(int Copied, int There, int Removed, IReadOnlyList<string> Unlike);
