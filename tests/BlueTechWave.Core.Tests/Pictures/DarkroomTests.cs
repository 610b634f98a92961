using System.Text;
using BlueTechWave.Core.Pictures;
using NetVips;
using Xunit;

namespace BlueTechWave.Core.Tests.Pictures;

public class DarkroomTests
{
    private static readonly PictureLimits Limits = new(4 << 20, 6_000_000, 5, TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData("jpg", PictureKind.Jpeg)]
    [InlineData("png", PictureKind.Png)]
    [InlineData("gif", PictureKind.Gif)]
    [InlineData("webp", PictureKind.WebP)]
    [InlineData("avif", PictureKind.Avif)]
    public async Task Every_kind_is_known_by_its_bytes_and_becomes_every_rendition(string format, PictureKind kind)
    {
        var file = Photograph.In(format, 900, 600);

        var developed = Darkroom.Develop(file, Limits);
        Assert.Equal((kind, 900, 600), (developed.Kind, developed.Width, developed.Height));
        Assert.StartsWith("data:image/webp;base64,", developed.Blur, StringComparison.Ordinal);
        Assert.InRange(developed.Blur.Length, 40, 1000);

        var sheet = await OpenAsync(Darkroom.Print(file, kind, 50, 50, Limits));
        Assert.Equal(Rendition.Of(900, 600).Select(r => r.Name).Order(StringComparer.Ordinal), sheet.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, bytes) in sheet)
        {
            using var print = Image.NewFromBuffer(bytes);
            var width = int.Parse(name.Split('-', '.')[1], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(width, print.Width);
            Assert.Equal(Rendition.MediaTypeOf(name), $"image/{PictureKinds.Of(bytes)!.Value.MediaType()[6..]}");
        }

        Assert.Equal((1200, 630), SizeOf(sheet["share-1200.jpg"]));
        Assert.Equal((800, 450), SizeOf(sheet["lead-800.avif"]));
        Assert.Equal((800, 533), SizeOf(sheet["full-800.webp"]));
        Assert.Equal((192, 192), SizeOf(sheet["square-192.jpg"]));
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public async Task A_picture_lying_on_its_side_is_put_upright(int orientation)
    {
        var file = Photograph.Halves(600, 300, orientation);
        var developed = Darkroom.Develop(file, Limits);
        Assert.Equal(orientation >= 5 ? (300, 600) : (600, 300), (developed.Width, developed.Height));

        var sheet = await OpenAsync(Darkroom.Print(file, PictureKind.Jpeg, 50, 50, Limits));
        using var full = Image.NewFromBuffer(sheet.First(f => f.Key.StartsWith("full-", StringComparison.Ordinal) && f.Key.EndsWith(".jpg", StringComparison.Ordinal)).Value);
        Assert.Equal(orientation >= 5 ? (300, 600) : (480, 240), (full.Width, full.Height));
        Assert.False(full.Contains("orientation") && full.Get("orientation") is not 1);
        // EXIF 2.32, table of orientations: where the left of what the camera saw has to go.
        var (x, y) = orientation switch { 1 or 4 => (0.1, 0.5), 2 or 3 => (0.9, 0.5), 5 or 6 => (0.5, 0.1), _ => (0.5, 0.9) };
        var colour = full.Getpoint((int)(full.Width * x), (int)(full.Height * y));
        Assert.True(colour[0] > 150 && colour[2] < 90, $"{orientation}: {string.Join(' ', colour)}");
    }

    [Fact]
    public async Task Where_it_was_taken_is_in_no_rendition_and_whose_it_is_is_in_every_one()
    {
        var file = Photograph.Jpeg(900, 600, with: m =>
        {
            m.Set(GValue.GStrType, "exif-ifd0-Artist", "Ada Okafor");
            m.Set(GValue.GStrType, "exif-ifd0-Copyright", "The Wave 2026");
            m.Set(GValue.GStrType, "exif-ifd3-GPSLatitude", "38/1 43/1 0/1");
            m.Set(GValue.GStrType, "exif-ifd3-GPSMapDatum", "WGS-84-SECRET");
            m.Set(GValue.GStrType, "exif-ifd0-Model", "Camera Nine Thousand");
        });
        Assert.Contains("Camera Nine Thousand", Encoding.Latin1.GetString(file), StringComparison.Ordinal);

        Assert.Equal("Ada Okafor, The Wave 2026", Darkroom.Develop(file, Limits).Credit);
        foreach (var (name, bytes) in await OpenAsync(Darkroom.Print(file, PictureKind.Jpeg, 50, 50, Limits)))
        {
            var text = Encoding.Latin1.GetString(bytes);
            Assert.DoesNotContain("Camera Nine", text, StringComparison.Ordinal);
            Assert.DoesNotContain("WGS-84", text, StringComparison.Ordinal);
            Assert.Contains("Ada Okafor", text, StringComparison.Ordinal);
            Assert.Contains("The Wave 2026", text, StringComparison.Ordinal);
            using var print = Image.NewFromBuffer(bytes);
            Assert.DoesNotContain(print.GetFields(), f => f.Contains("GPS", StringComparison.Ordinal) || f.Contains("xmp", StringComparison.Ordinal) || f.Contains("iptc", StringComparison.Ordinal));
            Assert.False(name.EndsWith(".jpg", StringComparison.Ordinal) && print.Contains("icc-profile-data"), name);
        }
    }

    [Fact]
    public async Task Other_colours_become_those_of_the_web()
    {
        using var srgb = Photograph.Of(640, 480);
        var wide = srgb.IccTransform("p3", inputProfile: "srgb").JpegsaveBuffer(q: 95, profile: "p3");
        var print = (await OpenAsync(Darkroom.Print(wide, PictureKind.Jpeg, 50, 50, Limits)))["full-480.jpg"];
        using var back = Image.NewFromBuffer(print);
        using var meant = srgb.ThumbnailImage(480, height: 360, size: Enums.Size.Force);
        Assert.InRange((back - meant).Abs().Avg(), 0, 4);

        var cmyk = srgb.IccTransform("cmyk", inputProfile: "srgb").JpegsaveBuffer(q: 95);
        using var printed = Image.NewFromBuffer((await OpenAsync(Darkroom.Print(cmyk, PictureKind.Jpeg, 50, 50, Limits)))["full-480.jpg"]);
        Assert.Equal(3, printed.Bands);
    }

    [Fact]
    public async Task What_one_can_see_through_stays_so_where_the_format_can_and_is_white_where_it_cannot()
    {
        var file = Photograph.Of(600, 400).Bandjoin(Image.Black(600, 400)).Copy(interpretation: Enums.Interpretation.Srgb).PngsaveBuffer();
        Assert.Equal("", Darkroom.Develop(file, Limits).Blur);
        var sheet = await OpenAsync(Darkroom.Print(file, PictureKind.Png, 50, 50, Limits));
        using var webp = Image.NewFromBuffer(sheet["full-480.webp"]);
        using var jpeg = Image.NewFromBuffer(sheet["full-480.jpg"]);
        Assert.True(webp.HasAlpha());
        Assert.Equal([255, 255, 255], jpeg.Getpoint(200, 100));
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><script>alert(1)</script></svg>", "not a picture")]
    [InlineData("%PDF-1.7\n1 0 obj", "not a picture")]
    [InlineData("GIF", "not a picture")]
    [InlineData("", "empty")]
    [InlineData("<html><body>hello</body></html>", "not a picture")]
    public void What_is_no_picture_is_refused_in_a_sentence(string content, string said) =>
        Assert.Contains(said, Refusal(Encoding.UTF8.GetBytes(content)), StringComparison.Ordinal);

    [Fact]
    public void A_picture_cut_off_anywhere_is_refused()
    {
        foreach (var format in new[] { "jpg", "png", "webp", "avif", "gif" })
        {
            var file = Photograph.In(format, 700, 500, seed: 3);
            foreach (var part in new[] { 0.15, 0.5, 0.9 })
                Assert.True(Try(file[..(int)(file.Length * part)]) is { Length: > 20 } why && why.EndsWith('.'), $"{format} {part}");
        }
    }

    [Fact]
    public void A_file_that_is_two_things_at_once_is_refused()
    {
        var picture = Photograph.Jpeg(300, 200);
        Assert.Contains("an archive", Refusal([.. picture, .. "PK\u0005\u0006"u8, .. new byte[18]]), StringComparison.Ordinal);
        Assert.Contains("a web page", Refusal([.. picture, .. "<ScRiPt>alert(1)</script>"u8]), StringComparison.Ordinal);
        Assert.Contains("a program", Refusal([.. picture, .. "<?php echo 1;"u8]), StringComparison.Ordinal);
        Assert.Contains("a PDF", Refusal([.. "GIF89a"u8, .. "%PDF-1.4"u8, .. picture]), StringComparison.Ordinal);
        // A JPEG's beginning before a PNG: whichever it is, it is not both.
        Assert.NotEmpty(Refusal([0xFF, 0xD8, 0xFF, .. Photograph.Png(100, 100)]));
    }

    [Fact]
    public void What_would_be_too_much_is_refused_before_it_is_opened()
    {
        // A few kilobytes that would be 400 million pixels.
        var bomb = Image.Black(20_000, 20_000).PngsaveBuffer(compression: 9);
        Assert.InRange(bomb.Length, 1, 2 << 20);
        var before = Environment.WorkingSet;
        Assert.Contains("20,000 × 20,000", Refusal(bomb), StringComparison.Ordinal);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 100 << 20);

        var film = Image.Arrayjoin([.. Enumerable.Range(1, 9).Select(seed => Photograph.Of(20, 20, seed))], across: 1).Mutate(m => m.Set(GValue.GIntType, "page-height", 20));
        Assert.Contains("9 frames", Refusal(film.GifsaveBuffer(dither: 0)), StringComparison.Ordinal);
        Assert.Contains("MB", Refusal(new byte[(4 << 20) + 1]), StringComparison.Ordinal);
    }

    [Fact]
    public void Decoding_ends_when_its_time_is_over()
    {
        var large = Photograph.Png(2400, 2400);
        var why = Assert.Throws<PictureRefusedException>(() => Darkroom.Develop(large, Limits with { Bytes = 40 << 20, Time = TimeSpan.Zero })).Message;
        Assert.Contains("seconds", why, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_thrown_at_it_are_refused_or_taken_and_never_anything_else()
    {
        var random = new Random(20261127);
        var files = new[] { "jpg", "png", "webp", "gif", "avif" }.Select(f => Photograph.In(f, 160, 120)).ToList();
        for (var i = 0; i < 150; i++)
        {
            var file = (byte[])files[i % files.Count].Clone();
            for (var n = random.Next(1, 40); n > 0; n--) file[random.Next(file.Length)] = (byte)random.Next(256);
            try
            {
                Darkroom.Develop(file, Limits with { Time = TimeSpan.FromSeconds(5) });
            }
            catch (PictureRefusedException why)
            {
                Assert.EndsWith(".", why.Message, StringComparison.Ordinal);
            }
        }
    }

    private static string? Try(byte[] file)
    {
        try
        {
            Darkroom.Develop(file, Limits);
            return null;
        }
        catch (PictureRefusedException why)
        {
            return why.Message;
        }
    }

    [Fact]
    public async Task What_no_focal_point_changes_is_taken_from_the_sheet_of_before_and_the_rest_is_cut_anew()
    {
        var file = Photograph.Jpeg(900, 600, seed: 5);
        var before = Darkroom.Print(file, PictureKind.Jpeg, 50, 50, Limits);
        var (was, whole, part) = (await OpenAsync(before), await OpenAsync(Darkroom.Print(file, PictureKind.Jpeg, 0, 0, Limits)), await OpenAsync(Darkroom.Print(file, PictureKind.Jpeg, 0, 0, Limits, before)));

        Assert.Equal(whole.Keys, part.Keys);
        foreach (var (name, bytes) in part)
        {
            // A card has the shape of this one: nothing of it is cut off.
            Assert.Equal(name.StartsWith("full-", StringComparison.Ordinal) || name.StartsWith("card-", StringComparison.Ordinal), bytes.SequenceEqual(was[name]));
            Assert.Equal(SizeOf(whole[name]), SizeOf(bytes));
        }
    }

    private static string Refusal(byte[] file) => Assert.Throws<PictureRefusedException>(() => Darkroom.Develop(file, Limits)).Message;

    private static (int, int) SizeOf(byte[] file)
    {
        using var print = Image.NewFromBuffer(file);
        return (print.Width, print.Height);
    }

    private static async Task<Dictionary<string, byte[]>> OpenAsync(byte[] sheet)
    {
        using var stream = new MemoryStream(sheet);
        var index = await ContactSheet.ReadAsync(stream, TestContext.Current.CancellationToken);
        return index.Names.ToDictionary(n => n, n => sheet[(int)index.Find(n)!.Value.Offset..][..index.Find(n)!.Value.Length]);
    }
}
