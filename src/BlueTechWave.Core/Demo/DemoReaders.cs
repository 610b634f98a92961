using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;

namespace BlueTechWave.Core.Demo;

/// <summary>What readers did: they read, and some of them answered.</summary>
internal static class DemoReaders
{
    // Of a hundred readers of the last week, today's first.
    private static readonly int[] ShareOfDay = [20, 18, 16, 14, 12, 11, 9];

    public static void View(NewsDbContext db, IReadOnlyDictionary<string, Article> articles, IReadOnlyList<ArticleFile> files, DateTime now)
    {
        var today = DateOnly.FromDateTime(now);
        foreach (var file in files.Where(f => f.Views > 0))
        {
            var article = articles[file.Slug];
            var left = file.Views;
            for (var day = 1; day < ShareOfDay.Length && today.AddDays(-day) >= DateOnly.FromDateTime(article.PublishedAt!.Value); day++)
            {
                var count = file.Views * ShareOfDay[day] / 100;
                if (count == 0) continue;
                db.ArticleViews.Add(new(article.Id, today.AddDays(-day), count));
                left -= count;
            }

            db.ArticleViews.Add(new(article.Id, today, left));
        }
    }

    /// <summary>Saved in the order they came in: a later comment has a higher number.</summary>
    public static async Task DiscussAsync(NewsDbContext db, IReadOnlyDictionary<string, Article> articles, DemoCast cast,
        IReadOnlyDictionary<string, List<CommentFile>> discussions, DateTime now)
    {
        var comments = new List<Comment>();
        foreach (var (slug, threads) in discussions)
        {
            if (articles.GetValueOrDefault(slug) is not { PublishedAt: { } published } article)
                throw DemoContent.Fault(DemoContent.CommentsFile, $"no published article “{slug}”.");
            foreach (var thread in threads) Say(article.Id, published, thread, null);
        }

        // A stable sort: an answer made at the same moment stays behind what it answers.
        foreach (var comment in comments.OrderBy(c => c.CreatedAt))
        {
            // In one save all answers would follow all beginnings.
            if (comment.Parent is { Id: 0 }) await db.SaveChangesAsync();
            db.Comments.Add(comment);
        }

        await db.SaveChangesAsync();

        void Say(int article, DateTime published, CommentFile file, Comment? parent)
        {
            var at = new[] { published.AddHours(file.Hours), now }.Min();
            var author = file.Staff is null ? null : cast.Author(file.Staff, DemoContent.CommentsFile);
            var comment = new Comment(article, author?.Name ?? file.Name, author?.TipsEmail ?? file.Email, file.Text.Trim(), at, parent, author?.Id);
            Decide(comment, file);
            comments.Add(comment);
            foreach (var reply in file.Replies) Say(article, published, reply, comment);
        }
    }

    private static void Decide(Comment comment, CommentFile file)
    {
        switch (file.State)
        {
            case "approved": comment.Approve(Actor.System, comment.CreatedAt); break;
            case "rejected": comment.Reject(Actor.System, comment.CreatedAt, "Off topic"); break;
            case "spam": comment.MarkSpam(Actor.System, comment.CreatedAt); break;
            case "pending": break;
            default: throw DemoContent.Fault(DemoContent.CommentsFile, $"no state “{file.State}”.");
        }

        if (file.Featured) comment.Feature();
    }
}
