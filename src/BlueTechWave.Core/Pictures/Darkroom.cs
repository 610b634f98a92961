using System.Security.Cryptography;
using NetVips;

namespace BlueTechWave.Core.Pictures;

/// <summary>
/// Where files become pictures and pictures become renditions, by libvips: nothing is decoded before its size is known to be
/// bearable, and nothing of the file but its pixels, its credit and its copyright comes out again.
/// </summary>
public static class Darkroom
{
    /// <summary>What the newsroom looks at: in its lists, and large.</summary>
    public const string Thumb = "thumb.webp";

    /// <inheritdoc cref="Thumb"/>
    public const string View = "view.webp";

    private const int ThumbSide = 400;
    private const int ViewSide = 1200;
    private const int BlurWidth = 16;

    static Darkroom()
    {
        // Pictures are many and each is seen once: a cache of operations only holds memory.
        Cache.Max = 0;
        NetVips.NetVips.Concurrency = Math.Clamp(Environment.ProcessorCount, 1, 4);
        Operation.Block("VipsForeignLoad", true);
        foreach (var loader in (string[])["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadNsgif", "VipsForeignLoadWebp", "VipsForeignLoadHeif"])
            Operation.Block(loader, false);
    }

    /// <summary>Sets the library up, as using anything here does.</summary>
    internal static void Open()
    {
    }

    /// <summary>Looks into a file: what it is, how large, and what the desk is shown of it.</summary>
    /// <exception cref="PictureRefusedException">It is none of the kinds we take, too large, cut off, or something else besides.</exception>
    public static Developed Develop(byte[] file, PictureLimits limits)
    {
        var kind = KindOf(file, limits);
        return Decoding(kind, limits, time =>
        {
            using var head = Open(file, kind, limits);
            var (width, height) = Upright(head);
            using var view = Decode(file, kind, (width, height), Math.Min(ViewSide, width), Math.Min(ViewSide, height), time);
            using var thumb = view.ThumbnailImage(ThumbSide, height: ThumbSide, size: Enums.Size.Down);
            using var grey = Flat(view).ThumbnailImage(Fingerprint.Side, height: Fingerprint.Side, size: Enums.Size.Force).Colourspace(Enums.Interpretation.Bw);
            return new Developed(kind, width, height, file.LongLength, Convert.ToHexStringLower(SHA256.HashData(file)),
                Fingerprint.Of(grey.ExtractBand(0).Cast(Enums.BandFormat.Uchar).WriteToMemory<byte>()), BlurOf(view), CreditOf(head),
                ContactSheet.Write([(Thumb, Webp(thumb, 76)), (View, Webp(view, 80))]));
        });
    }

    /// <summary>Cuts everything that readers are served from an original: a sheet.</summary>
    /// <param name="before">A sheet that was cut from the same original: what no focal point changes is taken from it.</param>
    /// <exception cref="PictureRefusedException">The original cannot be read any more.</exception>
    public static byte[] Print(byte[] file, PictureKind kind, int focusX, int focusY, PictureLimits limits, byte[]? before = null) => Decoding(kind, limits, time =>
    {
        using var head = Open(file, kind, limits);
        var (width, height) = Upright(head);
        var scale = Scale(width, height);
        using var whole = Decode(file, kind, (width, height), Math.Max(1, (int)Math.Ceiling(width * scale)), Math.Max(1, (int)Math.Ceiling(height * scale)), time);
        using var master = WithCreditOnly(whole, head);
        var files = new List<(string, byte[])>();
        var same = before is null ? new Dictionary<string, byte[]>() : ContactSheet.Read(before);
        foreach (var slot in Slot.All)
        {
            var crop = slot.Of(master.Width, master.Height, focusX, focusY);
            using var cut = slot.Across == 0 ? master.Copy() : master.ExtractArea(crop.X, crop.Y, crop.Width, crop.Height);
            foreach (var slotWidth in slot.WidthsFor(width, height))
            {
                var names = (slot == Slot.Share ? ["jpg"] : Rendition.Formats).Select(format => new Rendition(slot, slotWidth, format)).ToList();
                if (!slot.DependsOnFocus(width, height) && names.TrueForAll(r => same.ContainsKey(r.Name)))
                {
                    files.AddRange(names.Select(r => (r.Name, same[r.Name])));
                    continue;
                }

                using var print = cut.ThumbnailImage(slotWidth, height: slot.HeightAt(slotWidth, width, height), size: Enums.Size.Force).CopyMemory();
                foreach (var rendition in names) files.Add((rendition.Name, Save(print, rendition.Format)));
            }
        }

        return ContactSheet.Write(files);
    });

    private static PictureKind KindOf(byte[] file, PictureLimits limits)
    {
        if (file.Length == 0) throw new PictureRefusedException("The file is empty.");
        if (file.LongLength > limits.Bytes) throw new PictureRefusedException($"The file has {Megabytes(file.LongLength)}; {Megabytes(limits.Bytes)} are the most.");
        if (PictureKinds.Of(file.AsSpan(0, Math.Min(file.Length, PictureKinds.HeadLength))) is not { } kind)
            throw new PictureRefusedException("This is not a picture we can take: it has to be a JPEG, PNG, GIF, WebP, AVIF or HEIC, whatever its name says.");
        if (Disguise.In(file) is { } other) throw new PictureRefusedException($"This file is a picture and {other} at once; save the picture anew and try again.");
        return kind;
    }

    private static string Megabytes(long bytes) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1_048_576.0:0.#} MB");

    /// <summary>Reads the header alone.</summary>
    private static Image Open(byte[] file, PictureKind kind, PictureLimits limits)
    {
        var head = Image.NewFromBuffer(file, access: Enums.Access.Sequential);
        try
        {
            if (head.Get("vips-loader") is not string loader || !loader.StartsWith(kind.Loader(), StringComparison.Ordinal))
                throw new PictureRefusedException("The file is not what it says it is.");
            if ((long)head.Width * head.Height > limits.Pixels)
                throw new PictureRefusedException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The picture has {head.Width:N0} × {head.Height:N0} pixels; {limits.Pixels / 1_000_000:N0} million are the most."));
            if (head.Contains("n-pages") && head.Get("n-pages") is int frames && frames > limits.Frames)
                throw new PictureRefusedException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The animation has {frames:N0} frames; {limits.Frames:N0} are the most."));
            return head;
        }
        catch
        {
            head.Dispose();
            throw;
        }
    }

    /// <summary>EXIF's orientations from 5 on lie on their side.</summary>
    private static (int Width, int Height) Upright(Image head) =>
        head.Contains("orientation") && head.Get("orientation") is int and >= 5 and <= 8 ? (head.Height, head.Width) : (head.Width, head.Height);

    /// <summary>Upright, in sRGB, in memory; at most as large as asked.</summary>
    private static Image Decode(byte[] file, PictureKind kind, (int Width, int Height) whole, int width, int height, CancellationToken time)
    {
        // libvips' own thumbnail of a file takes one that is cut off.
        using var picture = Image.NewFromBuffer(file, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated, kwargs: Shrink(kind, Math.Min(whole.Width / width, whole.Height / height)));
        using var killed = time.Register(() => picture.SetKill(true));
        using var fitting = picture.ThumbnailImage(width, height: height, size: Enums.Size.Down, outputProfile: "srgb");
        using var eight = fitting.Cast(Enums.BandFormat.Uchar);
        return eight.CopyMemory();
    }

    /// <summary>A JPEG can be read at a half, a quarter or an eighth, for a part of the work.</summary>
    private static VOption? Shrink(PictureKind kind, int by) =>
        kind != PictureKind.Jpeg || by < 2 ? null : new VOption { { "shrink", by >= 8 ? 8 : by >= 4 ? 4 : 2 } };

    /// <summary>How far the whole may be shrunk so that the widest rendition of each slot is still in it.</summary>
    private static double Scale(int width, int height) =>
        Math.Min(1, Slot.All.Max(slot => (double)slot.WidthsFor(width, height)[^1] / slot.Of(width, height, 50, 50).Width));

    private static Image Flat(Image picture) => picture.HasAlpha() ? picture.Flatten(background: [255, 255, 255]) : picture;

    private static byte[] Save(Image print, string format) => format switch
    {
        "avif" => print.HeifsaveBuffer(q: 52, compression: Enums.ForeignHeifCompression.Av1, effort: 2, keep: Kept(print)),
        "webp" => Webp(print, 78),
        _ => Flat(print).JpegsaveBuffer(q: 78, optimizeCoding: true, interlace: true, keep: Kept(print)),
    };

    private static byte[] Webp(Image picture, int quality) => picture.WebpsaveBuffer(q: quality, effort: 3, keep: Kept(picture));

    private static Enums.ForeignKeep Kept(Image picture) =>
        picture.Contains(Artist) || picture.Contains(Copyright) ? Enums.ForeignKeep.Exif : Enums.ForeignKeep.None;

    private static string BlurOf(Image picture)
    {
        if (picture.HasAlpha()) return "";
        using var few = picture.ThumbnailImage(BlurWidth, height: BlurWidth, size: Enums.Size.Down);
        return $"data:image/webp;base64,{Convert.ToBase64String(few.WebpsaveBuffer(q: 30, effort: 4, keep: Enums.ForeignKeep.None))}";
    }

    private const string Artist = "exif-ifd0-Artist";
    private const string Copyright = "exif-ifd0-Copyright";

    /// <summary>Everything that a camera or a program wrote into the file goes, but who made it and whose it is.</summary>
    private static Image WithCreditOnly(Image picture, Image head)
    {
        var kept = new[] { Artist, Copyright }.Where(head.Contains).Select(field => (Field: field, Value: (string)head.Get(field))).ToList();
        return picture.Mutate(m =>
        {
            foreach (var field in picture.GetFields().Where(f => f.StartsWith("exif", StringComparison.Ordinal) || f.EndsWith("-data", StringComparison.Ordinal) || f.StartsWith("png-comment", StringComparison.Ordinal) || f == "orientation"))
                m.Remove(field);
            foreach (var (field, value) in kept) m.Set(GValue.GStrType, field, value);
        });
    }

    private static string CreditOf(Image head)
    {
        var said = new[] { Artist, Copyright }.Where(head.Contains).Select(field => Plain((string)head.Get(field))).Where(s => s.Length > 0).Distinct().ToList();
        var credit = Articles.Legible.Of(string.Join(", ", said));
        return credit.Length <= Picture.CreditLength ? credit : credit[..Picture.CreditLength];
    }

    /// <summary>libvips prints a field as <c>words (words, ASCII, 12 components, 12 bytes)</c>.</summary>
    private static string Plain(string field)
    {
        var end = field.LastIndexOf(", ASCII", StringComparison.Ordinal);
        var start = end < 0 ? -1 : field.IndexOf(" (", StringComparison.Ordinal);
        return (start < 0 ? field : field[..start]).Trim().Trim('\0');
    }

    private static T Decoding<T>(PictureKind kind, PictureLimits limits, Func<CancellationToken, T> work)
    {
        using var time = new CancellationTokenSource(limits.Time);
        try
        {
            return work(time.Token);
        }
        catch (VipsException) when (time.IsCancellationRequested)
        {
            throw new PictureRefusedException($"The picture takes more than {limits.Time.TotalSeconds:N0} seconds to open, and was left alone.");
        }
        catch (VipsException why)
        {
            throw new PictureRefusedException(kind == PictureKind.Heic
                ? "This HEIC cannot be opened here; save it as a JPEG and try again."
                : "The picture is damaged or cut off; save it anew and try again.", why);
        }
    }
}
