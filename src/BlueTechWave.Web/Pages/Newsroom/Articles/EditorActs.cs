using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

/// <summary>What the editor's buttons do. Each saves the text with it.</summary>
public enum EditorAct
{
    Save,
    Submit,
    SendBack,
    Schedule,
    Publish,
    Update,
    Unpublish,

    /// <summary>Shows the page without saving anything: an address of its own.</summary>
    Preview,
}

/// <param name="Handler">Of the editor page.</param>
/// <param name="IsMain">The one filled button.</param>
public sealed record EditorButton(EditorAct Act, string Words, string Handler, bool IsMain, string? Icon = null);

/// <summary>Which buttons stand on the editor page: by the article's state and by what she may do.</summary>
public static class EditorActs
{
    public static IReadOnlyList<EditorButton> Offered(Who who, Article article)
    {
        var (isPublished, mayPublish) = (article.Status == ArticleStatus.Published, who.MayPublish(article));
        var buttons = new List<EditorButton>();
        if (!who.MayEdit(article)) return buttons;
        if (!isPublished) buttons.Add(new(EditorAct.Save, "Save draft", "Save", false));
        buttons.Add(new(EditorAct.Preview, "Preview", "Preview", false));
        if (who.MaySubmit(article)) buttons.Add(new(EditorAct.Submit, "Submit for review", "Submit", !mayPublish));
        if (who.MaySendBack(article)) buttons.Add(new(EditorAct.SendBack, "Send back", "SendBack", false));
        if (who.MaySchedule(article)) buttons.Add(new(EditorAct.Schedule, "Schedule", "Schedule", false, "calendar"));
        if (mayPublish) buttons.Add(new(EditorAct.Publish, "Publish", "Publish", true));
        if (who.MayUnpublish(article)) buttons.Add(new(EditorAct.Unpublish, "Unpublish", "Unpublish", false));
        if (isPublished) buttons.Add(new(EditorAct.Update, "Update", "Update", true));
        return buttons;
    }

    /// <summary>What the act itself asks of whoever presses its button, in whatever state the article is by then.</summary>
    public static Act Needed(this EditorAct act) => act switch
    {
        EditorAct.SendBack => Act.SendBack,
        EditorAct.Schedule => Act.Schedule,
        EditorAct.Publish or EditorAct.Update => Act.Publish,
        EditorAct.Unpublish => Act.Unpublish,
        _ => Act.Write,
    };

    public static string Words(ArticleStatus status) => status switch
    {
        ArticleStatus.InReview => "In review",
        ArticleStatus.Withdrawn => "Unpublished",
        ArticleStatus.Trashed => "In the trash",
        _ => status.ToString(),
    };
}
