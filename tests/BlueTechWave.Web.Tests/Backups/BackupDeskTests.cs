using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Backups;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Tags;
using BlueTechWave.Core.Tests.Pictures;
using BlueTechWave.Web.Backups;
using BlueTechWave.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Backups;

/// <summary>Backups that the paper makes by itself, and what its owners see of them.</summary>
public sealed class BackupDeskTests
{
    [Theory, EachStore]
    public async Task At_its_time_the_paper_is_backed_up_and_proved_to_come_back(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Backup:At=03:00", "Site:TimeZone=Europe/Lisbon");
        await site.PublishAsync("Robots learn to swim");
        Assert.Contains("\"lastProvenRestore\":null", await site.Reader.TextAsync("/healthz/ready"));

        // Lisbon is an hour ahead: 02:00 UTC.
        site.Clock.Advance(new DateTime(2024, 9, 26, 1, 58, 0, DateTimeKind.Utc) - site.Now);
        while (site.Services.GetRequiredService<BackupShelf>().LastProved() is null)
        {
            Assert.True(site.Now < new DateTime(2024, 9, 26, 4, 0, 0, DateTimeKind.Utc), site.Services.GetRequiredService<BackupShelf>().Failure()?.Why);
            if (site.Services.GetRequiredService<BackupKeeping>().UnderWay is null) site.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var made = Assert.Single(site.Services.GetRequiredService<BackupShelf>().All());
        Assert.InRange(made.MadeAt, new DateTime(2024, 9, 26, 2, 0, 0, DateTimeKind.Utc), new DateTime(2024, 9, 26, 3, 59, 0, DateTimeKind.Utc));
        Assert.Equal(["/", "/2024/09/robots-learn-to-swim", "/category/ai", "/search?q=Robots%20learn%20to%20swim"], made.Pages!);
        Assert.Contains("\"lastProvenRestore\":\"2024-09-26", await site.Reader.TextAsync("/healthz/ready"));
    }

    [Fact]
    public async Task Of_two_nodes_one_makes_the_daily_backup_and_both_know_of_it()
    {
        Assert.SkipWhen(Postgres.WhyNot is not null, Postgres.WhyNot ?? "");
        await using var one = await NewsSite.OpenAsync(Store.Postgres, "Backup:At=03:00");
        await one.PublishAsync("Robots learn to swim");
        await using var other = await one.OpenAgainAsync(TimeSpan.Zero, "Backup:At=03:00");
        NewsSite[] nodes = [one, other];

        await UntilBackedUpAsync(nodes, new DateTime(2024, 9, 26, 2, 58, 0, DateTimeKind.Utc));
        var (first, second) = (one.Services.GetRequiredService<BackupShelf>(), other.Services.GetRequiredService<BackupShelf>());
        var made = Assert.Single(first.All().Concat(second.All()));
        foreach (var node in nodes) Assert.Contains($"\"lastProvenRestore\":\"{made.ProvedAt:yyyy-MM-ddTHH:mm}", await node.Reader.TextAsync("/healthz/ready"));

        // The one that made it stops leading; the other takes its turn, and knows that today's is made.
        var (led, follows) = first.All().Count > 0 ? (one, other) : (other, one);
        await led.Services.GetRequiredService<StoreHolding>().StopAsync(TestContext.Current.CancellationToken);
        Assert.True(await follows.Services.GetRequiredService<StoreHolding>().LeadsAsync());
        await MinutesAsync([follows], 5);
        Assert.Single(first.All().Concat(second.All()));
        await UntilBackedUpAsync([follows], new DateTime(2024, 9, 27, 2, 58, 0, DateTimeKind.Utc));
        Assert.Single(follows.Services.GetRequiredService<BackupShelf>().All());
    }

    /// <summary>Minute by minute, on all nodes at once, until one of them has made and proved another.</summary>
    private static async Task UntilBackedUpAsync(NewsSite[] nodes, DateTime from)
    {
        foreach (var node in nodes) node.Clock.Advance(from - node.Now);
        var before = nodes.Sum(Proved);
        while (nodes.Sum(Proved) == before)
        {
            Assert.True(nodes[0].Now < from.AddHours(2), nodes.Select(n => n.Services.GetRequiredService<BackupShelf>().Failure()?.Why).FirstOrDefault(why => why is not null) ?? "Nobody made one.");
            await MinutesAsync(nodes, 1);
        }

        await MinutesAsync(nodes, 5);

        static int Proved(NewsSite node) => node.Services.GetRequiredService<BackupShelf>().All().Count(b => b.ProvedAt is not null);
    }

    private static async Task MinutesAsync(NewsSite[] nodes, int count)
    {
        for (var minute = 0; minute < count; minute++)
        {
            while (nodes.Any(n => n.Services.GetRequiredService<BackupKeeping>().UnderWay is not null)) await Task.Delay(20, TestContext.Current.CancellationToken);
            foreach (var node in nodes) node.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Theory, EachStore]
    public async Task An_owner_backs_up_at_the_press_of_a_button_and_takes_it_home(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishAsync("Robots learn to swim");
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        Assert.Contains("There is no backup yet.", (await owner.ReadAsync("/newsroom/settings/backups")).Body!.TextContent);

        Assert.Equal(HttpStatusCode.Found, (await owner.PostAsync("/newsroom/settings/backups", [], "Back up now")).StatusCode);
        var page = await owner.ReadAsync("/newsroom/settings/backups");
        while (page.QuerySelector("td .chip")?.TextContent != "Proved")
        {
            Assert.DoesNotContain("The last one failed", page.Body!.TextContent);
            await Task.Delay(50, TestContext.Current.CancellationToken);
            page = await owner.ReadAsync("/newsroom/settings/backups");
        }

        using var file = await owner.GetAsync(page.QuerySelector("td.end a")!.GetAttribute("href")!);
        Assert.Equal(("application/zip", "attachment"), (file.Content.Headers.ContentType!.MediaType, file.Content.Headers.ContentDisposition!.DispositionType));
        var home = Path.Combine(site.Folder, "home.zip");
        await File.WriteAllBytesAsync(home, await file.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        await using (var taken = await BackupFile.OpenAsync(home)) Assert.Equal(1, taken.Manifest.Tables["Articles"]);
        Assert.Equal(["Begun", "Proved", "Downloaded"], (await site.AuditAsync(e => e.Subject == "Backup")).Select(e => e.Act));
        Assert.All(await site.AuditAsync(e => e.Subject == "Backup"), e => Assert.Equal("Hanna Virtanen", e.By));
    }

    [Theory, EachStore]
    public async Task A_backup_that_does_not_bring_the_paper_back_is_told_to_the_owners_once(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var owner = await Colleague.ArriveAsync(site, Role.Owner, "Hanna Virtanen");
        await site.PublishAsync("Robots learn to swim");
        // Behind the back of the save: nobody finds it.
        await site.AskAsync(db => db.Database.ExecuteSqlRawAsync("DELETE FROM \"ArticleSearch\""));
        var keeping = site.Services.GetRequiredService<BackupKeeping>();

        Assert.False(await keeping.MakeAsync(Actor.System, TestContext.Current.CancellationToken));
        site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(await keeping.MakeAsync(Actor.System, TestContext.Current.CancellationToken));

        Assert.Equal([owner.Account.Email!], await site.AskAsync(db => db.OutgoingMails.Where(l => l.Subject.StartsWith("No backup")).Select(l => l.To).ToListAsync()));
        Assert.Contains("does not show /2024/09/robots-learn-to-swim", site.Services.GetRequiredService<BackupShelf>().Failure()!.Why);
        Assert.Contains("The last one failed", (await owner.ReadAsync("/newsroom/settings/backups")).Body!.TextContent);
        Assert.Contains("\"lastProvenRestore\":null", await site.Reader.TextAsync("/healthz/ready"));

        Assert.Contains("1 articles were missing", await CheckAsync(site));
        site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True(await keeping.MakeAsync(Actor.System, TestContext.Current.CancellationToken));
        Assert.Null(site.Services.GetRequiredService<BackupShelf>().Failure());
        // Those that brought nothing back make room for the one that does.
        Assert.Single(site.Services.GetRequiredService<BackupShelf>().All());
    }

    [Fact]
    public void The_last_of_so_many_days_weeks_and_months_is_kept()
    {
        var noon = new DateTime(2024, 9, 25, 12, 0, 0);
        var all = Enumerable.Range(0, 500).Select(i => noon.AddDays(-i)).Append(noon.AddHours(-6)).ToList();

        var kept = Retention.Keep(all, at => at, _ => true, 7, 4, 12);

        DateTime[] expected =
        [
            .. Enumerable.Range(0, 7).Select(i => noon.AddDays(-i)), // Wednesday to Thursday
            new(2024, 9, 22, 12, 0, 0), new(2024, 9, 15, 12, 0, 0), new(2024, 9, 8, 12, 0, 0), // Sundays
            .. Enumerable.Range(0, 11).Select(i => new DateTime(2024, 9, 1, 12, 0, 0).AddMonths(-i).AddDays(-1)), // last days of months
        ];
        Assert.Equal(expected.Distinct().Order(), kept.Order());

        // What was not proved takes no place, and stays only as long as nothing later was.
        kept = Retention.Keep(all, at => at, at => at < noon.AddDays(-2) && at > noon.AddDays(-5), 1, 0, 0);
        Assert.Equal([noon.AddDays(-3), noon.AddDays(-2), noon.AddDays(-1), noon.AddHours(-6), noon], kept.Order());
    }

    [Fact]
    public async Task Eight_who_write_at_once_all_get_it_saved()
    {
        await using var site = await NewsSite.OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
                await site.EditAsync(db =>
                {
                    db.Tags.Add(new Tag($"Subject {writer} {i}"));
                    return Task.CompletedTask;
                });
        }, TestContext.Current.CancellationToken)));

        Assert.Equal(800, await site.AskAsync(db => db.Tags.CountAsync()));
    }

    [Theory, EachStore]
    public async Task Sizes_of_a_picture_that_are_gone_are_cut_anew_by_check(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        Picture picture;
        await using (var scope = site.Services.CreateAsyncScope())
            picture = (await scope.ServiceProvider.GetRequiredService<PictureLibrary>().AddAsync(scope.ServiceProvider.GetRequiredService<Core.Data.NewsDbContext>(), "reef.jpg", Photograph.Jpeg(60, 40), null, site.Now)).Picture;
        await site.Services.GetRequiredService<PictureKeeping>().PrintAsync(TestContext.Current.CancellationToken);
        var pictures = site.Services.GetRequiredService<IPictureStore>();
        await pictures.DeleteAsync(ContactSheet.NameOf(picture.Key), TestContext.Current.CancellationToken);

        Assert.Contains("Pictures: 1 had no sizes any more; mended.", await CheckAsync(site));

        Assert.NotNull(await pictures.LengthAsync(ContactSheet.NameOf(picture.Key), TestContext.Current.CancellationToken));
        Assert.Contains("Pictures: good.", await CheckAsync(site));
        await pictures.DeleteAsync(picture.Original, TestContext.Current.CancellationToken);
        Assert.Contains($"Pictures: 1 originals are gone: {picture.Id}.", await CheckAsync(site));
    }

    private static async Task<string> CheckAsync(NewsSite site)
    {
        var (_, said, refused) = await Operator.Of(site).DoAsync("check");
        return said + refused;
    }
}
