using System.Globalization;
using System.Text;
using BlueTechWave.Core;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Authors;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

/// <summary>The article form as somebody has filled it in, and what is wrong with it, field by field. Whatever else was posted is not read.</summary>
public sealed class ArticleForm
{
    /// <summary>In characters; what readers are served stays far below.</summary>
    public const int BodyLength = 1_000_000;

    /// <summary>A body much too long still comes in, so that it can be sent back with a word on it.</summary>
    public const int RequestLength = 16 << 20;

    public const int KeyPointLength = 500;
    public const int ReasonLength = 500;
    public const int NoteLength = 2000;
    private const int TakeLength = 5000;
    private const int TagsAtMost = 30;
    private const int TagLength = 120;
    private const int AuthorsAtMost = 10;

    private readonly Dictionary<string, string> _errors = [];

    public Manuscript Text { get; private set; } = Manuscript.Empty;

    /// <summary>The lines as they stand on the page, empty ones too.</summary>
    public IReadOnlyList<string> KeyPoints { get; private set; } = [];

    /// <summary>The version of the article that the writer began from.</summary>
    public int Base { get; private set; }

    /// <summary>Names this form: its autosaves, and a second press of the same button.</summary>
    public string Key { get; private set; } = "";

    public int Sequence { get; private set; }

    /// <summary>The working copy whose words were put into this form; 0 for none.</summary>
    public int Restored { get; private set; }

    /// <summary>The revision that keeps what could not be saved; 0 if nothing is in dispute.</summary>
    public int Branch { get; private set; }

    /// <summary>Whether the slug was typed: it then no longer follows the headline.</summary>
    public bool HasOwnSlug { get; private set; }

    public string Reason { get; private set; } = "";

    public string Date { get; private set; } = "";

    public string Time { get; private set; } = "";

    /// <summary>Of a time that comes twice, which.</summary>
    public string Which { get; private set; } = "";

    /// <summary>When it is to be unpublished by itself; empty for now.</summary>
    public string OutDate { get; private set; } = "";

    /// <inheritdoc cref="OutDate"/>
    public string OutTime { get; private set; } = "";

    /// <summary>Whether the form asks for an embargo at all.</summary>
    public bool AsksEmbargo { get; private set; }

    public string EmbargoDate { get; private set; } = "";

    public string EmbargoTime { get; private set; } = "";

    /// <summary>What an update is to its readers: <c>typo</c>, <c>update</c>, <c>correction</c> or <c>clarification</c>.</summary>
    public string Change { get; private set; } = "typo";

    public string Note { get; private set; } = "";

    /// <summary>The old address that may be taken, as the editor was asked.</summary>
    public string Takes { get; private set; } = "";

    public IReadOnlyDictionary<string, string> Errors => _errors;

    public string? Error(string field) => _errors.GetValueOrDefault(field);

    public void Refuse(string field, string why) => _errors.TryAdd(field, why);

    public static ArticleForm Of(Manuscript text, int @base, string key, int restored = 0) => new()
    {
        Text = text,
        KeyPoints = text.KeyPoints,
        Base = @base,
        Key = key,
        Restored = restored,
    };

    /// <summary>The same form, saying something else.</summary>
    public ArticleForm With(Manuscript text, int @base, int branch)
    {
        (Text, KeyPoints, Base, Branch) = (text, text.KeyPoints, @base, branch);
        return this;
    }

    public ArticleForm WithKeyPoints(IReadOnlyList<string> points)
    {
        KeyPoints = points;
        return this;
    }

    /// <summary>With the times that the article has, in the site's zone.</summary>
    public ArticleForm WithTimes(DateTime? planned, DateTime? embargo, DateTime? withdrawal)
    {
        (Date, Time) = Typed(planned);
        (EmbargoDate, EmbargoTime) = Typed(embargo);
        (OutDate, OutTime) = Typed(withdrawal);
        return this;

        static (string, string) Typed(DateTime? local) => local is { } at
            ? (at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), at.ToString("HH:mm", CultureInfo.InvariantCulture))
            : ("", "");
    }

    /// <param name="which">Of two times of one name: <see cref="Which"/>.</param>
    public ArticleForm At(string which)
    {
        Which = which;
        return this;
    }

    public ArticleForm StayingPublished()
    {
        (OutDate, OutTime) = ("", "");
        return this;
    }

    /// <param name="before">What the article says: a field that was not touched is not found fault with.</param>
    public static ArticleForm Read(IFormCollection posted, ArticleChoices choices, Manuscript? before = null)
    {
        var form = new ArticleForm
        {
            Base = Number(posted, "base"),
            Key = Key_(posted["key"].ToString()),
            Sequence = Number(posted, "sequence"),
            Restored = Number(posted, "restored"),
            Branch = Number(posted, "branch"),
            HasOwnSlug = posted["ownSlug"].Count > 0 && posted["ownSlug"] != "",
            Date = posted["date"].ToString().Trim(),
            Time = posted["time"].ToString().Trim(),
            Which = posted["which"].ToString(),
            OutDate = posted["outdate"].ToString().Trim(),
            OutTime = posted["outtime"].ToString().Trim(),
            AsksEmbargo = posted.ContainsKey("embargodate"),
            EmbargoDate = posted["embargodate"].ToString().Trim(),
            EmbargoTime = posted["embargotime"].ToString().Trim(),
            Change = posted["change"].ToString() is var change && change is "update" or "correction" or "clarification" ? change : "typo",
            Takes = posted["takes"].ToString(),
        };
        form.Reason = form.Lines(posted, "reason", "The reason", ReasonLength).Trim();
        form.Note = form.Lines(posted, "note", "The note", NoteLength).Trim();
        form.KeyPoints = [.. posted["KeyPoints"].Select(p => OneLine(p ?? ""))];
        form.Text = form.ReadText(posted, choices, before ?? Manuscript.Empty);
        return form;
    }

    private Manuscript ReadText(IFormCollection posted, ArticleChoices choices, Manuscript before)
    {
        var picture = choices.Picture(posted["PicturePath"].ToString());
        if (posted["PicturePath"].ToString().Length > 0 && picture is null) Refuse(nameof(Manuscript.PicturePath), "That picture is not one of the choices.");

        return new()
        {
            Headline = Line(posted, nameof(Manuscript.Headline), "The headline", Article.HeadlineLength, before.Headline),
            Slug = ReadSlug(posted, before.Slug),
            KeyPoints = ReadKeyPoints(before.KeyPoints),
            Body = Lines(posted, nameof(Manuscript.Body), "The body", BodyLength, before.Body),
            Summary = Line(posted, nameof(Manuscript.Summary), "The summary", 500, before.Summary),
            Take = Lines(posted, nameof(Manuscript.Take), "Our take", TakeLength, before.Take).Trim(),
            TakeBy = Line(posted, nameof(Manuscript.TakeBy), "The attribution", 120, before.TakeBy),
            TakeRole = Line(posted, nameof(Manuscript.TakeRole), "The role", 120, before.TakeRole),
            CategoryId = ReadCategory(posted, choices),
            FurtherCategoryIds = ReadFurther(posted, choices),
            Tags = ReadTags(posted["Tags"].ToString(), before.Tags),
            AuthorIds = ReadAuthors(posted, choices),
            PicturePath = picture?.Path ?? "",
            PictureWidth = picture?.Width ?? 0,
            PictureHeight = picture?.Height ?? 0,
            PictureAlt = Line(posted, nameof(Manuscript.PictureAlt), "The alternative text", 500, before.PictureAlt),
            PictureIsDecorative = posted[nameof(Manuscript.PictureIsDecorative)].Count > 0,
            PictureCaption = Line(posted, nameof(Manuscript.PictureCaption), "The caption", 1000, before.PictureCaption),
            PictureCredit = Line(posted, nameof(Manuscript.PictureCredit), "The credit", 200, before.PictureCredit),
            SocialTitle = Line(posted, nameof(Manuscript.SocialTitle), "The social title", 200, before.SocialTitle),
            SocialDescription = Line(posted, nameof(Manuscript.SocialDescription), "The social description", 500, before.SocialDescription),
            CommentsOpen = posted["CommentsOpen"].Count > 0,
        };
    }

    /// <summary>As the article will keep it, so that the same words are recognised as the same.</summary>
    /// <param name="tags">Known tags by slug: they keep their own spelling.</param>
    /// <param name="headline">What the article was called: a slug made from it follows the headline.</param>
    /// <param name="isPublished">Its address is known to readers and follows nothing any more.</param>
    public void Settle(IReadOnlyDictionary<string, string> tags, string? headline, bool isPublished, IEnumerable<AuthorChoice> authors)
    {
        var slug = Text.Slug;
        if (!isPublished && (slug.Length == 0 || (!HasOwnSlug && headline is not null && slug == Slug.From(headline)))) slug = Slug.From(Text.Headline);
        // An attribution that was only suggested goes with the take that nobody wrote.
        var isSigned = Text.Take.Length > 0
            || (Text.TakeBy.Length > 0 && authors.All(a => a.Name != Text.TakeBy))
            || (Text.TakeRole.Length > 0 && authors.All(a => a.Title != Text.TakeRole));
        Text = Text with
        {
            Slug = slug,
            Tags = [.. Text.Tags.Select(t => tags.GetValueOrDefault(Slug.From(t), t))],
            TakeBy = isSigned ? Text.TakeBy : "",
            TakeRole = isSigned ? Text.TakeRole : "",
            PictureAlt = Text.PicturePath.Length > 0 && !Text.PictureIsDecorative ? Text.PictureAlt : "",
            PictureIsDecorative = Text.PicturePath.Length > 0 && Text.PictureIsDecorative,
            PictureCaption = Text.PicturePath.Length > 0 ? Text.PictureCaption : "",
            PictureCredit = Text.PicturePath.Length > 0 ? Text.PictureCredit : "",
        };
    }

    private string Line(IFormCollection posted, string field, string what, int atMost, string before) =>
        Checked(field, what, atMost, OneLine(posted[field].ToString()), before);

    /// <summary>Browsers end lines by CR LF, we by LF; nothing else about the text is changed.</summary>
    private string Lines(IFormCollection posted, string field, string what, int atMost, string before = "") =>
        Checked(field, what, atMost, posted[field].ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'), before);

    private string Checked(string field, string what, int atMost, string text, string before)
    {
        if (text.Length > atMost) Refuse(field, string.Create(CultureInfo.InvariantCulture, $"{what} has {text.Length:N0} characters; {atMost:N0} are the most."));
        if (text == before || !IsIllegible(text)) return text;
        Refuse(field, $"{what} holds characters that could not be read; each stands as \uFFFD here. Please put them right.");
        return text.Length > ArticleBody.MaxLength ? text : Legible.Of(text);
    }

    private string ReadSlug(IFormCollection posted, string before)
    {
        var typed = OneLine(posted[nameof(Manuscript.Slug)].ToString());
        if (typed == before || typed.Length == 0) return typed;
        var slug = Slug.From(typed);
        if (slug.Length == 0) Refuse(nameof(Manuscript.Slug), "A slug is made of Latin letters, digits and hyphens.");
        else if (typed.Length > Slug.MaxLength) Refuse(nameof(Manuscript.Slug), $"The slug has {typed.Length:N0} characters; {Slug.MaxLength} are the most.");
        return slug.Length == 0 ? Legible.Of(typed) : slug;
    }

    private List<string> ReadKeyPoints(IReadOnlyList<string> before)
    {
        var points = KeyPoints.Where(p => p.Length > 0).ToList();
        const string field = nameof(Manuscript.KeyPoints);
        if (points.Count > Article.KeyPointsAtMost) Refuse(field, $"There are {points.Count} key points; {Article.KeyPointsAtMost} are the most.");
        if (points.Find(p => p.Length > KeyPointLength) is { } longest) Refuse(field, string.Create(CultureInfo.InvariantCulture, $"A key point has {longest.Length:N0} characters; {KeyPointLength} are the most."));
        if (points.Except(before).Any(IsIllegible))
        {
            Refuse(field, "A key point holds characters that could not be read; each stands as \uFFFD here. Please put them right.");
            KeyPoints = [.. KeyPoints.Select(Legible.Of)];
        }

        return points;
    }

    private int? ReadCategory(IFormCollection posted, ArticleChoices choices)
    {
        if (posted["CategoryId"].ToString() is not { Length: > 0 } chosen) return null;
        if (choices.Categories.FirstOrDefault(c => $"{c.Id}" == chosen) is { } category) return category.Id;
        Refuse(nameof(Manuscript.CategoryId), "That category is not there any more. Please choose another.");
        return null;
    }

    private List<int> ReadFurther(IFormCollection posted, ArticleChoices choices)
    {
        var known = choices.Categories.Select(c => c.Id).ToHashSet();
        var chosen = posted["FurtherCategoryIds"].Select(Number).Distinct().ToList();
        if (chosen.Any(id => !known.Contains(id))) Refuse(nameof(Manuscript.FurtherCategoryIds), "One of these categories is not there any more.");
        var primary = Number(posted["CategoryId"].ToString());
        var further = chosen.Where(id => known.Contains(id) && id != primary).Order().ToList();
        if (primary == 0 && further.Count > 0) Refuse(nameof(Manuscript.CategoryId), "Please choose the primary category first.");
        return further;
    }

    private List<int> ReadAuthors(IFormCollection posted, ArticleChoices choices)
    {
        var chosen = posted["AuthorIds"].Where(a => !string.IsNullOrEmpty(a)).Select(Number).Distinct().ToList();
        var known = choices.Authors.Select(a => a.Id).ToHashSet();
        if (chosen.Any(id => !known.Contains(id))) Refuse(nameof(Manuscript.AuthorIds), "One of these authors is not there any more.");
        if (chosen.Count > AuthorsAtMost) Refuse(nameof(Manuscript.AuthorIds), $"{AuthorsAtMost} authors are the most.");
        return [.. chosen.Where(known.Contains)];
    }

    private List<string> ReadTags(string posted, IReadOnlyList<string> before)
    {
        const string field = nameof(Manuscript.Tags);
        var tags = posted.Split([',', '\r', '\n']).Select(OneLine).Where(t => t.Length > 0).DistinctBy(t => Slug.From(t) is { Length: > 0 } slug ? slug : t).ToList();
        if (tags.Count > TagsAtMost) Refuse(field, $"There are {tags.Count} tags; {TagsAtMost} are the most.");
        if (tags.Find(t => t.Length > TagLength) is { } longest) Refuse(field, string.Create(CultureInfo.InvariantCulture, $"A tag has {longest.Length:N0} characters; {TagLength} are the most."));
        foreach (var tag in tags.Except(before))
        {
            if (IsIllegible(tag)) Refuse(field, "A tag holds characters that could not be read; each stands as \uFFFD here.");
            else if (Slug.From(tag).Length == 0) Refuse(field, $"“{tag}” cannot be a tag: its address needs a Latin letter or a digit.");
        }

        return [.. tags.Select(Legible.Of)];
    }

    /// <summary>White space of every kind is a space; what stands around the words is not theirs.</summary>
    private static string OneLine(string text)
    {
        if (text.AsSpan().IndexOfAny("\r\n\t") < 0) return text.Trim();
        var line = new StringBuilder(text.Length);
        foreach (var c in text) line.Append(c is '\r' or '\n' or '\t' ? ' ' : c);
        return line.ToString().Trim();
    }

    // What a form in another alphabet, or half a character, is read as.
    private static bool IsIllegible(string text) => text.Contains('\uFFFD') || !ReferenceEquals(Legible.Of(text), text);

    private static string Key_(string posted) =>
        posted.Length is > 0 and <= Core.Writing.WorkingCopy.KeyLength && posted.All(char.IsAsciiLetterOrDigit) ? posted : NewKey();

    public static string NewKey() => Guid.NewGuid().ToString("N")[..16];

    private static int Number(IFormCollection posted, string field) => Number(posted[field].ToString());

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
