using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BlueTechWave.Web.Tests.Backups;

/// <summary>A store of before is brought up to date wholly or not at all.</summary>
public sealed class UpgradeTests
{
    private const string Before = "SavedViews";

    [Theory, EachStore]
    public async Task A_migration_that_fails_half_way_leaves_the_store_as_it_was_and_stops_the_start(Store store)
    {
        await using var machine = await OfBeforeAsync(store);
        // The last of those that wait finds something in its place.
        await DoAsync(machine, store, "CREATE TABLE \"ImportedItems\" (\"Odd\" integer)");
        var before = await AppliedAsync(machine, store);

        foreach (var words in new string[][] { ["migrate"], ["serve", "--urls=http://127.0.0.1:0"], ["migrate", "--dry-run"] })
        {
            // On PostgreSQL a copy has what is ours, and nothing else that stands in the way.
            if (store == Store.Postgres && words.Contains("--dry-run")) continue;
            var refused = await machine.DoAsync(words);
            Assert.Equal(1, refused.Code);
            var line = Assert.Single(refused.Refused.Trim().Split('\n'));
            Assert.Contains("_Imports failed", line);
            Assert.True(File.Exists(line[(line.LastIndexOf(": ", StringComparison.Ordinal) + 2)..]), line);
            Assert.Equal(before, await AppliedAsync(machine, store));
        }

        Assert.Equal(["Robots learn to swim"], await HeadlinesAsync(machine, store));
        if (store == Store.Sqlite) Assert.Empty(Directory.GetFiles(machine.Folder, "btw.db.scratch-*"));

        await DoAsync(machine, store, "DROP TABLE \"ImportedItems\"");
        Assert.Equal(0, (await machine.DoAsync("migrate")).Code);
        Assert.Equal(["Robots learn to swim"], await HeadlinesAsync(machine, store));
    }

    [Theory, EachStore]
    public async Task A_dry_run_says_what_would_happen_and_changes_nothing(Store store)
    {
        await using var machine = await OfBeforeAsync(store);
        var before = await AppliedAsync(machine, store);

        var said = await machine.DoAsync("migrate", "--dry-run");

        Assert.Equal((0, ""), (said.Code, said.Refused));
        Assert.Contains("_Pictures", said.Said);
        Assert.Contains("Pictures: not there before, 0 rows after", said.Said);
        Assert.Contains("Nothing was changed.", said.Said);
        Assert.Equal(before, await AppliedAsync(machine, store));

        Assert.Contains($"Applied {(await KnownAsync(machine, store)).Count - before.Count}.", (await machine.DoAsync("migrate")).Said);
        Assert.Contains("The store is up to date.", (await machine.DoAsync("migrate", "--dry-run")).Said);
    }

    [Theory, EachStore]
    public async Task A_backup_of_before_is_restored_and_brought_up_to_date(Store store)
    {
        await using var machine = await OfBeforeAsync(store);
        var archive = Path.Combine(machine.Folder, "old.zip");
        Assert.Equal(0, (await machine.DoAsync("backup", archive)).Code);
        await using var elsewhere = await Operator.ElsewhereAsync(store);

        Assert.Contains("Brought up to date:", (await elsewhere.DoAsync("restore", archive)).Said);

        Assert.Equal(await KnownAsync(machine, store), await AppliedAsync(elsewhere, store));
        await using var site = await NewsSite.OpenLeftAsync(store, elsewhere.Connection, elsewhere.Folder);
        Assert.Contains("Robots learn to swim", await site.Reader.TextAsync("/search?q=swim"));
    }

    [Fact]
    public async Task After_an_upgrade_the_store_of_before_can_be_taken_back()
    {
        await using var machine = await OfBeforeAsync(Store.Sqlite);
        var before = await AppliedAsync(machine, Store.Sqlite);

        Assert.Contains("restore --back takes it back", (await machine.DoAsync("migrate")).Said);
        Assert.NotEqual(before, await AppliedAsync(machine, Store.Sqlite));
        Assert.Equal(0, (await machine.DoAsync("restore", "--back")).Code);

        Assert.Equal(before, await AppliedAsync(machine, Store.Sqlite));
        Assert.Equal(["Robots learn to swim"], await HeadlinesAsync(machine, Store.Sqlite));
    }

    /// <summary>A machine with a paper of some versions ago.</summary>
    private static async Task<Operator> OfBeforeAsync(Store store)
    {
        var machine = await Operator.ElsewhereAsync(store);
        Assert.Equal(0, (await machine.DoAsync("migrate")).Code);
        await using (var site = await NewsSite.OpenLeftAsync(store, machine.Connection, Directory.CreateTempSubdirectory("btw-node-").FullName))
            await site.EditAsync(db =>
            {
                var (category, author) = (new Core.Categories.Category("AI"), new Core.Authors.Author("Lina Moreau", "BTW reporter"));
                var article = new Core.Articles.Article("Robots learn to swim", site.Now);
                article.Write(new("Robots learn to swim", ["They do."], "It happened on Wednesday."), site.Now);
                article.FileUnder(category);
                article.Sign(author);
                article.Publish(site.Now, TimeZoneInfo.Utc);
                db.Add(article);
                return Task.CompletedTask;
            });
        await using var db = Open(machine, store);
        await db.GetService<IMigrator>().MigrateAsync(Before);
        return machine;
    }

    private static NewsDbContext Open(Operator machine, Store store) => StorePlace.Of(store.ToString(), machine.Connection).Open();

    private static async Task DoAsync(Operator machine, Store store, string sql)
    {
        await using var db = Open(machine, store);
        await db.Database.ExecuteSqlRawAsync(sql);
    }

    private static async Task<IReadOnlyList<string>> AppliedAsync(Operator machine, Store store) => await StorePlace.Of(store.ToString(), machine.Connection).AppliedAsync();

    private static async Task<IReadOnlyList<string>> KnownAsync(Operator machine, Store store)
    {
        await using var db = Open(machine, store);
        return [.. db.Database.GetMigrations()];
    }

    private static async Task<List<string>> HeadlinesAsync(Operator machine, Store store)
    {
        await using var db = Open(machine, store);
        return await db.Articles.Select(a => a.Headline).ToListAsync();
    }
}
