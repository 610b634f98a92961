using BlueTechWave.Core.Pictures;
using NetVips;
using Xunit;

namespace BlueTechWave.Core.Tests.Pictures;

public class FingerprintTests
{
    private static readonly PictureLimits Limits = PictureLimits.Usual;

    private static Fingerprint Of(byte[] file) => Darkroom.Develop(file, Limits).Print;

    [Fact]
    public void The_same_picture_made_smaller_or_saved_again_is_recognised()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var original = Of(Photograph.Jpeg(1200, 800, seed, quality: 92));
            using var whole = Photograph.Of(1200, 800, seed);
            foreach (var again in new[]
            {
                Photograph.Jpeg(1200, 800, seed, quality: 30),
                whole.Resize(0.37).JpegsaveBuffer(q: 60),
                whole.Resize(0.25).WebpsaveBuffer(q: 50),
                whole.PngsaveBuffer(),
                whole.Resize(0.5).HeifsaveBuffer(q: 40, compression: Enums.ForeignHeifCompression.Av1, effort: 0),
                (whole * 0.94 + 8).Cast(Enums.BandFormat.Uchar).JpegsaveBuffer(q: 70),
            })
                Assert.True(original.LooksLike(Of(again)), $"seed {seed}: {original.DistanceTo(Of(again))}");
        }
    }

    [Fact]
    public void Others_are_not_taken_for_it()
    {
        var prints = Enumerable.Range(1, 30).Select(seed => Of(Photograph.Jpeg(240, 160, seed))).ToList();
        for (var i = 0; i < prints.Count; i++)
            for (var j = i + 1; j < prints.Count; j++)
                Assert.False(prints[i].LooksLike(prints[j]), $"{i} {j}: {prints[i].DistanceTo(prints[j])}");
    }

    [Fact]
    public void A_plain_surface_looks_like_nothing()
    {
        var white = Of((Image.Black(300, 200, bands: 3) + 255).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb).PngsaveBuffer());
        Assert.False(white.LooksLike(white));
    }
}
