using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Search;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Data;

public class GeneratedArchiveTests
{
    [Theory, OnEachProvider]
    public async Task An_archive_to_measure_with_is_as_true_as_one_that_was_written(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var talked = await paper.PublishAsync("Zebra one");
        await paper.PublishAsync("Zebra two");
        await using (var db = paper.Open())
        {
            var comment = new Comment(talked, "Ana", "ana@reader.example", "Well said.", Paper.Noon);
            comment.Decide(CommentState.Approved, Core.Audit.Actor.System, Paper.Noon, "");
            db.Comments.Add(comment);
            await db.SaveChangesAsync();
        }

        var told = new Last();
        await using (var db = paper.Open()) await GeneratedArchive.AddAsync(db, 240, 480, Paper.Noon, Paper.Zone, told);

        Assert.Equal(240, told.Value);
        await using var after = paper.Open();
        Assert.Equal(242, await after.Articles.CountAsync(a => a.Status == ArticleStatus.Published));
        Assert.Equal(481, await after.Comments.CountAsync(c => c.State == CommentState.Approved));
        Assert.False(await after.Articles.AnyAsync(a => a.CommentCount != after.Comments.Count(c => c.ArticleId == a.Id)));
        Assert.Equal(24, await after.Articles.CountAsync(a => a.CommentCount == 20));
        Assert.True((await StoreCheck.MendAsync(after)).IsClean);
        await paper.AssertListingsAreTrueAsync();
        Assert.Equal(242, (await after.Search.FindAsync(after, new SearchQuery("zebra"), TestContext.Current.CancellationToken)).Total);
        // What is written next has a number of its own.
        await paper.PublishAsync("Zebra three");
    }

    private sealed class Last : IProgress<int>
    {
        public int Value { get; private set; }

        public void Report(int value) => Value = value;
    }
}
