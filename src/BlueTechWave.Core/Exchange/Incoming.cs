using System.Globalization;
using System.Text.RegularExpressions;

namespace BlueTechWave.Core.Exchange;

/// <summary>A thing on its way in from another system, as plain as it can be: no rule of ours has touched it yet.</summary>
public abstract record Incoming
{
    /// <summary>How many things of the source this is, itself among them: an article comes with its comments.</summary>
    public virtual int Count => 1;
}

/// <summary>Where it all comes from.</summary>
/// <param name="Address">Of the front page, such as <c>https://paper.example</c>; empty if the source does not say.</param>
public sealed record IncomingSite(string Name, string Address) : Incoming
{
    /// <summary>How feeds are called here, under the root, a tag or an author.</summary>
    public const string OurFeed = "feed";

    /// <summary>How they were called there.</summary>
    public string Feed { get; init; } = OurFeed;

    /// <summary>Where it stood under its host, such as <c>/blog</c>; empty for the root.</summary>
    public string Folder => Uri.TryCreate(Address, UriKind.Absolute, out var address) ? address.AbsolutePath.TrimEnd('/') : "";

    public override int Count => 0;
}

/// <param name="Key">What articles name it by.</param>
/// <param name="Number">What comments name it by; empty if they do not.</param>
public sealed record IncomingAuthor(string Key, string Number, string Name, string Slug, string Bio) : Incoming;

/// <param name="Key">What articles and categories under it name it by.</param>
/// <param name="Number">What menus name it by.</param>
public sealed record IncomingCategory(string Key, string Number, string Name, string Slug, string ParentKey, string Description) : Incoming;

/// <inheritdoc cref="IncomingCategory"/>
public sealed record IncomingTag(string Key, string Number, string Name, string Slug) : Incoming;

/// <summary>How far a piece had come where it was.</summary>
public enum IncomingStatus
{
    Draft,
    Pending,
    Scheduled,
    Published,

    /// <summary>Open to those with a password, or to members: readers here find a note.</summary>
    Locked,

    /// <summary>For the newsroom alone.</summary>
    Private,
    Trashed,
}

/// <summary>An author, category or tag as an article names it; some sources name what they never list.</summary>
/// <param name="Name">Empty where only the key is told.</param>
public sealed record IncomingTerm(string Key, string Name);

/// <summary>A text on its way in.</summary>
/// <param name="source">As the source has it.</param>
/// <param name="set">Makes our Markdown of it: asked once, and only where something has changed.</param>
/// <param name="pictures">Which of the source's pictures it shows.</param>
public sealed class IncomingBody(string source, Func<string, SetBody> set, Func<string, IEnumerable<IncomingPicture>>? pictures = null)
{
    private readonly Lazy<SetBody> _set = new(() => set(source));

    public string Source { get; } = source;

    public SetBody Set => _set.Value;

    /// <summary>Those of its pictures that have arrived, by our ids.</summary>
    public IEnumerable<int> Arrived => pictures?.Invoke(Source).Select(p => p.Ours).OfType<int>().Distinct() ?? [];
}

/// <summary>A text turned into our Markdown.</summary>
/// <param name="Notes">What stayed as it was or could not be shown, each in a few words.</param>
public sealed record SetBody(string Markdown, IReadOnlyList<string> Notes);

/// <summary>An article with all its readers said.</summary>
public sealed record IncomingArticle(string Id, string Headline, string Slug, IncomingStatus Status, IncomingBody Body) : Incoming
{
    public string Excerpt { get; init; } = "";

    /// <summary>UTC; null where the source has none or nonsense.</summary>
    public DateTime? At { get; init; }

    public DateTime? ChangedAt { get; init; }

    /// <summary>The path it had, and those it had before that.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>What the front page could be asked for it by, as <c>/?p=7</c>; empty for none.</summary>
    public string Question { get; init; } = "";

    /// <summary>In the order in which they sign it.</summary>
    public IReadOnlyList<IncomingTerm> Authors { get; init; } = [];

    public IReadOnlyList<IncomingTerm> Categories { get; init; } = [];

    public IReadOnlyList<IncomingTerm> Tags { get; init; } = [];

    public bool IsSticky { get; init; }

    public bool CommentsOpen { get; init; } = true;

    public string SocialTitle { get; init; } = "";

    public string SocialDescription { get; init; } = "";

    /// <summary>The picture above it, by its own id.</summary>
    public string FeaturedPicture { get; init; } = "";

    /// <summary>What was said of it above this article; empty where the library's words stand.</summary>
    public string PictureAlt { get; init; } = "";

    /// <inheritdoc cref="PictureAlt"/>
    public string PictureCaption { get; init; } = "";

    /// <summary>What readers find in its place, where it is <see cref="IncomingStatus.Locked"/>.</summary>
    public string LockedBecause { get; init; } = "It was open to those with a password only.";

    public IReadOnlyList<IncomingComment> Comments { get; init; } = [];

    /// <summary>Comments that cannot be taken, and why; counted with the others.</summary>
    public IReadOnlyList<Refused> RefusedComments { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    public override int Count => 1 + Comments.Count + RefusedComments.Count;
}

public sealed record IncomingPage(string Id, string Title, string Slug, IncomingStatus Status, IncomingBody Body) : Incoming
{
    public string Description { get; init; } = "";

    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>What the front page could be asked for it by, as <c>/?p=7</c>; empty for none.</summary>
    public string Question { get; init; } = "";
}

public enum IncomingCommentState
{
    Pending,
    Approved,
    Rejected,
    Spam,
}

public sealed record IncomingComment(string Id, string ParentId, string Name, string Email, string Address, DateTime? At, IncomingBody Body, IncomingCommentState State)
{
    /// <summary>The number of the author who wrote it; empty for a reader.</summary>
    public string Author { get; init; } = "";
}

/// <summary>A picture: what is said of it, and where its file lies. Pictures come before the texts that show them.</summary>
/// <param name="FilePath">Within the source's folder of uploads.</param>
public sealed partial record IncomingPicture(string Id, string Url, string FilePath, string Alt, string Caption) : Incoming
{
    public string Credit { get; init; } = "";

    /// <summary>The article or page it was brought for; empty for none.</summary>
    public string ParentId { get; init; } = "";

    /// <summary>The paths its file had.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>The path of the page that showed it; empty where it had none.</summary>
    public string Page { get; init; } = "";

    /// <summary>A sound, a film, a document: the library has none of these.</summary>
    public bool IsOther => Other().IsMatch(FilePath);

    /// <summary>Which of ours it became, told by the importer; null as long as it has not arrived. Texts are set by it.</summary>
    public int? Ours
    {
        get;
        set
        {
            field = value;
            Arrived?.Invoke(this);
        }
    }

    /// <summary>Hears when it has arrived.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Action<IncomingPicture>? Arrived { get; set; }

    [GeneratedRegex(@"\.(?:mp3|m4a|og[gav]|wav|flac|mp4|m4v|mov|avi|wmv|webm|mkv|3gp|pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|txt|csv|epub|zip|gz|tar|rar|7z|json|xml|vtt|srt)$", RegexOptions.IgnoreCase)]
    private static partial Regex Other();
}

public enum IncomingMenuTarget
{
    Address,
    Category,
    Page,
    Article,
    Tag,
}

/// <param name="Target">The key of a category or tag, the id of a page or article, or an address.</param>
public sealed record IncomingMenuItem(string Id, string Menu, string ParentId, string Label, int Position, IncomingMenuTarget Kind, string Target) : Incoming;

/// <summary>An address of the old site, and where it led.</summary>
public sealed record IncomingRedirect(string From, string To) : Incoming;

/// <summary>Something that is not taken, and why, for a person to read.</summary>
public sealed record IncomingRefusal(Refused Refused) : Incoming
{
    public override int Count => Refused.Count;
}

/// <summary>Worth a word, and no loss.</summary>
public sealed record IncomingNote(string Text) : Incoming
{
    public override int Count => 0;
}

/// <param name="Count">More than one where it took others with it, such as the comments of an article that cannot be read.</param>
public sealed record Refused(string Kind, string Id, string Name, string Why, int Count = 1)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Kind} {Id}{(Name.Length > 0 ? $" “{Name}”" : "")}: {Why}{(Count > 1 ? $" With it went {Count - 1:N0} comment{(Count == 2 ? "" : "s")}." : "")}");
}
