using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Pictures;

/// <summary>Which pictures the library's list shows.</summary>
public enum PictureFilter
{
    All = 0,

    /// <summary>On no page and in no article; texts of before do not count.</summary>
    Unused = 1,

    /// <summary>Nothing is said for those who do not see it, nor that nothing need be.</summary>
    NoAlt = 2,

    /// <summary>Rights that have ended, or do within thirty days.</summary>
    RightsEnding = 3,

    /// <summary>Readers may not have it now.</summary>
    Held = 4,

    Trash = 5,
}

/// <summary>A line of the library's list.</summary>
public sealed record PictureLine(int Id, string Name, string Alt, bool IsDecorative, string Caption, string Credit, int Width, int Height, DateTime AddedAt, DateTime? RightsUntil, bool IsHeld, bool IsShown, bool IsTrashed, string Failure, int Uses)
{
    public string Address => Picture.AddressOf(Id);
}

public static class PictureSheet
{
    public static readonly TimeSpan RightsSoon = TimeSpan.FromDays(30);

    extension(IQueryable<Picture> pictures)
    {
        public IQueryable<Picture> In(PictureFilter filter, NewsDbContext db, DateTime now)
        {
            var soon = now + RightsSoon;
            return filter switch
            {
                PictureFilter.Unused => pictures.Where(p => p.TrashedAt == null && !db.PictureUses.Any(u => u.PictureId == p.Id && u.Place != PicturePlace.Revision)),
                PictureFilter.NoAlt => pictures.Where(p => p.TrashedAt == null && p.Alt == "" && !p.IsDecorative),
                PictureFilter.RightsEnding => pictures.Where(p => p.TrashedAt == null && p.RightsUntil <= soon),
                PictureFilter.Held => pictures.Where(p => p.TrashedAt == null && p.IsHeld),
                PictureFilter.Trash => pictures.Where(p => p.TrashedAt != null),
                _ => pictures.Where(p => p.TrashedAt == null),
            };
        }

        /// <summary>Those of which all these words are said, in any case.</summary>
        public IQueryable<Picture> Saying(string words)
        {
            foreach (var word in words.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(8))
                pictures = pictures.Where(p => p.Words.Contains(word));
            return pictures;
        }

        public IQueryable<Picture> NewestFirst() => pictures.OrderByDescending(p => p.AddedAt).ThenByDescending(p => p.Id);

        public IQueryable<PictureLine> Lines(NewsDbContext db) => pictures.Select(p => new PictureLine(
            p.Id, p.Name, p.Alt, p.IsDecorative, p.Caption, p.Credit, p.Width, p.Height, p.AddedAt, p.RightsUntil, p.IsHeld, p.IsShown, p.TrashedAt != null, p.Failure,
            db.PictureUses.Count(u => u.PictureId == p.Id && u.Place != PicturePlace.Revision)));
    }
}
