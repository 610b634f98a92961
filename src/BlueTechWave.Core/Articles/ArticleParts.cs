using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Tags;

namespace BlueTechWave.Core.Articles;

/// <summary>What a reporter types: the text of a piece, whole.</summary>
public sealed record ArticleText(
    string Headline,
    IReadOnlyList<string> KeyPoints,
    string Body,
    OurTake? Take = null,
    string? Summary = null,
    string? Slug = null);

/// <summary>The paper's opinion in one paragraph, with its own attribution.</summary>
public class OurTake
{
    public const string UsualLabel = "OUR TAKE";

    private OurTake()
    {
    }

    public OurTake(string text, string attribution, string role, string label = UsualLabel) =>
        (Text, Attribution, Role, Label) = (text, attribution, role, label);

    public string Label { get; private set; } = UsualLabel;

    /// <summary>Markdown.</summary>
    public string Text { get; private set; } = "";

    public string Html { get; private set; } = "";

    /// <summary>The name printed under it, kept as it was when written.</summary>
    public string Attribution { get; private set; } = "";

    /// <summary>For example “BTW reporter”.</summary>
    public string Role { get; private set; } = "";

    internal void Press() => Html = LightMarkdown.Bio(Text);
}

/// <summary>The picture above a piece. Sizes are those of the original, in pixels.</summary>
public class LeadPicture
{
    private LeadPicture()
    {
    }

    /// <summary>One of the drawings that come with the site.</summary>
    public LeadPicture(string path, int width, int height, string alt, string? caption, string? credit) =>
        (Path, Width, Height, Alt, Caption, Credit) = (path, width, height, alt, caption, credit);

    /// <summary>One of the library's. Where nothing is said of it, what the library says stands.</summary>
    public LeadPicture(Picture picture, string alt = "", bool isDecorative = false, string? caption = null, string? credit = null)
    {
        (Path, PictureId, Width, Height, Blur) = (picture.Path, picture.Id, picture.Width, picture.Height, picture.Blur);
        Decorative = isDecorative || (alt.Length == 0 && picture.IsDecorative);
        Alt = IsDecorative ? "" : alt.Length > 0 ? alt : picture.Alt;
        Caption = caption ?? (picture.Caption.Length > 0 ? picture.Caption : null);
        Credit = credit ?? (picture.Credit.Length > 0 ? picture.Credit : null);
    }

    /// <summary>As it hung in another store of the paper: what the library says of it by now does not come in between.</summary>
    internal static LeadPicture AsItWas(Picture picture, string alt, bool? decorative, string? caption, string? credit) =>
        new(picture) { Alt = alt, Decorative = decorative, Caption = caption, Credit = credit };

    /// <inheritdoc cref="AsItWas(Picture, string, bool?, string?, string?)"/>
    internal static LeadPicture AsItWas(string path, int width, int height, string alt, bool? decorative, string? caption, string? credit) =>
        new(path, width, height, alt, caption, credit) { Decorative = decorative };

    /// <summary>
    /// Where it is served from, site-relative: of one of the library's, where its renditions begin. Pressed: empty while
    /// readers may not have it, or nothing is cut yet.
    /// </summary>
    public string Path { get; private set; } = "";

    /// <summary>Null for a drawing.</summary>
    public int? PictureId { get; private set; }

    /// <inheritdoc cref="Picture.Blur"/>
    public string? Blur { get; private set; }

    /// <summary>As stored: what came before the library says nothing.</summary>
    public bool? Decorative { get; private set; }

    /// <summary>Those who do not see it miss nothing.</summary>
    public bool IsDecorative => Decorative == true;

    /// <summary>How the article form and a text name it.</summary>
    public string Address => PictureId is { } id ? Picture.AddressOf(id) : Path;

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>What one would say of it over the telephone; never a file name.</summary>
    public string Alt { get; private set; } = "";

    public string? Caption { get; private set; }

    public string? Credit { get; private set; }
}

/// <summary>One author of one piece. Name and role are frozen at publication.</summary>
public class Byline
{
    private Byline()
    {
    }

    internal Byline(Author author, int position) => (Author, Position, Name, Role) = (author, position, author.Name, author.Title);

    public int ArticleId { get; private set; }

    public int AuthorId { get; private set; }

    public Author Author { get; private set; } = null!;

    public int Position { get; private set; }

    public string Name { get; private set; } = "";

    public string Role { get; private set; } = "";

    internal bool Is(Author author) => Author == author || (AuthorId > 0 && AuthorId == author.Id);

    internal void Place(int position) => Position = position;

    internal void Freeze()
    {
        if (Author is not null) (Name, Role) = (Author.Name, Author.Title);
    }
}

/// <summary>A category beside the primary one.</summary>
public class FurtherCategory
{
    private FurtherCategory()
    {
    }

    internal FurtherCategory(Category category) => Category = category;

    public int ArticleId { get; private set; }

    public int CategoryId { get; private set; }

    public Category Category { get; private set; } = null!;

    internal bool Is(Category category) => Category == category || (CategoryId > 0 && CategoryId == category.Id);
}

public class ArticleTag
{
    private ArticleTag()
    {
    }

    internal ArticleTag(Tag tag, int position) => (Tag, Position) = (tag, position);

    public int ArticleId { get; private set; }

    public int TagId { get; private set; }

    public Tag Tag { get; private set; } = null!;

    public int Position { get; private set; }

    /// <summary>The same place, with another tag.</summary>
    internal ArticleTag For(Tag other) => new(other, Position) { ArticleId = ArticleId };

    internal bool Is(Tag tag) => Tag == tag || (TagId > 0 && TagId == tag.Id);

    internal void Place(int position) => Position = position;
}

/// <summary>A link from one piece to another, by identity: who points here, and what to refresh when a headline changes.</summary>
public class ArticleLink
{
    private ArticleLink()
    {
    }

    internal ArticleLink(int targetId) => TargetId = targetId;

    public int ArticleId { get; private set; }

    /// <summary>Not a foreign key: a link may be typed before its target exists, or outlive it.</summary>
    public int TargetId { get; private set; }
}

/// <summary>A dated note to readers: what was wrong and has been put right, or what was not clear.</summary>
public class Correction
{
    private Correction()
    {
    }

    internal Correction(string note, DateTime at, bool isClarification) => (Note, At, IsClarification) = (note, at, isClarification);

    public int Id { get; private set; }

    public int ArticleId { get; private set; }

    public DateTime At { get; private set; }

    public string Note { get; private set; } = "";

    /// <summary>Nothing was wrong; it could be misread.</summary>
    public bool IsClarification { get; private set; }

    /// <summary>What readers see above it.</summary>
    public string Label => LabelOf(IsClarification);

    public static string LabelOf(bool isClarification) => isClarification ? "Clarification" : "Correction";
}

public enum ArticleAct
{
    Written = 0,
    Submitted = 1,
    Scheduled = 2,
    Published = 3,
    Updated = 4,
    Corrected = 5,
    Withdrawn = 6,
    SentBack = 7,

    /// <summary>A text that others had overtaken: kept, and part of nothing.</summary>
    Branched = 8,
    Clarified = 9,
    WithdrawalPlanned = 10,
    Trashed = 11,
    BroughtBack = 12,
}

/// <summary>What was done to a piece, by whom, and, where it was written in, what it said then. Never changed, never deleted.</summary>
public class Revision
{
    private Revision()
    {
    }

    internal Revision(ArticleAct act, string by, DateTime at, string note) => (Act, By, At, Note) = (act, by, at, note);

    public int Id { get; private set; }

    public int ArticleId { get; private set; }

    /// <summary>The article's version once this was saved; of a branch, the version it began from.</summary>
    public int Version { get; private set; }

    public ArticleAct Act { get; private set; }

    /// <summary>The name of who did it; empty for the system itself.</summary>
    public string By { get; private set; } = "";

    public DateTime At { get; private set; }

    /// <summary>The reason given, where the act has one.</summary>
    public string Note { get; private set; } = "";

    /// <summary>Null for acts that change no text: the text is then that of the last revision before that has one.</summary>
    public Manuscript? Text { get; private set; }

    public bool HasText => Act is ArticleAct.Written or ArticleAct.Branched;

    internal static Revision BranchOf(Manuscript text, int baseVersion, string by, DateTime at) =>
        new(ArticleAct.Branched, by, at, "") { Text = text, Version = baseVersion };

    /// <summary>Called by the save, once the article has its new version and everything is in its place.</summary>
    internal void Fix(Article article)
    {
        // One that comes from another store has its version and its text already.
        if (Act == ArticleAct.Branched || Version > 0) return;
        Version = article.Version;
        if (HasText) Text = Manuscript.Of(article);
    }
}
