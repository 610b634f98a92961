using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BlueTechWave.Core.Pictures;

/// <summary>A place in the design that a picture can stand in: its shape, and the widths it is needed at, in pixels.</summary>
/// <param name="Name">As it stands in addresses.</param>
/// <param name="Across">Of the shape, against <paramref name="Down"/>; 0 for the picture's own.</param>
public sealed record Slot(string Name, string Label, int Across, int Down, params int[] Widths)
{
    /// <summary>Above an article.</summary>
    public static readonly Slot Lead = new("lead", "Above the article", 16, 9, 480, 800, 1200, 1600);

    /// <summary>On cards and in lists.</summary>
    public static readonly Slot Card = new("card", "On cards", 3, 2, 320, 640, 960);

    /// <summary>Portraits, and small lists on a phone.</summary>
    public static readonly Slot Square = new("square", "Portrait", 1, 1, 96, 192, 384);

    /// <summary>Where others show a link to us. One width, one format.</summary>
    public static readonly Slot Share = new("share", "When shared", 1200, 630, 1200);

    /// <summary>Within a text: nothing is cut off.</summary>
    public static readonly Slot Full = new("full", "In the text", 0, 0, 480, 800, 1200, 1600);

    public static readonly IReadOnlyList<Slot> All = [Lead, Card, Square, Share, Full];

    /// <summary>Those that cut something off, so that it matters where.</summary>
    public static IEnumerable<Slot> Cropped => All.Where(s => s.Across > 0);

    /// <summary>
    /// The largest part of a picture in this shape, as near to its focal point as the edges allow.
    /// </summary>
    /// <param name="focusX">Per cent from the left.</param>
    /// <param name="focusY">Per cent from the top.</param>
    public Crop Of(int width, int height, int focusX, int focusY)
    {
        if (Across == 0) return new(0, 0, width, height);
        var isWide = (long)width * Down > (long)height * Across;
        var cutWidth = isWide ? Math.Max(1, Whole((double)height * Across / Down)) : width;
        var cutHeight = isWide ? height : Math.Max(1, Whole((double)width * Down / Across));
        return new(Start(width, cutWidth, focusX), Start(height, cutHeight, focusY), cutWidth, cutHeight);
    }

    /// <summary>Whether anything is cut off, so that it matters where.</summary>
    public bool DependsOnFocus(int width, int height) => Of(width, height, 0, 0) != Of(width, height, 100, 100);

    /// <summary>The widths that a picture of this size can fill; its own where it is smaller than all. Nothing is enlarged but what is shared.</summary>
    public IReadOnlyList<int> WidthsFor(int width, int height)
    {
        if (this == Share) return Widths;
        var most = Of(width, height, 50, 50).Width;
        int[] fit = [.. Widths.Where(w => w <= most)];
        return fit.Length > 0 ? fit : [most];
    }

    /// <summary>In pixels, at this width of the slot.</summary>
    public int HeightAt(int slotWidth, int width, int height)
    {
        var crop = Of(width, height, 50, 50);
        return this == Share ? 630 : Math.Max(1, Whole((double)slotWidth * crop.Height / crop.Width));
    }

    // As the desk's script rounds, so that what it shows is what is cut.
    private static int Whole(double pixels) => (int)Math.Round(pixels, MidpointRounding.AwayFromZero);

    private static int Start(int whole, int cut, int focus) => Math.Clamp(Whole(whole * focus / 100.0 - cut / 2.0), 0, whole - cut);
}

/// <summary>A part of a picture, in pixels.</summary>
public readonly record struct Crop(int X, int Y, int Width, int Height);

/// <summary>One file that readers are served: a slot, a width, a format.</summary>
public readonly record struct Rendition(Slot Slot, int Width, string Format)
{
    /// <summary>Best first: a browser takes the first it knows.</summary>
    public static readonly IReadOnlyList<string> Formats = ["avif", "webp", "jpg"];

    // Another recipe gives every rendition another address.
    private const string Recipe = "1";
    private const int KeyLength = 24;

    /// <summary>As it stands in its address and on its sheet, for example <c>lead-800.avif</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Slot.Name}-{Width}.{Format}");

    /// <summary>Everything that is cut from a picture of this size.</summary>
    public static IEnumerable<Rendition> Of(int width, int height) =>
        from slot in Slot.All
        from w in slot.WidthsFor(width, height)
        from format in slot == Slot.Share ? ["jpg"] : Formats
        select new Rendition(slot, w, format);

    public static string MediaTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".avif" => "image/avif",
        ".webp" => "image/webp",
        ".png" => "image/png",
        _ => "image/jpeg",
    };

    /// <summary>24 hexadecimal digits, other ones for other bytes, another focal point or another recipe.</summary>
    public static string KeyOf(string hash, int focusX, int focusY) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Recipe}/{hash}/{focusX}/{focusY}"))))[..KeyLength];

    public static bool IsKey(string key) => key.Length == KeyLength && key.All(char.IsAsciiHexDigitLower);
}
