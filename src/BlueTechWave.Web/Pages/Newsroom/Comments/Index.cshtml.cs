using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Comments;

/// <summary>What readers said, in piles: one desk to read it at, and to decide.</summary>
[May(Act.Moderate)]
public class QueueModel(NewsDbContext db, GroupDeciding groups, CommentIndexing indexing, WhoActs acts, Dates dates, TimeProvider clock) : NewsroomPageModel
{
    private const int LongestWords = 200;

    public static readonly IReadOnlyList<string> ReadyReasons =
        ["It has nothing to do with the article.", "It insults somebody.", "It tells something private about somebody.", "It advertises.", "It says what was said before."];

    public QueueSheet Sheet { get; private set; } = null!;

    public QueueQuery Asked { get; private set; } = null!;

    /// <summary>As typed, for the form.</summary>
    public (string From, string Until, string Score) Typed { get; private set; }

    public Dictionary<string, string> Wrong { get; } = [];

    public string? ArticleHeadline { get; private set; }

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public PagerView Pager { get; private set; } = null!;

    /// <summary>What was asked of whole groups: under way, or a moment ago.</summary>
    public IReadOnlyList<GroupDecision> Groups { get; private set; } = [];

    /// <summary>Whether words find less than there is, for the moment.</summary>
    public bool IsLess => Asked.Words.Length > 0 && indexing.IsUnderWay;

    /// <summary>What one Undo would take back; null where nothing was decided just now.</summary>
    public string? Undoable
    {
        get => TempData[nameof(Undoable)] as string;
        private set => TempData[nameof(Undoable)] = value;
    }

    /// <summary>Said once: what was not done, and why.</summary>
    public string? Refused
    {
        get => TempData[nameof(Refused)] as string;
        private set => TempData[nameof(Refused)] = value;
    }

    public bool IsNarrowed => Asked.Words.Length > 0 || Asked.Article is not null || Typed.Score.Length > 0 || Typed.From.Length > 0 || Typed.Until.Length > 0 || Asked.Like is not null;

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        Read();
        Groups = await GroupWork.RecentAsync(db, Now, cancellation);
        Sheet = await QueueSheet.FindAsync(db, Asked, cancellation);
        Pager = new(Sheet.Page, Sheet.Pages, n => Address(Asked.Queue, n));
        if (Asked.Article is { } article) ArticleHeadline = await db.Articles.Where(a => a.Id == article).Select(a => a.Headline).FirstOrDefaultAsync(cancellation);
    }

    /// <param name="act">“approve.12.3” for a comment as it was seen, “approve” for those chosen, “approve.like.12” for a group, “undo.…”, “ban.12”.</param>
    /// <param name="pick">“12.3”: a comment, and the version that was seen.</param>
    public async Task<IActionResult> OnPostAsync([FromForm] string? act, [FromForm] string[]? pick)
    {
        Read();
        var parts = (act ?? "").Split('.');
        if (parts is ["ban", var whom]) return Redirect($"/newsroom/comments/bans?comment={whom}");
        if (parts is ["undo", var together] && Guid.TryParse(together, out var what)) await UndoAsync(what);
        else if (DecisionWords.Of(parts[0]) is { } to) await DecideAsync(parts, to, pick ?? []);
        else return BadRequest();
        return new SeeOther(Address(Asked.Queue, Asked.Page));
    }

    public string Address(Queue queue, int page = 1, int? like = null) => QueryHelpers.AddQueryString("/newsroom/comments", new Dictionary<string, string?>
    {
        ["queue"] = queue == Queue.Pending ? null : WordFor(queue),
        ["q"] = Asked.Words,
        ["article"] = Asked.Article?.ToString(CultureInfo.InvariantCulture),
        ["score"] = Typed.Score,
        ["from"] = Typed.From,
        ["until"] = Typed.Until,
        ["order"] = Asked.Order == QueueOrder.Oldest ? null : Asked.Order.ToString().ToLowerInvariant(),
        ["like"] = (like ?? Asked.Like)?.ToString(CultureInfo.InvariantCulture),
        ["page"] = page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null,
    }.Where(p => !string.IsNullOrEmpty(p.Value)));

    public static string WordFor(Queue queue) => queue.ToString().ToLowerInvariant();

    /// <summary>A single letter takes back one's own acts alone.</summary>
    public bool IsMine(GroupDecision group) => group.AccountId == Who.AccountId;

    public static string Figure(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public string CountOf(Queue queue) => Sheet.Counts[queue] is var count && count > CommentQueries.CountedAtMost
        ? CommentQueries.CountedAtMost.ToString("N0", CultureInfo.InvariantCulture) + "+"
        : count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>What is said of a group, and how far it has come where it is under way.</summary>
    public static (string Words, (int Done, int Of)? Progress) Tell(GroupDecision group)
    {
        string Comments(int count) => count == 1 ? "1 comment" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} comments");
        string Word(CommentState to) => to switch { CommentState.Approved => "approved", CommentState.Rejected => "rejected", _ => "called spam" };
        var others = group.Total - group.Done;
        return (group.UndoAskedAt, group.IsUnderWay) switch
        {
            (null, true) => (string.Create(CultureInfo.InvariantCulture, $"Asked by {group.By}: {Comments(group.Total)} that are alike are being {Word(group.To)}, {group.Done:N0} so far."), (group.Done, group.Total)),
            (null, false) => ($"{group.By} has {Word(group.To)} {Comments(group.Done)} that are alike." + (others > 0 ? $" {Comments(others)} had been decided on meanwhile: nothing was done to {(others == 1 ? "it" : "them")}." : ""), null),
            (_, true) => (string.Create(CultureInfo.InvariantCulture, $"Asked by {group.UndoneBy}: {Comments(group.Done)} are being brought back, {group.Undone:N0} so far."), (group.Undone, group.Done)),
            _ => ($"{group.UndoneBy} has brought back {Comments(group.Undone)}." + (group.Done > group.Undone ? $" {Comments(group.Done - group.Undone)} had been decided on anew, or too long ago." : ""), null),
        };
    }

    private async Task DecideAsync(string[] parts, CommentState to, string[] pick)
    {
        var because = Because(parts);
        var decided = parts switch
        {
            [_, "like", var id] when int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var like) => await Moderation.DecideGroupAsync(db, like, Asked.Queue, to, because, acts(), Now),
            [_, _, _] => await Moderation.DecideAsync(db, Seen([$"{parts[1]}.{parts[2]}"]), to, because, acts(), Now),
            _ => await Moderation.DecideAsync(db, Seen(pick), to, because, acts(), Now),
        };
        if (decided.UnderWay > 0)
        {
            groups.Ring();
            return;
        }

        var name = decided.Count == 1 ? "1 comment" : string.Create(CultureInfo.InvariantCulture, $"{decided.Count:N0} comments");
        var word = to switch { CommentState.Approved => "Approved", CommentState.Rejected => "Rejected", _ => "Called spam" };
        if (decided.Count > 0) (Said, Undoable) = ($"{word}: {name}.", decided.Together?.ToString("N"));
        else if (decided.Overtaken.Count == 0) Said = pick.Length == 0 && parts.Length == 1 ? "Nothing was chosen." : "It was decided so already.";
        if (decided.Overtaken.Count > 0) Refused = string.Join(' ', decided.Overtaken.Take(5)) + (decided.Overtaken.Count > 5 ? FormattableString.Invariant($" And {decided.Overtaken.Count - 5} more.") : "") + " Nothing was done to that; look, and decide again.";
    }

    private async Task UndoAsync(Guid together)
    {
        if (await GroupWork.TakeBackAsync(db, together, acts(), Now))
        {
            groups.Ring();
            return;
        }

        var (undone, left) = await Moderation.UndoAsync(db, together, acts(), Now);
        Said = (undone, left) switch
        {
            (0, _) => "That can no longer be undone: ten minutes have passed, or somebody has decided anew.",
            (1, 0) => "Undone.",
            (_, 0) => string.Create(CultureInfo.InvariantCulture, $"Undone: {undone:N0} comments."),
            _ => string.Create(CultureInfo.InvariantCulture, $"Undone: {undone:N0}; {left:N0} others were decided on anew, or are too old."),
        };
    }

    private string Because(string[] parts) =>
        DecisionWords.Because(Request.Form[parts is [_, _, _] && parts[1] != "like" ? $"reason-{parts[1]}" : "reason"]);

    private static Dictionary<int, int> Seen(IEnumerable<string> picked)
    {
        var seen = new Dictionary<int, int>();
        foreach (var pick in picked)
            if (pick.Split('.') is [var id, var version] && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var comment) && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var known))
                seen[comment] = known;
        return seen;
    }

    private void Read()
    {
        (Title, Here) = ("Comments", "Comments");
        string Of(string key) => Request.Query[key].ToString().Trim();
        Typed = (Of("from"), Of("until"), Of("score"));
        Enum.TryParse<Queue>(Of("queue"), ignoreCase: true, out var queue);
        Enum.TryParse<QueueOrder>(Of("order"), ignoreCase: true, out var order);
        var words = Of("q");
        if (Network.IsMeant(words) && Network.Of(words) is null) Wrong["q"] = "A network is an address and how many bits of it count: 192.0.2.0/24, or 2001:db8::/32.";
        Asked = new(Enum.IsDefined(queue) ? queue : Queue.Pending, words.Length > LongestWords ? words[..LongestWords] : words, Number(Of("article")), ReadScore(),
            ReadDay("from", Typed.From), ReadDay("until", Typed.Until)?.AddDays(1), Enum.IsDefined(order) ? order : QueueOrder.Oldest, Number(Of("like")), Math.Max(1, Number(Of("page")) ?? 1));
    }

    private int? ReadScore()
    {
        if (Typed.Score.Length == 0) return null;
        if (Number(Typed.Score) is >= 0 and <= 100 and var score) return score;
        Wrong["score"] = "A number from 0 to 100.";
        return null;
    }

    private DateTime? ReadDay(string field, string typed)
    {
        if (typed.Length == 0) return null;
        if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return dates.StartOf(day);
        Wrong[field] = "A day, as year-month-day.";
        return null;
    }

    private static int? Number(string typed) => int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
