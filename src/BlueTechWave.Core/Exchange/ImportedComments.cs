using System.Net;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Comments;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Exchange;

/// <summary>What readers said, in the threads and states it had.</summary>
internal sealed class ImportedComments(ImportRun run, ImportedTerms terms)
{
    private const string NoName = "A reader";
    private const int AtOnce = 1000;

    private int? _depth;

    /// <param name="places">Articles here by their ids there.</param>
    public async Task StoreAsync(IReadOnlyList<IncomingArticle> batch, Dictionary<string, int> places, List<Action<ImportReport>> told)
    {
        foreach (var refused in batch.SelectMany(a => a.RefusedComments)) told.Add(report => report.Refuse(refused));

        var known = new Dictionary<string, ImportedItem>();
        foreach (var ids in batch.SelectMany(a => a.Comments).Select(c => c.Id).Chunk(AtOnce))
            foreach (var (id, item) in await run.KnownAsync(ImportedKind.Comment, ids)) known[id] = item;

        _depth ??= await run.Db.CommentSettings.Select(s => (int?)s.Depth).SingleOrDefaultAsync() ?? Comment.DeepestLevel;
        var here = places.Values.ToList();
        var articles = await run.Db.Articles.AsNoTracking().Where(a => here.Contains(a.Id)).Select(a => new { a.Id, At = a.PublishedAt ?? a.CreatedAt }).ToDictionaryAsync(a => a.Id, a => a.At);
        Parallel.ForEach(batch.SelectMany(a => a.Comments).Where(c => !known.ContainsKey(c.Id)), came => _ = came.Body.Set);
        List<Queue> queues = [];
        foreach (var came in batch)
        {
            await RenewAsync(came, known, told);
            var fresh = came.Comments.Where(c => !known.ContainsKey(c.Id)).ToList();
            if (fresh.Count == 0) continue;
            if (!articles.TryGetValue(places.GetValueOrDefault(came.Id), out var at))
            {
                told.Add(report => report.Count("comment", ImportOutcome.LeftAlone, fresh.Count));
                continue;
            }

            queues.Add(await QueueAsync(came, places[came.Id], at, fresh, known, told));
        }

        while (queues.Exists(q => q.Waiting.Count > 0)) await SaveRoundAsync(queues, told);
    }

    private async Task<Queue> QueueAsync(IncomingArticle came, int articleId, DateTime at, List<IncomingComment> fresh, Dictionary<string, ImportedItem> known, List<Action<ImportReport>> told)
    {
        var parents = fresh.Select(c => known.GetValueOrDefault(c.ParentId)?.OurId).OfType<int>().ToList();
        var ours = parents.Count == 0 ? [] : await run.Db.Comments.Where(c => parents.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        var placed = new Dictionary<string, Comment>();
        foreach (var comment in fresh)
            if (known.GetValueOrDefault(comment.ParentId) is { } item && ours.TryGetValue(item.OurId, out var parent)) placed[comment.ParentId] = parent;
        return new(articleId, at, new(InOrder(came, fresh, placed, told)), placed);
    }

    /// <summary>By time, and none before what it answers. What answers something that is not there, or itself, is a beginning.</summary>
    private static IEnumerable<IncomingComment> InOrder(IncomingArticle came, List<IncomingComment> fresh, Dictionary<string, Comment> placed, List<Action<ImportReport>> told)
    {
        var byId = fresh.ToDictionary(c => c.Id);
        HashSet<string> done = [];
        foreach (var comment in fresh.OrderBy(c => c.At ?? DateTime.MinValue))
        {
            var line = new Stack<IncomingComment>();
            var underWay = new HashSet<string>();
            for (var at = comment; at is not null && !done.Contains(at.Id) && underWay.Add(at.Id); at = byId.GetValueOrDefault(at.ParentId)) line.Push(at);
            while (line.TryPop(out var next))
            {
                var isAnswer = next.ParentId is not ("" or "0");
                if (isAnswer && !done.Contains(next.ParentId) && !placed.ContainsKey(next.ParentId))
                {
                    told.Add(report => report.Note("A comment answers one that is not there: it begins a thread", came.Headline));
                    isAnswer = false;
                }

                done.Add(next.Id);
                yield return isAnswer ? next : next with { ParentId = "" };
            }
        }
    }

    /// <summary>As many as can be saved together: an answer needs the number of what it answers, and later ones the higher numbers.</summary>
    private async Task SaveRoundAsync(List<Queue> queues, List<Action<ImportReport>> told)
    {
        List<(IncomingComment Came, Comment Ours)> made = [];
        foreach (var queue in queues)
        {
            while (queue.Waiting.TryPeek(out var came) && (came.ParentId.Length == 0 || queue.Placed[came.ParentId].Id > 0))
            {
                queue.Waiting.Dequeue();
                var ours = Make(came, queue);
                queue.Placed[came.Id] = ours;
                run.Db.Comments.Add(ours);
                made.Add((came, ours));
            }
        }

        await run.Db.SaveChangesAsync();
        foreach (var (came, ours) in made) run.Remember(ImportedKind.Comment, came.Id, ours.Id, HashOf(came), Mark(ours));
        await run.Db.SaveChangesAsync();
        told.Add(report => report.Count("comment", ImportOutcome.Added, made.Count));
    }

    private Comment Make(IncomingComment came, Queue queue)
    {
        var at = came.At ?? queue.At;
        var name = came.Name.Length == 0 ? NoName : ImportRun.Cut(came.Name, Comment.NameLength);
        var email = came.Email.Length is > 0 and <= Comment.EmailLength && came.Email.Contains('@') ? came.Email : "";
        var comment = new Comment(queue.ArticleId, name, email, came.Body.Set.Markdown.TrimEnd(), at, came.ParentId.Length == 0 ? null : queue.Placed[came.ParentId], terms.AuthorOf(came.Author), _depth!.Value);
        var state = StateOf(came);
        comment.Receive(new(CommentState.Pending, ""), IPAddress.TryParse(came.Address, out _) && came.Address.Length <= Comment.AddressLength ? came.Address : "", at);
        if (state != CommentState.Pending) comment.Decide(state, ImportRun.Mover, at, "");
        return comment;
    }

    private async Task RenewAsync(IncomingArticle came, Dictionary<string, ImportedItem> known, List<Action<ImportReport>> told)
    {
        foreach (var comment in came.Comments)
        {
            if (!known.TryGetValue(comment.Id, out var item)) continue;
            if (item.Hash == HashOf(comment)) told.Add(report => report.Count("comment", ImportOutcome.Unchanged));
            else if (await run.Db.Comments.FindAsync(item.OurId) is not { } ours || Mark(ours) != item.Left) told.Add(report => report.Count("comment", ImportOutcome.LeftAlone));
            else
            {
                var body = comment.Body.Set.Markdown.TrimEnd();
                if (body != ours.Body) ours.ReviseByEditor(body, run.Now);
                if (StateOf(comment) != ours.State) ours.Decide(StateOf(comment), ImportRun.Mover, run.Now);
                item.Renew(HashOf(comment), Mark(ours));
                await run.Db.SaveChangesAsync();
                told.Add(report => report.Count("comment", ImportOutcome.Updated));
            }
        }
    }

    private static CommentState StateOf(IncomingComment came) => came.State switch
    {
        IncomingCommentState.Approved => CommentState.Approved,
        IncomingCommentState.Rejected => CommentState.Rejected,
        IncomingCommentState.Spam => CommentState.Spam,
        _ => CommentState.Pending,
    };

    private static string HashOf(IncomingComment came) => ImportRun.Hash(new { came.Name, came.Email, came.At, came.Body.Source, came.State });

    private static string Mark(Comment comment) => ImportRun.Hash(new { comment.Body, comment.State, comment.Name });

    private sealed record Queue(int ArticleId, DateTime At, Queue<IncomingComment> Waiting, Dictionary<string, Comment> Placed);
}
