using BlueTechWave.Core.Pictures;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace BlueTechWave.Core.Tests.Pictures;

public class SlotTests
{
    [Theory]
    // A landscape, 3:2, for a 16:9 place: all its width, and the height around the focal point.
    [InlineData(50, 50, 0, 63, 1200, 675)]
    [InlineData(50, 0, 0, 0, 1200, 675)]
    [InlineData(50, 100, 0, 125, 1200, 675)]
    [InlineData(0, 30, 0, 0, 1200, 675)]
    public void A_crop_lies_around_the_focal_point_as_far_as_the_edges_allow(int x, int y, int left, int top, int width, int height) =>
        Assert.Equal(new Crop(left, top, width, height), Slot.Lead.Of(1200, 800, x, y));

    [Fact]
    public void A_portrait_gives_all_its_width_and_a_panorama_all_its_height()
    {
        Assert.Equal(new Crop(0, 475, 600, 400), Slot.Card.Of(600, 1350, 20, 50));
        Assert.Equal(new Crop(2400, 0, 600, 400), Slot.Card.Of(3000, 400, 100, 50));
        Assert.Equal(new Crop(0, 0, 3000, 400), Slot.Full.Of(3000, 400, 100, 50));
    }

    [Fact]
    public void A_crop_is_within_the_picture_and_has_its_shape_and_holds_the_focal_point() =>
        Prop.ForAll<(ushort W, ushort H, byte X, byte Y)>(p => Hold(p.W, p.H, p.X, p.Y)).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static void Hold(ushort w, ushort h, byte x, byte y)
    {
        var (width, height, focusX, focusY) = (w % 8000 + 1, h % 8000 + 1, x % 101, y % 101);
        foreach (var slot in Slot.All)
        {
            var crop = slot.Of(width, height, focusX, focusY);
            Assert.True(crop.X >= 0 && crop.Y >= 0 && crop.Width >= 1 && crop.Height >= 1 && crop.X + crop.Width <= width && crop.Y + crop.Height <= height);
            Assert.True(crop.Width == width || crop.Height == height);
            Assert.InRange(width * focusX / 100.0, crop.X - 1, crop.X + crop.Width + 1);
            Assert.InRange(height * focusY / 100.0, crop.Y - 1, crop.Y + crop.Height + 1);
            if (slot.Across > 0 && crop is { Width: > 50, Height: > 50 }) Assert.InRange((double)crop.Width / crop.Height / slot.Across * slot.Down, 0.97, 1.03);
        }
    }

    [Fact]
    public void Nothing_is_enlarged()
    {
        Assert.Equal([700], Slot.Lead.WidthsFor(700, 700).Where(w => w > 480).DefaultIfEmpty(700));
        Assert.Equal([300], Slot.Lead.WidthsFor(300, 300));
        Assert.Equal([480, 800], Slot.Full.WidthsFor(1000, 10));
        Assert.Equal([1200], Slot.Share.WidthsFor(20, 20));
    }

    [Fact]
    public void Another_file_or_another_focal_point_is_another_address()
    {
        var key = Rendition.KeyOf("a1", 50, 50);
        Assert.True(Rendition.IsKey(key));
        Assert.Equal(key, Rendition.KeyOf("a1", 50, 50));
        Assert.Equal(4, new[] { key, Rendition.KeyOf("a2", 50, 50), Rendition.KeyOf("a1", 51, 50), Rendition.KeyOf("a1", 50, 49) }.Distinct().Count());
    }
}
