using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Writing;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

/// <summary>One piece of a disputed field; marked where the other side does not say the same.</summary>
public sealed record DisputedPiece(string Text, bool IsMarked);

public sealed record DisputedField(string Field, string Label, IReadOnlyList<DisputedPiece> Mine, IReadOnlyList<DisputedPiece> Theirs);

/// <summary>Where two writers changed the same places, with both texts.</summary>
/// <param name="Branch">The revision that keeps what could not be saved.</param>
/// <param name="By">Who had saved meanwhile.</param>
/// <param name="Mine">Merged, with mine where we differ.</param>
/// <param name="Theirs">Merged, with theirs where we differ.</param>
public sealed record ConflictView(int Branch, string By, DateTime At, IReadOnlyList<DisputedField> Fields, Manuscript Mine, Manuscript Theirs)
{
    private static readonly Dictionary<string, string> Labels = new()
    {
        [nameof(Manuscript.KeyPoints)] = "Key points",
        [nameof(Manuscript.Take)] = "Our take",
        [nameof(Manuscript.TakeBy)] = "Attribution",
        [nameof(Manuscript.TakeRole)] = "Role",
        [nameof(Manuscript.CategoryId)] = "Category",
        [nameof(Manuscript.AuthorIds)] = "Authors",
        [nameof(Manuscript.PicturePath)] = "Picture",
        [nameof(Manuscript.PictureAlt)] = "Alternative text",
        [nameof(Manuscript.PictureCaption)] = "Caption",
        [nameof(Manuscript.PictureCredit)] = "Credit",
        [nameof(Manuscript.SocialTitle)] = "Social title",
        [nameof(Manuscript.SocialDescription)] = "Social description",
    };

    public static string Label(string field) => Labels.GetValueOrDefault(field, field);

    /// <returns>Null if the branch is not this article's.</returns>
    public static async Task<ConflictView?> OfAsync(NewsDbContext db, Article article, int branch, ArticleChoices choices)
    {
        var mine = await db.Revisions.AsNoTracking().FirstOrDefaultAsync(r => r.Id == branch && r.ArticleId == article.Id && r.Act == ArticleAct.Branched);
        if (mine?.Text is null) return null;

        var theirs = Manuscript.Of(article);
        var began = await ManuscriptSave.AtAsync(db, article.Id, mine.Version) ?? theirs;
        var merge = ManuscriptMerge.Of(began, mine.Text, theirs);
        var last = await db.Revisions.Where(r => r.ArticleId == article.Id && r.Act == ArticleAct.Written)
            .OrderByDescending(r => r.Id).Select(r => new { r.By, r.At }).FirstAsync();
        return new(branch, last.By.Length > 0 ? last.By : "Somebody", last.At,
            [.. merge.Overlaps.Select(o => Field(o, choices))], ManuscriptMerge.Of(began, theirs, mine.Text).Text, merge.Text);
    }

    /// <summary>The text with one field taken from another.</summary>
    public static Manuscript Take(Manuscript text, string field, Manuscript from) => field switch
    {
        nameof(Manuscript.Headline) => text with { Headline = from.Headline },
        nameof(Manuscript.Slug) => text with { Slug = from.Slug },
        nameof(Manuscript.KeyPoints) => text with { KeyPoints = from.KeyPoints },
        nameof(Manuscript.Body) => text with { Body = from.Body },
        nameof(Manuscript.Summary) => text with { Summary = from.Summary },
        nameof(Manuscript.Take) => text with { Take = from.Take },
        nameof(Manuscript.TakeBy) => text with { TakeBy = from.TakeBy },
        nameof(Manuscript.TakeRole) => text with { TakeRole = from.TakeRole },
        nameof(Manuscript.CategoryId) => text with { CategoryId = from.CategoryId },
        nameof(Manuscript.AuthorIds) => text with { AuthorIds = from.AuthorIds },
        nameof(Manuscript.PicturePath) => text with { PicturePath = from.PicturePath, PictureWidth = from.PictureWidth, PictureHeight = from.PictureHeight },
        nameof(Manuscript.PictureAlt) => text with { PictureAlt = from.PictureAlt, PictureIsDecorative = from.PictureIsDecorative },
        nameof(Manuscript.PictureCaption) => text with { PictureCaption = from.PictureCaption },
        nameof(Manuscript.PictureCredit) => text with { PictureCredit = from.PictureCredit },
        nameof(Manuscript.SocialTitle) => text with { SocialTitle = from.SocialTitle },
        nameof(Manuscript.SocialDescription) => text with { SocialDescription = from.SocialDescription },
        _ => text,
    };

    private static DisputedField Field(Overlap overlap, ArticleChoices choices)
    {
        var (mine, theirs) = (Pieces(overlap, overlap.Mine, choices), Pieces(overlap, overlap.Theirs, choices));
        var (inMine, inTheirs) = (mine.ToHashSet(), theirs.ToHashSet());
        return new(overlap.Field, Label(overlap.Field),
            [.. mine.Select(p => new DisputedPiece(p, !inTheirs.Contains(p)))],
            [.. theirs.Select(p => new DisputedPiece(p, !inMine.Contains(p)))]);
    }

    private static IReadOnlyList<string> Pieces(Overlap overlap, string text, ArticleChoices choices) => overlap.Field switch
    {
        nameof(Manuscript.Body) or nameof(Manuscript.Take) => MarkdownBlocks.Split(text),
        nameof(Manuscript.KeyPoints) => [.. text.Split('\n').Select(p => p + "\n")],
        nameof(Manuscript.CategoryId) => [choices.CategoryLine(text)],
        nameof(Manuscript.AuthorIds) => [string.Join(", ", text.Split(", ").Select(choices.AuthorName))],
        _ => [text],
    };
}
