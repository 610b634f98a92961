using System.IO.Compression;

using System.Text.Json;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Backups;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Tests.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Backups;

/// <summary>Everything the paper has, in one file and back.</summary>
public sealed class BackupTests
{
    private const string Address = "Site:BaseUrl=https://paper.example";

    [Theory, EachStore]
    public async Task A_paper_that_is_written_to_all_the_while_comes_back_elsewhere_as_it_was(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, Address);
        var archive = Path.Combine(site.Folder, "paper.zip");

        // A colleague saves until the backup is whole.
        var (saved, acknowledged) = (0, 0);
        var isDone = false;
        var writer = Task.Run(async () =>
        {
            while (!Volatile.Read(ref isDone))
            {
                await site.PublishAsync($"Dispatch number {saved + 1}");
                Interlocked.Increment(ref saved);
            }
        }, TestContext.Current.CancellationToken);
        while (Volatile.Read(ref saved) < 5) await Task.Delay(5, TestContext.Current.CancellationToken);
        acknowledged = Volatile.Read(ref saved);
        var made = await Operator.Of(site).DoAsync("backup", archive);
        Volatile.Write(ref isDone, true);
        await writer;
        Assert.Equal((0, ""), (made.Code, made.Refused));
        Assert.True(saved > acknowledged, "Nobody wrote while the backup was made.");

        await using var elsewhere = await Operator.ElsewhereAsync(store);
        var restored = await elsewhere.DoAsync("restore", archive);
        Assert.Equal((0, ""), (restored.Code, restored.Refused));

        await using (var other = await NewsSite.OpenLeftAsync(store, elsewhere.Connection, Directory.CreateTempSubdirectory("btw-node-").FullName))
        {
            var headlines = await other.AskAsync(db => db.Articles.Select(a => a.Headline).ToListAsync());
            foreach (var number in Enumerable.Range(1, acknowledged)) Assert.Contains($"Dispatch number {number}", headlines);
            Assert.Equal(headlines.Count, await other.AskAsync(db => db.Articles.Published().CountAsync()));
            Assert.Equal((0, 0), await BrokenAsync(other));
        }
    }

    /// <summary>A file that is none any more; a server that is not there.</summary>
    [Theory, EachStore]
    public async Task A_store_that_cannot_be_used_stops_the_start_with_one_line_that_says_what_to_do(Store store)
    {
        var folder = Directory.CreateTempSubdirectory("btw-elsewhere-").FullName;
        var file = Path.Combine(folder, "btw.db");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("not a store ", 4000)), TestContext.Current.CancellationToken);
        await using var there = new Operator(store, store == Store.Sqlite ? $"Data Source={file};Pooling=false" : "Host=127.0.0.1;Port=1;Database=none;Timeout=2", folder);

        var (code, _, refused) = await there.DoAsync("serve");

        Assert.Equal(1, code);
        Assert.Matches("^The store cannot be used: [^\n]+ restore a backup.\n$", refused);
    }

    [Theory, EachStore]
    public async Task Readers_find_every_page_as_it_was_and_the_numbering_goes_on(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, Address);
        var article = await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]);
        await site.CommentAsync(article, Core.Comments.CommentState.Approved, "I was there.");
        await site.PublishManyAsync(5);
        var gone = await site.DraftAsync("Robots learn to sink");
        await site.EditAsync(db => db.Articles.Where(a => a.Id == gone.Id).ExecuteDeleteAsync());
        var archive = Path.Combine(site.Folder, "paper.zip");
        await using var elsewhere = await Operator.ElsewhereAsync(store);

        Assert.Equal(0, (await Operator.Of(site).DoAsync("backup", archive)).Code);
        Assert.Equal(0, (await elsewhere.DoAsync("restore", archive)).Code);

        await using var other = await NewsSite.OpenLeftAsync(store, elsewhere.Connection, elsewhere.Folder, Address);
        foreach (var page in new[] { "/", NewsSite.AddressOf(article), "/author/lina-moreau", "/about", "/tag/robots", "/category/ai", "/archives", "/search?q=robots", "/feed", "/sitemap.xml" })
            Assert.Equal(await site.Reader.TextAsync(page), await other.Reader.TextAsync(page));

        // What is written next takes nobody's number, not even that of what was removed.
        var next = await other.PublishAsync("Robots learn to dive");
        Assert.True(next.Id > gone.Id);
        Assert.Contains("Robots learn to dive", await other.Reader.TextAsync("/search?q=dive"));
        Assert.Equal((0, 0), await BrokenAsync(other));
    }

    [Theory, EachStore]
    public async Task What_the_archive_holds_is_counted_hashed_and_nobody_elses_to_read(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishAsync("Robots learn to swim");
        await PictureAsync(site);
        var archive = Path.Combine(site.Folder, "paper.zip");

        Assert.Equal(0, (await Operator.Of(site).DoAsync("backup", archive)).Code);

        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(archive));
        Assert.False(File.Exists(archive + ".partial"));
        await using var zip = await ZipFile.OpenReadAsync(archive, TestContext.Current.CancellationToken);
        Assert.Equal("manifest.json", zip.Entries[^1].FullName);
        await using var json = await zip.Entries[^1].OpenAsync(TestContext.Current.CancellationToken);
        var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(json, BackupManifest.Json, TestContext.Current.CancellationToken);
        Assert.Equal((store.ToString(), 1L, 1L), (manifest!.Provider, manifest.Tables["Articles"], manifest.Tables["Pictures"]));
        Assert.Equal(await site.AskAsync(async db => (await db.Database.GetAppliedMigrationsAsync()).Last()), manifest.Migration);
        Assert.Equal(1L, manifest.Tables["SiteKeys"]);
        Assert.Equal(3, manifest.Entries.Count(e => e.Name.StartsWith("pictures/", StringComparison.Ordinal)));

        var again = await Operator.Of(site).DoAsync("backup", archive);
        Assert.Equal((1, 1), (again.Code, again.Refused.Trim().Split('\n').Length));
    }

    [Fact]
    public async Task Pictures_come_back_from_disk_and_bucket_wherever_they_are_missing_or_damaged()
    {
        await using var site = await NewsSite.OpenAsync();
        var names = await PictureAsync(site);
        var archive = Path.Combine(site.Folder, "paper.zip");
        Assert.Equal(0, (await Operator.Of(site).DoAsync("backup", archive)).Code);

        await using var elsewhere = await Operator.ElsewhereAsync(Store.Sqlite);
        Assert.Contains("3 files of pictures were missing", (await elsewhere.DoAsync("restore", archive)).Said);
        var disk = new DiskPictureStore(Path.Combine(elsewhere.Folder, "pictures"));
        await disk.PutAsync(names[0], new MemoryStream(new byte[(int)(await disk.LengthAsync(names[0]))!]), "");
        Assert.Contains("1 files of pictures were missing", (await elsewhere.DoAsync("restore", archive)).Said);
        Assert.Contains("0 files of pictures were missing", (await elsewhere.DoAsync("restore", archive)).Said);

        await using var bucket = await TestBucket.MakeAsync();
        var s3 = new[] { "--Media:Provider=S3", $"--Media:S3:ServiceUrl={bucket.Place.ServiceUrl}", $"--Media:S3:Bucket={bucket.Place.Bucket}", $"--Media:S3:AccessKey={bucket.Place.AccessKey}", $"--Media:S3:SecretKey={bucket.Place.SecretKey}" };
        Assert.Contains("3 files of pictures were missing", (await elsewhere.DoAsync(["restore", archive, .. s3])).Said);
        var second = Path.Combine(site.Folder, "second.zip");
        Assert.Contains("3 files of pictures are in", (await elsewhere.DoAsync(["backup", second, .. s3])).Said);
    }

    /// <summary>Cut off anywhere, or with one bit that is another.</summary>
    [Theory, EachStore]
    public async Task A_damaged_backup_is_refused_in_one_line_and_nothing_is_changed(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishAsync("Robots learn to swim");
        await PictureAsync(site);
        var archive = Path.Combine(site.Folder, "paper.zip");
        Assert.Equal(0, (await Operator.Of(site).DoAsync("backup", archive)).Code);
        var whole = await File.ReadAllBytesAsync(archive, TestContext.Current.CancellationToken);
        var random = new Random(20240925);
        int[] places = [0, 1, whole.Length - 1, whole.Length - 64, whole.Length - 65, whole.Length - 90, .. Enumerable.Range(0, 45).Select(_ => random.Next(whole.Length))];
        var damaged = Path.Combine(site.Folder, "damaged.zip");

        foreach (var at in places)
        {
            await File.WriteAllBytesAsync(damaged, whole[..at], TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<BackupRefusedException>(() => BackupFile.OpenAsync(damaged));
            var other = whole.ToArray();
            other[at] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(damaged, other, TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<BackupRefusedException>(() => BackupFile.OpenAsync(damaged));
        }

        await using var elsewhere = await Operator.ElsewhereAsync(store);
        Assert.Equal(0, (await elsewhere.DoAsync("restore", archive)).Code);
        var refused = await elsewhere.DoAsync("restore", damaged);
        Assert.Equal((1, ""), (refused.Code, refused.Said));
        Assert.Contains("is no whole backup", Assert.Single(refused.Refused.Trim().Split('\n')));
        await using var other2 = await NewsSite.OpenLeftAsync(store, elsewhere.Connection, elsewhere.Folder);
        Assert.Equal(1, await other2.AskAsync(db => db.Articles.CountAsync()));
    }

    [Theory, EachStore]
    public async Task A_restore_waits_for_nobody_and_can_be_taken_back(Store store)
    {
        await using var elsewhere = await Operator.ElsewhereAsync(store);
        Assert.Equal(0, (await elsewhere.DoAsync("migrate")).Code);
        var archive = Path.Combine(elsewhere.Folder, "paper.zip");
        await using (var site = await NewsSite.OpenAsync(store))
        {
            await site.PublishAsync("Robots learn to swim");
            Assert.Equal(0, (await Operator.Of(site).DoAsync("backup", archive)).Code);
            await site.PublishAsync("Robots learn to dive");

            var served = await Operator.Of(site).DoAsync("restore", archive);
            Assert.Equal(1, served.Code);
            Assert.Contains("stop it, then restore", Assert.Single(served.Refused.Trim().Split('\n')));
            Assert.Equal(2, await site.AskAsync(db => db.Articles.CountAsync()));
        }

        Assert.Contains("restore --back takes it back", (await elsewhere.DoAsync("restore", archive)).Said);
        Assert.Equal(1, await ArticlesAsync(elsewhere));
        Assert.Equal(0, (await elsewhere.DoAsync("restore", "--back")).Code);
        Assert.Equal(0, await ArticlesAsync(elsewhere));
        Assert.Contains("1 states of before were removed", (await elsewhere.DoAsync("restore", "--forget")).Said);
        Assert.Equal(1, (await elsewhere.DoAsync("restore", "--back")).Code);
        Assert.Equal(1, (await elsewhere.DoAsync("restore")).Code);
        Assert.Equal(1, (await elsewhere.DoAsync("restore", Path.Combine(elsewhere.Folder, "none.zip"))).Code);

        async Task<int> ArticlesAsync(Operator at)
        {
            var db = Core.Data.StorePlace.Of(store.ToString(), at.Connection).Open();
            await using (db) return await db.Articles.CountAsync();
        }
    }

    [Theory, EachStore]
    public async Task A_backup_of_another_kind_of_store_or_a_newer_version_is_refused(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var archive = Path.Combine(site.Folder, "paper.zip");
        await site.AskAsync(db => db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('20991231000000_Telepathy', '99.0.0')"));
        Assert.Equal(0, (await Operator.Of(site).DoAsync("backup", archive)).Code);

        await using var elsewhere = await Operator.ElsewhereAsync(Store.Sqlite);
        Assert.Contains(store == Store.Sqlite ? "20991231000000_Telepathy is not known here" : "Store:Provider is Sqlite here", (await elsewhere.DoAsync("restore", archive)).Refused);
        Assert.Contains("20991231000000_Telepathy is not known here", (await Operator.Of(site).DoAsync("migrate")).Refused);
    }

    /// <summary>Rows that belong to nothing, and what SQLite says of its file.</summary>
    private static async Task<(int Keys, int Pages)> BrokenAsync(NewsSite site) => site.Store == Store.Postgres ? (0, 0) : await site.AskAsync(async db =>
    (
        await db.Database.SqlQueryRaw<int>("SELECT count(*) AS Value FROM pragma_foreign_key_check").SingleAsync(),
        await db.Database.SqlQueryRaw<int>("SELECT count(*) AS Value FROM pragma_integrity_check WHERE integrity_check <> 'ok'").SingleAsync()
    ));

    private static async Task<string[]> PictureAsync(NewsSite site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var library = scope.ServiceProvider.GetRequiredService<PictureLibrary>();
        var picture = (await library.AddAsync(scope.ServiceProvider.GetRequiredService<Core.Data.NewsDbContext>(), "reef.jpg", Photograph.Jpeg(60, 40), null, site.Now)).Picture;
        await site.Services.GetRequiredService<Jobs.PictureKeeping>().PrintAsync();
        return [picture.Original, Developed.DeskOf(picture.Hash), ContactSheet.NameOf(picture.Key)];
    }
}
