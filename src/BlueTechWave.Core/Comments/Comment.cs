using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Audit;

namespace BlueTechWave.Core.Comments;

public enum CommentState
{
    Pending = 0,
    Approved = 1,
    Rejected = 2,
    Spam = 3,
}

/// <summary>What a reader said under an article. Only approved ones are shown or counted.</summary>
public class Comment
{
    /// <summary>Unless the site says otherwise, a reply to a comment this deep stays at this depth. Roots are at 0.</summary>
    public const int DeepestLevel = 3;

    public const int NameLength = 80;
    public const int EmailLength = 254;
    public const int BodyLength = 5_000;
    public const int AddressLength = 45;
    public const int BecauseLength = 300;

    /// <summary>What stands where a comment was that others have answered.</summary>
    public const string ErasedName = "A reader";
    private const string ErasedBody = "*This comment was removed by its writer.*";

    /// <summary>How long a decision can be taken back with one act.</summary>
    public static readonly TimeSpan UndoLasts = TimeSpan.FromMinutes(10);

    private readonly List<CommentDecision> _decisions = [];

    private Comment()
    {
    }

    /// <param name="deepest">How deep threads go: see <see cref="CommentSettings.Depth"/>.</param>
    public Comment(int articleId, string name, string email, string body, DateTime now, Comment? parent = null, int? authorId = null, int deepest = DeepestLevel)
    {
        (ArticleId, Name, Email, CreatedAt, AuthorId, IsStaff) = (articleId, name, Canonical(email), now, authorId, authorId is not null);
        Say(body);
        if (parent is not null)
        {
            (Parent, ParentId) = (parent, parent.Id);
            Depth = Math.Min(parent.Depth + 1, deepest);
        }

        Thread = ThreadOrder.Under(parent?.Thread, Depth, now, TextHash);
    }

    public int Id { get; private set; }

    public int ArticleId { get; private set; }

    public int? ParentId { get; private set; }

    public Comment? Parent { get; private set; }

    public int Depth { get; private set; }

    /// <summary>Sorts a discussion into its threads: see <see cref="ThreadOrder"/>.</summary>
    public string Thread { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>Lower case. Never shown to readers.</summary>
    public string Email { get; private set; } = "";

    /// <summary>The network address it came from; empty once it is no longer needed.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The same in a form that sorts, so that a whole network is found at once: see <see cref="Ban.Sortable(string)"/>.</summary>
    public string AddressKey { get; private set; } = "";

    /// <summary>Light Markdown, as typed.</summary>
    public string Body { get; private set; } = "";

    public string BodyHtml { get; private set; } = "";

    /// <summary>The same for texts that say the same: see <see cref="Comments.Likeness.OfText"/>.</summary>
    public long TextHash { get; private set; }

    /// <summary>The same for comments that are after the same thing: see <see cref="Comments.Likeness.Of"/>.</summary>
    public long Likeness { get; private set; }

    public DateTime CreatedAt { get; private set; }

    /// <summary>When its writer last changed it.</summary>
    public DateTime? EditedAt { get; private set; }

    /// <summary>When an editor last changed its words.</summary>
    public DateTime? EditedByEditorAt { get; private set; }

    public CommentState State { get; private set; } = CommentState.Pending;

    /// <summary>Why it is where it is: the rule that held it, the reason an editor gave.</summary>
    public string Because { get; private set; } = "";

    public DateTime? DecidedAt { get; private set; }

    /// <summary>How likely it is spam, 0 to 1, as the scorer last saw it; null where it was not asked.</summary>
    public double? SpamScore { get; private set; }

    /// <summary>Readers' reports that nobody has looked into yet.</summary>
    public int OpenReports { get; private set; }

    /// <summary>Set when one of ours answers who has a byline.</summary>
    public int? AuthorId { get; private set; }

    /// <summary>One of ours answers: shown as the paper's, and nothing for the scorer to learn from.</summary>
    public bool IsStaff { get; private set; }

    public bool IsFeatured { get; private set; }

    /// <summary>Two editors who decide at once: the second is told.</summary>
    public int Version { get; private set; }

    /// <summary>Those made in this session of work; the whole history is in the store.</summary>
    public IReadOnlyList<CommentDecision> Decisions => _decisions;

    /// <summary>Who has decided in this session of work, or taken it back: a job may write what an editor asked for.</summary>
    internal Actor? Decider => _decisions.LastOrDefault() switch
    {
        { Id: 0, AccountId: { } account } made => new(account, made.By, ""),
        { UndoneBy: { } by } => new(null, by, ""),
        _ => null,
    };

    /// <summary>One of ours answers, under her byline; whose account signs with none, under the name of the account.</summary>
    public static Comment AnswerOf(Account account, Comment to, string body, DateTime now, int deepest)
    {
        var name = account.Author?.Name ?? account.Name;
        return new(to.ArticleId, name.Length > NameLength ? name[..NameLength] : name, account.Email ?? "", body, now, to, account.AuthorId, deepest) { IsStaff = true };
    }

    public static string Canonical(string email) => email.Trim().ToLowerInvariant();

    /// <summary>What the desk's rules made of it as it came in.</summary>
    public void Receive(Verdict verdict, string address, DateTime now)
    {
        (Address, AddressKey, SpamScore) = (address, Ban.Sortable(address), verdict.Score);
        if (verdict.State == CommentState.Pending) Because = verdict.Because;
        else Decide(verdict.State, Actor.System, now, verdict.Because);
    }

    public void Approve(Actor by, DateTime now, string because = "", Guid? together = null) => Decide(CommentState.Approved, by, now, because, together);

    public void Reject(Actor by, DateTime now, string because = "", Guid? together = null) => Decide(CommentState.Rejected, by, now, because, together);

    public void MarkSpam(Actor by, DateTime now, string because = "", Guid? together = null) => Decide(CommentState.Spam, by, now, because, together);

    /// <param name="together">The same for all that are decided in one act, so that one Undo takes back all of it.</param>
    public void Decide(CommentState state, Actor by, DateTime now, string because = "", Guid? together = null)
    {
        _decisions.Add(new CommentDecision(this, State, state, by, now, because, together));
        (State, DecidedAt, Because, OpenReports) = (state, now, because, 0);
        if (state != CommentState.Approved) IsFeatured = false;
        Version++;
    }

    /// <summary>Takes back a decision, as long as it is the last one and not older than <see cref="UndoLasts"/>.</summary>
    public bool Undo(CommentDecision last, Actor by, DateTime now)
    {
        if (last.CommentId != Id || last.To != State || last.UndoneAt is not null || now - last.At > UndoLasts) return false;

        last.Undo(by, now);
        (State, Because, DecidedAt, OpenReports) = (last.From, last.BecauseBefore, last.DecidedBefore, last.ReportsBefore);
        Version++;
        return true;
    }

    /// <summary>Its writer thinks again. What was public and is held now, by what the rules make of the new words, waits anew.</summary>
    public void Revise(string body, Verdict verdict, DateTime now)
    {
        Say(body);
        EditedAt = now;
        SpamScore = verdict.Score;
        if (verdict.State != State) Decide(verdict.State, Actor.System, now, verdict.Because);
        Version++;
    }

    public void ReviseByEditor(string body, DateTime now)
    {
        Say(body);
        EditedByEditorAt = now;
        Version++;
    }

    public void Feature(bool featured = true) => (IsFeatured, Version) = (featured && State == CommentState.Approved, Version + 1);

    public void Report()
    {
        OpenReports++;
        Version++;
    }

    /// <summary>Nothing of its writer is left; its place is, for those who answered it.</summary>
    public void Erase()
    {
        (Name, Email, Address, AddressKey, SpamScore, AuthorId, IsStaff) = (ErasedName, "", "", "", null, null, false);
        Say(ErasedBody);
        Version++;
    }

    private void Say(string body)
    {
        Body = body;
        Press();
    }

    /// <summary>Also run when the press itself has changed.</summary>
    internal void Press()
    {
        BodyHtml = LightMarkdown.Comment(Body);
        TextHash = Comments.Likeness.OfText(Body);
        Likeness = Comments.Likeness.Of(Body);
    }
}
