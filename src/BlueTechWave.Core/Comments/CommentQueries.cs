using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Comments;

/// <summary>How a reader reads a discussion.</summary>
public enum CommentOrder
{
    /// <summary>Answers under what they answer.</summary>
    Thread = 0,
    Newest = 1,
    Oldest = 2,
}

/// <summary>The piles on an editor's desk.</summary>
public enum Queue
{
    Pending = 0,
    Reported = 1,
    Approved = 2,
    Rejected = 3,
    Spam = 4,
}

public static class CommentQueries
{
    /// <summary>Beyond this a pile is “10,000+”: nobody needs the last digit, and counting a million takes time.</summary>
    public const int CountedAtMost = 10_000;

    extension(IQueryable<Comment> comments)
    {
        /// <summary>The one rule for what readers see, wherever they see it; the article must be public as well.</summary>
        public IQueryable<Comment> Visible() => comments.Where(c => c.State == CommentState.Approved);

        /// <summary>Those that stand before it in the threads of its discussion.</summary>
        public IQueryable<Comment> Before(Comment comment)
        {
            var (article, thread, id) = (comment.ArticleId, comment.Thread, comment.Id);
#pragma warning disable CA1309 // The store compares them, and they are digits.
            return comments.Where(c => c.ArticleId == article && (string.Compare(c.Thread, thread) < 0 || (c.Thread == thread && c.Id < id)));
#pragma warning restore CA1309
        }

        public IQueryable<Comment> In(Queue queue)
        {
            // Only what readers see is reported, and every decision settles it. Asked for the state too, SQLite would go by that, through nearly all there is.
            if (queue == Queue.Reported) return comments.Where(c => c.OpenReports > 0);
            var state = StateOf(queue);
            return comments.Where(c => c.State == state);
        }
    }

    public static CommentState StateOf(Queue queue) => queue switch
    {
        Queue.Pending => CommentState.Pending,
        Queue.Rejected => CommentState.Rejected,
        Queue.Spam => CommentState.Spam,
        _ => CommentState.Approved,
    };

    /// <summary>How an article keeps its discussion, where not as the site does.</summary>
    public static Task<CommentPolicy?> PolicyOfAsync(this NewsDbContext db, int articleId, CancellationToken cancellation) =>
        db.ArticleDiscussions.Where(d => d.ArticleId == articleId).Select(d => (CommentPolicy?)d.Policy).FirstOrDefaultAsync(cancellation);
}
