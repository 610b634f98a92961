namespace BlueTechWave.Core.Articles;

/// <summary>Where a piece is on its way. Only <see cref="Published"/> is ever shown to readers.</summary>
public enum ArticleStatus
{
    Draft = 0,
    InReview = 1,
    Scheduled = 2,
    Published = 3,
    Withdrawn = 4,

    /// <summary>Put away: shown nowhere but in the trash.</summary>
    Trashed = 5,
}
