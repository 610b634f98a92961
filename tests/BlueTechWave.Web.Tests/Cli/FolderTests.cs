using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Demo;
using BlueTechWave.Core.Exchange.Folder;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Redirects;
using BlueTechWave.Web.Cli;
using BlueTechWave.Web.Tests.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Cli;

/// <summary>Moving out into a folder of files, and in again somewhere else.</summary>
public class FolderTests
{
    private const string Whole = $"Site:BaseUrl={Walk.Root}";

    [Theory, EachStore]
    public async Task A_paper_that_moved_answers_at_every_address_as_it_did(Store store) => await MoveAsync(store, store);

    [Fact]
    public async Task A_paper_may_move_to_the_other_store()
    {
        Assert.SkipWhen(Postgres.WhyNot is not null, Postgres.WhyNot ?? "");
        await MoveAsync(Store.Sqlite, Store.Postgres);
    }

    [Fact]
    public async Task An_export_goes_into_no_folder_that_has_something_in_it()
    {
        await using var site = await NewsSite.OpenAsync();
        var folder = Directory.CreateDirectory(Path.Combine(site.Folder, "full"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "notes.txt"), "Mine.", TestContext.Current.CancellationToken);

        var (code, _, refused) = await site.TypeAsync("export", folder.FullName);

        Assert.Equal((1, "is not empty: an export goes into a folder of its own."), (code, refused.Trim()[(folder.FullName.Length + 1)..]));
        Assert.Equal("notes.txt", Assert.Single(Directory.GetFileSystemEntries(folder.FullName).Select(Path.GetFileName)));
    }

    [Theory, EachStore]
    public async Task Typed_it_moves_too_and_tells_what_came(Store store)
    {
        await using var old = await NewsSite.OpenAsync();
        var article = await old.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]);
        await old.CommentAsync(article, CommentState.Approved, "I was there.");
        await using var other = await NewsSite.OpenEmptyAsync(store);
        var folder = Path.Combine(old.Folder, "out", "of", "here");

        var (left, told, _) = await old.TypeAsync("export", folder);
        var (looked, would, _) = await other.TypeAsync("import", "folder", folder, "--dry-run");
        Assert.Equal(0, await other.AskAsync(db => db.Articles.CountAsync()));
        var (came, said, refused) = await other.TypeAsync("import", "folder", folder);

        Assert.Equal((0, 0, 0, ""), (left, looked, came, refused));
        foreach (var text in new[] { told, would, said }) Assert.Matches("(?m)^ +1 comments\r?$", text);
        Assert.Contains("I was there.", await other.Reader.GetStringAsync(NewsSite.AddressOf(article)));
        // What is written next gets a number of its own.
        var next = await other.PublishAsync("Robots dive", copy => copy.Tags = ["Robots", "Depth"]);
        Assert.True(next.Id > article.Id);
        await other.CommentAsync(next, CommentState.Approved, "So was I.");
        Assert.Equal("command line", (await other.AuditAsync(e => e.Subject == "Import")).Single().By);
    }

    [Fact]
    public async Task A_folder_is_taken_into_an_empty_store_only()
    {
        await using var site = await NewsSite.OpenAsync();
        await site.PublishAsync("Robots learn to swim");
        var folder = await ExportAsync(site);

        var (code, _, refused) = await site.TypeAsync("import", "folder", folder);

        Assert.Equal((1, "The store is not empty: it has articles. A folder is taken into an empty one.\nNothing was stored."), (code, refused.Trim().ReplaceLineEndings("\n")));
        Assert.Equal(1, await site.AskAsync(db => db.Articles.CountAsync()));
    }

    [Theory]
    [InlineData("manifest.json", null, "It has no manifest.json: it is no export, or one that was not finished.")]
    [InlineData("tags.yaml", null, "tags.yaml: it is missing.")]
    [InlineData("articles/2024/09/robots-learn-to-swim.md", "---\nheadline: Other\n---\n", "articles/2024/09/robots-learn-to-swim.md: it is not as it was exported: its SHA-256 is another.")]
    [InlineData("SHA256SUMS", "", "SHA256SUMS: it is missing, or not the list that the export wrote.")]
    [InlineData("manifest.json", "{\"format\":", "manifest.json: ")]
    public async Task A_folder_that_is_not_as_it_was_written_is_refused_before_anything_is_stored(string file, string? content, string said)
    {
        await using var old = await NewsSite.OpenAsync();
        await old.PublishAsync("Robots learn to swim");
        var folder = await ExportAsync(old);
        var place = Path.Combine(folder, file);
        if (content is null) File.Delete(place);
        else await File.WriteAllTextAsync(place, content, TestContext.Current.CancellationToken);
        await using var other = await NewsSite.OpenEmptyAsync();

        var (code, _, refused) = await other.TypeAsync("import", "folder", folder);
        var (dry, _, refusedDry) = await other.TypeAsync("import", "folder", folder, "--dry-run");

        Assert.Equal((1, 1), (code, dry));
        Assert.StartsWith(said, refused);
        Assert.Equal(2, refused.Trim().Split('\n').Length);
        Assert.Equal(refused, refusedDry);
        Assert.Equal((0, 0), (await other.AskAsync(db => db.Articles.CountAsync()), await other.AskAsync(db => db.Categories.CountAsync())));
    }

    [Theory]
    [InlineData("articles/2024/09/robots-learn-to-swim.md", "headline:", "head: [", "line ")]
    [InlineData("articles/2024/09/robots-learn-to-swim.md", "---\n", "", "its first line is not ---, which begins its front matter.")]
    [InlineData("articles/2024/09/robots-learn-to-swim.md", "category: ai", "category: gone", "there is no category “gone”.")]
    [InlineData("articles/2024/09/robots-learn-to-swim.md", "status: published", "status: lost", "“lost” is none of draft, ")]
    [InlineData("articles/2024/09/robots-learn-to-swim.comments.jsonl", "\"id\"", "\"no\"", "")]
    [InlineData("redirects.jsonl", "\"article\":", "\"article\":9", "there is no article 9")]
    public async Task A_file_that_says_what_cannot_be_is_named_though_its_sum_is_right(string file, string from, string to, string said)
    {
        await using var old = await NewsSite.OpenAsync();
        var article = await old.PublishAsync("Robots learn to swim");
        await old.CommentAsync(article, CommentState.Approved);
        await old.EditAsync(async db => db.Redirects.Add(new Redirect("/old", await db.Articles.SingleAsync())));
        var folder = await ExportAsync(old);
        await RewriteAsync(folder, file, text => text.Replace(from, to, StringComparison.Ordinal));
        await using var other = await NewsSite.OpenEmptyAsync();

        var (code, _, refused) = await other.TypeAsync("import", "folder", folder);

        Assert.Equal(1, code);
        Assert.StartsWith($"{file}: {said}", refused);
        Assert.Equal((0, 0), (await other.AskAsync(db => db.Articles.CountAsync()), await other.AskAsync(db => db.Categories.CountAsync())));
    }

    [Theory, EachStore]
    public async Task An_import_that_is_stopped_leaves_the_store_as_empty_as_it_was(Store store)
    {
        await using var old = await NewsSite.OpenAsync();
        await old.PublishManyAsync(150);
        var folder = await ExportAsync(old);
        await using var other = await NewsSite.OpenEmptyAsync(store);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other.AskAsync(db =>
            new FolderImport(db, other.Services.GetRequiredService<PictureLibrary>(), folder, other.Now).RunAsync(isDryRun: false, new AtOnce(_ => stop.Cancel()), stop.Token)));

        Assert.Equal((0, 0), (await other.AskAsync(db => db.Articles.CountAsync()), await other.AskAsync(db => db.Categories.CountAsync())));
        Assert.Empty((await ImportAsync(other, folder)).Faults);
        Assert.Equal(150, await other.AskAsync(db => db.Articles.CountAsync()));
    }

    [Fact]
    public async Task An_export_that_is_stopped_is_taken_by_no_import()
    {
        await using var old = await NewsSite.OpenAsync();
        await old.PublishManyAsync(150);
        var folder = Path.Combine(old.Folder, "cut");
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => old.AskAsync(db =>
            new FolderExport(db, old.Services.GetRequiredService<IPictureStore>(), new("The Paper", null, "UTC"), old.Now).RunAsync(folder, new AtOnce(_ => stop.Cancel()), stop.Token)));
        await using var other = await NewsSite.OpenEmptyAsync();

        var report = await ImportAsync(other, folder);

        Assert.Equal("It has no manifest.json: it is no export, or one that was not finished.", Assert.Single(report.Faults));
    }

    [Fact]
    public async Task No_secret_and_no_address_of_an_account_is_in_an_export()
    {
        await using var site = await NewsSite.OpenAsync();
        await Colleague.ArriveAsync(site, Role.Editor, "Ada Okafor");
        await site.PublishAsync("Robots learn to swim");
        var accounts = await site.AskAsync(db => db.Accounts.AsNoTracking().ToListAsync());
        var secrets = accounts.SelectMany(a => new[] { a.Email!, a.PasswordHash!, a.SecurityStamp! }).Append(await site.AskAsync(db => db.CommentSettings.Select(s => s.StampKey).SingleAsync())).ToList();
        var folder = await ExportAsync(site);

        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            foreach (var secret in secrets) Assert.DoesNotContain(secret, text);
        }
    }

    /// <summary>Puts a file in another's place as whoever edits an export by hand would: sums and all.</summary>
    private static async Task RewriteAsync(string folder, string file, Func<string, string> edit)
    {
        var (place, list, manifest) = (Path.Combine(folder, file), Path.Combine(folder, "SHA256SUMS"), Path.Combine(folder, "manifest.json"));
        var (before, sums) = (await SumAsync(place), await SumAsync(list));
        var text = await File.ReadAllTextAsync(place);
        var edited = edit(text);
        Assert.NotEqual(text, edited);
        await File.WriteAllTextAsync(place, edited);
        await File.WriteAllTextAsync(list, (await File.ReadAllTextAsync(list)).Replace($"{before}  {file}", $"{await SumAsync(place)}  {file}", StringComparison.Ordinal));
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace(sums, await SumAsync(list), StringComparison.Ordinal));
    }

    private static async Task<string> SumAsync(string file) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(file)));

    /// <summary>Told at once, where <see cref="Progress{T}"/> tells when it comes to it.</summary>
    private sealed class AtOnce(Action<ExchangeProgress> told) : IProgress<ExchangeProgress>
    {
        public void Report(ExchangeProgress value) => told(value);
    }

    private static async Task MoveAsync(Store from, Store to)
    {
        await using var old = await NewsSite.OpenEmptyAsync(from, Whole);
        await FillAsync(old);
        var folder = await ExportAsync(old);
        await using var other = await NewsSite.OpenEmptyAsync(to, Whole);

        var report = await ImportAsync(other, folder);

        Assert.Equal("", string.Join('\n', report.Faults));
        await other.CutAsync();
        var (before, after) = (await Walk.OfAsync(old, "/old/elsewhere", "/old/picture"), await Walk.OfAsync(other, "/old/elsewhere", "/old/picture"));
        Assert.True(before.Count > 300, $"Only {before.Count} addresses were found.");
        Assert.Contains(before.Keys, a => a.StartsWith("/media/", StringComparison.Ordinal));
        // Each store ranks what is found, and cuts passages from it, in its own way.
        bool IsTheSame(string address) => from == to || !address.StartsWith("/search", StringComparison.Ordinal);
        foreach (var (address, answer) in before.Where(b => IsTheSame(b.Key))) Assert.Equal($"{address} {answer}", $"{address} {after.GetValueOrDefault(address)}");
        Assert.Equal(before.Keys.Where(IsTheSame), after.Keys.Where(IsTheSame));
        Assert.Equal(await BehindAsync(old), await BehindAsync(other));
    }

    /// <summary>The demo, and what it lacks: every state that an article, a comment or a picture can be in.</summary>
    internal static async Task FillAsync(NewsSite site)
    {
        await site.AskAsync(async db =>
        {
            var pictures = ActivatorUtilities.CreateInstance<DemoPictures>(site.Services, db);
            await DemoNewsroom.LoadAsync(db, site.Now, TimeZoneInfo.Utc, new Progress<DemoProgress>(), null, pictures.HangAsync);
            return true;
        });
        await site.CutAsync();
        await site.EditAsync(async db =>
        {
            var published = await db.Articles.Whole().Where(a => a.Status == ArticleStatus.Published).OrderByDescending(a => a.PublishedAt).Take(6).ToListAsync();
            published[0].ShareAs("Told: otherwise", "# Short, and \"quoted\"");
            published[0].Clarify("It was *Tuesday*: – not Monday\n---\nas we wrote.", site.Now);
            published[1].OpenComments(false);
            published[2].PlanWithdrawal(site.Now.AddDays(3), "The licence ends.", site.Now);
            published[3].Withdraw("Its source: \"took\" it back.", site.Now);
            published[3].Discard(site.Now);
            db.Add(new ArticleDiscussion(published[4].Id, CommentPolicy.Open));
            published[5].Write(new("  “Odd”: – 'headline' 🚢", ["- a dash", "key: value"], published[5].Body + "\n\n---\n\nAfter a line.\n", null), site.Now.AddDays(-1), "Ada");
            db.HomeSlots.Add(new HomeSlot(9, published[4], site.Now.AddHours(-1), site.Now.AddHours(9)));
            var picture = await db.Pictures.OrderBy(p => p.Id).FirstAsync();
            db.Redirects.AddRange(new Redirect("/old/elsewhere", "https://elsewhere.example/there"), new Redirect("/old/picture", picture.Address));
            (await db.Pictures.OrderByDescending(p => p.Id).FirstAsync()).Discard(site.Now);
            foreach (var (comment, at) in (await db.Comments.OrderBy(c => c.Id).Take(2).ToListAsync()).Zip([1, 2])) comment.ReviseByEditor($"{comment.Body} [edited]", site.Now.AddMinutes(at));
        });
    }

    /// <summary>What readers do not see: everything the desk would miss.</summary>
    internal static async Task<string> BehindAsync(NewsSite site) => await site.AskAsync(async db => string.Join('\n',
    [
        .. (await db.Articles.AsNoTracking().OrderBy(a => a.Id).ToListAsync()).Select(a => $"{a.Id} {a.Status} {a.Version} {a.CreatedAt:s} {a.EditedAt:s} {a.UpdatedAt:s} {a.ScheduledFor:s} {a.WithdrawalFor:s} {a.WithdrawalReason} {a.WithdrawnReason} {a.CommentCount} {a.Body.Length} {a.SocialTitle}"),
        .. (await db.Revisions.AsNoTracking().OrderBy(r => r.ArticleId).ThenBy(r => r.Id).ToListAsync()).Select(r => $"{r.ArticleId} {r.Version} {r.Act} {r.By} {r.At:s} {r.Note} {r.Text?.Headline} {r.Text?.Body.Length}"),
        .. (await db.Comments.AsNoTracking().OrderBy(c => c.Id).ToListAsync()).Select(c => $"{c.Id} {c.ParentId} {c.State} {c.Thread} {c.Name} {c.Email} {c.Body} {c.EditedByEditorAt:s} {c.IsFeatured} {c.IsStaff}"),
        .. (await db.Pictures.AsNoTracking().OrderBy(p => p.Id).ToListAsync()).Select(p => $"{p.Id} {p.Name} {p.Alt} {p.IsDecorative} {p.Caption} {p.Credit} {p.Source} {p.FocusX} {p.FocusY} {p.Key} {p.RightsUntil:s} {p.TrashedAt:s}"),
        .. (await db.PictureUses.AsNoTracking().Where(u => u.Place != PicturePlace.Revision).OrderBy(u => u.PictureId).ThenBy(u => u.Place).ThenBy(u => u.PlaceId).ToListAsync()).Select(u => $"{u.PictureId} {u.Place} {u.PlaceId}"),
        .. (await db.ArticleViews.AsNoTracking().OrderBy(v => v.Day).ThenBy(v => v.ArticleId).ToListAsync()).Select(v => $"{v.Day:O} {v.ArticleId} {v.Count}"),
        .. (await db.ArticleDiscussions.AsNoTracking().ToListAsync()).Select(d => $"{d.ArticleId} {d.Policy}"),
    ]));

    private static async Task<string> ExportAsync(NewsSite site)
    {
        var folder = Path.Combine(site.Folder, "export");
        await site.AskAsync(db => new FolderExport(db, site.Services.GetRequiredService<IPictureStore>(), new("The Paper", Walk.Root, "UTC"), site.Now).RunAsync(folder, new Progress<ExchangeProgress>()));
        return folder;
    }

    private static Task<FolderReport> ImportAsync(NewsSite site, string folder) =>
        site.AskAsync(db => new FolderImport(db, site.Services.GetRequiredService<PictureLibrary>(), folder, site.Now).RunAsync(isDryRun: false, new Progress<ExchangeProgress>()));
}
