using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Writing;

/// <summary>A field that two writers changed in different ways, with both texts.</summary>
/// <param name="Field">Its name in <see cref="Manuscript"/>.</param>
public sealed record Overlap(string Field, string Base, string Mine, string Theirs);

/// <summary>
/// Brings together two manuscripts that began from the same one: fields, key points, tags, and blocks of the body that
/// only one of them changed are taken from whoever did.
/// </summary>
/// <param name="Text">The merged text; where there is an overlap, theirs stands in it.</param>
/// <param name="Overlaps">Empty if everything could be brought together.</param>
public sealed record ManuscriptMerge(Manuscript Text, IReadOnlyList<Overlap> Overlaps)
{
    public static ManuscriptMerge Of(Manuscript @base, Manuscript mine, Manuscript theirs)
    {
        var overlaps = new List<Overlap>();
        var text = new Manuscript
        {
            Headline = Pick(nameof(Manuscript.Headline), m => m.Headline),
            Slug = Pick(nameof(Manuscript.Slug), m => m.Slug),
            KeyPoints = Pieces(nameof(Manuscript.KeyPoints), "\n", [.. @base.KeyPoints], [.. mine.KeyPoints], [.. theirs.KeyPoints]),
            Body = Blocks(),
            Summary = Pick(nameof(Manuscript.Summary), m => m.Summary),
            Take = Pick(nameof(Manuscript.Take), m => m.Take),
            TakeBy = Pick(nameof(Manuscript.TakeBy), m => m.TakeBy),
            TakeRole = Pick(nameof(Manuscript.TakeRole), m => m.TakeRole),
            CategoryId = PickAny(nameof(Manuscript.CategoryId), m => m.CategoryId),
            FurtherCategoryIds = Set(@base.FurtherCategoryIds, mine.FurtherCategoryIds, theirs.FurtherCategoryIds),
            Tags = Set(@base.Tags, mine.Tags, theirs.Tags),
            AuthorIds = Pieces(nameof(Manuscript.AuthorIds), ", ", Words(@base.AuthorIds), Words(mine.AuthorIds), Words(theirs.AuthorIds)).Select(int.Parse).Distinct().ToList(),
            PicturePath = Pick(nameof(Manuscript.PicturePath), m => m.PicturePath),
            PictureWidth = PickAny(nameof(Manuscript.PicturePath), m => m.PictureWidth),
            PictureHeight = PickAny(nameof(Manuscript.PicturePath), m => m.PictureHeight),
            PictureAlt = Pick(nameof(Manuscript.PictureAlt), m => m.PictureAlt),
            PictureIsDecorative = PickAny(nameof(Manuscript.PictureAlt), m => m.PictureIsDecorative),
            PictureCaption = Pick(nameof(Manuscript.PictureCaption), m => m.PictureCaption),
            PictureCredit = Pick(nameof(Manuscript.PictureCredit), m => m.PictureCredit),
            SocialTitle = Pick(nameof(Manuscript.SocialTitle), m => m.SocialTitle),
            SocialDescription = Pick(nameof(Manuscript.SocialDescription), m => m.SocialDescription),
            CommentsOpen = mine.CommentsOpen != @base.CommentsOpen ? mine.CommentsOpen : theirs.CommentsOpen,
        };
        return new(text, [.. overlaps.DistinctBy(o => o.Field)]);

        string Pick(string field, Func<Manuscript, string> of) => PickAny(field, of)!;

        T PickAny<T>(string field, Func<Manuscript, T> of)
        {
            var (was, my, their) = (of(@base), of(mine), of(theirs));
            if (Equals(my, their) || Equals(my, was)) return their;
            if (Equals(their, was)) return my;
            overlaps.Add(new(field, $"{was}", $"{my}", $"{their}"));
            return their;
        }

        string Blocks()
        {
            var (merged, overlap) = MarkdownBlocks.Merge(@base.Body, mine.Body, theirs.Body);
            if (overlap) overlaps.Add(new(nameof(Manuscript.Body), @base.Body, mine.Body, theirs.Body));
            return merged;
        }

        List<string> Pieces(string field, string between, IReadOnlyList<string> was, IReadOnlyList<string> my, IReadOnlyList<string> their)
        {
            var merged = ThreeWay.Merge(was, my, their);
            overlaps.AddRange(merged.Where(s => s.IsOverlap).Take(1).Select(_ => new Overlap(
                field, string.Join(between, was), string.Join(between, my), string.Join(between, their))));
            return [.. merged.SelectMany(s => s.Theirs)];
        }
    }

    private static List<string> Words(IReadOnlyList<int> ids) => [.. ids.Select(id => id.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>Theirs, with what I added and without what I took away.</summary>
    private static List<T> Set<T>(IReadOnlyList<T> was, IReadOnlyList<T> mine, IReadOnlyList<T> theirs) =>
        [.. theirs.Where(t => mine.Contains(t) || !was.Contains(t)).Concat(mine.Where(m => !was.Contains(m))).Distinct()];
}
