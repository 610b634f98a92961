using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Mail;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Mail;
using BlueTechWave.Web.Options;
using BlueTechWave.Web.Pages;
using BlueTechWave.Web.Security;
using BlueTechWave.Web.Watching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Jobs;

/// <summary>Every few seconds writes to those who follow a discussion; now and then forgets where old comments came from.</summary>
public sealed class DiscussionKeeping(IServiceScopeFactory scopes, SealedKeys keys, IOptions<SiteOptions> site, IOptions<CommentOptions> options, Watch watch, TimeProvider clock, ILogger<DiscussionKeeping> log)
    : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);
    private const int DigestsEvery = 12;
    private const int ForgetsEvery = 720;
    private const int ForgottenAtOnce = 1_000;

    /// <summary>When a day's letter is written, by the paper's clock.</summary>
    private static readonly TimeSpan Morning = TimeSpan.FromHours(8);

    private readonly Turns _turns = new();
    private readonly Rounds<DiscussionKeeping> _rounds = new(watch, log, "Discussions", Between, "Discussions could not be looked after; the next round tries again.");
    private int _upTo;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var round = 0; await clock.WaitAsync(Between, stoppingToken); round++)
            await _rounds.TryAsync(async () =>
            {
                await TellAsync(stoppingToken);
                if (round % DigestsEvery == 0) await DigestAsync(stoppingToken);
                if (round % ForgetsEvery == 0) await ForgetAsync();
            }, stoppingToken);
    }

    /// <summary>Writes the letters that are due. Each follower is told once, whichever machine does it.</summary>
    public async Task TellAsync(CancellationToken cancellation = default)
    {
        using var turn = await _turns.TakeAsync(cancellation);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        var now = clock.GetUtcNow().UtcDateTime;
        var (due, upTo) = await FollowerNews.DueAsync(db, _upTo, now, TimeSpan.FromSeconds(options.Value.MailAfterSeconds), cancellation);
        foreach (var news in due)
        {
            cancellation.ThrowIfCancellationRequested();
            await using var both = await db.Database.BeginTransactionAsync(CancellationToken.None);
            var isOurs = await db.Followers.Where(f => f.Id == news.FollowerId && f.ToldUpTo < news.UpTo).ExecuteUpdateAsync(set => set.SetProperty(f => f.ToldUpTo, news.UpTo), CancellationToken.None) == 1;
            if (!isOurs) continue;

            var root = site.Value.BaseUrl ?? "http://localhost:5000";
            var stop = $"{root}{To.Unfollow}?key={keys.Seal(FollowKeys.ToStop, string.Create(CultureInfo.InvariantCulture, $"{news.FollowerId} {news.ArticleId}"), FollowKeys.StopLasts)}";
            var (subject, text) = ReaderLetters.NewComments(news.Headline, news.Comments, news.More, $"{root}{To.Article(news.Year, news.Month, news.Slug)}#comments", stop);
            db.OutgoingMails.Add(new OutgoingMail(news.Email, subject, text, now, stop));
            await db.SaveChangesAsync(CancellationToken.None);
            await both.CommitAsync(CancellationToken.None);
        }

        _upTo = upTo;
    }

    /// <summary>Tells editors who want it how many comments wait, once, whichever machine does it; nobody is told of none.</summary>
    public async Task DigestAsync(CancellationToken cancellation = default)
    {
        using var turn = await _turns.TakeAsync(cancellation);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        var editors = await db.Accounts.AsNoTracking().WhoMay(Act.Moderate).Where(a => a.CommentDigest != CommentDigest.None).ToListAsync(cancellation);
        var (now, zone) = (clock.GetUtcNow().UtcDateTime, site.Value.FindZone());
        editors.RemoveAll(a => !IsDue(a, now, zone));
        if (editors.Count == 0) return;

        var (waiting, reported) = (await db.Comments.In(Queue.Pending).CountAsync(cancellation), await db.Comments.In(Queue.Reported).CountAsync(cancellation));
        if (waiting + reported == 0) return;
        foreach (var editor in editors)
        {
            await using var both = await db.Database.BeginTransactionAsync(CancellationToken.None);
            var isOurs = await db.Accounts.Where(a => a.Id == editor.Id && a.DigestAt == editor.DigestAt).ExecuteUpdateAsync(set => set.SetProperty(a => a.DigestAt, now), CancellationToken.None) == 1;
            if (!isOurs) continue;

            var (subject, text) = ReaderLetters.Waiting(site.Value.Name, waiting, reported, $"{site.Value.BaseUrl ?? "http://localhost:5000"}/newsroom/comments");
            db.OutgoingMails.Add(new OutgoingMail(editor.Email!, subject, text, now));
            await db.SaveChangesAsync(CancellationToken.None);
            await both.CommitAsync(CancellationToken.None);
        }
    }

    private static bool IsDue(Account editor, DateTime now, TimeZoneInfo zone)
    {
        if (editor.DigestAt is not { } last) return true;
        if (editor.CommentDigest == CommentDigest.Hourly) return now - last >= TimeSpan.FromHours(1);
        var (today, then) = (TimeZoneInfo.ConvertTimeFromUtc(now, zone), TimeZoneInfo.ConvertTimeFromUtc(last, zone));
        return today.TimeOfDay >= Morning && then.Date < today.Date;
    }

    /// <summary>Forgets network addresses whose time has passed, and those who never confirmed that they want letters.</summary>
    public async Task ForgetAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-options.Value.KeepAddressesDays);
        for (var last = 0; ;)
        {
            // In steps: a million that have moved in would keep everybody else from saving for minutes.
            var after = last;
            var ids = await db.Comments.Where(c => c.Id > after && c.Address != "" && c.CreatedAt < before).OrderBy(c => c.Id).Select(c => c.Id).Take(ForgottenAtOnce).ToListAsync();
            if (ids.Count == 0) break;
            last = ids[^1];
            await db.Comments.Where(c => ids.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.Address, "").SetProperty(c => c.AddressKey, ""));
        }

        await db.CommentReports.Where(r => r.Address != "" && r.At < before).ExecuteUpdateAsync(set => set.SetProperty(r => r.Address, ""));
        await db.Followers.Where(f => f.ConfirmedAt == null && f.AskedAt < before).ExecuteDeleteAsync();
    }
}
