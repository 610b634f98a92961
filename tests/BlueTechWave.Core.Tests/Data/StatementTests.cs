using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Data;

/// <summary>A connection stays open and keeps its questions ready: nobody may notice but by the clock.</summary>
public class StatementTests
{
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
}
