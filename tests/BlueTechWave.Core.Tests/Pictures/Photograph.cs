using NetVips;

namespace BlueTechWave.Core.Tests.Pictures;

/// <summary>Pictures to bring to the library, made here: soft shapes, another for another seed.</summary>
internal static class Photograph
{
    /// <summary>Soft shapes in colour.</summary>
    public static Image Of(int width, int height, int seed = 1)
    {
        // Its own blocks of loaders are set once a darkroom has been opened.
        System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(Core.Pictures.Darkroom).TypeHandle);
        var cell = Math.Max(8, Math.Max(width, height) / 4);
        var bands = Enumerable.Range(0, 3).Select(i => (Image.Perlin(width, height, cellSize: cell, seed: seed * 10 + i) * 110 + 128).Cast(Enums.BandFormat.Uchar)).ToArray();
        return bands[0].Bandjoin(bands[1..]).Copy(interpretation: Enums.Interpretation.Srgb);
    }

    public static byte[] Jpeg(int width = 1200, int height = 800, int seed = 1, int quality = 85, Action<MutableImage>? with = null) =>
        (with is null ? Of(width, height, seed) : Of(width, height, seed).Mutate(with)).JpegsaveBuffer(q: quality);

    public static byte[] Png(int width = 1200, int height = 800, int seed = 1) => Of(width, height, seed).PngsaveBuffer();

    public static byte[] In(string format, int width = 1200, int height = 800, int seed = 1) => format switch
    {
        "jpg" => Jpeg(width, height, seed),
        "png" => Png(width, height, seed),
        "gif" => Of(width, height, seed).GifsaveBuffer(),
        "webp" => Of(width, height, seed).WebpsaveBuffer(),
        "avif" => Of(width, height, seed).HeifsaveBuffer(compression: Enums.ForeignHeifCompression.Av1, effort: 0),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>Left half red, right half blue: to see which way is up and what a crop holds.</summary>
    public static byte[] Halves(int width, int height, int orientation = 1)
    {
        var red = Image.Black(width / 2, height, bands: 3) + new double[] { 220, 20, 20 };
        var blue = Image.Black(width - width / 2, height, bands: 3) + new double[] { 20, 20, 220 };
        var both = red.Join(blue, Enums.Direction.Horizontal).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        return both.Mutate(m => m.Set(GValue.GIntType, "orientation", orientation)).JpegsaveBuffer(q: 90);
    }
}
