using BlueTechWave.Core.Articles;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace BlueTechWave.Web.Tests.Faults;

/// <summary>Once the fault is over the paper goes on by itself; nobody has to restart anything.</summary>
public class RecoveryTests
{
    private const string Told = "Error: The schedule could not be looked at; it is tried again in a moment.";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory, EachStore]
    public async Task What_fell_due_while_the_store_was_away_goes_out_when_it_is_back_and_the_log_heard_of_it_once(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, Mishap.Impatient);
        var article = await site.ScheduleAsync("Robots learn to swim", site.Now.AddMinutes(1));
        await using (await Mishap.TakeAwayAsync(site))
        {
            await UntilAsync(site, () => Task.FromResult(site.Log.Lines.Contains(Told)));
            site.Clock.Advance(TimeSpan.FromMinutes(2));
            for (var round = 0; round < 5; round++) await FailAsync(site);
        }

        await UntilAsync(site, () => site.AskAsync(db => db.Articles.AnyAsync(a => a.Id == article.Id && a.Status == ArticleStatus.Published)));

        Assert.Contains("Robots learn to swim", await site.Reader.TextAsync("/"), StringComparison.Ordinal);
        await UntilAsync(site, () => Task.FromResult(site.Log.Lines.Any(line => line.StartsWith("Warning: It is well again: The schedule", StringComparison.Ordinal))));
        Assert.Single(site.Log.Lines, line => line == Told);
    }

    [Theory, EachStore]
    public async Task What_fell_due_while_somebody_else_wrote_goes_out_afterwards(Store store)
    {
        await using var first = await NewsSite.OpenAsync(store);
        await using var site = await Mishap.OpenAsync(first);
        var article = await site.ScheduleAsync("Robots learn to swim", site.Now.AddMinutes(1));
        await using (await Mishap.LockAsync(site, "Articles"))
            await UntilAsync(site, () => Task.FromResult(site.Log.Lines.Any(line => line.Contains("was due and could not be published", StringComparison.Ordinal) || line == Told)));

        await UntilAsync(site, () => site.AskAsync(db => db.Articles.AnyAsync(a => a.Id == article.Id && a.Status == ArticleStatus.Published)));
    }

    [Theory, EachStore]
    public async Task No_job_ends_because_of_a_fault(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, Mishap.Impatient);
        var jobs = site.Services.GetServices<IHostedService>().OfType<BackgroundService>().Where(job => job is not BackupKeeping).ToList();
        // On a file of its own a site has no other nodes to hear.
        if (store == Store.Sqlite) Assert.Equal(1, jobs.RemoveAll(job => job is OtherNodes && job.ExecuteTask is null));
        Assert.NotEmpty(jobs);
        await using (await Mishap.TakeAwayAsync(site))
        {
            await UntilAsync(site, () => Task.FromResult(site.Log.Lines.Contains(Told)));
            // Each has had a round by then, the rarest of them too.
            for (var hours = 0; hours < 4; hours++) site.Clock.Advance(TimeSpan.FromHours(6));
            await UntilAsync(site, () => Task.FromResult(site.Log.Lines.Any(line => line.Contains("The trash could not be emptied", StringComparison.Ordinal))));
        }

        Assert.All(jobs, job => Assert.False(job.ExecuteTask!.IsCompleted, job.GetType().Name));
    }

    [Theory, EachStore]
    public async Task What_was_read_meanwhile_is_counted_afterwards(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        site.Reader.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0");
        _ = await site.Reader.TextAsync(NewsSite.AddressOf(article));
        var views = site.Services.GetRequiredService<ViewKeeping>();
        await using (await Mishap.TakeAwayAsync(site))
        {
            _ = await site.Reader.TextAsync(NewsSite.AddressOf(article));
            await Assert.ThrowsAnyAsync<Exception>(views.KeepAsync);
        }

        // A reader has her page a moment before it is counted.
        await UntilAsync(site, async () =>
        {
            await views.KeepAsync();
            return await site.AskAsync(db => db.ArticleViews.Where(v => v.ArticleId == article.Id).SumAsync(v => v.Count)) == 2;
        });
    }

    [Theory, EachStore]
    public async Task What_was_read_while_nothing_could_be_written_is_counted_afterwards(Store store)
    {
        await using var first = await NewsSite.OpenAsync(store);
        await using var site = await Mishap.OpenAsync(first);
        var articles = new List<Core.Articles.Article>();
        for (var i = 0; i < 3; i++) articles.Add(await site.PublishAsync($"Robots learn to swim {i}"));
        var (counter, views) = (site.Services.GetRequiredService<ViewCounter>(), site.Services.GetRequiredService<ViewKeeping>());
        foreach (var article in articles) counter.Count(new(article.Year!.Value, article.Month!.Value, article.Slug), 2);
        await using (await Mishap.LockAsync(site, "ArticleViews")) await Assert.ThrowsAnyAsync<Exception>(views.KeepAsync);

        await views.KeepAsync();

        Assert.Equal([2, 2, 2], await site.AskAsync(db => db.ArticleViews.OrderBy(v => v.ArticleId).Select(v => v.Count).ToListAsync()));
    }

    private static async Task FailAsync(NewsSite site) =>
        await Assert.ThrowsAnyAsync<Exception>(site.Services.GetRequiredService<ScheduleKeeping>().PublishAsync);

    /// <summary>Lets the paper's time pass, round after round, until it is so.</summary>
    private static async Task UntilAsync(NewsSite site, Func<Task<bool>> isSo)
    {
        for (var since = System.Diagnostics.Stopwatch.StartNew(); !await isSo();)
        {
            Assert.True(since.Elapsed < Patience, string.Join('\n', site.Log.Lines));
            site.Clock.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(20);
        }
    }
}
