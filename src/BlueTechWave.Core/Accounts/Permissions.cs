using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Pictures;

namespace BlueTechWave.Core.Accounts;

/// <summary>What somebody is trusted with. Each includes the one before.</summary>
public enum Role
{
    Reporter = 0,
    Editor = 1,
    Owner = 2,
}

/// <summary>What can be done in the newsroom, as far as it is not everybody's to do.</summary>
public enum Act
{
    /// <summary>Enter the newsroom, begin articles, write in one's own, submit them.</summary>
    Write,

    /// <summary>See and write in everybody's articles.</summary>
    EditAll,
    SendBack,
    Schedule,
    Publish,
    Unpublish,
    Moderate,
    Curate,

    /// <summary>Bring pictures, and describe those one has brought.</summary>
    AddPictures,

    /// <summary>Describe, replace and put away everybody's.</summary>
    ManagePictures,
    ManageCategories,
    ManageTags,
    ManageAuthors,
    ManagePages,
    ManageMenus,
    ManageRedirects,
    ManageTemplates,
    ReadAudit,
    ManagePeople,
    ManageSettings,

    /// <summary>Move in from another system.</summary>
    Import,

    /// <summary>Give programs keys to read with, and take them back.</summary>
    ManageKeys,

    /// <summary>Decide who elsewhere is told what happens here.</summary>
    ManageWebhooks,
}

/// <summary>Who asks: an account as far as permissions look at it.</summary>
public sealed record Who(int AccountId, string Name, Role Role, int? AuthorId = null);

/// <summary>
/// Who may do what: the one table. Pages, buttons and lists all ask here, so that what is shown and what is allowed agree.
/// </summary>
public static class Permissions
{
    private static readonly Dictionary<Act, Role> Least = new()
    {
        [Act.Write] = Role.Reporter,
        [Act.EditAll] = Role.Editor,
        [Act.SendBack] = Role.Editor,
        [Act.Schedule] = Role.Editor,
        [Act.Publish] = Role.Editor,
        [Act.Unpublish] = Role.Editor,
        [Act.Moderate] = Role.Editor,
        [Act.Curate] = Role.Editor,
        [Act.AddPictures] = Role.Reporter,
        [Act.ManagePictures] = Role.Editor,
        [Act.ManageCategories] = Role.Editor,
        [Act.ManageTags] = Role.Editor,
        [Act.ManageAuthors] = Role.Editor,
        [Act.ManagePages] = Role.Editor,
        [Act.ManageMenus] = Role.Editor,
        [Act.ManageRedirects] = Role.Editor,
        [Act.ManageTemplates] = Role.Editor,
        [Act.ReadAudit] = Role.Editor,
        [Act.ManagePeople] = Role.Owner,
        [Act.ManageSettings] = Role.Owner,
        [Act.Import] = Role.Owner,
        [Act.ManageKeys] = Role.Owner,
        [Act.ManageWebhooks] = Role.Owner,
    };

    public static bool May(this Role role, Act act) => role >= Least[act];

    public static bool May(this Who who, Act act) => who.Role.May(act);

    /// <summary>Everyone who may do this and is not disabled.</summary>
    public static IQueryable<Account> WhoMay(this IQueryable<Account> accounts, Act act)
    {
        var least = Least[act];
        return accounts.Where(a => a.DisabledAt == null && a.Role >= least);
    }

    /// <summary>Whether she may say what it shows and what matters in it: her own, or with the whole library.</summary>
    public static bool MayDescribe(this Who who, Picture picture) => who.May(Act.ManagePictures) || picture.AddedById == who.AccountId;

    /// <summary>Whether she may open it. Others' articles are not there for a reporter, not merely closed.</summary>
    public static bool MaySee(this Who who, Article article) =>
        who.May(Act.EditAll) || article.WriterId == who.AccountId || (who.AuthorId is { } author && article.Bylines.Any(b => b.AuthorId == author));

    /// <summary>Which ones she may open: <see cref="MaySee"/>, asked of the store.</summary>
    public static IQueryable<Article> SeenBy(this IQueryable<Article> articles, Who who)
    {
        if (who.May(Act.EditAll)) return articles;
        var (account, author) = (who.AccountId, who.AuthorId);
        return articles.Where(a => a.WriterId == account || (author != null && a.Bylines.Any(b => b.AuthorId == author)));
    }

    /// <summary>
    /// Whether she may write in it. What an editor has approved, a reporter does not change any more: it would reach
    /// readers unread.
    /// </summary>
    public static bool MayEdit(this Who who, Article article) =>
        (who.May(Act.EditAll) && article.Status != ArticleStatus.Trashed) || (who.MaySee(article) && article.Status is ArticleStatus.Draft or ArticleStatus.InReview);

    /// <summary>Which ones she may write in: <see cref="MayEdit"/>, asked of the store.</summary>
    public static IQueryable<Article> EditedBy(this IQueryable<Article> articles, Who who) =>
        who.May(Act.EditAll) ? articles.Where(a => (int)a.Status + 0 != (int)ArticleStatus.Trashed) : articles.SeenBy(who).Where(a => a.Status == ArticleStatus.Draft || a.Status == ArticleStatus.InReview);

    public static bool MaySubmit(this Who who, Article article) => article.Status == ArticleStatus.Draft && who.MayEdit(article);

    public static bool MaySendBack(this Who who, Article article) =>
        article.Status is ArticleStatus.InReview or ArticleStatus.Scheduled && who.May(Act.SendBack);

    public static bool MaySchedule(this Who who, Article article) =>
        article.Status is not (ArticleStatus.Published or ArticleStatus.Withdrawn or ArticleStatus.Trashed) && who.May(Act.Schedule);

    public static bool MayPublish(this Who who, Article article) => article.Status is not (ArticleStatus.Published or ArticleStatus.Trashed) && who.May(Act.Publish);

    /// <summary>A reporter puts away what she may write in; what an editor has decided on, an editor.</summary>
    public static bool MayDiscard(this Who who, Article article) =>
        article.Status is ArticleStatus.Scheduled or ArticleStatus.Withdrawn ? who.May(Act.Unpublish) : article.Status != ArticleStatus.Published && who.MayEdit(article);

    public static bool MayBringBack(this Who who, Article article) =>
        article.Status == ArticleStatus.Trashed && who.MaySee(article) && (article.PublishedAt is null || who.May(Act.Unpublish));

    public static bool MayUnpublish(this Who who, Article article) => article.Status == ArticleStatus.Published && who.May(Act.Unpublish);
}
