using System.Diagnostics;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Data;

/// <summary>Another process that publishes and withdraws is killed, without a word of warning, in the middle of it.</summary>
public class KillTests
{
    private const string StoreOfChild = "BTW_TEST_SAVER";
    private const int Kills = 4;
    private const int SavesBeforeAKill = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory, OnEachProvider]
    public async Task A_killed_process_leaves_nothing_public_unfindable_and_nothing_withdrawn_findable(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        for (var i = 1; i <= 6; i++) await paper.DraftAsync($"Zebra {i}");
        var random = new Random(20240925);

        for (var kill = 0; kill < Kills; kill++)
        {
            using var saver = Start(paper.Store);
            try
            {
                var before = await SavesAsync(paper);
                var waited = Stopwatch.StartNew();
                while (await SavesAsync(paper) < before + SavesBeforeAKill && !saver.HasExited && waited.Elapsed < Patience) await Task.Delay(10, TestContext.Current.CancellationToken);
                await Task.Delay(random.Next(60), TestContext.Current.CancellationToken);
                Assert.False(saver.HasExited, "It ended by itself.");
            }
            finally
            {
                saver.Kill();
            }

            await saver.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(await SavesAsync(paper) > SavesBeforeAKill);
            await AssertTrueAsync(paper);
        }
    }

    /// <summary>The child of the test above, for as long as it is let live; by itself it has no store and does nothing.</summary>
    [Fact]
    public async Task Saves_until_it_is_killed()
    {
        if (Environment.GetEnvironmentVariable(StoreOfChild)?.Split('|', 2) is not [var provider, var connection]) return;
        await Task.WhenAll(Enumerable.Range(0, 2).Select(which => Task.Run(() => SaveForeverAsync(Enum.Parse<Provider>(provider), connection, which))));
    }

    private static async Task SaveForeverAsync(Provider provider, string connection, int which)
    {
        for (var round = 0; ; round++)
        {
            await using var db = Store.Open(provider, connection);
            var id = (await db.Articles.Where(a => a.Id % 2 == which).OrderBy(a => a.Version).FirstAsync()).Id;
            db.ChangeTracker.Clear();
            var article = await db.Articles.Include(a => a.Category).Include(a => a.Bylines).ThenInclude(b => b.Author).Include(a => a.Tags).Include(a => a.Links)
                .AsSplitQuery().SingleAsync(a => a.Id == id);
            if (article.Status == ArticleStatus.Published) article.Withdraw("It was wrong.", Paper.Noon);
            else article.Publish(Paper.Noon, Paper.Zone);
            await db.SaveChangesAsync();
        }
    }

    private static Process Start(Store store)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "BlueTechWave.Core.Tests"),
            ["-method", $"*{nameof(KillTests)}.{nameof(Saves_until_it_is_killed)}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [StoreOfChild] = $"{store.Provider}|{store.Connection}" },
        };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<int> SavesAsync(Paper paper)
    {
        await using var db = paper.Open();
        return await db.Articles.SumAsync(a => a.Version);
    }

    private static async Task AssertTrueAsync(Paper paper)
    {
        await using var db = paper.Open();
        if (paper.Store.Provider == Provider.Postgres) await UntilTheServerHasNoticedAsync(db);

        var shown = await db.Articles.Published().Select(a => a.Id).Order().ToListAsync();
        var found = await db.Search.FindAsync(db, new("zebra", PageSize: 100), CancellationToken.None);
        Assert.Equal(shown, found.Hits.Select(h => h.ArticleId).Order());
        await paper.AssertListingsAreTrueAsync();
        Assert.True((await StoreCheck.MendAsync(db)).IsClean);
    }

    /// <summary>A commit that was on its way when the client died may still be carried out.</summary>
    private static async Task UntilTheServerHasNoticedAsync(NewsDbContext db)
    {
        while (await db.Database.SqlQuery<int>($"""
            SELECT count(*)::int AS "Value" FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND xact_start IS NOT NULL
            """).SingleAsync() > 0)
            await Task.Delay(10);
    }
}
