using System.Globalization;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Mail;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Mail;
using BlueTechWave.Web.Options;
using BlueTechWave.Web.Pages;
using BlueTechWave.Web.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Jobs;

/// <summary>Every few seconds writes to those who follow a discussion; now and then forgets where old comments came from.</summary>
public sealed class DiscussionKeeping(IServiceScopeFactory scopes, SealedKeys keys, IOptions<SiteOptions> site, IOptions<CommentOptions> options, TimeProvider clock, ILogger<DiscussionKeeping> log)
    : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);
    private const int ForgetsEvery = 720;

    private int _upTo;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var round = 0; await clock.WaitAsync(Between, stoppingToken); round++)
        {
            try
            {
                await TellAsync(stoppingToken);
                if (round % ForgetsEvery == 0) await ForgetAsync();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Discussions could not be looked after; the next round tries again.");
            }
        }
    }

    /// <summary>Writes the letters that are due. Each follower is told once, whichever machine does it.</summary>
    public async Task TellAsync(CancellationToken cancellation = default)
    {
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
            var stop = $"{root}{To.Unfollow}?key={keys.Seal(FollowStopPage.Purpose, string.Create(CultureInfo.InvariantCulture, $"{news.FollowerId} {news.ArticleId}"), FollowStopPage.KeyLasts)}";
            var (subject, text) = ReaderLetters.NewComments(news.Headline, news.Comments, news.More, $"{root}{To.Article(news.Year, news.Month, news.Slug)}#comments", stop);
            db.OutgoingMails.Add(new OutgoingMail(news.Email, subject, text, now, stop));
            await db.SaveChangesAsync(CancellationToken.None);
            await both.CommitAsync(CancellationToken.None);
        }

        _upTo = upTo;
    }

    /// <summary>Forgets network addresses whose time has passed, and those who never confirmed that they want letters.</summary>
    public async Task ForgetAsync()
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        var before = clock.GetUtcNow().UtcDateTime.AddDays(-options.Value.KeepAddressesDays);
        await db.Comments.Where(c => c.Address != "" && c.CreatedAt < before).ExecuteUpdateAsync(set => set.SetProperty(c => c.Address, ""));
        await db.CommentReports.Where(r => r.Address != "" && r.At < before).ExecuteUpdateAsync(set => set.SetProperty(r => r.Address, ""));
        await db.Followers.Where(f => f.ConfirmedAt == null && f.AskedAt < before).ExecuteDeleteAsync();
    }
}
