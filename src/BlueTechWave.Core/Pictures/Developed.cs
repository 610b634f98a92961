namespace BlueTechWave.Core.Pictures;

/// <summary>What a file turned out to hold, with what the desk needs to see of it at once.</summary>
/// <param name="Width">In pixels, upright, as is <paramref name="Height"/>.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Hash">SHA-256 of the file, in hexadecimal.</param>
/// <param name="Blur">A few pixels as a <c>data:</c> address; empty for a picture one can see through.</param>
/// <param name="Credit">Artist and copyright, as the camera wrote them.</param>
/// <param name="Desk">A sheet with the two sizes that the newsroom looks at.</param>
public sealed record Developed(PictureKind Kind, int Width, int Height, long Length, string Hash, Fingerprint Print, string Blur, string Credit, byte[] Desk)
{
    /// <summary>The name of <see cref="Desk"/> in the store.</summary>
    public static string DeskOf(string hash) => $"{hash}-desk.sheet";
}

/// <summary>Why a file was not taken, in one sentence for whoever brought it.</summary>
public sealed class PictureRefusedException : Exception
{
    public PictureRefusedException(string message) : base(message)
    {
    }

    public PictureRefusedException(string message, Exception inner) : base(message, inner)
    {
    }

    public PictureRefusedException()
    {
    }
}

/// <summary>What a picture may be at most. All is looked at before anything is decoded.</summary>
/// <param name="Bytes">Of the file.</param>
/// <param name="Pixels">Width times height.</param>
/// <param name="Frames">Of an animation, of which the first is kept.</param>
/// <param name="Time">That decoding may take.</param>
public sealed record PictureLimits(long Bytes, long Pixels, int Frames, TimeSpan Time)
{
    public static readonly PictureLimits Usual = new(40L << 20, 120_000_000, 500, TimeSpan.FromSeconds(20));
}
