using BlueTechWave.Core.Accounts;
using BlueTechWave.Web.Tests.Newsroom;

namespace BlueTechWave.Web.Tests.Nodes;

/// <summary>That tests on PostgreSQL meet two nodes where they say so.</summary>
public class SwitchboardTests
{
    [Fact, OnTwoNodes]
    public async Task What_one_node_saved_the_other_shows_to_whoever_comes_next()
    {
        await using var site = await OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await site.WriteAsync(noor, "Lap 0", a => a.Publish(site.Now, TimeZoneInfo.Utc));
        var path = NewsSite.AddressOf(await site.ArticleAsync(id));
        for (var lap = 1; lap <= 8; lap++)
        {
            for (var tries = 0; !await site.Reader.IsCachedAsync(path); tries++) Assert.True(tries < 20, "It is never kept.");
            using var saved = await noor.PressAsync(id, "Update", ("Headline", $"Lap {lap}"));
            Assert.Contains($"Lap {lap}", await site.Reader.TextAsync(path), StringComparison.Ordinal);
        }

        Assert.Equal(2, site.Met.Count);
        Assert.All(site.Met, met => Assert.True(met > 8, $"{met}"));
    }

    [Fact]
    public async Task A_test_that_is_not_marked_meets_one()
    {
        await using var site = await OpenAsync();
        Assert.Empty(site.Met);
    }

    private static async Task<NewsSite> OpenAsync()
    {
        Assert.SkipWhen(Postgres.WhyNot is not null, Postgres.WhyNot ?? "");
        Assert.SkipWhen(!RedisServer.Exists && Environment.GetEnvironmentVariable("CI") is not "true", "No redis-server on this machine.");
        return await NewsSite.OpenAsync(Store.Postgres);
    }
}
