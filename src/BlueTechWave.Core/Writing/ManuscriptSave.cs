using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Tags;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Writing;

/// <summary>What became of a manuscript that was to be written into its article.</summary>
/// <param name="Text">What the article says now or, with overlaps, what a merge could make of it.</param>
/// <param name="IsMerged">Others had saved in the meantime, in other places.</param>
/// <param name="Overlaps">Not empty: nothing was written; the text is kept as a branch of the history.</param>
public sealed record ManuscriptSave(Manuscript Text, bool IsMerged, IReadOnlyList<Overlap> Overlaps)
{
    /// <summary>
    /// Writes the text into the article; the caller saves. <paramref name="baseVersion"/> is the version that the writer
    /// began from: if it is not today's, her changes are merged with what was saved since.
    /// </summary>
    /// <param name="article">Loaded <see cref="ArticleQueries.Whole"/>, or new.</param>
    public static async Task<ManuscriptSave> WriteAsync(NewsDbContext db, Article article, Manuscript mine, int baseVersion, DateTime now, string by, string note = "")
    {
        var isMerged = false;
        if (article.Id > 0 && baseVersion != article.Version)
        {
            var theirs = Manuscript.Of(article);
            var merge = ManuscriptMerge.Of(await AtAsync(db, article.Id, baseVersion) ?? theirs, mine, theirs);
            if (merge.Overlaps.Count > 0)
            {
                article.Branch(mine, baseVersion, now, by);
                return new(merge.Text, false, merge.Overlaps);
            }

            isMerged = !merge.Text.SaysTheSameAs(mine);
            mine = merge.Text;
        }

        // A form sent twice, or sent as it came, is no line of the history.
        if (article.Id == 0 || note.Length > 0 || !mine.SaysTheSameAs(Manuscript.Of(article))) await FillAsync(db, article, mine, now, by, note);
        return new(mine, isMerged, []);
    }

    /// <summary>What the article said at that version; null if history does not reach that far.</summary>
    public static Task<Manuscript?> AtAsync(NewsDbContext db, int article, int version) => db.Revisions.AsNoTracking()
        .Where(r => r.ArticleId == article && r.Version <= version && r.Act == ArticleAct.Written && r.Text != null)
        .OrderByDescending(r => r.Version).ThenByDescending(r => r.Id)
        .Select(r => r.Text)
        .FirstOrDefaultAsync();

    /// <summary>Turns names and ids into what they name. An id that names nothing any more is left out.</summary>
    internal static async Task FillAsync(NewsDbContext db, Article article, Manuscript text, DateTime now, string by, string note = "")
    {
        var categoryIds = text.FurtherCategoryIds.Append(text.CategoryId ?? 0).ToList();
        var categories = await db.Categories.Where(c => categoryIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        var authors = await db.Authors.Where(a => text.AuthorIds.Contains(a.Id)).ToDictionaryAsync(a => a.Id);

        if (text.CategoryId is { } id && categories.TryGetValue(id, out var primary))
            article.FileUnder(primary, Found(text.FurtherCategoryIds, categories));
        else
            article.FileUnderNothing();
        article.TagWith(await TagsAsync(db, text.Tags));
        article.Sign(Found(text.AuthorIds, authors));
        article.Illustrate(await PictureAsync(db, text));
        article.ShareAs(NullIfEmpty(text.SocialTitle), NullIfEmpty(text.SocialDescription));
        article.OpenComments(text.CommentsOpen);
        var take = text.Take.Length == 0 && text.TakeBy.Length == 0 ? null : new OurTake(text.Take, text.TakeBy, text.TakeRole, article.Take?.Label ?? OurTake.UsualLabel);
        article.Write(new(text.Headline, text.KeyPoints, text.Body, take, text.Summary, text.Slug), now, by, note);
    }

    private static async Task<LeadPicture?> PictureAsync(NewsDbContext db, Manuscript text)
    {
        if (text.PicturePath.Length == 0) return null;
        var (caption, credit) = (NullIfEmpty(text.PictureCaption), NullIfEmpty(text.PictureCredit));
        if (Picture.IdOf(text.PicturePath) is not { } id) return new(text.PicturePath, text.PictureWidth, text.PictureHeight, text.PictureAlt, caption, credit);
        return await db.Pictures.FirstOrDefaultAsync(p => p.Id == id) is { } picture ? new(picture, text.PictureAlt, text.PictureIsDecorative, caption, credit) : null;
    }

    private static async Task<List<Tag>> TagsAsync(NewsDbContext db, IReadOnlyList<string> names)
    {
        var wanted = names.Select(name => name.Trim()).Where(name => Slug.From(name).Length > 0).DistinctBy(Slug.From).ToList();
        var slugs = wanted.Select(Slug.From).ToList();
        var known = await db.Tags.Where(t => slugs.Contains(t.Slug)).ToDictionaryAsync(t => t.Slug);
        return [.. wanted.Select(name => known.GetValueOrDefault(Slug.From(name)) ?? new Tag(name))];
    }

    private static IEnumerable<T> Found<T>(IEnumerable<int> ids, Dictionary<int, T> known) where T : class =>
        ids.Select(id => known.GetValueOrDefault(id)!).Where(found => found is not null);

    private static string? NullIfEmpty(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
