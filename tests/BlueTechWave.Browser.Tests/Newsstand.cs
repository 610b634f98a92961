using System.Reflection;
using System.Runtime.CompilerServices;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Web;
using BlueTechWave.Web.Cli;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BlueTechWave.Browser.Tests.Newsstand))]

namespace BlueTechWave.Browser.Tests;

/// <summary>The paper with its demo newsroom, served once for all tests, and one browser in which they read it.</summary>
public sealed class Newsstand : IAsyncLifetime
{
    private static readonly string Chromium = Environment.GetEnvironmentVariable("BTW_TEST_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";

    private readonly string _data = Directory.CreateTempSubdirectory("btw-browser-tests-").FullName;
    private WebApplication? _site;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Scheme, host and port.</summary>
    public string Origin { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Chromium)) return;

        _site = Site.Build(Site.Builder(
        [
            "--environment=Development",
            "--applicationName=BlueTechWave.Web",
            $"--contentRoot={WebProject()}",
            "--urls=http://127.0.0.1:0",
            $"--Site:DataDirectory={_data}",
            "--Site:TimeZone=Europe/Berlin",
            "--RateLimits:CommentsPerMinute=1000",
            "--RateLimits:MessagesPerHour=1000",
            "--Serilog:MinimumLevel:Default=Warning",
        ]));
        await _site.PrepareStoreAsync();
        await _site.StartAsync();
        Origin = _site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A reader who has never been here: a browser context of their own, with one page in it.</summary>
    internal async Task<Reader> ReaderAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light, bool script = true, bool calm = true, string[]? permissions = null)
    {
        if (_browser is null)
        {
            var missing = $"There is no Chromium at {Chromium}. Install it, or name one in BTW_TEST_CHROMIUM.";
            if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
            Assert.Skip(missing);
        }

        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = Origin,
            ViewportSize = new() { Width = width, Height = 844 },
            ColorScheme = scheme,
            JavaScriptEnabled = script,
            ReducedMotion = calm ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
            Permissions = permissions,
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(20_000);
        return await Reader.SitDownAsync(context, Origin);
    }

    /// <summary>Where an article of the demo stands; some are dated by the day the demo is loaded.</summary>
    public async Task<string> AddressOfAsync(string slug)
    {
        // Whoever asks before sitting down is told at the reader's desk what is missing.
        if (_site is null) return "/";

        await using var scope = _site.Services.CreateAsyncScope();
        var article = await scope.ServiceProvider.GetRequiredService<NewsDbContext>().Set<Article>().AsNoTracking().SingleAsync(a => a.Slug == slug);
        return To.Article(article.Year!.Value, article.Month!.Value, slug);
    }

    /// <summary>The identities of an article of the demo and of its first revision, as the newsroom's addresses have them.</summary>
    internal async Task<(string Id, string Revision)> ArticleAsync(string slug)
    {
        if (_site is null) return ("", "");

        await using var scope = _site.Services.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<NewsDbContext>().Articles.Where(a => a.Slug == slug)
            .Select(a => new { a.Id, Revision = a.Revisions.Min(r => r.Id) }).SingleAsync();
        return ($"{found.Id}", $"{found.Revision}");
    }

    /// <summary>More comments that link to one host than are decided on at once.</summary>
    internal async Task<int> FloodAsync(string slug, string host)
    {
        if (_site is null) return 0;

        await using var scope = _site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NewsDbContext>();
        var (article, count) = (await db.Articles.Where(a => a.Slug == slug).Select(a => a.Id).SingleAsync(), Moderation.AtOnce + 20);
        for (var i = 0; i < count; i++) db.Add(new Comment(article, $"Boat {i}", $"boats@{host}", $"Number {i}: look at https://{host}/{i}", TimeProvider.System.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync();
        return count;
    }

    /// <summary>What was written to somebody last, as soon as it has left: without a mail server, letters are files.</summary>
    internal async Task<string> LetterAsync(string to)
    {
        for (var since = System.Diagnostics.Stopwatch.StartNew(); ; await Task.Delay(200))
        {
            Assert.True(since.Elapsed < TimeSpan.FromMinutes(2), $"Nothing was written to {to}.");
            var folder = new DirectoryInfo(Path.Combine(_data, "mail"));
            if (!folder.Exists) continue;
            foreach (var file in folder.GetFiles("*.eml").OrderByDescending(f => f.LastWriteTimeUtc))
            {
                using var letter = await MimeKit.MimeMessage.LoadAsync(file.FullName);
                if (letter.To.Mailboxes.Any(m => m.Address == to)) return letter.TextBody ?? "";
            }
        }
    }

    /// <summary>The same place under a name: a passkey belongs to one, never to a number.</summary>
    public string Named(string path) => Origin.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + path;

    /// <summary>Somebody who may sign in; the name is the test's own.</summary>
    internal async Task<(string Email, string Password)> HireAsync(Role role, string name)
    {
        const string Password = "correct horse battery staple";
        var email = $"{Core.Slug.From(name)}@btw.example";
        if (_site is null) return (email, Password);

        await using var scope = _site.Services.CreateAsyncScope();
        var hired = await scope.ServiceProvider.GetRequiredService<Hiring>().HireAsync(email, name, role, Password);
        Assert.Empty(hired.Errors);
        return (email, Password);
    }

    /// <summary>Somebody just hired for this, signed in at a browser of her own.</summary>
    internal async Task<Reader> ColleagueAsync(Role role, string name, int width = 1280, bool script = true)
    {
        var (email, password) = await HireAsync(role, name);
        var colleague = await ReaderAsync(width, script: script);
        await colleague.SignInAsync(email, password);
        return colleague;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
        if (_site is not null)
        {
            // Not cut off: its jobs write down what they have counted.
            await _site.StopAsync();
            await _site.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_data, recursive: true);
    }

    private static string WebProject([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../src/BlueTechWave.Web"));
}
