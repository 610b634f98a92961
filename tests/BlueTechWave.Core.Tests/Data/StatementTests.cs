using System.Runtime.InteropServices;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Core.Settings;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Data;

/// <summary>A connection stays open and keeps its questions ready: nobody may notice but by the clock.</summary>
public class StatementTests
{
    /// <summary>https://www.sqlite.org/c3ref/c_stmtstatus_counter.html</summary>
    private const int PlannedAgain = 5;

    [Theory, OnEachProvider]
    public async Task One_question_asked_twice_sees_what_was_saved_between(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        await using var reading = paper.Open();

        Assert.Equal(0, await reading.Articles.CountAsync(TestContext.Current.CancellationToken));
        await paper.PublishAsync("Robots learn to swim");
        Assert.Equal(1, await reading.Articles.CountAsync(TestContext.Current.CancellationToken));
        await paper.PublishAsync("Robots learn to dive");
        Assert.Equal(2, await reading.Articles.CountAsync(TestContext.Current.CancellationToken));
    }

    // PostgreSQL answers one question at a time on a connection.
    [Fact]
    public async Task The_same_question_within_its_own_answer_gets_an_answer_of_its_own()
    {
        await using var paper = await Paper.OpenAsync(Provider.Sqlite);
        await using var reading = paper.Open();

        var pairs = new List<string>();
        await foreach (var one in Names(reading).AsAsyncEnumerable())
            await foreach (var other in Names(reading).AsAsyncEnumerable()) pairs.Add($"{one} {other}");

        Assert.Equal(["brazil brazil", "brazil ipv6", "ipv6 brazil", "ipv6 ipv6"], pairs);

        static IQueryable<string> Names(NewsDbContext db) => db.Tags.OrderBy(t => t.Slug).Select(t => t.Slug);
    }

    [Theory, OnEachProvider]
    public async Task More_kinds_of_questions_than_are_kept_are_all_answered(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        await using var reading = paper.Open();

        for (var round = 0; round < 2; round++)
        {
            for (var kind = 1; kind <= 120; kind++)
            {
                var question = $"SELECT COUNT(*) * {kind} AS \"Value\" FROM \"Tags\"";
                Assert.Equal([2 * kind], await reading.Database.SqlQueryRaw<int>(question).ToListAsync(TestContext.Current.CancellationToken));
            }
        }
    }

    // SQLite plans a question anew whenever it is given as a parameter how many rows are wanted: that takes longer than the answer.
    [Fact]
    public async Task What_is_asked_again_is_not_planned_again()
    {
        await using var paper = await Paper.OpenAsync(Provider.Sqlite);
        await using var reading = paper.Open();
        await paper.PublishAsync("Robots learn to swim");
        var cancellation = TestContext.Current.CancellationToken;

        for (var round = 0; round < 3; round++)
        {
            Assert.Single(await ArticleCard.ListAsync(reading, Listing.Site, page: 1, size: 20, cancellation));
            var found = await reading.Articles.Published().OrderBy(a => a.Id).Take(2 + round).Select(a => new { a.Year, a.Month, a.Slug }).SingleAsync(cancellation);
            var article = await ArticleReading.FindAsync(reading, found.Year!.Value, found.Month!.Value, found.Slug, cancellation);
            await ArticleReading.AroundAsync(reading, article!, CommentOrder.Thread, 1, RelatedOrder.Newest, [], cancellation);
        }

        var asked = 0;
        var connection = ((SqliteConnection)reading.Database.GetDbConnection()).Handle!.DangerousGetHandle();
        for (var statement = NextStatement(connection, 0); statement != 0; statement = NextStatement(connection, statement))
        {
            asked++;
            Assert.True(StatusOf(statement, PlannedAgain, reset: 0) == 0, Marshal.PtrToStringUTF8(TextOf(statement)));
        }

        Assert.True(asked >= 4, $"{asked} statements were kept");
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_next_stmt")]
    private static extern nint NextStatement(nint connection, nint statement);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_stmt_status")]
    private static extern int StatusOf(nint statement, int counter, int reset);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_sql")]
    private static extern nint TextOf(nint statement);
}
