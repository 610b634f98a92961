using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Writing;

/// <summary>An article as its reader would get it if the manuscript were saved now. Saves nothing.</summary>
public static class ArticlePreview
{
    /// <param name="id">The article it is written for; 0 for one that is not there yet.</param>
    public static async Task<ArticleReading> OfAsync(NewsDbContext db, Manuscript text, int id, DateTime now, TimeZoneInfo siteZone,
        RelatedOrder order, IReadOnlyCollection<int> unrelated, CancellationToken cancellation)
    {
        // Filled in as a save would do it, but never shown to the store.
        var trial = new Article(text.Headline, now);
        await ManuscriptSave.FillAsync(db, trial, text, now, "");
        var row = Row(trial, text, now, siteZone, await KnownAsync(db, id, cancellation));
        var linked = await LinkedAsync(db, trial, cancellation);
        var tags = await TagsAsync(db, trial, cancellation);

        return new()
        {
            Article = row,
            Pictures = await BodyPictures.ReadAsync(db, [trial.BodyHtml], cancellation),
            Authors = [.. trial.Bylines.Select(b => new ReadingAuthor(b.Author.Id, b.Author.Name, b.Author.Title, b.Author.Slug, b.Author.BioHtml, b.Author.TipsEmail))],
            Tags = tags,
            Linked = linked,
            LinkedIds = [.. trial.Links.Select(l => l.TargetId)],
            Corrections = await db.Corrections.Where(c => c.ArticleId == id).OrderBy(c => c.Id).Select(c => new ReadingCorrection(c.Note, c.At, Correction.LabelOf(c.IsClarification))).ToListAsync(cancellation),
            Comments = [],
            Related = await ArticleReading.RelatedAsync(db, row, [.. tags.Where(t => t.Id > 0)], linked.Keys.ToHashSet(), order, unrelated, cancellation),
        };
    }

    private sealed record Known(int Id, int? Year, int? Month, string Slug, DateTime? PublishedAt, DateTime? UpdatedAt);

    private static async Task<Known> KnownAsync(NewsDbContext db, int id, CancellationToken cancellation) =>
        await db.Articles.Where(a => a.Id == id).Select(a => new Known(a.Id, a.Year, a.Month, a.Slug, a.PublishedAt, a.UpdatedAt)).FirstOrDefaultAsync(cancellation)
        ?? new Known(id, null, null, "", null, null);

    private static ArticleReading.ArticleRow Row(Article trial, Manuscript text, DateTime now, TimeZoneInfo siteZone, Known known)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(known.PublishedAt ?? now, siteZone);
        var slug = text.Slug.Length > 0 ? text.Slug : trial.Slug;
        return new()
        {
            Id = known.Id,
            Headline = trial.Headline,
            Slug = slug.Length > 0 ? slug : "untitled",
            Year = known.Year ?? local.Year,
            Month = known.Month ?? local.Month,
            Status = ArticleStatus.Published,
            PublishedAt = known.PublishedAt ?? now,
            UpdatedAt = known.UpdatedAt,
            CategoryId = trial.CategoryId,
            Picture = trial.Picture,
            CardText = trial.CardText,
            Words = trial.Words,
            ReadingMinutes = trial.ReadingMinutes,
            CommentsOpen = trial.CommentsOpen,
            CommentCount = 0,
            SocialTitle = trial.SocialTitle,
            SocialDescription = trial.SocialDescription,
            KeyPoints = trial.KeyPoints,
            Take = trial.Take is { Text.Length: > 0 } take ? take : null,
            BodyHtml = trial.BodyHtml,
        };
    }

    private static async Task<Dictionary<int, (string Headline, int Year, int Month, string Slug)>> LinkedAsync(NewsDbContext db, Article trial, CancellationToken cancellation)
    {
        var ids = trial.Links.Select(l => l.TargetId).ToList();
        if (ids.Count == 0) return [];
        return await db.Articles.Published().Where(a => ids.Contains(a.Id))
            .Select(a => new { a.Id, a.Headline, Year = a.Year!.Value, Month = a.Month!.Value, a.Slug })
            .ToDictionaryAsync(a => a.Id, a => (a.Headline, a.Year, a.Month, a.Slug), cancellation);
    }

    private static async Task<IReadOnlyList<ReadingTag>> TagsAsync(NewsDbContext db, Article trial, CancellationToken cancellation)
    {
        var ids = trial.Tags.Select(t => t.Tag.Id).Where(id => id > 0).ToList();
        var counts = ids.Count == 0 ? [] : await db.ListingCounts.Where(c => c.Kind == ListingKind.Tag && ids.Contains(c.Key)).ToDictionaryAsync(c => c.Key, c => c.Count, cancellation);
        return [.. trial.Tags.OrderBy(t => t.Position).Select(t => new ReadingTag(t.Tag.Id, t.Tag.Name, t.Tag.Slug, counts.GetValueOrDefault(t.Tag.Id)))];
    }
}
