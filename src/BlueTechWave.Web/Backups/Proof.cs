using System.Diagnostics.Metrics;
using System.Net;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Backups;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Watching;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BlueTechWave.Web.Backups;

/// <summary>
/// Proves that the paper comes back from a backup: looks it through, restores its store beside the one in use, counts it, and
/// has readers' pages made from it by the site's own code. Nothing of it is seen by readers, sent or kept.
/// </summary>
public sealed class Proof(StorePlace place, DataFolder folder, IConfiguration configuration, IHostEnvironment environment, TimeProvider clock)
{
    private const string Room = ".proof-";

    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <returns>The pages that were made.</returns>
    /// <exception cref="BackupRefusedException">It is not whole, or a page could not be made from it.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(string path, IProgress<BackupProgress>? progress = null, CancellationToken cancellation = default)
    {
        Sweep();
        var room = Path.Combine(folder.Path, $"{Room}{Guid.NewGuid():n}");
        try
        {
            await using var file = await BackupFile.OpenAsync(path, progress, cancellation);
            await using var scratch = await Restore.LoadAsync(place, file, progress, cancellation);
            progress?.Report(new("Making pages from it", 0, 1, 0));
            return await ReadAsync(scratch, Directory.CreateDirectory(room).FullName, cancellation);
        }
        finally
        {
            if (Directory.Exists(room)) Directory.Delete(room, recursive: true);
        }
    }

    /// <summary>What somebody left who was killed.</summary>
    private void Sweep()
    {
        if (!Directory.Exists(folder.Path)) return;
        foreach (var left in Directory.EnumerateDirectories(folder.Path, Room + "*"))
            if (TimeProvider.System.GetUtcNow() - Directory.GetLastWriteTimeUtc(left) > Abandoned) Directory.Delete(left, recursive: true);
    }

    private async Task<IReadOnlyList<string>> ReadAsync(ScratchStore scratch, string room, CancellationToken cancellation)
    {
        await using var app = Open(scratch, room);
        Site.UsePipeline(app);
#pragma warning disable ASP0014 // There is no server to add them by itself.
        app.UseEndpoints(_ => { });
#pragma warning restore ASP0014
        var site = ((IApplicationBuilder)app).Build();

        List<string> pages = [];
        await MakeAsync("/", null);
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        var newest = await db.Articles.AsNoTracking().Published().OrderByDescending(a => a.PublishedAt).ThenByDescending(a => a.Id)
            .Select(a => new { Year = a.Year!.Value, Month = a.Month!.Value, a.Slug, a.Headline, a.CategoryId }).FirstOrDefaultAsync(cancellation);
        if (newest is null) return pages;

        var address = To.Article(newest.Year, newest.Month, newest.Slug);
        await MakeAsync(address, newest.Headline);
        if (newest.CategoryId is { } category) await MakeAsync(To.Category((await CategoryPaths.OfAsync(db))[category]), address);
        await MakeAsync("/search?q=" + Uri.EscapeDataString(newest.Headline), address);
        return pages;

        async Task MakeAsync(string page, string? mustSay)
        {
            var (status, text) = await AskAsync(app.Services, site, page);
            if (status != StatusCodes.Status200OK) throw new BackupRefusedException($"{page} answers {status} when it is made from this backup.");
            if (mustSay is not null && !WebUtility.HtmlDecode(text).Contains(mustSay, StringComparison.Ordinal)) throw new BackupRefusedException($"{page}, made from this backup, does not show {mustSay}.");
            pages.Add(page);
        }
    }

    /// <summary>The same site over the other store, without its jobs: it sends no letter and publishes nothing.</summary>
    private WebApplication Open(ScratchStore scratch, string room)
    {
        var builder = Site.Builder(
        [
            .. configuration.AsEnumerable().Where(setting => setting.Value is not null).Select(setting => $"--{setting.Key}={setting.Value}"),
            $"--environment={environment.EnvironmentName}",
            $"--contentRoot={environment.ContentRootPath}",
            $"--applicationName={environment.ApplicationName}",
            $"--Site:DataDirectory={room}",
            $"--ConnectionStrings:Store={scratch.Connection}",
            "--Serilog:MinimumLevel:Default=Error",
        ]);
        builder.Services.RemoveAll<IHostedService>();
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<IMeterFactory, Unmeasured>();
        return builder.Build();
    }

    private static async Task<(int Status, string Text)> AskAsync(IServiceProvider services, RequestDelegate site, string page)
    {
        using var body = new MemoryStream();
        var features = new FeatureCollection();
        var (path, query) = page.Split('?', 2) is [var before, var after] ? (before, "?" + after) : (page, "");
        features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            Method = HttpMethods.Get,
            Scheme = "http",
            Protocol = "HTTP/1.1",
            Path = Uri.UnescapeDataString(path),
            QueryString = query,
            Headers = new HeaderDictionary { ["Host"] = "localhost" },
        });
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        var factory = services.GetRequiredService<IHttpContextFactory>();
        var http = factory.Create(features);
        try
        {
            await site(http);
            await http.Response.CompleteAsync();
            return (http.Response.StatusCode, System.Text.Encoding.UTF8.GetString(body.ToArray()));
        }
        finally
        {
            factory.Dispose(http);
        }
    }
}
