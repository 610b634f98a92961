using System.Diagnostics;
using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Search;
using BlueTechWave.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

public class FigureTests
{
    [Theory, EachStore]
    public async Task An_editor_sees_what_goes_out_what_waits_what_is_read_and_what_is_missed(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var swim = await site.PublishAsync("Robots learn to swim");
        await site.PublishAsync("Robots learn to dive", copy => copy.At = NewsSite.Opening.AddDays(-7));
        await site.PublishAsync("Too old for it", copy => copy.At = NewsSite.Opening.AddDays(-100));
        await site.WriteAsync(noor, "For review", a => a.Submit(site.Now));
        await site.CommentAsync(swim, CommentState.Pending);
        var today = DateOnly.FromDateTime(site.Now);
        await site.AskAsync(async db =>
        {
            var address = new ArticleAddress(swim.Year!.Value, swim.Month!.Value, swim.Slug);
            await ArticleViews.AddAsync(db, today, new Dictionary<ArticleAddress, int> { [address] = 40 });
            await ArticleViews.AddAsync(db, today.AddDays(-10), new Dictionary<ArticleAddress, int> { [address] = 2 });
            await ArticleViews.AddAsync(db, today.AddDays(-60), new Dictionary<ArticleAddress, int> { [address] = 500 });
            await EmptySearch.AddAsync(db, today, new Dictionary<string, int> { ["perpetual motion"] = 3 });
            return 0;
        });

        var page = await noor.ReadAsync("/newsroom/figures");

        // The week that began on Monday, 23 September, and the one before.
        Assert.Equal("2 articles in all; most, 1, the week of Sep 16; last, 1, the week of Sep 23.", page.QuerySelectorAll("svg.bars")[0].GetAttribute("aria-label"));
        Assert.Equal("42 readings in all; most, 40, on Sep 25; last, 40, on Sep 25.", page.QuerySelectorAll("svg.bars")[1].GetAttribute("aria-label"));
        Assert.Equal(12, page.QuerySelectorAll("svg.bars")[0].QuerySelectorAll("rect").Length);
        Assert.Equal(["In review 1", "Scheduled 0", "Drafts 0", "Comments to decide on 1"], page.QuerySelectorAll(".todo li").Take(4).Select(l => $"{l.FirstElementChild!.TextContent} {l.QuerySelector(".num")!.TextContent}"));
        Assert.Equal(["Robots learn to swim", "40", "42"], page.QuerySelectorAll(".sheet tbody tr").Single().Children.Select(c => c.TextContent));
        Assert.Contains("perpetual motion", page.QuerySelector(".figures a")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_reading_is_counted_from_the_cache_too_a_machine_is_not_and_nothing_is_kept_of_the_reader(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        foreach (var (agent, method) in new[] { ("Examplebot/2.1", HttpMethod.Get), ("Mozilla/5.0", HttpMethod.Head), ("Mozilla/5.0", HttpMethod.Get), ("Mozilla/5.0", HttpMethod.Get), ("Mozilla/5.0", HttpMethod.Get) })
        {
            using var request = new HttpRequestMessage(method, NewsSite.AddressOf(article)) { Headers = { { "User-Agent", agent } } };
            using var answer = await site.Reader.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }

        // She has her page a moment before it is counted.
        var views = site.Services.GetRequiredService<ViewKeeping>();
        for (var since = Stopwatch.StartNew(); await CountAsync() < 3 && since.Elapsed < TimeSpan.FromSeconds(30);) await views.KeepAsync();
        Assert.Equal(3, await CountAsync());
        Assert.Equal(["ArticleId", "Count", "Day"], await site.AskAsync(db => Task.FromResult(db.Model.FindEntityType(typeof(ArticleViews))!.GetProperties().Select(p => p.Name).Order())));

        Task<int> CountAsync() => site.AskAsync(db => db.ArticleViews.Where(v => v.ArticleId == article.Id).SumAsync(v => v.Count));
    }

    [Theory, EachStore]
    public async Task A_paper_that_has_just_begun_has_figures_too(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");

        var page = await noor.ReadAsync("/newsroom/figures");

        Assert.Contains("0 articles in all", page.QuerySelector("svg.bars")!.GetAttribute("aria-label")!, StringComparison.Ordinal);
        Assert.Contains("Nothing has been read", page.Body!.TextContent, StringComparison.Ordinal);
    }
}
