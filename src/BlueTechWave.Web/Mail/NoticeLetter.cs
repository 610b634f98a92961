using BlueTechWave.Core.Articles;

namespace BlueTechWave.Web.Mail;

/// <summary>A notice from the desk, as a letter.</summary>
internal static class NoticeLetter
{
    private const int HeadlineShown = 120;

    public static (string Subject, string Text) Of(ArticleAct act, string by, string note, string headline, string link)
    {
        var name = headline.Length == 0 ? "Untitled" : headline.Length > HeadlineShown ? headline[..HeadlineShown] + "…" : headline;
        var (word, said) = act switch
        {
            ArticleAct.Submitted => ("For review", $"{by} submitted “{name}” for review."),
            ArticleAct.SentBack => ("Sent back", $"{by} sent “{name}” back to you."),
            ArticleAct.Scheduled => ("Scheduled", $"{by} scheduled “{name}”."),
            ArticleAct.Published => ("Published", $"“{name}” is published."),
            ArticleAct.Withdrawn => ("Unpublished", $"{by} withdrew “{name}”."),
            _ => (act.ToString(), $"{by}: {act}, “{name}”."),
        };
        var reason = note.Length == 0 ? "" : $"\n\n{note}";
        return ($"{word}: {name}", $"{said}{reason}\n\n{link}\n\nYou can turn these letters off in your profile.\n");
    }
}
