using System.Diagnostics;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Exchange;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Exchange;

/// <summary>Another process that imports is killed, without a word of warning, in the middle of it.</summary>
public class KilledImportTests
{
    private const string StoreOfChild = "BTW_TEST_IMPORTER";
    private const int Articles = 600;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory, OnEachProvider]
    public async Task A_killed_import_leaves_no_half_article_and_the_next_run_brings_the_rest(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        using (var importer = Start(store))
        {
            try
            {
                var waited = Stopwatch.StartNew();
                while (await CountAsync(store) < 200 && !importer.HasExited && waited.Elapsed < Patience) await Task.Delay(10, TestContext.Current.CancellationToken);
                Assert.False(importer.HasExited, "It ended by itself.");
            }
            finally
            {
                importer.Kill();
            }

            await importer.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.InRange(await CountAsync(store), 200, Articles - 1);
        await using (var db = store.Open())
            Assert.Empty(await db.Articles.Where(a => a.Status != ArticleStatus.Published || a.CommentCount != 2 || !db.ImportedItems.Any(i => i.Kind == ImportedKind.Article && i.OurId == a.Id)).Select(a => a.Headline).ToListAsync());

        var report = await Wxr.ImportAsync(store, Export());

        Assert.Equal((0, Articles), (report.Of(ImportOutcome.Refused), report.Of("article", ImportOutcome.Unchanged) + report.Of("article", ImportOutcome.Added)));
        await using var after = store.Open();
        Assert.Equal((Articles, 2 * Articles), (await after.Articles.CountAsync(), await after.Comments.CountAsync()));
        Assert.True((await StoreCheck.MendAsync(after)).IsClean);
    }

    /// <summary>The child of the test above; by itself it has no store and does nothing.</summary>
    [Fact]
    public async Task Imports_until_it_is_killed()
    {
        if (Environment.GetEnvironmentVariable(StoreOfChild)?.Split('|', 2) is not [var provider, var connection]) return;
        await using var db = Store.Open(Enum.Parse<Provider>(provider), connection);
        await new Importer(db, $"wordpress {Wxr.Site}", Paper.Noon, Paper.Zone).RunAsync(Wxr.Read(Export()), cancellation: TestContext.Current.CancellationToken);
    }

    private static string Export()
    {
        var export = new Wxr();
        for (var i = 1; i <= Articles; i++) export.Post(i, $"Tide {i}", more: Wxr.Comment(i, "Wet.") + Wxr.Comment(10_000 + i, "Very.", parent: i));
        return export.ToString();
    }

    private static Process Start(Store store)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "BlueTechWave.Core.Tests"),
            ["-method", $"*{nameof(KilledImportTests)}.{nameof(Imports_until_it_is_killed)}"])
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

    private static async Task<int> CountAsync(Store store)
    {
        await using var db = store.Open();
        return await db.Articles.CountAsync();
    }
}
