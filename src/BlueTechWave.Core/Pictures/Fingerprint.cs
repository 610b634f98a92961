using System.Numerics;

namespace BlueTechWave.Core.Pictures;

/// <summary>
/// What a picture looks like, whatever its size, format and quality: whether each of 64 places is brighter than its
/// neighbour, across and down (a difference hash, both ways).
/// </summary>
public readonly record struct Fingerprint(long Across, long Down)
{
    /// <summary>Side of the grey picture that it is read from.</summary>
    public const int Side = 9;

    // Of 128 bits. Re-encoded and resized pictures differ in 0 to 6; different ones in about 64, near ones in 20 and more.
    private const int Same = 10;

    /// <param name="grey">9 × 9 grey values, row by row.</param>
    public static Fingerprint Of(ReadOnlySpan<byte> grey)
    {
        var (across, down) = (0UL, 0UL);
        for (var y = 0; y < Side - 1; y++)
            for (var x = 0; x < Side - 1; x++)
            {
                var here = grey[y * Side + x];
                across = (across << 1) | (grey[y * Side + x + 1] > here ? 1UL : 0);
                down = (down << 1) | (grey[(y + 1) * Side + x] > here ? 1UL : 0);
            }

        return new((long)across, (long)down);
    }

    public int DistanceTo(Fingerprint other) =>
        BitOperations.PopCount((ulong)(Across ^ other.Across)) + BitOperations.PopCount((ulong)(Down ^ other.Down));

    /// <summary>A flat picture looks like every other flat one, and says nothing.</summary>
    public bool SaysSomething => BitOperations.PopCount((ulong)Across) + BitOperations.PopCount((ulong)Down) is > 8 and < 120;

    public bool LooksLike(Fingerprint other) => SaysSomething && other.SaysSomething && DistanceTo(other) <= Same;
}
