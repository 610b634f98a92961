using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Pictures;

/// <summary>A picture that readers may have, as far as printing it needs.</summary>
/// <param name="Width">Of the whole, in pixels, as is <paramref name="Height"/>.</param>
/// <param name="Alt">Empty for a decorative one.</param>
public sealed record ShownPicture(int Id, string Key, int Width, int Height, string Alt, string Caption, string Credit, string Blur);

/// <summary>A place in a text where a picture stands. Texts are HTML already.</summary>
/// <param name="Alt">Empty where the library's own words serve.</param>
/// <param name="Caption">Null where the library's serves.</param>
/// <param name="IsFigure">Alone in its paragraph.</param>
public sealed record PlacedPicture(int Id, string Alt, string? Caption, bool IsFigure);

/// <summary>
/// Pictures of the library in pressed texts. They are markers there, filled in when a page is printed, so that another crop, a
/// replaced file or rights that have ended reach every page at once.
/// </summary>
public static partial class BodyPictures
{
    internal const string Marker = "<img data-picture=\"";
    private const string Figure = "<figure>";
    private const string FigureEnd = "</figure>";
    private const string Caption = "<figcaption>";

    /// <summary>Which pictures a pressed text shows, each once, in order.</summary>
    public static IReadOnlyList<int> In(string pressedHtml)
    {
        var ids = new List<int>();
        for (var at = pressedHtml.IndexOf(Marker, StringComparison.Ordinal); at >= 0; at = pressedHtml.IndexOf(Marker, at + Marker.Length, StringComparison.Ordinal))
            if (Identity(pressedHtml, at) is var id && !ids.Contains(id)) ids.Add(id);
        return ids;
    }

    /// <summary>Which pictures Markdown names, each once.</summary>
    public static IEnumerable<int> Typed(string markdown) => Named().Matches(markdown)
        .Select(m => int.Parse(m.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture))
        .Distinct();

    /// <summary>Those of these texts' pictures that readers may have, by id: one query, or none where no text has a picture.</summary>
    public static async Task<IReadOnlyDictionary<int, ShownPicture>> ReadAsync(NewsDbContext db, IEnumerable<string> pressedHtml, CancellationToken cancellation)
    {
        var ids = pressedHtml.SelectMany(In).Distinct().ToList();
        if (ids.Count == 0) return new Dictionary<int, ShownPicture>();
        return await db.Pictures.AsNoTracking().Where(p => ids.Contains(p.Id) && p.IsShown)
            .Select(p => new ShownPicture(p.Id, p.Printed, p.Width, p.Height, p.Alt, p.Caption, p.Credit, p.Blur))
            .ToDictionaryAsync(p => p.Id, cancellation);
    }

    /// <summary>Fills in the markers. What <paramref name="print"/> gives null for disappears, with its caption.</summary>
    public static string Print(string pressedHtml, Func<PlacedPicture, string?> print)
    {
        var next = pressedHtml.IndexOf(Marker, StringComparison.Ordinal);
        if (next < 0) return pressedHtml;

        var page = new StringBuilder(pressedHtml.Length + 1000);
        var at = 0;
        for (; next >= 0; next = pressedHtml.IndexOf(Marker, at, StringComparison.Ordinal))
        {
            var end = pressedHtml.IndexOf('>', next) + 1;
            var start = next;
            string? caption = null;
            // Figures hold nothing but their picture and its caption: so they are pressed.
            var isFigure = string.CompareOrdinal(pressedHtml, Math.Max(0, next - Figure.Length), Figure, 0, Figure.Length) == 0 && next >= Figure.Length;
            if (isFigure) (start, end, caption) = Whole(pressedHtml, next - Figure.Length, end);
            page.Append(pressedHtml, at, start - at);
            page.Append(print(new(Identity(pressedHtml, next), Alt(pressedHtml, next), caption, isFigure)));
            at = end;
        }

        return page.Append(pressedHtml, at, pressedHtml.Length - at).ToString();
    }

    private static (int Start, int End, string? Caption) Whole(string html, int start, int afterImage)
    {
        var end = html.IndexOf(FigureEnd, afterImage, StringComparison.Ordinal);
        if (end < 0) return (start, afterImage, null);
        var inside = html[afterImage..end].Trim();
        var caption = inside.StartsWith(Caption, StringComparison.Ordinal) && inside.IndexOf("</figcaption>", StringComparison.Ordinal) is > 0 and var close ? inside[Caption.Length..close] : null;
        return (start, end + FigureEnd.Length, caption);
    }

    private static int Identity(string html, int at)
    {
        var start = at + Marker.Length;
        return int.Parse(html.AsSpan(start, html.IndexOf('"', start) - start), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private static string Alt(string html, int at)
    {
        const string alt = " alt=\"";
        var end = html.IndexOf('>', at);
        var start = html.IndexOf(alt, at, end - at, StringComparison.Ordinal);
        if (start < 0) return "";
        start += alt.Length;
        return html[start..html.IndexOf('"', start)];
    }

    [GeneratedRegex(@"\bpicture:([0-9]{1,9})\b")]
    private static partial Regex Named();
}
