using BlueTechWave.Core.Demo;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Demo;

/// <summary>By itself, because it watches the clock.</summary>
[CollectionDefinition(nameof(DemoLoadTests), DisableParallelization = true)]
[Collection(nameof(DemoLoadTests))]
public class DemoLoadTests(ITestOutputHelper output)
{
    [Theory, OnEachProvider]
    public async Task The_demo_loads_within_five_seconds_and_tells_of_every_article(Provider provider)
    {
        await using var store = await Store.CreateAsync(provider);
        await using var db = store.Open();
        var heard = new List<DemoProgress>();
        var (started, busy) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);

        await DemoNewsroom.LoadAsync(db, DemoStores.Now, DemoStores.Helsinki, new Listener(heard.Add));

        // The work is measured, not the wait for a machine that has other work.
        var work = Environment.CpuUsage.TotalTime - busy;
        output.WriteLine($"Loaded in {TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:0} ms, {work.TotalMilliseconds:0} ms of work.");
        Assert.True(work < TimeSpan.FromSeconds(5), $"Took {work}.");
        var all = await db.Articles.CountAsync();
        Assert.Equal(Enumerable.Range(1, all).Select(done => new DemoProgress(done, all)), heard);
    }
}
