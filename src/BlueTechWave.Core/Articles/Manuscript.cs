namespace BlueTechWave.Core.Articles;

/// <summary>
/// The publication's form, filled in: everything an editor can type about an article. What the editor page posts, an
/// autosave keeps, the history remembers, and a merge compares, in one shape.
/// </summary>
public sealed record Manuscript
{
    public static Manuscript Empty { get; } = new();

    public string Headline { get; init; } = "";

    public string Slug { get; init; } = "";

    public IReadOnlyList<string> KeyPoints { get; init; } = [];

    /// <summary>Markdown, lines ended by LF.</summary>
    public string Body { get; init; } = "";

    public string Summary { get; init; } = "";

    public string Take { get; init; } = "";

    public string TakeBy { get; init; } = "";

    public string TakeRole { get; init; } = "";

    public int? CategoryId { get; init; }

    public IReadOnlyList<int> FurtherCategoryIds { get; init; } = [];

    /// <summary>By name: a new one is made by the save.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>In byline order.</summary>
    public IReadOnlyList<int> AuthorIds { get; init; } = [];

    /// <summary><c>picture:12</c> for one of the library's, the address of a drawing; empty for the drawn cover.</summary>
    public string PicturePath { get; init; } = "";

    /// <summary>In pixels, as is <see cref="PictureHeight"/>.</summary>
    public int PictureWidth { get; init; }

    public int PictureHeight { get; init; }

    public string PictureAlt { get; init; } = "";

    /// <summary>Those who do not see it miss nothing: it needs no words.</summary>
    public bool PictureIsDecorative { get; init; }

    public string PictureCaption { get; init; } = "";

    public string PictureCredit { get; init; } = "";

    public string SocialTitle { get; init; } = "";

    public string SocialDescription { get; init; } = "";

    public bool CommentsOpen { get; init; } = true;

    /// <summary>Of an article loaded <see cref="ArticleQueries.Whole"/>.</summary>
    public static Manuscript Of(Article article) => new()
    {
        Headline = article.Headline,
        Slug = article.Slug,
        KeyPoints = [.. article.KeyPoints],
        Body = article.Body,
        Summary = article.Summary ?? "",
        Take = article.Take?.Text ?? "",
        TakeBy = article.Take?.Attribution ?? "",
        TakeRole = article.Take?.Role ?? "",
        CategoryId = article.CategoryId ?? article.Category?.Id,
        FurtherCategoryIds = [.. article.FurtherCategories.Select(f => f.CategoryId > 0 ? f.CategoryId : f.Category.Id).Order()],
        Tags = [.. article.Tags.OrderBy(t => t.Position).Select(t => t.Tag.Name)],
        AuthorIds = [.. article.Bylines.OrderBy(b => b.Position).Select(b => b.AuthorId > 0 ? b.AuthorId : b.Author.Id)],
        PicturePath = article.Picture?.Address ?? "",
        PictureWidth = article.Picture?.Width ?? 0,
        PictureHeight = article.Picture?.Height ?? 0,
        PictureAlt = article.Picture?.Alt ?? "",
        PictureIsDecorative = article.Picture?.IsDecorative ?? false,
        PictureCaption = article.Picture?.Caption ?? "",
        PictureCredit = article.Picture?.Credit ?? "",
        SocialTitle = article.SocialTitle ?? "",
        SocialDescription = article.SocialDescription ?? "",
        CommentsOpen = article.CommentsOpen,
    };

    /// <summary>Equal in every field, lists by their elements.</summary>
    public bool SaysTheSameAs(Manuscript other) =>
        KeyPoints.SequenceEqual(other.KeyPoints) && FurtherCategoryIds.SequenceEqual(other.FurtherCategoryIds) &&
        Tags.SequenceEqual(other.Tags) && AuthorIds.SequenceEqual(other.AuthorIds) &&
        (this with { KeyPoints = other.KeyPoints, FurtherCategoryIds = other.FurtherCategoryIds, Tags = other.Tags, AuthorIds = other.AuthorIds }) == other;
}
