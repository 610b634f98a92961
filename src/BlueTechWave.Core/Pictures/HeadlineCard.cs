using System.Net;
using System.Reflection;
using NetVips;

namespace BlueTechWave.Core.Pictures;

/// <summary>A headline on a sea, 1200 × 630: what is shown with a link to an article that has no picture.</summary>
public static class HeadlineCard
{
    public const int Width = 1200;
    public const int Height = 630;

    private const int Margin = 72;
    private const int TextHeight = 372;
    private static readonly int[] Sizes = [84, 74, 64, 55, 47, 40, 34];

    // The type's own letters: Latin as western Europe writes it.
    private const string FurtherLetters = "\u0131\u0152\u0153–—‘’‚“”„•…′″‹›⁄€™−∕";

    private static readonly Lazy<string> Type = new(Unpack);

    /// <summary>Whether the type has every letter of it: a card with gaps says less than none.</summary>
    public static bool CanSet(string headline) =>
        headline.Length is > 0 and <= Articles.Article.HeadlineLength && headline.All(c => c is >= ' ' and <= '~' or >= '\u00A0' and <= '\u00FF' || FurtherLetters.Contains(c));

    /// <returns>A JPEG.</returns>
    public static byte[] Draw(string headline, string paper)
    {
        Darkroom.Open();
        using var sea = Sea();
        using var words = Fitting(headline);
        using var name = Set(CanSet(paper) ? paper : "", 30);
        using var card = Over(Over(sea, words, Margin, Margin, [255, 255, 255]), name, Margin, Height - Margin - name.Height, [207, 227, 255]);
        return card.JpegsaveBuffer(q: 86, optimizeCoding: true, keep: Enums.ForeignKeep.None);
    }

    private static Image Fitting(string headline)
    {
        var set = Set(headline, Sizes[0]);
        foreach (var size in Sizes.Skip(1))
        {
            if (set.Height <= TextHeight) break;
            set.Dispose();
            set = Set(headline, size);
        }

        return set;
    }

    private static Image Set(string text, int pixels)
    {
        var words = text.Length == 0 ? " " : WebUtility.HtmlEncode(text);
        return Image.Text(words, $"Newsreader 16pt {pixels}", width: Width - 2 * Margin, dpi: 72, fontfile: Type.Value, wrap: Enums.TextWrap.WordChar);
    }

    /// <summary>Text is a mask: white where there is ink.</summary>
    private static Image Over(Image ground, Image ink, int x, int y, double[] colour)
    {
        var height = Math.Min(ink.Height, Height - y);
        var mask = ink.ExtractArea(0, 0, Math.Min(ink.Width, Width - x), height).Embed(x, y, Width, Height);
        return mask.Ifthenelse(Image.Black(Width, Height, bands: 3) + colour, ground, blend: true).Cast(Enums.BandFormat.Uchar);
    }

    private static Image Sea()
    {
        using var places = Image.Xyz(Width, Height);
        var (x, y) = (places.ExtractBand(0), places.ExtractBand(1));
        var sea = (Image.Black(Width, Height, bands: 3) + new double[] { 4, 32, 79 }).Cast(Enums.BandFormat.Uchar);
        foreach (var (level, swell, length, phase, colour) in ((double, double, double, double, double[])[])
            [(505, 26, 0.34, 20, [10, 58, 130]), (548, 20, 0.45, 160, [18, 92, 190]), (592, 14, 0.62, 60, [46, 140, 240])])
        {
            // Libvips' sine takes degrees. A pixel at the edge is part sea, part sky.
            using var depth = y - ((x * length + phase).Sin() * swell + level);
            using var mask = ((depth + 0.5) * 255).Cast(Enums.BandFormat.Uchar);
            sea = mask.Ifthenelse(Image.Black(Width, Height, bands: 3) + colour, sea, blend: true).Cast(Enums.BandFormat.Uchar);
        }

        return sea.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    /// <summary>Libvips reads type from a file alone.</summary>
    private static string Unpack()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("btw-type-").FullName, "newsreader-500.ttf");
        using var type = Assembly.GetExecutingAssembly().GetManifestResourceStream("BlueTechWave.Core.Pictures.Type.newsreader-500.ttf")!;
        using var unpacked = File.Create(file);
        type.CopyTo(unpacked);
        return file;
    }
}
