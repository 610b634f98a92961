using BenchmarkDotNet.Attributes;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Demo;
using BlueTechWave.Web;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Feeds;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Benchmarks;

/// <summary>What a reader's request costs that is not in the cache: twenty cards, and a feed of twenty whole articles.</summary>
[MemoryDiagnoser]
public class Listing
{
    private const int Archive = 1000;
    private static readonly Core.Listings.Listing Site = Core.Listings.Listing.Site;

    private string _folder = "";
    private WebApplication _site = null!;

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _folder = Directory.CreateTempSubdirectory("btw-benchmark-").FullName;
        _site = Web.Site.Builder([$"--Site:DataDirectory={_folder}", "--Site:BaseUrl=https://btw.example", "--Serilog:MinimumLevel:Default=Warning", "--applicationName=BlueTechWave.Web"]).Build();
        await using var scope = _site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        var now = _site.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        await db.Database.MigrateAsync();
        await DemoNewsroom.LoadAsync(db, now, TimeZoneInfo.Utc, new Progress<DemoProgress>());
        await GeneratedArchive.AddAsync(db, Archive, 0, now, TimeZoneInfo.Utc, new Progress<int>());
    }

    [GlobalCleanup]
    public async Task CloseAsync()
    {
        await _site.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public async Task<int> Twenty_cards()
    {
        await using var scope = _site.Services.CreateAsyncScope();
        return (await ArticleCard.ListAsync(scope.ServiceProvider.GetRequiredService<NewsDbContext>(), Site, 1, 20, CancellationToken.None)).Count;
    }

    [Benchmark]
    public Task<int> A_feed_in_RSS() => FeedAsync(FeedFormat.Rss);

    [Benchmark]
    public Task<int> A_feed_in_Atom() => FeedAsync(FeedFormat.Atom);

    [Benchmark]
    public Task<int> A_feed_in_JSON() => FeedAsync(FeedFormat.Json);

    private async Task<int> FeedAsync(FeedFormat format)
    {
        await using var scope = _site.Services.CreateAsyncScope();
        var all = scope.ServiceProvider;
        var desk = new FeedDesk(
            new DefaultHttpContext { RequestServices = all, Request = { Path = "/feed" } }, all.GetRequiredService<NewsDbContext>(),
            all.GetRequiredService<SiteFrames>(), all.GetRequiredService<SiteAddress>(), all.GetRequiredService<IOptions<SiteOptions>>(),
            all.GetRequiredService<IOptions<WebSubOptions>>(), all.GetRequiredService<FeedMoments>(), all.GetRequiredService<TimeProvider>());
        return format.Write(await ArticleFeeds.MakeAsync(desk, new(Site, null, null, To.Home))).Length;
    }
}
