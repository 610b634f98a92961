using BlueTechWave.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Data;

/// <summary>Where a paper was and is gone, no empty one is begun in its place.</summary>
public class GoneFileTests
{
    [Theory, InlineData(""), InlineData(";Pooling=false")]
    public async Task A_store_that_is_gone_is_not_made_anew(string settings)
    {
        await using var store = await Store.CreateAsync(Provider.Sqlite);
        var file = new SqliteConnectionStringBuilder(store.Connection).DataSource;
        var setup = new SqliteConnectionSetup();
        await using (var first = Open()) Assert.Equal(0, await first.Articles.CountAsync(TestContext.Current.CancellationToken));

        File.Move(file, file + ".away");
        await using (var second = Open()) await Assert.ThrowsAsync<SqliteException>(() => second.Articles.CountAsync(TestContext.Current.CancellationToken));
        Assert.False(File.Exists(file));

        File.Move(file + ".away", file);
        await using (var third = Open()) Assert.Equal(0, await third.Articles.CountAsync(TestContext.Current.CancellationToken));

        SqliteNewsDbContext Open() => new(new DbContextOptionsBuilder<SqliteNewsDbContext>().UseSqlite($"Data Source={file}{settings}").AddInterceptors(setup).Options);
    }
}
