using System.Globalization;
using System.Net;
using System.Text;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Links;

namespace BlueTechWave.Web.Media;

/// <summary>How a picture of the library is set: the best format a browser knows, at the width it needs, in room kept for it.</summary>
public static class PictureHtml
{
    /// <summary>What <c>sizes</c> says of a picture within a text.</summary>
    private const string InText = "(min-width: 48rem) 42rem, 92vw";

    /// <param name="path">Where its renditions begin.</param>
    /// <param name="width">Of the whole, in pixels, as is <paramref name="height"/>.</param>
    /// <param name="sizes">How wide it is shown, in CSS's words.</param>
    /// <param name="alt">HTML already.</param>
    /// <param name="isFirst">The first thing a reader sees: fetched before all else.</param>
    /// <param name="blur">Stands in its place until it has come; empty for nothing.</param>
    public static string Of(string path, int width, int height, Slot slot, string sizes, string alt, bool isFirst = false, string blur = "")
    {
        var html = new StringBuilder(1000);
        if (blur.Length > 0) html.Append("<span class=\"pic\"><img class=\"blur\" src=\"").Append(blur).Append("\" alt=\"\">");
        html.Append("<picture>");
        var widths = slot.WidthsFor(width, height);
        foreach (var (format, type) in ((string, string)[])[("avif", "image/avif"), ("webp", "image/webp")])
        {
            html.Append("<source type=\"").Append(type).Append("\" srcset=\"");
            AppendSet(html, path, slot, widths, format);
            html.Append("\" sizes=\"").Append(sizes).Append("\">");
        }

        var usual = widths[widths.Count / 2];
        html.Append(CultureInfo.InvariantCulture, $"<img src=\"{path}/{new Rendition(slot, usual, "jpg").Name}\" srcset=\"");
        AppendSet(html, path, slot, widths, "jpg");
        html.Append(CultureInfo.InvariantCulture, $"\" sizes=\"{sizes}\" width=\"{usual}\" height=\"{slot.HeightAt(usual, width, height)}\" alt=\"{alt}\" ")
            .Append(isFirst ? "fetchpriority=\"high\"" : "loading=\"lazy\"").Append(" decoding=\"async\"></picture>");
        if (blur.Length > 0) html.Append("</span>");
        return html.ToString();
    }

    /// <summary>A picture in a text, with what the library says of it where the text says nothing; null for one that readers may not have.</summary>
    public static string? Of(PlacedPicture placed, IReadOnlyDictionary<int, ShownPicture> shown)
    {
        if (!shown.TryGetValue(placed.Id, out var picture)) return null;
        var alt = placed.Alt.Length > 0 ? placed.Alt : WebUtility.HtmlEncode(picture.Alt);
        var set = Of(Picture.PathOf(picture.Key), picture.Width, picture.Height, Slot.Full, InText, alt, blur: placed.IsFigure ? picture.Blur : "");
        if (!placed.IsFigure) return set;
        return $"<figure>{set}{Under(placed, picture)}</figure>";
    }

    /// <summary>A pressed text with its pictures: of a standing page, which has nothing else to look up.</summary>
    public static async Task<string> PrintAsync(NewsDbContext db, string pressedHtml, CancellationToken cancellation)
    {
        var shown = await BodyPictures.ReadAsync(db, [pressedHtml], cancellation);
        return BodyPictures.Print(pressedHtml, placed => Of(placed, shown));
    }

    /// <summary>For the desk, which sees every picture, whether readers may or not.</summary>
    public static string ForDesk(PlacedPicture placed)
    {
        var image = $"<img src=\"{To.PictureView(placed.Id)}\" alt=\"{placed.Alt}\">";
        return !placed.IsFigure ? image : placed.Caption is { } caption ? $"<figure>{image}<figcaption>{caption}</figcaption></figure>" : $"<figure>{image}</figure>";
    }

    /// <summary>The same for whoever makes a page of it elsewhere: one address, which every reader of feeds knows.</summary>
    public static string? Plain(PlacedPicture placed, IReadOnlyDictionary<int, ShownPicture> shown)
    {
        if (!shown.TryGetValue(placed.Id, out var picture)) return null;
        var width = Slot.Full.WidthsFor(picture.Width, picture.Height) is var widths ? widths[Math.Min(2, widths.Count - 1)] : 0;
        var alt = placed.Alt.Length > 0 ? placed.Alt : WebUtility.HtmlEncode(picture.Alt);
        var image = string.Create(CultureInfo.InvariantCulture, $"<img src=\"{Picture.PathOf(picture.Key)}/{new Rendition(Slot.Full, width, "jpg").Name}\" width=\"{width}\" height=\"{Slot.Full.HeightAt(width, picture.Width, picture.Height)}\" alt=\"{alt}\">");
        return placed.IsFigure ? $"<figure>{image}{Under(placed, picture)}</figure>" : image;
    }

    /// <summary>A portrait, for beside a name: it says nothing that the name does not.</summary>
    public static string Portrait(ShownPicture picture, string sizes) =>
        Of(Picture.PathOf(picture.Key), picture.Width, picture.Height, Slot.Square, sizes, "");

    private static string Under(PlacedPicture placed, ShownPicture picture)
    {
        var caption = placed.Caption ?? WebUtility.HtmlEncode(picture.Caption);
        var credit = picture.Credit.Length > 0 ? $" <small>{WebUtility.HtmlEncode(picture.Credit)}</small>" : "";
        return caption.Length + credit.Length == 0 ? "" : $"<figcaption>{caption}{credit}</figcaption>";
    }

    private static void AppendSet(StringBuilder html, string path, Slot slot, IReadOnlyList<int> widths, string format)
    {
        for (var i = 0; i < widths.Count; i++)
            html.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? ", " : "")}{path}/{new Rendition(slot, widths[i], format).Name} {widths[i]}w");
    }
}
