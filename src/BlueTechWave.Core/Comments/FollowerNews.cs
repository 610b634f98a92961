using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Comments;

/// <summary>What one follower has not been told of yet: comments that are public, and have been for a while.</summary>
/// <param name="More">How many there are beside those named.</param>
public sealed record FollowerNews(int FollowerId, string Email, int ArticleId, string Headline, int Year, int Month, string Slug,
    IReadOnlyList<(string Name, string Text)> Comments, int More, int UpTo)
{
    private const int Named = 5;
    private const int TextShown = 600;
    private const int AtOnce = 500;

    /// <summary>After an outage so much is made up for; what is older is no news.</summary>
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(2);

    /// <param name="after">The last decision that was looked at before; 0: begin with what is recent.</param>
    /// <param name="wait">How long a comment must have been public, so that a slip can be undone before letters leave.</param>
    /// <returns>What to tell, and the last decision looked at.</returns>
    public static async Task<(IReadOnlyList<FollowerNews> News, int UpTo)> DueAsync(NewsDbContext db, int after, DateTime now, TimeSpan wait, CancellationToken cancellation)
    {
        var (earliest, latest) = (now - LooksBack, now - wait);
        var upTo = await db.CommentDecisions.Where(d => d.Id > after && d.At > earliest && d.At <= latest).OrderBy(d => d.Id).Select(d => d.Id).Take(AtOnce).OrderByDescending(id => id).FirstOrDefaultAsync(cancellation);
        if (upTo == 0) return ([], after);

        var rows = await (
            from decision in db.CommentDecisions.AsNoTracking()
            where decision.Id > after && decision.Id <= upTo && decision.At > earliest && decision.To == CommentState.Approved && decision.UndoneAt == null
            join comment in db.Comments on decision.CommentId equals comment.Id
            where comment.State == CommentState.Approved
            where !decision.IsQuiet
            // Public before, and told of then.
            where !db.CommentDecisions.Any(d => d.CommentId == comment.Id && d.Id < decision.Id && d.To == CommentState.Approved && d.UndoneAt == null)
            join follower in db.Followers on comment.ArticleId equals follower.ArticleId
            where follower.ConfirmedAt != null && follower.ToldUpTo < decision.Id && follower.Email != comment.Email
            join article in db.Articles.Published() on comment.ArticleId equals article.Id
            orderby decision.Id
            select new { DecisionId = decision.Id, comment.Name, comment.Body, FollowerId = follower.Id, follower.Email, ArticleId = article.Id, article.Headline, Year = article.Year!.Value, Month = article.Month!.Value, article.Slug }).ToListAsync(cancellation);

        return ([.. rows.GroupBy(r => r.FollowerId).Select(all =>
        {
            var first = all.First();
            return new FollowerNews(first.FollowerId, first.Email, first.ArticleId, first.Headline, first.Year, first.Month, first.Slug,
                [.. all.Take(Named).Select(r => (r.Name, Cut(r.Body)))], Math.Max(0, all.Count() - Named), all.Max(r => r.DecisionId));
        })], upTo);
    }

    private static string Cut(string body) => body.Length <= TextShown ? body : body[..TextShown] + "…";
}
