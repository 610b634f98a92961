using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Comments.Scoring;

/// <summary>How the scorer did, by what editors decided afterwards: it had spoken before each of them did.</summary>
/// <param name="Approved">Comments that editors approved, among the newest decisions.</param>
/// <param name="WronglyHeld">Of these, those it would have held.</param>
/// <param name="Spam">Comments that editors called spam.</param>
/// <param name="Caught">Of these, those it would have held.</param>
public sealed record ScorerRecord(int Approved, int WronglyHeld, int Spam, int Caught)
{
    private const int Asked = 5_000;

    /// <param name="holdAt">In percent.</param>
    public static async Task<ScorerRecord> OfAsync(NewsDbContext db, int holdAt, CancellationToken cancellation)
    {
        var bound = holdAt / 100.0;
        var decided = await db.CommentDecisions.AsNoTracking()
            .Where(d => d.AccountId != null && d.UndoneAt == null && d.Score != null && (d.To == CommentState.Approved || d.To == CommentState.Spam))
            .OrderByDescending(d => d.Id).Take(Asked)
            .Select(d => new { IsSpam = d.To == CommentState.Spam, Held = d.Score >= bound })
            .GroupBy(d => new { d.IsSpam, d.Held }).Select(g => new { g.Key.IsSpam, g.Key.Held, Count = g.Count() })
            .ToListAsync(cancellation);
        return new(Count(false), Count(false, true), Count(true), Count(true, true));

        int Count(bool isSpam, bool? held = null) => decided.Where(d => d.IsSpam == isSpam && (held is null || d.Held == held)).Sum(d => d.Count);
    }
}

/// <summary>What the scorer learns from this newsroom: what editors approved and what they called spam, once nobody can take it back any more.</summary>
public static class SpamLessons
{
    private const int AtOnce = 500;
    private const int TrainingsKept = 3;

    /// <summary>The newest training in the store that can be read; where there is none, what comes with the site.</summary>
    public static async Task<(SpamModel Model, int Training, int UpTo, int Decisions)> LatestAsync(NewsDbContext db, CancellationToken cancellation)
    {
        foreach (var training in await db.SpamTrainings.AsNoTracking().OrderByDescending(t => t.Id).Take(TrainingsKept).ToListAsync(cancellation))
            if (SpamModel.Load(training.Model) is { } model) return (model, training.Id, training.UpTo, training.Decisions);
        return (SpamModel.Seeded(), 0, 0, 0);
    }

    /// <summary>Goes on learning where the newest training ended.</summary>
    /// <returns>Whether there was anything to learn.</returns>
    public static async Task<bool> LearnAsync(NewsDbContext db, DateTime now, CancellationToken cancellation)
    {
        var (model, _, upTo, decisions) = await LatestAsync(db, cancellation);
        var (settled, learned, right, asked) = (now - Comment.UndoLasts, 0, 0, 0);
        while (await NextAsync(db, upTo, settled, cancellation) is { Count: > 0 } lessons)
        {
            foreach (var (id, comment) in lessons)
            {
                var said = model.Learn(comment);
                upTo = id;
                learned++;
                if (comment.IsSpam) continue;
                asked++;
                if (said < .5) right++;
            }
        }

        if (learned == 0) return false;
        db.SpamTrainings.Add(new SpamTraining(model.Save(), decisions + learned, upTo, asked == 0 ? null : 1 - ((double)right / asked), now));
        await db.SaveChangesAsync(CancellationToken.None);
        var kept = await db.SpamTrainings.OrderByDescending(t => t.Id).Select(t => t.Id).Take(TrainingsKept).ToListAsync(CancellationToken.None);
        await db.SpamTrainings.Where(t => t.Id < kept.Min()).ExecuteDeleteAsync(CancellationToken.None);
        return true;
    }

    /// <summary>Asks the model anew about everything that waits.</summary>
    public static async Task RescoreAsync(NewsDbContext db, SpamModel model, Action<int, int> progress, CancellationToken cancellation)
    {
        var total = await db.Comments.In(Queue.Pending).CountAsync(cancellation);
        var done = 0;
        progress(done, total);
        for (var after = 0; ;)
        {
            var last = after;
            var waiting = await db.Comments.AsNoTracking().In(Queue.Pending).Where(c => c.Id > last).OrderBy(c => c.Id).Take(AtOnce)
                .Select(c => new { c.Id, c.Name, c.Body, Headline = db.Articles.Where(a => a.Id == c.ArticleId).Select(a => a.Headline).First() }).ToListAsync(cancellation);
            if (waiting.Count == 0) break;

            await db.ScoreCommentsAsync([.. waiting.Select(c => (c.Id, model.Score(c.Name, c.Body, c.Headline)))]);
            after = waiting[^1].Id;
            progress(done += waiting.Count, Math.Max(total, done));
        }
    }

    private static async Task<List<(int Id, LabelledComment Comment)>> NextAsync(NewsDbContext db, int after, DateTime settled, CancellationToken cancellation) =>
        (await db.CommentDecisions.AsNoTracking()
            .Where(d => d.Id > after && d.At <= settled && d.AccountId != null && d.UndoneAt == null && (d.To == CommentState.Approved || d.To == CommentState.Spam) && !d.Comment.IsStaff)
            .OrderBy(d => d.Id).Take(AtOnce)
            .Select(d => new { d.Id, d.Comment.Name, d.Comment.Body, d.To, Headline = db.Articles.Where(a => a.Id == d.Comment.ArticleId).Select(a => a.Headline).First() })
            .ToListAsync(cancellation))
        .ConvertAll(d => (d.Id, new LabelledComment(d.Name, d.Body, d.Headline, d.To == CommentState.Spam)));
}
