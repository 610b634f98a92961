using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Links;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Pictures;

/// <summary>A picture that a form lets one choose.</summary>
/// <param name="Path"><c>picture:12</c>, or the address of a drawing.</param>
/// <param name="Seen">Where the desk sees it.</param>
public sealed record PictureChoice(string Path, string Name, int Width, int Height, string Seen)
{
    /// <summary>What the library says of it: each article may say something else.</summary>
    public string Alt { get; init; } = "";

    public bool IsDecorative { get; init; }

    public string Caption { get; init; } = "";

    public string Credit { get; init; } = "";

    /// <summary>What an editor should know before she takes it; empty for nothing.</summary>
    public string Warning { get; init; } = "";

    private const int Newest = 40;

    /// <summary>The newest, and those named, however old.</summary>
    public static async Task<IEnumerable<PictureChoice>> LibraryAsync(NewsDbContext db, Dates dates, DateTime now, int[] named, CancellationToken cancellation)
    {
        var newest = db.Pictures.Where(p => p.TrashedAt == null).NewestFirst().Take(Newest).Select(p => p.Id);
        var found = await db.Pictures.AsNoTracking().Where(p => named.Contains(p.Id) || newest.Contains(p.Id)).NewestFirst().ToListAsync(cancellation);
        return found.Select(p => new PictureChoice(p.Address, p.Alt.Length > 0 ? p.Alt : p.Name, p.Width, p.Height, To.PictureThumb(p.Id))
        {
            Alt = p.Alt,
            IsDecorative = p.IsDecorative,
            Caption = p.Caption,
            Credit = p.Credit,
            Warning = Warn(p, dates, now),
        });
    }

    private static string Warn(Picture p, Dates dates, DateTime now) =>
        p.TrashedAt is not null ? "This picture is in the trash: readers see the cover."
        : p.RightsUntil <= now ? "The rights to this picture have ended: readers see the cover."
        : p.EmbargoedUntil > now ? $"This picture is under embargo until {dates.ShortDay(p.EmbargoedUntil.Value)}, {dates.Time(p.EmbargoedUntil.Value)}: until then readers see the cover."
        : p.RightsUntil <= now + PictureSheet.RightsSoon ? $"The rights to this picture end on {dates.ShortDay(p.RightsUntil.Value)}: from then on readers see the cover."
        : "";
}
