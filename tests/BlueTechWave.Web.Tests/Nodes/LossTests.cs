using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Tests.Pictures;
using BlueTechWave.Web.Tests.Newsroom;
using BlueTechWave.Web.Tests.Pictures;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BlueTechWave.Web.Tests.Nodes;

/// <summary>
/// The paper as the README sets it up: two nodes in processes of their own behind nginx, with Redis, PostgreSQL and S3. Each part is
/// lost in turn, while readers read and an editor saves.
/// </summary>
public partial class LossTests
{
    /// <summary>No page is older than this.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    /// <summary>Until the machine must have had time for everything.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Losing_any_part_loses_no_acknowledged_save_fails_no_cached_page_and_shows_nothing_older_than_promised()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var redis = await RedisServer.StartAsync();
        await using var bucket = await TestBucket.MakeAsync();
        using var s3 = Relay.To(new(bucket.Place.ServiceUrl));
        string[] pictures = ["Media:Provider=S3", $"Media:S3:ServiceUrl={s3.Address}", $"Media:S3:Bucket={bucket.Place.Bucket}", "Media:S3:AccessKey=tester", "Media:S3:SecretKey=s"];
        await Shelves.SetUpAsync(postgres.Connection);
        await using var site = await NewsSite.OpenLeftAsync(Store.Postgres, postgres.Connection, Directory.CreateTempSubdirectory("btw-site-").FullName, pictures);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await site.WriteAsync(noor, "Lap 0", a => a.Publish(site.Now, TimeZoneInfo.Utc));
        var path = NewsSite.AddressOf(await site.ArticleAsync(id));

        var mast = await site.PublishUnderAsync(noor, await site.PictureAsync(noor), "Masts return");
        var file = Bringing.Media(await site.Reader.PageAsync(mast))[0];
        var rooms = new[] { Directory.CreateTempSubdirectory("btw-node-"), Directory.CreateTempSubdirectory("btw-node-") };
        var ports = new[] { Front.FreePort(), Front.FreePort() };
        var nodes = await Task.WhenAll(StartAsync(0), StartAsync(1));
        try
        {
            await using var front = await Front.StartAsync(nodes[0].Address, nodes[1].Address);
            using var editor = noor.At(front.Address);
            Assert.Equal(HttpStatusCode.Redirect, (await editor.SignInAsync()).StatusCode);
            var race = new Race(editor, id, [path, "/", "/category/ai"], front.Address);

            foreach (var node in nodes) await race.WarmAsync(node.Address, Patience);
            await race.RunAsync("all is well");
            await race.AssertShownAsync(nodes[0].Address, nodes[1].Address);

            await race.RunAsync("one after the other is stopped and started again", async () =>
            {
                for (var node = 0; node < nodes.Length; node++)
                {
                    await nodes[node].TerminateAsync();
                    Assert.Equal(0, await nodes[node].EndAsync());
                    nodes[node].Dispose();
                    nodes[node] = await StartAsync(node);
                    await race.WarmAsync(nodes[node].Address, Patience);
                }
            }, mayBeCutOff: false);
            await race.AssertShownAsync(nodes[0].Address, nodes[1].Address);

            await race.RunAsync("a node is killed", Doing(nodes[0].Kill));
            nodes[0].Dispose();
            await race.AssertShownAsync(nodes[1].Address);
            nodes[0] = await StartAsync(0);
            await race.WarmAsync(nodes[0].Address, Patience);
            await race.RunAsync("it is back");
            await race.AssertShownAsync(nodes[0].Address, nodes[1].Address);

            await race.RunAsync("Redis is killed", Doing(redis.Die));
            await redis.ComeBackAsync();
            await race.RunAsync("Redis is back, empty");
            await race.AssertShownAsync(nodes[0].Address, nodes[1].Address);

            // What nobody has asked for since the last save is kept by nobody.
            foreach (var node in nodes) await race.WarmAsync(node.Address, Patience);
            await race.ReadAsync("PostgreSQL is killed", postgres.DieAsync);
            Assert.False(await race.SaveAsync(), "A save was acknowledged that nobody could keep.");
            await postgres.ComeBackAsync();
            await race.RunAsync("PostgreSQL is back");
            await race.AssertShownAsync(nodes[0].Address, nodes[1].Address);

            await race.RunAsync("S3 is lost", Doing(s3.Cut));
            using (var refused = await editor.BringAsync(("harbour.jpg", Photograph.Jpeg(240, 160, 2)))) Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            foreach (var node in nodes) Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(node.Address, file));
            s3.Mend();
            foreach (var node in nodes) Assert.Equal(HttpStatusCode.OK, await StatusAsync(node.Address, file));
            using (var brought = await editor.BringAsync(("harbour.jpg", Photograph.Jpeg(240, 160, 2)))) Assert.Equal(HttpStatusCode.SeeOther, brought.StatusCode);
            await race.RunAsync("S3 is back");
            await race.AssertShownAsync(nodes[0].Address, nodes[1].Address);

            NpgsqlConnection.ClearAllPools();
            race.AssertNothingLost(await site.AskAsync(db => db.Revisions.Where(r => r.ArticleId == id && r.Text != null).Select(r => r.Text!).ToListAsync()), await site.ArticleAsync(id));
        }
        finally
        {
            foreach (var node in nodes) node.Dispose();
            foreach (var room in rooms) room.Delete(recursive: true);
        }

        Task<RunningSite> StartAsync(int node) => RunningSite.StartAsync(site, [$"urls=http://127.0.0.1:{ports[node].ToString(CultureInfo.InvariantCulture)}",
            $"ConnectionStrings:Redis={redis.Address}", $"Site:DataDirectory={rooms[node].FullName}", "Load:DrainSeconds=2", "Backup:At=", .. pictures]);

        static async Task<HttpStatusCode> StatusAsync(Uri node, string path)
        {
            using var reader = new HttpClient { BaseAddress = node };
            return await reader.StatusAsync(path);
        }

        static Func<Task> Doing(Action act) => () =>
        {
            act();
            return Task.CompletedTask;
        };
    }

    /// <summary>An editor who counts laps in a headline, and readers who look which lap they are shown.</summary>
    private sealed partial class Race(Colleague editor, int article, string[] pages, Uri front)
    {
        private const int Readers = 3;
        private const int ReadsOfAPhase = 60;
        private const int SavesOfAPhase = 3;

        private readonly ConcurrentQueue<(int Lap, long At)> _acknowledged = new([(0, Stopwatch.GetTimestamp())]);
        private int _lap;

        /// <summary>Reads and saves; after a while something happens, and it goes on.</summary>
        /// <param name="mayBeCutOff">Whether a request may be left without an answer.</param>
        public async Task RunAsync(string phase, Func<Task>? happens = null, bool mayBeCutOff = true)
        {
            var refused = 0;
            using var over = new CancellationTokenSource();
            var saving = Task.Run(async () =>
            {
                while (!over.IsCancellationRequested) if (!await SaveAsync()) refused++;
            });
            await ReadAsync(phase, happens, SavesOfAPhase, mayBeCutOff);
            await over.CancelAsync();
            await saving;
            Assert.True(mayBeCutOff || refused == 0, $"{phase}: {refused} saves were not acknowledged.");
        }

        /// <returns>Whether it was acknowledged.</returns>
        public async Task<bool> SaveAsync()
        {
            var lap = ++_lap;
            try
            {
                using var answer = await editor.PressAsync(article, "Update", ("Headline", string.Create(CultureInfo.InvariantCulture, $"Lap {lap}")));
                if (answer.StatusCode != HttpStatusCode.SeeOther) return false;
                _acknowledged.Enqueue((lap, Stopwatch.GetTimestamp()));
                return true;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException or Xunit.Sdk.XunitException or NullReferenceException or InvalidOperationException)
            {
                // An error page, which has no form; or no answer at all.
                await Task.Delay(20);
                return false;
            }
        }

        /// <summary>Until enough was read, and saved, after it happened.</summary>
        public async Task ReadAsync(string phase, Func<Task>? happens = null, int saves = 0, bool mayBeCutOff = true)
        {
            var (read, wrong) = (0, new ConcurrentQueue<string>());
            using var over = new CancellationTokenSource();
            var reading = Enumerable.Range(0, Readers).Select(reader => Task.Run(async () =>
            {
                using var http = NewReader(front);
                for (var i = reader; !over.IsCancellationRequested; i++)
                {
                    if (await LookAsync(http, pages[i % pages.Length], mayBeCutOff) is { } why) wrong.Enqueue(why);
                    Interlocked.Increment(ref read);
                    await Task.Delay(5);
                }
            })).ToList();

            await UntilAsync(ReadsOfAPhase / 3, 0);
            if (happens is not null) await happens();
            await UntilAsync(ReadsOfAPhase, saves);
            await over.CancelAsync();
            await Task.WhenAll(reading);
            TestContext.Current.TestOutputHelper?.WriteLine($"{phase}: {read} pages read, lap {_lap}, {_acknowledged.Count} acknowledged");
            Assert.True(wrong.IsEmpty, $"{phase}: {string.Join("; ", wrong.Distinct().Take(5))}");

            async Task UntilAsync(int reads, int saved)
            {
                var (since, fromRead, fromSaved) = (Stopwatch.StartNew(), Volatile.Read(ref read), _acknowledged.Count);
                while (Volatile.Read(ref read) - fromRead < reads || _acknowledged.Count - fromSaved < saved)
                {
                    Assert.True(since.Elapsed < Patience, $"{phase}: only {read} pages were read, and lap {_acknowledged.Last().Lap} saved.");
                    await Task.Delay(10);
                }
            }
        }

        /// <summary>Until its cache has all of them.</summary>
        public async Task WarmAsync(Uri node, TimeSpan patience)
        {
            using var http = NewReader(node);
            http.DefaultRequestHeaders.Host = front.Authority;
            var since = Stopwatch.StartNew();
            foreach (var page in pages)
            {
                while (!await http.IsCachedAsync(page))
                    Assert.True(since.Elapsed < patience, $"{page} is not kept.");
            }
        }

        /// <summary>What was acknowledged last is on every page of these nodes in the time that is promised.</summary>
        public async Task AssertShownAsync(params Uri[] nodes)
        {
            var last = _acknowledged.Last().Lap;
            foreach (var node in nodes)
            {
                using var http = NewReader(node);
                http.DefaultRequestHeaders.Host = front.Authority;
                foreach (var page in pages) await TwoNodes.SoonAsync($"lap {last} on {page}", async () => LapOf(await http.TextAsync(page)) >= last);
            }
        }

        public void AssertNothingLost(IReadOnlyCollection<Core.Articles.Manuscript> history, Core.Articles.Article now)
        {
            var kept = history.Select(h => h.Headline).ToHashSet();
            var lost = _acknowledged.Skip(1).Where(a => !kept.Contains(string.Create(CultureInfo.InvariantCulture, $"Lap {a.Lap}"))).Select(a => a.Lap);
            Assert.Empty(lost);
            Assert.True(LapOf(now.Headline) >= _acknowledged.Last().Lap);
        }

        /// <returns>What is wrong with the page; null if nothing.</returns>
        private async Task<string?> LookAsync(HttpClient http, string page, bool mayBeCutOff)
        {
            // What had been acknowledged for as long as is promised when the page was asked for.
            var latest = _acknowledged.Where(a => Stopwatch.GetElapsedTime(a.At) > Promised).Select(a => a.Lap).DefaultIfEmpty(0).Max();
            try
            {
                using var answer = await http.GetAsync(page);
                if (answer.StatusCode != HttpStatusCode.OK) return $"{page} answers {(int)answer.StatusCode}";
                var shown = LapOf(await answer.Content.ReadAsStringAsync());
                return shown < latest ? $"{page} shows lap {shown}, and {latest} was saved long ago" : null;
            }
            catch (Exception e) when (mayBeCutOff && e is (HttpRequestException or IOException))
            {
                // Cut off in the middle by a node's death: a browser asks again.
                return null;
            }
        }

        private static int LapOf(string text) => Lap().Match(text) is { Success: true } lap ? int.Parse(lap.Groups[1].Value, CultureInfo.InvariantCulture) : -1;

        private static HttpClient NewReader(Uri at) => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = at, Timeout = TimeSpan.FromSeconds(30) };

        [GeneratedRegex("Lap ([0-9]+)")]
        private static partial Regex Lap();
    }
}
