namespace BlueTechWave.Web.Mail;

/// <summary>The letters that the site writes about comments, to readers and editors: plain text, one thing each, and a way out of the next.</summary>
internal static class ReaderLetters
{
    private const int HeadlineShown = 100;

    public static (string Subject, string Text) Follow(string headline, string link) => ($"Follow “{Short(headline)}”?",
        $"""
        Somebody, we hope you, wants to hear of new comments under “{headline}”. Confirm it here:

        {link}

        If it was not you, do nothing: nothing more is sent.
        """);

    public static (string Subject, string Text) NewComments(string headline, IReadOnlyList<(string Name, string Text)> comments, int more, string discussion, string stop) => (
        $"{(comments.Count + more == 1 ? "A new comment" : $"{comments.Count + more} new comments")} on “{Short(headline)}”",
        $"""
        New under “{headline}”:

        {string.Join("\n\n", comments.Select(c => $"{c.Name}:\n{c.Text}"))}{(more == 0 ? "" : $"\n\nand {more} more.")}

        {discussion}

        One click, and we write no more about this discussion:
        {stop}
        """);

    public static (string Subject, string Text) Yours(string site, string link, TimeSpan lasts) => ($"What {site} stores of you",
        $"""
        Somebody, we hope you, asked what {site} stores under this address. Look at it, take it with you or have it erased here:

        {link}

        The link works for {lasts.TotalHours:0} hours. If it was not you, do nothing.
        """);

    public static (string Subject, string Text) Waiting(string site, int waiting, int reported, string desk) => (
        $"{Wait(waiting)} at {site}",
        $"""
        {Wait(waiting)} for an editor{(reported == 0 ? "." : $", and readers have reported {reported:N0}.")}

        {desk}

        How often this letter comes, you choose in your account.
        """);

    private static string Wait(int comments) => comments == 1 ? "1 comment waits" : $"{comments:N0} comments wait";

    private static string Short(string headline) => headline.Length <= HeadlineShown ? headline : headline[..HeadlineShown] + "…";
}
