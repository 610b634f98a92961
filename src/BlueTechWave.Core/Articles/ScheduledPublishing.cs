using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Articles;

/// <summary>
/// Publishes what was planned for now, and takes back what was planned to be. What is not complete any more goes back to
/// its writer, who is told, and so are the editors: readers never get half a piece, and nobody waits for one that will not come.
/// </summary>
public static class ScheduledPublishing
{
    /// <summary>How the history names it.</summary>
    public const string Name = "the schedule";

    /// <summary>Later than this, the day readers see is the day it really appeared.</summary>
    private static readonly TimeSpan OnTime = TimeSpan.FromMinutes(1);

    private const int AtOnce = 500;

    /// <summary>Each in a save of its own: one that fails holds up none.</summary>
    /// <param name="leaveOut">Not tried this time.</param>
    /// <returns>What could not be saved, and why. It stays scheduled.</returns>
    public static async Task<IReadOnlyList<(int Article, Exception Why)>> PublishDueAsync(NewsDbContext db, DateTime now, TimeZoneInfo zone, IReadOnlyCollection<int> leaveOut)
    {
        var due = await db.Articles.Where(a => a.Status == ArticleStatus.Scheduled && a.ScheduledFor <= now && (a.EmbargoedUntil == null || a.EmbargoedUntil <= now) && !leaveOut.Contains(a.Id))
            .OrderBy(a => a.ScheduledFor).ThenBy(a => a.Id).Select(a => a.Id).Take(AtOnce).ToListAsync();
        return await EachAsync(db, due, id => PublishAsync(db, id, now, zone));
    }

    /// <summary>Takes back what was planned to be: <see cref="PublishDueAsync"/>.</summary>
    /// <inheritdoc cref="PublishDueAsync"/>
    public static async Task<IReadOnlyList<(int Article, Exception Why)>> WithdrawDueAsync(NewsDbContext db, DateTime now, IReadOnlyCollection<int> leaveOut)
    {
        var due = await db.Articles.Where(a => a.WithdrawalFor <= now && (int)a.Status + 0 == (int)ArticleStatus.Published && !leaveOut.Contains(a.Id))
            .OrderBy(a => a.WithdrawalFor).ThenBy(a => a.Id).Select(a => a.Id).Take(AtOnce).ToListAsync();
        return await EachAsync(db, due, async id =>
        {
            if (await db.Articles.SingleOrDefaultAsync(a => a.Id == id) is not { Status: ArticleStatus.Published, WithdrawalFor: { } planned, WithdrawalReason: { } why } article || planned > now) return;
            article.Withdraw(why, now, Name);
            await db.SaveChangesAsync();
        });
    }

    /// <summary>What the schedule holds until then, in the order it will come.</summary>
    public static async Task<IReadOnlyList<(DateTime At, int Article, string Headline, ArticleAct Act)>> PlansAsync(NewsDbContext db, DateTime until, CancellationToken cancellation = default)
    {
        var going = await db.Articles.Where(a => a.Status == ArticleStatus.Scheduled && a.ScheduledFor <= until && (a.EmbargoedUntil == null || a.EmbargoedUntil <= until))
            .OrderBy(a => a.ScheduledFor).Take(AtOnce).Select(a => new { a.Id, a.Headline, a.ScheduledFor, a.EmbargoedUntil }).ToListAsync(cancellation);
        var gone = await db.Articles.Where(a => a.WithdrawalFor <= until && (int)a.Status + 0 == (int)ArticleStatus.Published)
            .OrderBy(a => a.WithdrawalFor).Take(AtOnce).Select(a => new { a.Id, a.Headline, At = a.WithdrawalFor!.Value }).ToListAsync(cancellation);
        return [.. going.Select(a => (At: a.EmbargoedUntil > a.ScheduledFor ? a.EmbargoedUntil.Value : a.ScheduledFor!.Value, a.Id, a.Headline, ArticleAct.Published))
            .Concat(gone.Select(a => (a.At, a.Id, a.Headline, ArticleAct.Withdrawn)))
            .OrderBy(p => p.At).ThenBy(p => p.Id)];
    }

    /// <summary>
    /// Does all of it, each at its moment, by the very acts of the schedule. For looking ahead: the caller has a transaction
    /// open, and takes it back.
    /// </summary>
    public static async Task ForeseeAsync(NewsDbContext db, DateTime until, TimeZoneInfo zone)
    {
        using var unaudited = db.Unaudited();
        foreach (var moment in (await PlansAsync(db, until)).Select(p => p.At).Distinct())
        {
            await PublishDueAsync(db, moment, zone, []);
            await WithdrawDueAsync(db, moment, []);
        }
    }

    private static async Task<IReadOnlyList<(int Article, Exception Why)>> EachAsync(NewsDbContext db, IEnumerable<int> due, Func<int, Task> act)
    {
        var failed = new List<(int, Exception)>();
        foreach (var id in due)
        {
            try
            {
                await act(id);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Somebody else had it: another node has published it, or an editor has just saved. The next round sees.
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failed.Add((id, e));
            }

            db.ChangeTracker.Clear();
        }

        return failed;
    }

    private static async Task PublishAsync(NewsDbContext db, int id, DateTime now, TimeZoneInfo zone)
    {
        var article = await db.Articles.Whole().SingleOrDefaultAsync(a => a.Id == id);
        if (article is not { Status: ArticleStatus.Scheduled, ScheduledFor: { } planned } || planned > now) return;

        if (article.EmbargoedUntil > planned) planned = article.EmbargoedUntil.Value;
        if (planned > now) return;
        var at = now - planned <= OnTime ? planned : now;
        var missing = (await PublishCheck.MissingAsync(db, article)).Select(m => m.What).ToList();
        if (missing.Count == 0 && await IsTakenAsync(db, article, at, zone)) missing.Add("a slug that no other article of the month has");
        if (missing.Count == 0) article.Publish(at, zone, Name);
        else await SendBackAsync(db, article, $"It was not published at its time. Missing: {string.Join(", ", missing)}.", now);
        await db.SaveChangesAsync();
    }

    private static Task<bool> IsTakenAsync(NewsDbContext db, Article article, DateTime at, TimeZoneInfo zone)
    {
        if (article.PublishedAt is not null) return Task.FromResult(false);
        var local = TimeZoneInfo.ConvertTimeFromUtc(at, zone);
        return db.Articles.At(local.Year, local.Month, article.Slug).AnyAsync(a => a.Id != article.Id);
    }

    private static async Task SendBackAsync(NewsDbContext db, Article article, string why, DateTime now)
    {
        article.SendBack(why, now, Name);
        // Its writer hears of it by the save itself.
        var editors = await db.Accounts.WhoMay(Act.Publish).Where(a => a.Id != article.WriterId).Select(a => a.Id).ToListAsync();
        db.Notifications.AddRange(editors.Select(editor => new Notification(editor, article.Id, ArticleAct.SentBack, Name, why, now)));
    }
}
