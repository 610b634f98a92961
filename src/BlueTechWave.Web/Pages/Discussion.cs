using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Web.Links;

namespace BlueTechWave.Web.Pages;

/// <summary>What a reader has typed, and what is wrong with it, field by field.</summary>
public sealed record CommentForm(string Name = "", string Email = "", string Body = "", int Parent = 0)
{
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    /// <summary>As it would be printed; null unless asked for.</summary>
    public string? PreviewHtml { get; init; }
}

/// <summary>A comment as its own writer sees it, and may still change it.</summary>
/// <param name="EditableUntil">UTC; null once it stands as it is.</param>
/// <param name="Stored">As it is kept: what <paramref name="Typed"/> was before it was changed and refused.</param>
public sealed record OwnComment(int Id, CommentState State, string Name, string Html, DateTime At, string Because, DateTime? EditableUntil, string Key, string Typed)
{
    /// <summary>What is wrong with the change; null if nothing is.</summary>
    public string? Error { get; init; }

    public bool IsChanged { get; init; }
}

/// <summary>The threads under an article and the form below them.</summary>
/// <param name="ReplyTo">The comment the form stands under; 0 for the end of the section.</param>
/// <param name="IsSent">Whether a comment has just been sent and waits for an editor.</param>
public sealed record DiscussionView(ArticleReading Reading, string Address, int Page, CommentForm Form, int ReplyTo = 0, bool IsSent = false)
{
    /// <summary>A preview has no discussion yet.</summary>
    public bool IsShut { get; init; }

    public CommentOrder Order { get; init; }

    /// <summary>Why nobody can add to it; null where anybody can.</summary>
    public string? Closed { get; init; }

    public string Stamp { get; init; } = "";

    /// <summary>The writer's own, on the page that only they are led to.</summary>
    public OwnComment? Own { get; init; }

    /// <summary>The comment that its writer has just deleted, and is told so; 0 for none.</summary>
    public int Removed { get; init; }

    /// <summary>Whether every comment waits for an editor, as far as can be said beforehand.</summary>
    public bool IsHeld { get; init; }

    public int Pages => PagesOf(Reading.Article.CommentCount);

    public static int PagesOf(int comments) => Math.Max(1, (comments + ArticleReading.CommentsPerPage - 1) / ArticleReading.CommentsPerPage);

    /// <summary>“No Comments”, “1 Comment”, “2 Comments”.</summary>
    public static string CountLabel(int count) => count switch { 0 => "No Comments", 1 => "1 Comment", _ => $"{count:N0} Comments" };

    public string PageAddress(int page, CommentOrder order) => (page, order) switch
    {
        (1, CommentOrder.Thread) => $"{Address}#comments",
        (_, CommentOrder.Thread) => $"{Address}?comments={page}#comments",
        (1, _) => $"{Address}?order={WordFor(order)}#comments",
        _ => $"{Address}?comments={page}&order={WordFor(order)}#comments",
    };

    public static string WordFor(CommentOrder order) => order switch { CommentOrder.Newest => "newest", CommentOrder.Oldest => "oldest", _ => "thread" };

    /// <summary>Null for a word that is no order.</summary>
    public static CommentOrder? OrderOf(string? word) => word switch
    {
        null or "" or "thread" => CommentOrder.Thread,
        "newest" => CommentOrder.Newest,
        "oldest" => CommentOrder.Oldest,
        _ => null,
    };

    /// <summary>
    /// Comments under the ones they answer; in time, one after the other. One whose parent is not visible here stands at the top and names it.
    /// </summary>
    public IReadOnlyList<Thread> Threads
    {
        get
        {
            var top = new List<Thread>();
            var line = new Stack<Thread>();
            foreach (var comment in Reading.Comments)
            {
                while (line.TryPeek(out var above) && !above.Holds(comment)) line.Pop();
                var thread = new Thread(comment, []);
                (line.TryPeek(out var under) ? under.Replies : top).Add(thread);
                if (Order == CommentOrder.Thread) line.Push(thread);
            }

            return top;
        }
    }

    public sealed record Thread(ReadingComment Comment, List<Thread> Replies)
    {
        /// <summary>See <see cref="ThreadOrder"/>: what answers it begins as it does, and goes on.</summary>
        public bool Holds(ReadingComment other) =>
            other.Thread.Length > Comment.Thread.Length && other.Thread.StartsWith(Comment.Thread, StringComparison.Ordinal);
    }
}

/// <param name="Parent">The comment they stand under; null at the top.</param>
public sealed record ThreadView(DiscussionView Discussion, IReadOnlyList<DiscussionView.Thread> Threads, int? Parent);
