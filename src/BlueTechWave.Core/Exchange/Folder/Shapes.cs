using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Exchange.Folder;

// The files' shapes. They are the export format, which the README tells field by field: names are hyphenated there.

internal sealed class ArticleMatter
{
    public int Id { get; set; }

    public string Headline { get; set; } = "";

    public string Slug { get; set; } = "";

    public string Status { get; set; } = "";

    public int? Year { get; set; }

    public int? Month { get; set; }

    public DateTime Created { get; set; }

    public DateTime Edited { get; set; }

    public DateTime? Published { get; set; }

    public DateTime? Updated { get; set; }

    public DateTime? ScheduledFor { get; set; }

    public DateTime? EmbargoedUntil { get; set; }

    public DateTime? WithdrawalFor { get; set; }

    public string? WithdrawalReason { get; set; }

    public DateTime? Withdrawn { get; set; }

    public string? WithdrawnReason { get; set; }

    public string? ReviewNote { get; set; }

    public int Version { get; set; }

    public string? Category { get; set; }

    public List<string> AlsoIn { get; set; } = [];

    public List<string> Tags { get; set; } = [];

    public List<BylineShape> Authors { get; set; } = [];

    public string? Summary { get; set; }

    public List<string> KeyPoints { get; set; } = [];

    public TakeShape? Take { get; set; }

    public LeadShape? Picture { get; set; }

    public string? SocialTitle { get; set; }

    public string? SocialDescription { get; set; }

    public bool CommentsClosed { get; set; }

    public string? Discussion { get; set; }

    public List<CorrectionShape> Corrections { get; set; } = [];
}

internal sealed class BylineShape
{
    public string Author { get; set; } = "";

    public string Name { get; set; } = "";

    public string? Role { get; set; }
}

internal sealed class TakeShape
{
    public string Label { get; set; } = "";

    public string Text { get; set; } = "";

    public string Attribution { get; set; } = "";

    public string? Role { get; set; }
}

internal sealed class LeadShape
{
    public int? Picture { get; set; }

    public string? Path { get; set; }

    public int Width { get; set; }

    public int Height { get; set; }

    public string? Alt { get; set; }

    public bool? Decorative { get; set; }

    public string? Caption { get; set; }

    public string? Credit { get; set; }
}

internal sealed class CorrectionShape
{
    public DateTime At { get; set; }

    public bool Clarification { get; set; }

    public string Note { get; set; } = "";
}

internal sealed class PageMatter
{
    public int Id { get; set; }

    public string Slug { get; set; } = "";

    public string Title { get; set; } = "";

    public string? Description { get; set; }

    public DateTime? Revised { get; set; }
}

internal sealed class CategoryShape
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string Slug { get; set; } = "";

    public string? Description { get; set; }

    public int Position { get; set; }

    public bool PaidFor { get; set; }

    public List<CategoryShape> Children { get; set; } = [];
}

internal sealed class TagShape
{
    public int Id { get; set; }

    public string Name { get; set; } = "";

    public string Slug { get; set; } = "";
}

internal sealed class AuthorShape
{
    public int Id { get; set; }

    public string Slug { get; set; } = "";

    public string Name { get; set; } = "";

    public string? Title { get; set; }

    public string? Bio { get; set; }

    public string? Tips { get; set; }

    public int? Picture { get; set; }
}

internal sealed class MenusShape
{
    public List<MenuShape> Header { get; set; } = [];

    public List<MenuShape> Footer { get; set; } = [];
}

internal sealed class MenuShape
{
    public string? Label { get; set; }

    public string? Category { get; set; }

    public string? Page { get; set; }

    public string? Url { get; set; }

    public int Position { get; set; }

    public List<MenuShape> Entries { get; set; } = [];
}

internal sealed class HomeShape
{
    public int Position { get; set; }

    public int Article { get; set; }

    public DateTime? From { get; set; }

    public DateTime? Until { get; set; }
}

internal sealed class SettingsShape
{
    public SiteShape? Site { get; set; }

    public DiscussionShape? Discussions { get; set; }

    public List<SocialShape> Social { get; set; } = [];

    public List<RuleShape> CommentRules { get; set; } = [];
}

internal sealed class SiteShape
{
    public string? Tagline { get; set; }

    public string? FooterText { get; set; }

    public bool BreadcrumbWithoutCategories { get; set; }

    public string RelatedOrder { get; set; } = "";

    public int ArticlesPerPage { get; set; }
}

internal sealed class DiscussionShape
{
    public string Policy { get; set; } = "";

    public int ClosesAfterDays { get; set; }

    public int EditMinutes { get; set; }

    public int Depth { get; set; }

    public bool ScorerIsOff { get; set; }

    public int HoldAt { get; set; }

    public int SpamAt { get; set; }
}

internal sealed class SocialShape
{
    public string Network { get; set; } = "";

    public string Label { get; set; } = "";

    public string? Url { get; set; }

    public int HeaderPosition { get; set; }

    public int FooterPosition { get; set; }
}

internal sealed class RuleShape
{
    public string Kind { get; set; } = "";

    public string Pattern { get; set; } = "";

    public string Outcome { get; set; } = "";

    public bool On { get; set; }

    public string? By { get; set; }

    public DateTime Created { get; set; }
}

internal sealed record CommentLine(int Id, int Depth, string Thread, string Name, DateTime Created, string State, string Body)
{
    public int? Parent { get; init; }

    public string? Email { get; init; }

    public string? Address { get; init; }

    public DateTime? Edited { get; init; }

    public DateTime? EditedByEditor { get; init; }

    public string? Because { get; init; }

    public DateTime? Decided { get; init; }

    public double? SpamScore { get; init; }

    public string? Author { get; init; }

    public bool Staff { get; init; }

    public bool Featured { get; init; }
}

internal sealed record RevisionLine(int Version, string Act, string By, DateTime At, string? Note = null, Manuscript? Text = null);

internal sealed record RedirectLine(string From, int? Article = null, string? To = null);

internal sealed record ViewsLine(int Article, DateOnly Day, int Views);

internal sealed record PictureLine(int Id, string File, string Name, DateTime Added, string Alt, bool Decorative, string Caption, string Credit, string Source, int FocusX, int FocusY)
{
    public DateTime? EmbargoedUntil { get; init; }

    public DateTime? RightsUntil { get; init; }

    public DateTime? Trashed { get; init; }
}

/// <summary>Written last: a folder without one is not whole.</summary>
/// <param name="Sums">SHA-256 of the list that names every other file with its own.</param>
internal sealed record Manifest(string Format, int Version, DateTime Made, string Site, string TimeZone, IReadOnlyDictionary<string, int> Counts, int Files, string Sums, string? Address = null)
{
    public const string FormatName = "blue-tech-wave";
    public const int FormatVersion = 1;
}
