using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pages;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Pictures;

public enum PicturePlace
{
    /// <summary>Above an article, and on its cards.</summary>
    Lead = 0,

    /// <summary>In an article's text.</summary>
    Body = 1,

    /// <summary>In a text that an article had once: bringing it back needs the picture.</summary>
    Revision = 2,

    /// <summary>On a standing page.</summary>
    Page = 3,

    /// <summary>An author's portrait.</summary>
    Author = 4,
}

/// <summary>Where a picture is used. Derived: kept by the save of what uses it, so that nobody has to look through texts.</summary>
public class PictureUse
{
    private PictureUse()
    {
    }

    internal PictureUse(int pictureId, PicturePlace place, int placeId) => (PictureId, Place, PlaceId) = (pictureId, place, placeId);

    public int PictureId { get; private set; }

    public PicturePlace Place { get; private set; }

    /// <summary>Of the article, the revision, the page or the author.</summary>
    public int PlaceId { get; private set; }
}

/// <summary>Renditions whose address is no longer given out, but may still stand on a page that somebody keeps.</summary>
public class PictureLeftover
{
    /// <summary>As long as feed readers and mail programs keep a page.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    private PictureLeftover()
    {
    }

    public PictureLeftover(int pictureId, string key, string hash, DateTime now) => (PictureId, Key, Hash, Until) = (pictureId, key, hash, now + KeptFor);

    public int Id { get; private set; }

    public int PictureId { get; private set; }

    public string Key { get; private set; } = "";

    /// <summary>Of the original they were cut from, which goes with them if nothing else has it.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTime Until { get; private set; }
}

internal static class PictureUses
{
    /// <summary>After a save, and in its transaction: what an article shows now.</summary>
    /// <returns>How many rows came or went, as with the others.</returns>
    public static Task<int> KeepAsync(NewsDbContext db, Article article)
    {
        var uses = BodyPictures.In(article.BodyHtml).Select(id => (PicturePlace.Body, id));
        if (article.Picture?.PictureId is { } lead) uses = uses.Append((PicturePlace.Lead, lead));
        return KeepAsync(db, [PicturePlace.Lead, PicturePlace.Body], article.Id, [.. uses]);
    }

    /// <summary>A text that has just become history.</summary>
    public static Task<int> KeepAsync(NewsDbContext db, Revision revision)
    {
        var uses = revision.Text is { } text ? In(text).Select(id => (PicturePlace.Revision, id)).ToHashSet() : [];
        return uses.Count == 0 ? Task.FromResult(0) : AddAsync(db, revision.Id, uses);
    }

    public static Task<int> KeepAsync(NewsDbContext db, StandingPage page) =>
        KeepAsync(db, [PicturePlace.Page], page.Id, [.. BodyPictures.In(page.BodyHtml).Select(id => (PicturePlace.Page, id))]);

    public static Task<int> KeepAsync(NewsDbContext db, Authors.Author author) =>
        KeepAsync(db, [PicturePlace.Author], author.Id, author.PictureId is { } id ? [(PicturePlace.Author, id)] : []);

    /// <summary>Articles that are about to be deleted, with their history.</summary>
    public static async Task ForgetAsync(NewsDbContext db, IReadOnlyCollection<int> articles)
    {
        await db.PictureUses.Where(u => u.Place == PicturePlace.Revision && db.Revisions.Any(r => r.Id == u.PlaceId && articles.Contains(r.ArticleId))).ExecuteDeleteAsync();
        await db.PictureUses.Where(u => (u.Place == PicturePlace.Lead || u.Place == PicturePlace.Body) && articles.Contains(u.PlaceId)).ExecuteDeleteAsync();
    }

    public static Task ForgetAsync(NewsDbContext db, PicturePlace place, int id) =>
        db.PictureUses.Where(u => u.Place == place && u.PlaceId == id).ExecuteDeleteAsync();

    /// <summary>What a change of a picture changes for readers: cards and pages that show it, which are told of it.</summary>
    /// <returns>The articles among them.</returns>
    public static async Task<IReadOnlyList<int>> PressAsync(NewsDbContext db, Picture picture, ISet<Notice> notices)
    {
        var (id, path) = (picture.Id, picture.Path);
        await db.Articles.Where(a => a.Picture!.PictureId == id).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.Picture!.Path, path)
            .SetProperty(a => a.Picture!.Width, picture.Width)
            .SetProperty(a => a.Picture!.Height, picture.Height)
            .SetProperty(a => a.Picture!.Blur, (string?)picture.Blur));
        var uses = await db.PictureUses.AsNoTracking().Where(u => u.PictureId == id && u.Place != PicturePlace.Revision).ToListAsync();
        foreach (var use in uses)
            switch (use.Place)
            {
                case PicturePlace.Page: notices.Add(Notice.Page(use.PlaceId)); break;
                case PicturePlace.Author: notices.Add(Notice.Author(use.PlaceId)); break;
            }

        return [.. uses.Where(u => u.Place is PicturePlace.Lead or PicturePlace.Body).Select(u => u.PlaceId).Distinct()];
    }

    private static IEnumerable<int> In(Manuscript text)
    {
        var body = BodyPictures.Typed(text.Body);
        return Picture.IdOf(text.PicturePath) is { } lead ? body.Append(lead).Distinct() : body;
    }

    private static async Task<int> KeepAsync(NewsDbContext db, PicturePlace[] places, int placeId, HashSet<(PicturePlace Place, int Picture)> wanted)
    {
        var had = await db.PictureUses.AsNoTracking().Where(u => places.Contains(u.Place) && u.PlaceId == placeId).ToListAsync();
        var gone = had.FindAll(u => !wanted.Contains((u.Place, u.PictureId)));
        foreach (var use in gone)
            await db.PictureUses.Where(u => u.PictureId == use.PictureId && u.Place == use.Place && u.PlaceId == placeId).ExecuteDeleteAsync();
        wanted.ExceptWith(had.Select(u => (u.Place, u.PictureId)));
        return gone.Count + (wanted.Count > 0 ? await AddAsync(db, placeId, wanted) : 0);
    }

    private static async Task<int> AddAsync(NewsDbContext db, int placeId, HashSet<(PicturePlace Place, int Picture)> added)
    {
        // A text may name a picture that is not there.
        var ids = added.Select(u => u.Picture).Distinct().ToList();
        var known = await db.Pictures.Where(p => ids.Contains(p.Id)).Select(p => p.Id).ToListAsync();
        var rows = 0;
        foreach (var (place, picture) in added.Where(u => known.Contains(u.Picture))) rows += await db.AddPictureUseAsync(picture, place, placeId);
        return rows;
    }
}
