using BlueTechWave.Core.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Data;

/// <summary>What the store says of pictures in more than one place: whether readers have them, how they stand above articles, where they are used.</summary>
internal static class PictureCheck
{
    private const int Batch = 100;

    public static async Task<int> MendShownAsync(NewsDbContext db, CancellationToken cancellation)
    {
        var wrong = await db.Pictures.Where(p => p.IsShown != (p.Printed != "" && !p.IsHeld && p.TrashedAt == null)).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(cancellation);
        await db.Pictures.Where(p => wrong.Contains(p.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.IsShown, p => p.Printed != "" && !p.IsHeld && p.TrashedAt == null), CancellationToken.None);
        foreach (var id in wrong) db.Noticed.Add(Notice.Picture(id));

        // As it was when the article was saved, if nothing has told the article since.
        var hung = await db.Articles.Join(db.Pictures, a => a.Picture!.PictureId, p => p.Id, (a, p) => new { a, p })
            .Where(x => x.a.Picture!.Path != (x.p.IsShown ? "/media/" + x.p.Printed : "") || x.a.Picture.Width != x.p.Width || x.a.Picture.Height != x.p.Height || (x.a.Picture.Blur ?? "") != x.p.Blur)
            .Select(x => new { Article = x.a.Id, Picture = x.p.Id }).ToListAsync(cancellation);
        foreach (var id in hung.Select(h => h.Picture).Concat(wrong).Distinct().Order())
        {
            await using var one = await db.Database.BeginTransactionAsync(cancellation);
            await HoldPicturesAsync(db, id);
            foreach (var article in await PictureUses.PressAsync(db, await db.Pictures.AsNoTracking().SingleAsync(p => p.Id == id, CancellationToken.None), db.Noticed))
                db.Noticed.Add(Notice.Article(article));
            await one.CommitAsync(CancellationToken.None);
        }

        foreach (var article in hung) db.Noticed.Add(Notice.Article(article.Article));
        return wrong.Count + hung.Count;
    }

    /// <param name="anew">Looks into every text of the history too.</param>
    public static async Task<int> MendUsesAsync(NewsDbContext db, bool anew, CancellationToken cancellation)
    {
        var wrong = await db.PictureUses.Where(u =>
            ((u.Place == PicturePlace.Lead || u.Place == PicturePlace.Body) && !db.Articles.Any(a => a.Id == u.PlaceId))
            || (u.Place == PicturePlace.Revision && !db.Revisions.Any(r => r.Id == u.PlaceId))
            || (u.Place == PicturePlace.Page && !db.Pages.Any(p => p.Id == u.PlaceId))
            || (u.Place == PicturePlace.Author && !db.Authors.Any(a => a.Id == u.PlaceId))).ExecuteDeleteAsync(CancellationToken.None);

        // Texts without a picture are not read.
        var articles = await db.Articles.Where(a => a.Picture!.PictureId != null || a.BodyHtml.Contains(BodyPictures.Marker)
                || db.PictureUses.Any(u => (u.Place == PicturePlace.Lead || u.Place == PicturePlace.Body) && u.PlaceId == a.Id))
            .OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(cancellation);
        wrong += await EachAsync(db, articles, async ids =>
        {
            await StoreCheck.HoldAsync(db, ids);
            var mended = 0;
            foreach (var article in await db.Articles.AsNoTracking().Where(a => ids.Contains(a.Id)).ToListAsync(CancellationToken.None)) mended += await PictureUses.KeepAsync(db, article);
            return mended;
        }, cancellation);

        wrong += await EachAsync(db, await db.Pages.OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(cancellation), async ids =>
        {
            await db.Pages.Where(p => ids.Contains(p.Id)).ExecuteUpdateAsync(set => set.SetProperty(p => p.Version, p => p.Version));
            var mended = 0;
            foreach (var page in await db.Pages.AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(CancellationToken.None)) mended += await PictureUses.KeepAsync(db, page);
            return mended;
        }, cancellation);

        wrong += await EachAsync(db, await db.Authors.OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(cancellation), async ids =>
        {
            await db.Authors.Where(a => ids.Contains(a.Id)).ExecuteUpdateAsync(set => set.SetProperty(a => a.PictureId, a => a.PictureId));
            var mended = 0;
            foreach (var author in await db.Authors.AsNoTracking().Where(a => ids.Contains(a.Id)).ToListAsync(CancellationToken.None)) mended += await PictureUses.KeepAsync(db, author);
            return mended;
        }, cancellation);

        return anew ? wrong + await MendHistoryAsync(db, cancellation) : wrong;
    }

    /// <summary>What has become history stays as it is: nobody has to be held back.</summary>
    private static async Task<int> MendHistoryAsync(NewsDbContext db, CancellationToken cancellation)
    {
        var mended = 0;
        for (var last = 0; ;)
        {
            var after = last;
            var some = await db.Revisions.AsNoTracking().Where(r => r.Id > after).OrderBy(r => r.Id).Take(Batch).ToListAsync(cancellation);
            if (some.Count == 0) return mended;
            last = some[^1].Id;
            foreach (var revision in some) mended += await PictureUses.KeepAsync(db, revision);
        }
    }

    private static async Task<int> EachAsync(NewsDbContext db, List<int> all, Func<int[], Task<int>> mend, CancellationToken cancellation)
    {
        var mended = 0;
        foreach (var ids in all.Chunk(Batch))
        {
            await using var batch = await db.Database.BeginTransactionAsync(cancellation);
            mended += await mend(ids);
            await batch.CommitAsync(CancellationToken.None);
        }

        return mended;
    }

    /// <summary>Nobody changes this picture between our reading and our writing.</summary>
    private static Task<int> HoldPicturesAsync(NewsDbContext db, int id) =>
        db.Pictures.Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Version, p => p.Version));
}
