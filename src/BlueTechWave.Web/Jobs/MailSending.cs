using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Mail;
using BlueTechWave.Web.Mail;
using BlueTechWave.Web.Options;
using BlueTechWave.Web.Watching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Jobs;

/// <summary>Every few seconds turns notices into letters, and sends the letters that are due.</summary>
public sealed class MailSending(IServiceScopeFactory scopes, IMail mail, IOptions<SiteOptions> site, Watch watch, Figures figures, TimeProvider clock, ILogger<MailSending> log) : BackgroundService
{
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private const int AtOnce = 50;

    /// <summary>For so long a letter under way is nobody else's: two processes on one store send it once, and one that dies has it sent later.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromMinutes(5);

    private readonly Turns _turns = new();
    private readonly Rounds<MailSending> _rounds = new(watch, log, "Letters", Between, "Letters could not be looked after; the next round tries again.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What is not sent when the site stops is in the store.
        while (await clock.WaitAsync(Between, stoppingToken))
            await _rounds.TryAsync(async () =>
            {
                await WriteAsync(stoppingToken);
                await SendDueAsync(stoppingToken);
            }, stoppingToken);
    }

    /// <summary>Turns notices into letters for whoever wants them.</summary>
    public async Task WriteAsync(CancellationToken cancellation = default)
    {
        using var turn = await _turns.TakeAsync(cancellation);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        var waiting = await db.Notifications.AsNoTracking().Where(n => n.MailedAt == null).OrderBy(n => n.Id).Take(AtOnce)
            .Select(n => new
            {
                n.Id,
                n.ArticleId,
                n.Act,
                n.By,
                n.Note,
                n.Article.Headline,
                To = db.Accounts.Where(a => a.Id == n.AccountId && a.WantsMail && a.DisabledAt == null && n.ReadAt == null).Select(a => a.Email).FirstOrDefault(),
            })
            .ToListAsync(cancellation);
        if (waiting.Count == 0) return;

        var now = clock.GetUtcNow().UtcDateTime;
        await using var all = await db.Database.BeginTransactionAsync(CancellationToken.None);
        foreach (var notice in waiting)
        {
            var isOurs = await db.Notifications.Where(n => n.Id == notice.Id && n.MailedAt == null).ExecuteUpdateAsync(set => set.SetProperty(n => n.MailedAt, now), CancellationToken.None) == 1;
            if (!isOurs || notice.To is null) continue;

            var (subject, text) = NoticeLetter.Of(notice.Act, notice.By, notice.Note, notice.Headline, FormattableString.Invariant($"{site.Value.BaseUrl ?? "http://localhost:5000"}/newsroom/articles/{notice.ArticleId}"));
            db.OutgoingMails.Add(new OutgoingMail(notice.To, subject, text, now));
        }

        await db.SaveChangesAsync(CancellationToken.None);
        await all.CommitAsync(CancellationToken.None);
    }

    /// <summary>Two calls of one process come one after the other.</summary>
    public async Task SendDueAsync(CancellationToken cancellation = default)
    {
        using var turn = await _turns.TakeAsync(cancellation);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var due in await db.OutgoingMails.AsNoTracking().Where(m => m.NextAt <= now).OrderBy(m => m.NextAt).ThenBy(m => m.Id).Take(AtOnce).Select(m => m.Id).ToListAsync(cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            var until = now + Held;
            if (await db.OutgoingMails.Where(m => m.Id == due && m.NextAt <= now).ExecuteUpdateAsync(set => set.SetProperty(m => m.NextAt, until), CancellationToken.None) == 1)
                await SendAsync(db, due, cancellation);
        }
    }

    private async Task SendAsync(NewsDbContext db, int id, CancellationToken cancellation)
    {
        var letter = await db.OutgoingMails.SingleAsync(m => m.Id == id, cancellation);
        try
        {
            await mail.SendAsync(letter, cancellation);
            letter.Sent(clock.GetUtcNow().UtcDateTime);
            figures.Mailed(isSent: true);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            figures.Mailed(isSent: false);
            letter.Failed(e.Message, clock.GetUtcNow().UtcDateTime);
            // Neither whom it is for nor what it says: it may hold a link that opens an account.
            log.LogWarning("Letter {Letter} could not be sent, attempt {Attempt} of {Attempts}: {Error}", id, letter.Attempts, OutgoingMail.AttemptsAtMost, e.Message);
        }

        await db.SaveChangesAsync(CancellationToken.None);
    }
}
