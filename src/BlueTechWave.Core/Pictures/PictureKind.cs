namespace BlueTechWave.Core.Pictures;

/// <summary>What we take, told by the first bytes and never by a name.</summary>
public enum PictureKind
{
    Jpeg = 0,
    Png = 1,
    Gif = 2,
    WebP = 3,
    Avif = 4,
    Heic = 5,
}

public static class PictureKinds
{
    /// <summary>Bytes that <see cref="Of"/> needs.</summary>
    public const int HeadLength = 32;

    extension(PictureKind kind)
    {
        /// <summary>Of the original's name in the store.</summary>
        public string Ending() => kind switch
        {
            PictureKind.Jpeg => "jpg",
            PictureKind.Png => "png",
            PictureKind.Gif => "gif",
            PictureKind.WebP => "webp",
            PictureKind.Avif => "avif",
            _ => "heic",
        };

        public string MediaType() => kind == PictureKind.Jpeg ? "image/jpeg" : $"image/{kind.Ending()}";

        /// <summary>The loader that must have read it: a file that two readers take for two things is refused.</summary>
        internal string Loader() => kind switch
        {
            PictureKind.Jpeg => "jpegload",
            PictureKind.Png => "pngload",
            PictureKind.Gif => "gifload",
            PictureKind.WebP => "webpload",
            _ => "heifload",
        };
    }

    /// <summary>Null for anything else.</summary>
    public static PictureKind? Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return PictureKind.Jpeg;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])) return PictureKind.Png;
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return PictureKind.Gif;
        if (head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8)) return PictureKind.WebP;
        return head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8) ? OfBrand(head[8..12]) : null;
    }

    // ISO/IEC 14496-12: the major brand of the file.
    private static PictureKind? OfBrand(ReadOnlySpan<byte> brand)
    {
        if (brand.SequenceEqual("avif"u8) || brand.SequenceEqual("avis"u8)) return PictureKind.Avif;
        return brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8) || brand.SequenceEqual("heim"u8)
            ? PictureKind.Heic
            : null;
    }
}
