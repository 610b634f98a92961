using System.Diagnostics;
using BlueTechWave.Core.Backups;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Tests.Pictures;
using BlueTechWave.Web.Backups;
using BlueTechWave.Web.Tests.Newsroom;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Backups;

/// <summary>A backup, a restore and a move in processes of their own, killed without a word in the middle.</summary>
public sealed class KilledBackupTests
{
    private const long LongPicture = 300 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory, EachStore]
    public async Task A_backup_that_is_killed_leaves_nothing_that_looks_whole(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishAsync("Robots learn to swim");
        await LongPictureAsync(site);
        var archive = Path.Combine(site.Folder, "paper.zip");

        await KillAsync(Operator.Of(site), ["backup", archive], () => Task.FromResult(LengthOf(archive + Backup.Unfinished) > 1 << 20));

        Assert.False(File.Exists(archive));
        await Assert.ThrowsAsync<BackupRefusedException>(() => BackupFile.OpenAsync(archive + Backup.Unfinished));
        Assert.Equal(["Robots learn to swim"], await HeadlinesAsync(Operator.Of(site)));

        // The next one takes its place, and in time what the copying of SQLite's file has left.
        foreach (var left in Directory.GetFiles(site.Folder, "btw.db.scratch-*")) File.SetLastWriteTimeUtc(left, DateTime.UnixEpoch);
        Assert.Equal(0, (await Operator.Of(site).DoAsync("backup", archive)).Code);
        Assert.Equal([archive], Directory.GetFiles(site.Folder, "paper.zip*"));
        Assert.Empty(Directory.GetFiles(site.Folder, "btw.db.scratch-*"));
    }

    [Theory, EachStore]
    public async Task The_papers_own_backup_that_is_killed_is_on_no_shelf_and_the_next_sweeps_it_away(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishAsync("Robots learn to swim");
        await LongPictureAsync(site);
        using var owner = await Colleague.ArriveAsync(site, Core.Accounts.Role.Owner, "Hanna Virtanen");
        var shelf = site.Services.GetRequiredService<BackupShelf>();
        using (var running = await RunningSite.StartAsync(site))
        {
            using var visitor = owner.At(running.Address);
            await visitor.SignInAsync();
            await visitor.PostAsync("/newsroom/settings/backups", [], "Back up now");
            await UntilAsync(() => Task.FromResult(Unfinished(site).Any(f => LengthOf(f) > 1 << 20)));
            running.Kill();
        }

        Assert.NotEmpty(Unfinished(site));
        Assert.Empty(shelf.All());
        Assert.Equal(["Robots learn to swim"], await HeadlinesAsync(Operator.Of(site)));

        Assert.True(await site.Services.GetRequiredService<Jobs.BackupKeeping>().MakeAsync(Core.Audit.Actor.System, TestContext.Current.CancellationToken));
        Assert.Empty(Unfinished(site));
        Assert.NotNull(Assert.Single(shelf.All()).ProvedAt);
    }

    [Theory, EachStore]
    public async Task A_restore_that_is_killed_at_any_moment_leaves_the_old_store_or_the_new_one_whole(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishAsync("Robots learn to swim");
        var archive = Path.Combine(site.Folder, "paper.zip");
        Assert.Equal(0, (await Operator.Of(site).DoAsync("backup", archive)).Code);
        await using var elsewhere = await Operator.ElsewhereAsync(store);
        Assert.Equal(0, (await elsewhere.DoAsync("migrate")).Code);
        var random = new Random(20240925);

        foreach (var late in (int[])[0, 40, 120, 300])
        {
            await KillAsync(elsewhere, ["restore", archive], async () => (await LeftoversAsync(elsewhere)).Count > 0, TimeSpan.FromMilliseconds(late + random.Next(40)));
            Assert.True(await HeadlinesAsync(elsewhere) is [] or ["Robots learn to swim"], "Neither the old one nor the new one.");
        }

        foreach (var left in store == Store.Sqlite ? await LeftoversAsync(elsewhere) : []) File.SetLastWriteTimeUtc(left, DateTime.UnixEpoch);
        Assert.Equal((0, ""), await CodeAsync(elsewhere, "restore", archive));
        Assert.Equal(["Robots learn to swim"], await HeadlinesAsync(elsewhere));
        Assert.Empty(await LeftoversAsync(elsewhere));
    }

    [Fact]
    public async Task A_move_that_is_killed_leaves_an_empty_store_and_is_begun_again()
    {
        Assert.SkipWhen(Postgres.WhyNot is not null, Postgres.WhyNot ?? "");
        await using var site = await NewsSite.OpenAsync();
        await site.PublishAsync("Robots learn to swim");
        var copy = Path.Combine(site.Folder, "left.db");
        await site.AskAsync(db => db.Database.ExecuteSqlAsync($"VACUUM INTO {copy}"));
        var left = new Operator(Store.Sqlite, $"Data Source={copy}", site.Folder);
        await using var server = await Operator.ElsewhereAsync(Store.Postgres);

        await KillAsync(left, ["store", "move", "--to", server.Connection], async () => (await LeftoversAsync(server)).Count > 0);

        Assert.Empty(await StorePlace.Of("Postgres", server.Connection).AppliedAsync(TestContext.Current.CancellationToken));
        Assert.Equal((0, ""), await CodeAsync(left, "store", "move", "--to", server.Connection));
        Assert.Equal(["Robots learn to swim"], await HeadlinesAsync(server));
        Assert.Empty(await LeftoversAsync(server));
    }

    /// <summary>An original that takes its time, and hardly any room.</summary>
    private static async Task LongPictureAsync(NewsSite site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var picture = (await scope.ServiceProvider.GetRequiredService<PictureLibrary>().AddAsync(scope.ServiceProvider.GetRequiredService<NewsDbContext>(), "reef.jpg", Photograph.Jpeg(60, 40), null, site.Now)).Picture;
        await using var original = File.Open(Directory.GetFiles(Path.Combine(site.Folder, "pictures"), picture.Original, SearchOption.AllDirectories).Single(), FileMode.Open);
        original.SetLength(LongPicture);
    }

    private static async Task KillAsync(Operator at, string[] words, Func<Task<bool>> inTheMiddle, TimeSpan? later = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "BlueTechWave.Web.dll"), .. at.Settled(words)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var verb = Process.Start(start)!;
        verb.BeginOutputReadLine();
        verb.BeginErrorReadLine();
        try
        {
            await UntilAsync(async () => await inTheMiddle() || verb.HasExited);
            if (later is { } wait) await Task.Delay(wait);
            else Assert.False(verb.HasExited, "It was done before it could be killed.");
        }
        finally
        {
            verb.Kill(entireProcessTree: true);
            await verb.WaitForExitAsync();
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var since = Stopwatch.StartNew(); !await isSo(); await Task.Delay(2)) Assert.True(since.Elapsed < Patience, "It never came so far.");
    }

    private static async Task<List<string>> HeadlinesAsync(Operator at)
    {
        await using var db = StorePlace.Of(at.Store.ToString(), at.Connection).Open();
        if (at.Store == Store.Sqlite) Assert.Equal("ok", await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").SingleAsync());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        return await db.Articles.Select(a => a.Headline).ToListAsync();
    }

    private static async Task<(int Code, string Refused)> CodeAsync(Operator at, params string[] words)
    {
        var (code, _, refused) = await at.DoAsync(words);
        return (code, refused);
    }

    private static long LengthOf(string file) => new FileInfo(file) is { Exists: true, Length: var length } ? length : 0;

    private static string[] Unfinished(NewsSite site) => Directory.Exists(Path.Combine(site.Folder, "backups")) ? Directory.GetFiles(Path.Combine(site.Folder, "backups"), "*" + Backup.Unfinished) : [];

    private static async Task<IReadOnlyList<string>> LeftoversAsync(Operator at)
    {
        if (at.Store == Store.Sqlite) return Directory.GetFiles(at.Folder, "*.scratch-*");
        await using var db = StorePlace.Of("Postgres", at.Connection).Open();
        return await db.Database.SqlQueryRaw<string>("SELECT nspname::text AS \"Value\" FROM pg_namespace WHERE nspname LIKE 'scratch%'").ToListAsync();
    }
}
