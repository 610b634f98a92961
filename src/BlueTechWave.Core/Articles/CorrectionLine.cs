using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Articles;

/// <summary>A correction or clarification, with the article it is about.</summary>
public sealed record CorrectionLine(int Id, string Note, DateTime At, bool IsClarification, int ArticleId, string Headline, int Year, int Month, string Slug)
{
    public string Label => Correction.LabelOf(IsClarification);

    /// <summary>Of public articles only, newest first.</summary>
    public static IQueryable<CorrectionLine> Of(NewsDbContext db) => db.Corrections.AsNoTracking()
        .Join(db.Articles.Published(), c => c.ArticleId, a => a.Id, (c, a) => new { c, a })
        .OrderByDescending(x => x.c.At).ThenByDescending(x => x.c.Id)
        .Select(x => new CorrectionLine(x.c.Id, x.c.Note, x.c.At, x.c.IsClarification, x.a.Id, x.a.Headline, x.a.Year!.Value, x.a.Month!.Value, x.a.Slug));
}
