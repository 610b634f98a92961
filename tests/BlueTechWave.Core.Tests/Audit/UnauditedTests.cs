using BlueTechWave.Core.Tags;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Audit;

public class UnauditedTests
{
    /// <summary>Contexts are used again: what fails halfway must not leave the log switched off for the next.</summary>
    [Theory, OnEachProvider]
    public async Task What_fails_while_the_log_is_still_leaves_it_on(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        await using var db = paper.Open();
        await Assert.ThrowsAsync<InvalidOperationException>(() => BlueTechWave.Core.Categories.CategoryMerge.MergeAsync(db, 1, 999_999));

        db.ChangeTracker.Clear();
        db.Add(new Tag("Robots"));
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);

        Assert.Equal("Robots", await db.Audit.OrderByDescending(e => e.Id).Select(e => e.Name).FirstAsync(TestContext.Current.CancellationToken));
    }
}
