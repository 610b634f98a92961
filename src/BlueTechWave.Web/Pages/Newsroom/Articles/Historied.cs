using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

/// <summary>A page of one article's history. Whose article she may not see has none for her.</summary>
public abstract class HistoriedModel(NewsDbContext db) : NewsroomPageModel
{
    protected NewsDbContext Db => db;

    public int ArticleId { get; private set; }

    public string Headline { get; private set; } = "";

    public ArticleStatus Status { get; private set; }

    public int Version { get; private set; }

    protected async Task<bool> FindAsync(int id, CancellationToken cancellation)
    {
        var found = await db.Articles.SeenBy(Who).Where(a => a.Id == id).Select(a => new { a.Headline, a.Status, a.Version }).FirstOrDefaultAsync(cancellation);
        if (found is null) return false;
        (ArticleId, Headline, Status, Version) = (id, found.Headline.Length > 0 ? found.Headline : "Untitled", found.Status, found.Version);
        Here = "Articles";
        return true;
    }

    /// <summary>“Inês Prado sent it back”, for a line of the history.</summary>
    public static string Says(ArticleAct act, int version) => act switch
    {
        ArticleAct.Submitted => "submitted it for review",
        ArticleAct.Scheduled => "scheduled it",
        ArticleAct.Published => "published it",
        ArticleAct.Updated => "told readers of an update",
        ArticleAct.Corrected => "added a correction",
        ArticleAct.Clarified => "added a clarification",
        ArticleAct.WithdrawalPlanned => "planned to unpublish it",
        ArticleAct.Trashed => "moved it to the trash",
        ArticleAct.BroughtBack => "brought it back from the trash",
        ArticleAct.Withdrawn => "unpublished it",
        ArticleAct.SentBack => "sent it back",
        ArticleAct.Branched => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"wrote a text that others overtook after version {version}; it is kept here"),
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"saved version {version}"),
    };

    public static string By(string name) => name.Length > 0 ? name : "The system";
}
