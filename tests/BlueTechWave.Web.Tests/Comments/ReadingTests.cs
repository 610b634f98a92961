using System.Net;
using AngleSharp.Dom;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Comments;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Comments;

/// <summary>A discussion as it is read: in threads or in time, page by page, and what is reported of it.</summary>
public class ReadingTests
{
    [Theory, EachStore]
    public async Task Threads_newest_and_oldest_each_have_their_order_and_the_page_says_which(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        var first = await SayAsync(site, article, "first");
        var second = await SayAsync(site, article, "second");
        var reply = await SayAsync(site, article, "reply to first", first);
        await SayAsync(site, article, "reply to reply", reply);
        await SayAsync(site, article, "reply to second", second);

        Assert.Equal(["first", "reply to first", "reply to reply", "second", "reply to second"], await OrderAsync(site, article, ""));
        Assert.Equal(["first", "second", "reply to first", "reply to reply", "reply to second"], await OrderAsync(site, article, "?order=oldest"));
        Assert.Equal(["reply to second", "reply to reply", "reply to first", "second", "first"], await OrderAsync(site, article, "?order=newest"));
        Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync(NewsSite.AddressOf(article) + "?order=best"));

        var page = await site.Reader.PageAsync(NewsSite.AddressOf(article) + "?order=newest");
        Assert.Equal("Newest", page.QuerySelector("nav[aria-label='Order'] [aria-current]")!.TextContent);
        Assert.Contains("in reply to", page.GetElementById($"comment-{reply.Id}")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, (await site.Reader.PageAsync(NewsSite.AddressOf(article))).QuerySelectorAll("ol.thread > li").Length);
    }

    [Theory, EachStore]
    public async Task Threads_go_as_deep_as_they_are_set_and_deeper_answers_stay_there_in_time(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=100", "Comments:LeastSeconds=0");
        var article = await site.PublishAsync("Robots learn to swim");
        await site.SettleAsync(s => s.Discuss(CommentPolicy.Open, 0, 15, 1));
        var parent = 0;
        foreach (var words in new[] { "root", "answer", "answer to the answer", "and to that" })
        {
            await site.SaidAsync(article, words, more: ("parent", parent == 0 ? "" : $"{parent}"));
            parent = (await site.LastCommentAsync()).Id;
            site.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal([0, 1, 1, 1], (await site.CommentsAsync()).Select(c => c.Depth));
        Assert.Equal(["root", "answer", "answer to the answer", "and to that"], await OrderAsync(site, article, ""));
        Assert.Equal(3, (await site.Reader.PageAsync(NewsSite.AddressOf(article))).QuerySelectorAll("ol.thread > li > ol > li").Length);
    }

    [Theory, EachStore]
    public async Task A_long_discussion_is_paged_by_thread_and_no_comment_is_lost_between_pages(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        await site.EditAsync(async db =>
        {
            var roots = new List<Comment>();
            for (var i = 0; i < 40; i++) roots.Add(Approved(article, $"root {i:00}", site.Now.AddSeconds(i), null));
            db.AddRange(roots);
            await db.SaveChangesAsync();
            for (var i = 0; i < 80; i++) db.Add(Approved(article, $"reply {i:00}", site.Now.AddMinutes(10).AddSeconds(i), roots[i / 2]));
            db.Add(new Comment(article.Id, "Mallory", "m@reader.example", "hidden", site.Now.AddHours(1), roots[0]));
        });

        var seen = new List<string>();
        for (var n = 1; n <= 3; n++) seen.AddRange(await OrderAsync(site, article, $"?comments={n}"));
        Assert.Equal(120, seen.Count);
        Assert.Equal(Enumerable.Range(0, 40).SelectMany(i => new[] { $"root {i:00}", $"reply {2 * i:00}", $"reply {(2 * i) + 1:00}" }), seen);
        Assert.Contains("120 Comments", await site.Reader.TextAsync(NewsSite.AddressOf(article)), StringComparison.Ordinal);
        var newest = new List<string>();
        for (var n = 1; n <= 3; n++) newest.AddRange(await OrderAsync(site, article, $"?comments={n}&order=newest"));
        Assert.Equal(120, newest.Distinct().Count());
    }

    [Theory, EachStore]
    public async Task An_answer_to_one_that_was_taken_away_does_not_slip_under_another(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        var calm = await SayAsync(site, article, "a calm word");
        var rude = await SayAsync(site, article, "a rude word");
        var answer = await SayAsync(site, article, "an answer to rudeness", rude);
        await site.DecideAsync(rude, CommentState.Rejected);

        var page = await site.Reader.PageAsync(NewsSite.AddressOf(article));
        Assert.Empty(page.GetElementById($"comment-{calm.Id}")!.ParentElement!.QuerySelectorAll("ol"));
        Assert.Contains("in reply to a comment that is gone", page.GetElementById($"comment-{answer.Id}")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 Comments", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_preview_shows_the_comment_as_it_would_stand_and_stores_nothing(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");

        using var answer = await site.SayAsync(article, "A *sound* word, see [this](https://a.example) and ![that](https://b.example/x.png) <script>alert(1)</script>", more: ("act", "preview"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = Reading.Parse(await answer.BodyAsync());
        var preview = page.QuerySelector(".preview .comment-body")!;
        Assert.Equal("sound", preview.QuerySelector("em")!.TextContent);
        Assert.Equal("nofollow ugc noopener", preview.QuerySelector("a")!.GetAttribute("rel"));
        Assert.Empty(preview.QuerySelectorAll("img, script"));
        Assert.StartsWith("A *sound* word", page.QuerySelector("textarea[name=body]")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Empty(await site.CommentsAsync());
    }

    [Theory, EachStore]
    public async Task A_report_says_why_once_from_each_address_and_waits_for_an_editor(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=100");
        var article = await site.PublishAsync("Robots learn to swim");
        var comment = await SayAsync(site, article, "a rude word");
        var hidden = await site.CommentAsync(article, CommentState.Pending, "hidden");
        var address = $"{NewsSite.AddressOf(article)}/comments/{comment.Id}/report";
        Assert.Contains("a rude word", await site.Reader.TextAsync(address), StringComparison.Ordinal);

        using var without = await site.SendAsync(address, new() { ["detail"] = "It is rude, I find." });
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        Assert.Contains("Please choose", await without.BodyAsync(), StringComparison.Ordinal);
        Assert.Contains("It is rude, I find.", await without.BodyAsync(), StringComparison.Ordinal);

        for (var i = 0; i < 2; i++)
        {
            using var sent = await site.SendAsync(address, new() { ["reason"] = "1", ["detail"] = "It is rude." });
            Assert.Equal($"{address}?sent=1", sent.Headers.Location!.OriginalString);
        }

        var report = Assert.Single(await site.AskAsync(db => db.CommentReports.ToListAsync()));
        Assert.Equal((ReportReason.Abuse, "It is rude.", comment.Id), (report.Reason, report.Detail, report.CommentId));
        Assert.Equal(1, (await site.CommentsAsync()).Single(c => c.Id == comment.Id).OpenReports);
        Assert.Contains("a rude word", await site.Reader.TextAsync(NewsSite.AddressOf(article)), StringComparison.Ordinal);

        using var elsewhere = await site.SendAsync(address, new() { ["reason"] = "1" }, from: "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, elsewhere.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync($"{NewsSite.AddressOf(article)}/comments/{hidden.Id}/report"));

        await site.DecideAsync(comment, CommentState.Approved);
        Assert.Equal(0, (await site.CommentsAsync()).Single(c => c.Id == comment.Id).OpenReports);
    }

    [Theory, EachStore]
    public async Task A_report_that_comes_while_an_editor_decides_is_taken_unless_the_comment_is_gone(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=100");
        var article = await site.PublishAsync("Robots learn to swim");
        var comment = await SayAsync(site, article, "a rude word");
        var address = $"{NewsSite.AddressOf(article)}/comments/{comment.Id}/report";

        DecideMeanwhile(CommentState.Approved);
        using var sent = await site.SendAsync(address, new() { ["reason"] = "1" });
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        Assert.Equal(1, (await site.LastCommentAsync()).OpenReports);
        Assert.Equal(1, await site.AskAsync(db => db.CommentReports.CountAsync()));

        await site.AskAsync(db => db.CommentReports.ExecuteDeleteAsync());
        DecideMeanwhile(CommentState.Rejected);
        using var late = await site.SendAsync(address, new() { ["reason"] = "1" });
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
        Assert.Contains("The comment you report was removed at this moment.", await late.BodyAsync(), StringComparison.Ordinal);
        Assert.Equal((CommentState.Rejected, 0), ((await site.LastCommentAsync()).State, await site.AskAsync(db => db.CommentReports.CountAsync())));

        void DecideMeanwhile(CommentState to) => site.Queries.InterruptAfter(sql => sql.Contains("\"CommentReports\"", StringComparison.Ordinal), () => site.DecideAsync(comment, to));
    }

    [Theory, EachStore]
    public async Task A_discussion_costs_the_same_few_queries_however_long_it_is(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var (small, large) = (await site.PublishAsync("Robots learn to swim"), await site.PublishAsync("Robots learn to talk"));
        await SayAsync(site, small, "alone");
        await site.EditAsync(db =>
        {
            for (var i = 0; i < 600; i++) db.Add(Approved(large, $"word {i}", site.Now.AddSeconds(i), null));
            return Task.CompletedTask;
        });
        _ = await site.Reader.TextAsync("/");

        var few = await CountAsync(NewsSite.AddressOf(small));
        Assert.Equal(few, await CountAsync(NewsSite.AddressOf(large)));
        Assert.Equal(few, await CountAsync(NewsSite.AddressOf(large) + "?comments=12&order=newest"));
        Assert.InRange((await site.Reader.TextAsync(NewsSite.AddressOf(large))).Length, 1, 150_000);

        async Task<int> CountAsync(string address) => (await site.Queries.OfAsync(() => site.Reader.TextAsync(address))).Count;
    }

    private static Comment Approved(Article article, string words, DateTime at, Comment? under)
    {
        var comment = new Comment(article.Id, "Ada Reader", "ada@reader.example", words, at, under);
        comment.Approve(Actor.System, at);
        return comment;
    }

    private static async Task<Comment> SayAsync(NewsSite site, Article article, string words, Comment? under = null)
    {
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        return await site.CommentAsync(article, CommentState.Approved, words, under);
    }

    private static async Task<IEnumerable<string>> OrderAsync(NewsSite site, Article article, string query) =>
        (await site.Reader.PageAsync(NewsSite.AddressOf(article) + query)).QuerySelectorAll("ol.thread .comment-body").Select(c => c.TextContent.Trim());
}
