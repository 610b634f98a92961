using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;

namespace BlueTechWave.Web.Pages;

/// <summary>What a reader has typed, and what is wrong with it, field by field.</summary>
public sealed record CommentForm(string Name = "", string Email = "", string Body = "", int Parent = 0)
{
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
}

/// <summary>The threads under an article and the form below them.</summary>
/// <param name="ReplyTo">The comment the form stands under; 0 for the end of the section.</param>
/// <param name="IsSent">Whether a comment has just been sent and waits for an editor.</param>
public sealed record DiscussionView(ArticleReading Reading, string Address, int Page, CommentForm Form, int ReplyTo = 0, bool IsSent = false)
{
    /// <summary>A preview has no discussion yet.</summary>
    public bool IsShut { get; init; }

    public int Pages => Math.Max(1, (Reading.Article.CommentCount + ArticleReading.CommentsPerPage - 1) / ArticleReading.CommentsPerPage);

    /// <summary>“No Comments”, “1 Comment”, “2 Comments”.</summary>
    public static string CountLabel(int count) => count switch { 0 => "No Comments", 1 => "1 Comment", _ => $"{count:N0} Comments" };

    /// <summary>
    /// Comments under the ones they answer. One whose parent is not visible here stands at the top and names it.
    /// </summary>
    public IReadOnlyList<Thread> Threads
    {
        get
        {
            var shown = Reading.Comments.Select(c => c.Id).ToHashSet();
            var under = Reading.Comments.ToLookup(c => c.ParentId is { } parent && shown.Contains(parent) ? parent : 0);
            return Level(0, 0);

            List<Thread> Level(int parent, int depth) => [.. under[parent].SelectMany(c => depth < Comment.DeepestLevel
                ? [new Thread(c, depth, Level(c.Id, depth + 1))]
                : Flat(c, depth))];

            // Deeper answers stay at the limit, in the order they came; a long chain is walked, not climbed into.
            IEnumerable<Thread> Flat(ReadingComment first, int depth)
            {
                var waiting = new Stack<ReadingComment>([first]);
                while (waiting.TryPop(out var comment))
                {
                    yield return new Thread(comment, depth, []);
                    foreach (var answer in under[comment.Id].Reverse()) waiting.Push(answer);
                }
            }
        }
    }

    public sealed record Thread(ReadingComment Comment, int Depth, IReadOnlyList<Thread> Replies);
}

/// <param name="Parent">The comment they stand under; null at the top.</param>
public sealed record ThreadView(DiscussionView Discussion, IReadOnlyList<DiscussionView.Thread> Threads, int? Parent);
