using System.Data.Common;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit;

namespace BlueTechWave.Core.Tests.Data;

public class StoreCheckTests
{
    [Theory, OnEachProvider]
    public async Task What_has_drifted_is_found_and_mended_and_a_true_store_is_left_alone(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        await paper.PublishAsync("Zebra one");
        var missing = await paper.PublishAsync("Zebra two");
        await paper.PublishAsync("Zebra three");
        await paper.DraftAsync("Zebra draft");
        await using var db = paper.Open();
        Assert.True((await StoreCheck.MendAsync(db)).IsClean);

        // Behind the back of the save.
        var withdrawn = await paper.PublishAsync("Zebra four");
        var changed = await paper.PublishAsync("Zebra five");
        await db.ListingEntries.Where(e => e.ArticleId == missing && e.Kind == ListingKind.Site).ExecuteDeleteAsync();
        await db.ListingCounts.Where(c => c.Kind == ListingKind.Tag).ExecuteDeleteAsync();
        await db.Articles.Where(a => a.Id == withdrawn).ExecuteUpdateAsync(set => set.SetProperty(a => a.Status, ArticleStatus.Withdrawn));
        await db.Articles.Where(a => a.Id == changed).ExecuteUpdateAsync(set => set.SetProperty(a => a.Headline, "Okapi").SetProperty(a => a.Version, a => a.Version + 1));
        await db.Database.ExecuteSqlRawAsync(provider == Provider.Sqlite
            ? $"DELETE FROM \"ArticleSearch\" WHERE rowid = (SELECT \"Place\" FROM \"SearchPlaces\" WHERE \"ArticleId\" = {missing})"
            : $"DELETE FROM \"ArticleSearch\" WHERE \"ArticleId\" = {missing}");

        var found = await StoreCheck.MendAsync(db);

        Assert.True(found.Listed > 0 && found.Counted > 0, found.ToString());
        Assert.Equal(3, found.Indexed);
        Assert.True((await StoreCheck.MendAsync(db)).IsClean);
        await paper.AssertListingsAreTrueAsync();
        Assert.Equal(3, (await db.Search.FindAsync(db, new("zebra"), CancellationToken.None)).Total);
        Assert.Equal(changed, (await db.Search.FindAsync(db, new("okapi"), CancellationToken.None)).Hits.Single().ArticleId);
        Assert.Equal(4, (await StoreCheck.MendAsync(db, anew: true)).Indexed);
    }

    [Theory, OnEachProvider]
    public async Task Articles_that_are_listed_right_are_not_written_anew(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        for (var i = 0; i < 3; i++) await paper.PublishAsync($"Zebra {i}");
        var writing = new Writing();
        await using var db = paper.Store.Open(writing);

        Assert.True((await StoreCheck.MendAsync(db)).IsClean);

        Assert.Equal(0, writing.Rows);
    }

    [Theory, OnEachProvider]
    public async Task A_save_that_dies_at_any_moment_leaves_nothing_public_unfindable_or_withdrawn_findable(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await paper.DraftAsync("Zebra crossing");

        await DieEverywhereAsync(article => article.Publish(Paper.Noon, Paper.Zone));
        await DieEverywhereAsync(article => article.Withdraw("It was wrong.", Paper.Noon));

        async Task DieEverywhereAsync(Action<Article> act)
        {
            for (var step = 1; ; step++)
            {
                var survived = await ActAsync(act, new DiesAt(step));
                await using var db = paper.Open();
                var isPublic = await db.Articles.Published().AnyAsync(a => a.Id == id);
                Assert.Equal(isPublic ? 1 : 0, (await db.Search.FindAsync(db, new("zebra"), CancellationToken.None)).Total);
                await paper.AssertListingsAreTrueAsync();
                Assert.True(step < 200);
                if (survived) return;
            }
        }

        async Task<bool> ActAsync(Action<Article> act, DiesAt death)
        {
            await using var db = paper.Store.Open(death);
            var article = await db.Articles.Include(a => a.Category).Include(a => a.Bylines).ThenInclude(b => b.Author).AsSplitQuery().SingleAsync(a => a.Id == id);
            act(article);
            death.Begin();
            try
            {
                await db.SaveChangesAsync();
                return true;
            }
            catch (Exception e) when (e.GetBaseException() is InvalidDataException)
            {
                return false;
            }
        }
    }

    /// <summary>The power goes before the n-th statement of a save.</summary>
    private sealed class Writing : DbCommandInterceptor
    {
        public int Rows { get; private set; }

        public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.StartsWith("UPDATE \"Articles\"", StringComparison.Ordinal)) Rows += result;
            return base.NonQueryExecutedAsync(command, eventData, result, cancellationToken);
        }
    }

    private sealed class DiesAt(int step) : DbCommandInterceptor
    {
        private int _left = int.MaxValue;

        public void Begin() => _left = step;

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Step();
            return new(result);
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Step();
            return new(result);
        }

        private void Step()
        {
            if (--_left == 0) throw new InvalidDataException("The power is gone.");
        }
    }
}
