using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Mail;
using BlueTechWave.Core.Tests.Pictures;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Tests.Newsroom;
using BlueTechWave.Web.Tests.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Nodes;

/// <summary>Every node does every job; each piece of work is done once.</summary>
public class SharedJobsTests
{
    [Fact]
    public async Task What_is_due_goes_out_once_with_one_line_in_the_history_and_the_log_and_each_letter_once()
    {
        await using var nodes = await TwoNodes.OpenAsync();
        using var ines = await Colleague.ArriveAsync(nodes.A, Role.Reporter, "Inês Prado");
        for (var i = 0; i < 12; i++) await nodes.A.WriteAsync(ines, $"Due {i}", a => a.Schedule(nodes.A.Now.AddMinutes(1), nodes.A.Now));
        await nodes.A.EditAsync(db =>
        {
            db.OutgoingMails.AddRange(Enumerable.Range(0, 40).Select(i => new OutgoingMail("noor@paper.example", $"Letter {i}", "Text.", nodes.A.Now)));
            return Task.CompletedTask;
        });

        nodes.A.Clock.Advance(TimeSpan.FromMinutes(1));
        nodes.B.Clock.Advance(TimeSpan.FromMinutes(1));
        await BothAsync(nodes, site => site.Services.GetRequiredService<ScheduleKeeping>().PublishAsync());
        await BothAsync(nodes, site => site.Services.GetRequiredService<MailSending>().WriteAsync());
        await BothAsync(nodes, site => site.Services.GetRequiredService<MailSending>().SendDueAsync());

        Assert.Equal(12, await nodes.A.AskAsync(db => db.Articles.Published().CountAsync()));
        Assert.Equal(12, await nodes.A.AskAsync(db => db.Revisions.CountAsync(r => r.Act == ArticleAct.Published)));
        Assert.Equal(12, (await nodes.A.AuditAsync(e => e.Subject == "Article" && e.Act.Contains("Published", StringComparison.Ordinal))).Count);
        var letters = Letters(nodes.A).Concat(Letters(nodes.B)).ToList();
        Assert.Equal(await nodes.A.AskAsync(db => db.OutgoingMails.CountAsync()), letters.Count);
        Assert.Equal(letters.Count, letters.Distinct().Count());
        Assert.True(letters.Count >= 40);
    }

    [Fact]
    public async Task What_both_nodes_count_adds_up()
    {
        await using var nodes = await TwoNodes.OpenAsync("RateLimits:ApiPerMinute=1000");
        var article = await nodes.A.PublishAsync("Robots learn to swim");
        await TwoNodes.SoonAsync("published", async () => (await nodes.B.Reader.GetStringAsync("/")).Contains("Robots", StringComparison.Ordinal));
        foreach (var (site, times) in new[] { (nodes.A, 3), (nodes.B, 4) })
        {
            site.Reader.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0");
            for (var i = 0; i < times; i++)
            {
                await site.Reader.TextAsync(NewsSite.AddressOf(article));
                await site.Reader.TextAsync("/search?q=unheardof");
            }
        }

        await BothAsync(nodes, site => site.Services.GetRequiredService<ViewKeeping>().KeepAsync());

        Assert.Equal(7, await nodes.A.AskAsync(db => db.Set<ArticleViews>().SumAsync(v => v.Count)));
        // What comes from a node's cache was found empty before.
        Assert.Equal(2, await nodes.A.AskAsync(db => db.EmptySearches.SumAsync(s => s.Count)));
    }

    [Fact]
    public async Task A_picture_brought_to_one_node_is_cut_by_whichever_comes_first_and_shown_by_both()
    {
        await using var bucket = await TestBucket.MakeAsync();
        await using var nodes = await TwoNodes.OpenAsync("Media:Provider=S3", $"Media:S3:ServiceUrl={bucket.Place.ServiceUrl}", $"Media:S3:Bucket={bucket.Place.Bucket}", "Media:S3:AccessKey=tester", "Media:S3:SecretKey=s");
        using var noor = await Colleague.ArriveAsync(nodes.A, Role.Editor, "Noor Haddad");
        using (await noor.BringAsync(("mast.jpg", Photograph.Jpeg(520, 350, 3)))) await BothAsync(nodes, Bringing.CutAsync);
        var picture = await nodes.A.AskAsync(db => db.Pictures.AsNoTracking().SingleAsync());
        Assert.Equal("", picture.Failure);
        using (await noor.PostAsync(Bringing.AddressOf(picture.Id), new() { ["alt"] = "A mast" }, "Save picture"))
        {
            var path = await nodes.A.PublishUnderAsync(noor, picture.Id);
            await TwoNodes.SoonAsync("shown", async () => Bringing.Media(await nodes.B.Reader.PageAsync(path)).Count > 0);
            foreach (var file in Bringing.Media(await nodes.B.Reader.PageAsync(path)))
                Assert.Equal(await nodes.A.Reader.GetByteArrayAsync(file), await nodes.B.Reader.GetByteArrayAsync(file));
        }
    }

    [Fact]
    public async Task Who_has_an_article_open_at_one_node_is_seen_at_the_other()
    {
        await using var nodes = await TwoNodes.OpenAsync();
        using var noor = await Colleague.ArriveAsync(nodes.A, Role.Editor, "Noor Haddad");
        using var ines = await Colleague.ArriveAsync(nodes.B, Role.Reporter, "Inês Prado");
        var id = await nodes.A.WriteAsync(ines, "Robots learn to swim");

        using (await noor.SendAsync(id, "Here", await noor.OpenAsync(id)))
            Assert.Equal("Noor Haddad is here too", (await ines.ReadAsync(Editing.AddressOf(id))).QuerySelector("[data-here]")!.TextContent);
    }

    private static Task BothAsync(TwoNodes nodes, Func<NewsSite, Task> work) => Task.WhenAll(Task.Run(() => work(nodes.A)), Task.Run(() => work(nodes.B)));

    private static IEnumerable<string> Letters(NewsSite site) =>
        Path.Combine(site.Folder, "mail") is var folder && Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)!) : [];
}
