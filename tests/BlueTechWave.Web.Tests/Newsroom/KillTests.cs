using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Tests.Pictures;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Tests.Comments;
using BlueTechWave.Web.Tests.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>
/// The real site in a process of its own, killed at any moment while people save, comment, moderate and bring pictures, the schedule publishes and
/// followers are written to: what was acknowledged is there, no article is half published, and nobody is told of a comment twice.
/// </summary>
public class KillTests
{
    private const int Deaths = 4;
    private const int SavesOfALife = 12;
    private const string Ilse = "ilse@reader.example";
    private static readonly TimeSpan LastMoments = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>One way to save something by a form, again and again; each new act is another line here.</summary>
    /// <param name="OnceAsync">Presses the button; tells what must be found later, once it was acknowledged.</param>
    private sealed record Saver(string Name, Func<Colleague, int, Task<string?>> OnceAsync, Func<NewsSite, Task<IReadOnlyCollection<string>>> KeptAsync);

    [Theory, EachStore]
    public async Task Killing_the_site_at_any_moment_loses_no_acknowledged_save_and_leaves_nothing_half_published(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var draft = await site.WriteAsync(noor, "Cable cut");
        var typing = await site.WriteAsync(noor, "Cable mended");
        var category = await noor.CategoryAsync("AI");
        var discussed = await site.ArticleAsync(await site.WriteAsync(noor, "Cable discussed", a => a.Publish(site.Now, TimeZoneInfo.Utc)));
        await site.EditAsync(db =>
        {
            var follower = new Follower(discussed.Id, Ilse, site.Now);
            follower.Confirm(0, site.Now);
            db.Add(follower);
            return Task.CompletedTask;
        });
        Saver[] savers =
        [
            new("save", async (who, turn) =>
            {
                var headline = Named("Cable cut", turn);
                return await IsDoneAsync(who.PressAsync(draft, "Save draft", ("Headline", headline))) ? headline : null;
            }, KeptTextsAsync),
            new("publish", async (who, turn) =>
            {
                var headline = Named("Cable laid", turn);
                return await IsDoneAsync(who.PressAsync(0, "Publish", ("Headline", headline), ("KeyPoints", "It was laid."), ("CategoryId", category))) ? headline : null;
            }, KeptPublicAsync),
            new("autosave", async (who, turn) =>
            {
                // Each from a window of its own, so that each must still be there.
                var headline = Named("Cable mended", turn);
                var said = await who.AutosaveAsync(typing, await who.OpenAsync(typing), ("Headline", headline), ("key", Named("window", turn).Replace(' ', '-')), ("sequence", "1"), ("restored", ""));
                return said.GetProperty("kept").GetBoolean() ? headline : null;
            }, KeptTypingAsync),
            // Another node hands in what is due at once; the one that dies publishes it.
            new("schedule", async (_, turn) =>
            {
                var headline = Named("Due", turn);
                await site.WriteAsync(noor, headline, a => a.Schedule(site.Now, site.Now));
                await Task.Delay(100);
                return headline;
            }, KeptPublicAsync),
            new("comment", async (who, turn) =>
            {
                var words = Spoken(turn);
                return await IsDoneAsync(who.CommentAsync(discussed, words)) ? words : null;
            }, async at => (await at.CommentsAsync()).ConvertAll(c => c.Body)),
            new("picture", async (who, turn) =>
            {
                var name = $"{Named("mast", turn)}.jpg";
                return await IsDoneAsync(who.BringAsync((name, Photograph.Jpeg(240, 160, turn)))) ? name : null;
            }, _ => KeptPicturesAsync(site)),
            new("decide", async (who, turn) => await who.DecideAsync(turn % 3 == 0 ? "Reject" : "Approve"), KeptDecisionsAsync),
        ];

        var acknowledged = savers.ToDictionary(s => s.Name, _ => new ConcurrentBag<string>());
        var random = new Random(20240925);
        var turns = 0;
        for (var death = 0; death < Deaths; death++)
        {
            using var running = await RunningSite.StartAsync(site, "RateLimits:CommentsPerMinute=10000", "RateLimits:CommentsPerArticlePerMinute=10000", "Comments:LeastSeconds=0", "Comments:MailAfterSeconds=0");
            using var visitor = noor.At(running.Address);
            Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync()).StatusCode);
            using var over = new CancellationTokenSource();
            var saving = savers.Select(saver => Task.Run(async () =>
            {
                while (!over.IsCancellationRequested)
                {
                    try
                    {
                        if (await saver.OnceAsync(visitor, Interlocked.Increment(ref turns)) is { } kept) acknowledged[saver.Name].Add(kept);
                    }
                    catch (Exception e) when (e is HttpRequestException or IOException or SocketException or TaskCanceledException)
                    {
                        return;
                    }
                }
            })).ToList();

            // As many saves as it happens to live for, each kind among them; then death comes at any moment of the next.
            var enough = acknowledged.Values.Sum(a => a.Count) + random.Next(3, SavesOfALife);
            for (var since = Stopwatch.StartNew(); acknowledged.Values.Sum(a => a.Count) < enough || acknowledged.Values.Any(a => a.IsEmpty) || await ToldAsync(site) == 0;)
            {
                Assert.True(since.Elapsed < Patience, $"Saved: {string.Join(", ", acknowledged.Select(a => $"{a.Key} {a.Value.Count}"))}");
                if (saving.Find(s => s.IsFaulted) is { } failed) await failed;
                await Task.Delay(10);
            }

            await Task.Delay(LastMoments * random.NextDouble());
            running.Kill();
            await over.CancelAsync();
            await Task.WhenAll(saving);
            await AssertWholeAsync(site);
        }

        // Opened once more, everything that was due is out, and every follower has heard of everything.
        await using var opened = await site.OpenAgainAsync(TimeProvider.System.GetUtcNow() - site.Clock.GetUtcNow() + TimeSpan.FromMinutes(2));
        await opened.Services.GetRequiredService<DiscussionKeeping>().TellAsync();
        await AssertWholeAsync(opened);
        Assert.Equal(await opened.AskAsync(db => db.Comments.Visible().CountAsync()), await ToldAsync(opened));
        foreach (var saver in savers)
        {
            var kept = await saver.KeptAsync(opened);
            Assert.NotEmpty(acknowledged[saver.Name]);
            Assert.Empty(acknowledged[saver.Name].Except(kept));
        }

        await AssertPicturesWholeAsync(site);
    }

    /// <summary>Whatever was being brought or cut is brought and cut, and after a sweep no file is left that nobody names.</summary>
    private static async Task AssertPicturesWholeAsync(NewsSite site)
    {
        await site.CutAsync();
        // An hour later at the store, which goes by the clock of its volume.
        var incoming = new DirectoryInfo(Path.Combine(site.Folder, "pictures", ".incoming"));
        if (incoming.Exists) foreach (var file in incoming.GetFiles()) file.LastWriteTimeUtc = file.LastWriteTimeUtc.AddHours(-2);
        await site.AskAsync(db => site.Services.GetRequiredService<PictureLibrary>().SweepAsync(db, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(2)));
        var pictures = await site.AskAsync(db => db.Pictures.AsNoTracking().ToListAsync());
        Assert.All(pictures, p => Assert.True(p.IsShown, $"{p.Name} is not cut."));
        Assert.Equal(pictures.SelectMany(p => new[] { p.Original, Developed.DeskOf(p.Hash), ContactSheet.NameOf(p.Key) }).Distinct().Order(), site.Files().Order());
    }

    /// <summary>Published ⇔ listed ⇔ found by search ⇔ in the history ⇔ in the log.</summary>
    private static async Task AssertWholeAsync(NewsSite site)
    {
        var published = await site.AskAsync(db => db.Articles.Where(a => a.Status == ArticleStatus.Published).Select(a => a.Id).Order().ToListAsync());
        Assert.Equal(published, await site.AskAsync(db => db.ListingEntries.In(Listing.Site).Select(e => e.ArticleId).Order().ToListAsync()));
        Assert.Equal(published, await site.AskAsync(db => db.Revisions.Where(r => r.Act == ArticleAct.Published).Select(r => r.ArticleId).Order().ToListAsync()));
        Assert.Equal(published.Count, await site.AskAsync(db => db.Audit.CountAsync(e => e.Subject == "Article" && e.Act.Contains("Published"))));
        Assert.Equal(0, await site.AskAsync(db => db.Articles.CountAsync(a => a.CommentCount != db.Comments.Count(c => c.ArticleId == a.Id && c.State == CommentState.Approved))));
        Assert.Equal(0, await site.AskAsync(db => db.Comments.CountAsync(c => c.State != CommentState.Pending && db.CommentDecisions.Count(d => d.CommentId == c.Id && d.To == c.State) != 1)));
        Assert.Equal(new StoreFindings(0, 0, 0), await site.AskAsync(db => StoreCheck.MendAsync(db)));
        Assert.Equal(0, await site.AskAsync(db => db.Articles.CountAsync(a => !db.Revisions.Any(r => r.ArticleId == a.Id && r.Version == a.Version))));
    }

    /// <summary>Of how many comments the follower has been written to, by how many each letter says it is of.</summary>
    private static async Task<int> ToldAsync(NewsSite site)
    {
        var letters = await site.AskAsync(db => db.OutgoingMails.AsNoTracking().Where(m => m.To == Ilse).Select(m => m.Subject).ToListAsync());
        return letters.Sum(subject => subject.StartsWith("A new comment ", StringComparison.Ordinal) ? 1 : int.Parse(subject.Split(' ')[0], CultureInfo.InvariantCulture));
    }

    /// <summary>Told from all others by its letters: what says the same twice is refused.</summary>
    private static string Spoken(int turn) => $"They call it {string.Concat(turn.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('a' + digit - '0')))}.";

    private static async Task<IReadOnlyCollection<string>> KeptDecisionsAsync(NewsSite site) =>
        (await site.AskAsync(db => db.Comments.Where(c => db.CommentDecisions.Any(d => d.CommentId == c.Id && d.To == c.State && d.AccountId != null)).Select(c => new { c.Id, c.State }).ToListAsync()))
        .ConvertAll(c => FormattableString.Invariant($"{c.Id} {c.State}"));

    private static string Named(string what, int turn) => string.Create(CultureInfo.InvariantCulture, $"{what} {turn}");

    private static async Task<IReadOnlyCollection<string>> KeptTextsAsync(NewsSite site) =>
        (await site.AskAsync(db => db.Revisions.Where(r => r.Text != null).Select(r => r.Text!).ToListAsync())).ConvertAll(t => t.Headline);

    private static async Task<IReadOnlyCollection<string>> KeptTypingAsync(NewsSite site) =>
        (await site.AskAsync(db => db.WorkingCopies.Select(c => c.Text).ToListAsync())).ConvertAll(t => t.Headline);

    private static async Task<IReadOnlyCollection<string>> KeptPublicAsync(NewsSite site) =>
        await site.AskAsync(db => db.Articles.Published().Select(a => a.Headline).ToListAsync());

    /// <summary>With the file itself: a row alone shows nobody anything.</summary>
    private static async Task<IReadOnlyCollection<string>> KeptPicturesAsync(NewsSite site) =>
        (await site.AskAsync(db => db.Pictures.AsNoTracking().ToListAsync())).FindAll(p => site.Files().Contains(p.Original)).ConvertAll(p => p.Name);

    private static async Task<bool> IsDoneAsync(Task<HttpResponseMessage> press)
    {
        using var answer = await press;
        return answer.StatusCode == HttpStatusCode.SeeOther;
    }
}

/// <summary>The built site, run as whoever installs it runs it: a process that can die.</summary>
internal sealed partial class RunningSite : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;

    private RunningSite(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<RunningSite> StartAsync(NewsSite site, params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])
        [
            Path.Combine(AppContext.BaseDirectory, "BlueTechWave.Web.dll"), "serve", "--urls=http://127.0.0.1:0", "--environment=Production", $"--contentRoot={Checkout.Web}",
            "--Serilog:MinimumLevel:Default=Error", "--Serilog:MinimumLevel:Override:Microsoft=Error", "--Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime=Information",
            $"--Site:DataDirectory={site.Folder}", $"--Store:Provider={site.Store}", $"--ConnectionStrings:Store={site.Connection}",
            .. settings.Select(s => "--" + s),
        ]) start.ArgumentList.Add(argument);

        var process = Process.Start(start) ?? throw new InvalidOperationException("The site did not start.");
        // The port is the system's choice: any chosen here could be somebody else's a moment later.
        var (said, listens) = (new ConcurrentQueue<string>(), new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously));
        void Hear(object sender, DataReceivedEventArgs line)
        {
            said.Enqueue(line.Data ?? "");
            if (Listening().Match(line.Data ?? "") is { Success: true } found) listens.TrySetResult(new(found.Groups[1].Value));
        }

        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await Task.WhenAny(listens.Task, process.WaitForExitAsync()).WaitAsync(Patience);
            Assert.True(listens.Task.IsCompletedSuccessfully, $"The site stopped at once.\n{string.Join('\n', said)}");
            return new RunningSite(process, await listens.Task);
        }
        catch
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Without a word: SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>As whoever looks after it stops it: SIGTERM.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <returns>With what it has ended.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
