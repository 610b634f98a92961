using BlueTechWave.Core.Data;
using BlueTechWave.Core.Data.Moving;
using BlueTechWave.Web.Cli;
using BlueTechWave.Web.Tests.Backups;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BlueTechWave.Web.Tests.Cli;

/// <summary>From one kind of store to the other, with everything.</summary>
public sealed class StoreMoveTests
{
    [Theory, BothWays]
    public async Task Something_in_every_column_of_every_table_moves_as_it_is(Store from)
    {
        await using var old = await MigratedAsync(from);
        await FilledStore.FillAsync(from, old.Connection);
        await using var other = await Operator.ElsewhereAsync(Other(from));

        var (code, said, refused) = await old.DoAsync("store", "move", "--to", other.Connection);

        Assert.Equal((0, ""), (code, refused));
        Assert.Contains($"Store__Provider={Other(from)}", said);
        var before = await FilledStore.ReadAsync(from, old.Connection);
        await using (var db = StorePlace.Of(from.ToString(), old.Connection).Open()) Assert.Equal(FilledStore.Expected(db), before.Count);
        Assert.Equal(before, await FilledStore.ReadAsync(Other(from), other.Connection));
        Assert.Empty(await LeftoversAsync(other, Other(from)));
    }

    /// <summary>Expensive, so one way: the other is above.</summary>
    [Fact]
    public async Task A_paper_that_moved_answers_at_every_address_as_it_did_and_its_numbers_go_on()
    {
        Assert.SkipWhen(Postgres.WhyNot is not null, Postgres.WhyNot ?? "");
        const string address = $"Site:BaseUrl={Walk.Root}";
        await using var other = await Operator.ElsewhereAsync(Store.Postgres);
        var folder = Directory.CreateTempSubdirectory("btw-old-").FullName;
        await using var old = new Operator(Store.Sqlite, $"Data Source={Path.Combine(folder, "btw.db")}", folder);
        Assert.Equal(0, (await old.DoAsync("migrate")).Code);
        SortedDictionary<string, string> before, after;
        string behind;
        int last;
        var kept = Directory.CreateTempSubdirectory("btw-node-").FullName;
        await using (var site = await NewsSite.OpenLeftAsync(Store.Sqlite, old.Connection, Directory.CreateTempSubdirectory("btw-node-").FullName, address))
        {
            await FolderTests.FillAsync(site);
            using var noor = await Colleague.ArriveAsync(site, Core.Accounts.Role.Editor, "Noor Haddad");
            // The last number was given out, and its article is gone.
            var gone = new Core.Articles.Article("Gone", site.Now);
            await site.EditAsync(db => { db.Add(gone); return Task.CompletedTask; });
            last = gone.Id;
            await site.AskAsync(db => db.Articles.Where(a => a.Id == last).ExecuteDeleteAsync());
            (before, behind) = (await Walk.OfAsync(site, "/old/elsewhere", "/old/picture"), await FolderTests.BehindAsync(site));
            Directory.Move(Path.Combine(site.Folder, "pictures"), Path.Combine(kept, "pictures"));
        }

        var (code, _, refused) = await old.DoAsync("store", "move", $"--Store:Target={other.Connection}");

        Assert.Equal((0, ""), (code, refused));
        await using (var site = await NewsSite.OpenLeftAsync(Store.Postgres, other.Connection, kept, address))
        {
            after = await Walk.OfAsync(site, "/old/elsewhere", "/old/picture");
            Assert.True(before.Count > 300, $"Only {before.Count} addresses were found.");
            // Each store ranks what is found, and cuts passages from it, in its own way.
            static bool IsTheSame(string address) => !address.StartsWith("/search", StringComparison.Ordinal);
            foreach (var (at, answer) in before.Where(b => IsTheSame(b.Key))) Assert.Equal($"{at} {answer}", $"{at} {after.GetValueOrDefault(at)}");
            Assert.Equal(before.Keys.Where(IsTheSame), after.Keys.Where(IsTheSame));
            Assert.Contains("href=\"/20", after["/search?q=cable"]);
            Assert.Equal(behind, await FolderTests.BehindAsync(site));
            var next = new Core.Articles.Article("Next", site.Now);
            await site.EditAsync(db => { db.Add(next); return Task.CompletedTask; });
            Assert.Equal(last + 1, next.Id);
            Assert.True((await site.AskAsync(db => StoreCheck.MendAsync(db))).IsClean);
        }
    }

    [Theory, BothWays]
    public async Task A_move_that_was_cut_off_leaves_nothing_and_is_begun_again(Store from)
    {
        await using var old = await MigratedAsync(from);
        await FilledStore.FillAsync(from, old.Connection);
        await using var other = await Operator.ElsewhereAsync(Other(from));

        foreach (var moment in (string[])["Copying Articles", "Copying Webhooks", "Reading back Comments", "Indexing Articles"])
        {
            using var stop = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Moving(old, other, from).RunAsync(NewsSite.Opening, new When(moment, stop.Cancel), stop.Token));
            Assert.Empty(await StorePlace.Of(Other(from).ToString(), other.Connection).AppliedAsync(TestContext.Current.CancellationToken));
            Assert.Empty(await LeftoversAsync(other, Other(from)));
        }

        Assert.Equal((0, ""), await MoveAsync(old, other));
        Assert.Equal(await FilledStore.ReadAsync(from, old.Connection), await FilledStore.ReadAsync(Other(from), other.Connection));
    }

    [Theory, BothWays]
    public async Task What_is_lost_or_changed_on_the_way_is_noticed(Store from)
    {
        await using var old = await MigratedAsync(from);
        await FilledStore.FillAsync(from, old.Connection);
        await using var other = await Operator.ElsewhereAsync(Other(from));

        foreach (var (harm, noticed) in ((string, string)[])[("DELETE FROM \"Redirects\" WHERE \"Id\" = 2", "Redirects: 3 rows went, and 2 have come."), ("UPDATE \"Redirects\" SET \"From\" = '/x' WHERE \"Id\" = 2", "Redirects: what has come is not what went.")])
        {
            var refused = await Assert.ThrowsAsync<StoreBrokenException>(() =>
                Moving(old, other, from).RunAsync(NewsSite.Opening, new When("Reading back Accounts", () => Harm(other, Other(from), harm)), TestContext.Current.CancellationToken));
            Assert.Equal(noticed, refused.Message);
            Assert.Empty(await StorePlace.Of(Other(from).ToString(), other.Connection).AppliedAsync(TestContext.Current.CancellationToken));
        }
    }

    [Theory, BothWays]
    public async Task A_move_that_would_go_wrong_is_refused_in_one_line(Store from)
    {
        await using var old = await MigratedAsync(from);
        await using var full = await MigratedAsync(Other(from));
        await using var other = await Operator.ElsewhereAsync(Other(from));
        await using (var db = StorePlace.Of(full.Store.ToString(), full.Connection).Open())
        {
            db.Add(new Core.Tags.Tag("Robots"));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await RefusedAsync("Say where to", "store", "move");
        await RefusedAsync("is not empty: ", "store", "move", "--to", full.Connection);
        await RefusedAsync("it moves to", "store", "move", "--to", old.Connection);
        await RefusedAsync("", "store", "move", "--to", from == Store.Sqlite ? "Host=127.0.0.1;Port=1;Database=none;Password=secret" : "Data Source=/dev/null/btw.db");
        await using (await StorePlace.Of(from.ToString(), old.Connection).HoldAsync(alone: false, TestContext.Current.CancellationToken))
            await RefusedAsync("A site is serving this store: stop it, then move. Nothing was moved.", "store", "move", "--to", other.Connection);
        await using (await StorePlace.Of(other.Store.ToString(), other.Connection).HoldAsync(alone: false, TestContext.Current.CancellationToken))
            await RefusedAsync("A site is serving the store that is to be moved to", "store", "move", "--to", other.Connection);
        await using (var db = StorePlace.Of(from.ToString(), old.Connection).Open())
        await using (await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            db.Add(new Core.Tags.Tag("Robots"));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            await RefusedAsync("Somebody is writing to this store", "store", "move", "--to", other.Connection);
        }

        await using var before = await Operator.ElsewhereAsync(from);
        var (code, _, refused) = await before.DoAsync("store", "move", "--to", other.Connection);
        Assert.Equal((1, "There is no store here that could be moved. Nothing was moved."), (code, refused.Trim()));
        Assert.Empty(await StorePlace.Of(other.Store.ToString(), other.Connection).AppliedAsync(TestContext.Current.CancellationToken));

        async Task RefusedAsync(string why, params string[] words)
        {
            var (code, said, refused) = await old.DoAsync(words);
            Assert.Equal((1, ""), (code, said));
            var line = Assert.Single(refused.Trim().Split('\n'));
            Assert.Contains(why, line);
            Assert.EndsWith("Nothing was moved.", line.Trim());
            Assert.DoesNotContain("secret", line);
        }
    }

    [Fact]
    public async Task Text_that_the_server_cannot_hold_is_mended_or_named()
    {
        Assert.SkipWhen(Postgres.WhyNot is not null, Postgres.WhyNot ?? "");
        await using var old = await MigratedAsync(Store.Sqlite);
        await using var other = await Operator.ElsewhereAsync(Store.Postgres);
        await DoAsync($"INSERT INTO \"Tags\" (\"Id\", \"Name\", \"Slug\") VALUES (1, 'Rob' || char(0) || 'ots', 'robots'), (2, '{new string('x', 500)}', 'long')");

        var (code, _, refused) = await old.DoAsync("store", "move", "--to", other.Connection);
        Assert.Equal((1, $"Tags 2: Name has 500 characters, and {Core.Tags.Tag.NameLength} are kept: shorten it. Nothing was moved."), (code, refused.Trim()));
        await DoAsync("UPDATE \"Tags\" SET \"Name\" = 'Long' WHERE \"Id\" = 2");
        Assert.Equal((0, ""), await MoveAsync(old, other));

        await using var db = StorePlace.Of("Postgres", other.Connection).Open();
        Assert.Equal(["Long", "Rob\uFFFDots"], await db.Tags.Select(t => t.Name).Order().ToListAsync(TestContext.Current.CancellationToken));

        async Task DoAsync(string sql)
        {
            await using var db = StorePlace.Of("Sqlite", old.Connection).Open();
            await db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void Who_watches_sees_how_long_it_takes() => Assert.Equal("Copying Articles: 1,200 of 4,000; 40,000 rows to go, 4,000/s, 0:00:10 left",
        StoreMoveLine.Line(new("Copying", "Articles", 1200, 4000, 12_000, 52_000), TimeSpan.FromSeconds(3)));

    private static Store Other(Store store) => store == Store.Sqlite ? Store.Postgres : Store.Sqlite;

    private static async Task<Operator> MigratedAsync(Store store)
    {
        var at = await Operator.ElsewhereAsync(store);
        Assert.Equal(0, (await at.DoAsync("migrate")).Code);
        return at;
    }

    private static StoreMove Moving(Operator old, Operator other, Store from) => new(StorePlace.Of(from.ToString(), old.Connection), StorePlace.Of(Other(from).ToString(), other.Connection));

    private static async Task<(int Code, string Refused)> MoveAsync(Operator old, Operator other)
    {
        var (code, _, refused) = await old.DoAsync("store", "move", "--to", other.Connection);
        return (code, refused);
    }

    /// <summary>What is beside a store while it is loaded.</summary>
    private static async Task<IReadOnlyList<string>> LeftoversAsync(Operator at, Store store)
    {
        if (store == Store.Sqlite) return Directory.GetFiles(at.Folder, "*.scratch-*");
        await using var db = StorePlace.Of("Postgres", at.Connection).Open();
        return await db.Database.SqlQueryRaw<string>("SELECT nspname::text AS \"Value\" FROM pg_namespace WHERE nspname LIKE 'scratch%' OR nspname LIKE 'before%'").ToListAsync();
    }

    /// <summary>Does something to the store that is being loaded.</summary>
    private static void Harm(Operator at, Store store, string sql)
    {
        if (store == Store.Sqlite)
        {
            using var file = new SqliteConnection($"Data Source={Directory.GetFiles(at.Folder, "*.scratch-*").Single(f => !f.EndsWith("-wal", StringComparison.Ordinal) && !f.EndsWith("-shm", StringComparison.Ordinal))};Pooling=false");
            file.Open();
            using var harm = new SqliteCommand(sql, file);
            Assert.Equal(1, harm.ExecuteNonQuery());
            return;
        }

        using var server = new NpgsqlConnection(at.Connection);
        server.Open();
        using var find = new NpgsqlCommand("SELECT nspname::text FROM pg_namespace WHERE nspname LIKE 'scratch%'", server);
        using var command = new NpgsqlCommand($"SET search_path = {find.ExecuteScalar()}; {sql}", server);
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private sealed class When(string moment, Action act) : IProgress<StoreMoveProgress>
    {
        private bool _isDone;

        public void Report(StoreMoveProgress value)
        {
            if (_isDone || $"{value.Doing} {value.Table}" != moment) return;
            _isDone = true;
            act();
        }
    }
}

/// <summary>From each store to the other; for that, both must be there.</summary>
internal sealed class BothWaysAttribute : Xunit.v3.DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(System.Reflection.MethodInfo testMethod, Xunit.Sdk.DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<Store>(Store.Sqlite) { Skip = Postgres.WhyNot }, new TheoryDataRow<Store>(Store.Postgres) { Skip = Postgres.WhyNot }]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
