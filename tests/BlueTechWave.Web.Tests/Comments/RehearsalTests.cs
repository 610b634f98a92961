using AngleSharp.Dom;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Comments;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Comments;

/// <summary>A rule or a threshold is played over what was said before, however much that is.</summary>
public class RehearsalTests
{
    private const string Rules = "/newsroom/comments/rules";
    private const int Many = Rehearsal.PageSize + 5;

    [Theory, EachStore]
    public async Task Whom_it_would_have_wronged_is_leafed_through_and_counted_first(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await TalkAsync(site);
        using var made = await noor.PostAsync(Rules, new() { ["kind"] = "Words", ["pattern"] = "cheap", ["outcome"] = "Hold" }, "Rehearse it");
        var address = made.Headers.Location!.OriginalString;

        var page = await OverAsync(noor, address);
        Assert.Contains($"Of the newest {Many + 2} comments that were decided on, it would have caught {Many + 1}: 1 spam, 0 rejected, and {Many} approved ones, wrongly.", page.TextContent, StringComparison.Ordinal);
        Assert.Equal(Rehearsal.PageSize, page.QuerySelectorAll(".log li").Length);
        var next = page.QuerySelectorAll(".pager a").Single(a => a.TextContent == "2").GetAttribute("href")!;
        Assert.Equal(Many - Rehearsal.PageSize, (await OverAsync(noor, next)).QuerySelectorAll(".log li").Length);

        // A threshold: the same, with an address of its own; what was never scored says nothing of it.
        await site.EditAsync(async db => db.Add(Decided(new Comment((await db.Articles.SingleAsync()).Id, "Ada Reader", "ada@reader.example", "From before there was a scorer.", site.Now), site)));
        Assert.Contains($"it would have caught {Many + 2}: 1 spam", (await OverAsync(noor, "/newsroom/comments/rehearsal?score=1")).TextContent, StringComparison.Ordinal);
        Assert.Contains($"Of the newest {Many + 2} comments that were decided on and had a score, it would have caught 0", (await OverAsync(noor, "/newsroom/comments/rehearsal?score=99")).TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task While_it_is_under_way_the_page_comes_all_the_same_and_says_how_far_it_is(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await TalkAsync(site);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        site.Queries.InterruptAfter(sql => sql.Contains("\"IsStaff\"", StringComparison.Ordinal) && sql.Contains("\"Body\"", StringComparison.Ordinal), () => goOn.Task);

        var page = (await noor.ReadAsync("/newsroom/comments/rehearsal?score=1")).QuerySelector("main")!;
        Assert.Contains($"Looking through past comments: 0 of {Many + 2}.", page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("0", page.QuerySelector("progress")!.GetAttribute("value"));
        goOn.SetResult();
        var again = page.QuerySelector("[role=status] a")!;
        Assert.Equal("Look again", again.TextContent);
        Assert.Contains($"it would have caught {Many + 2}", (await OverAsync(noor, again.GetAttribute("href")!)).TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task It_goes_step_by_step_from_the_newest_and_each_comment_counts_once(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await TalkAsync(site);
        List<Rehearsal> told = [];
        await site.AskAsync(async db =>
        {
            await Rehearsal.PlayAsync(db, (_, _) => true, isOfScores: false, told.Add, CancellationToken.None, atOnce: 10);
            return 0;
        });

        Assert.Equal([0, 10, 20, 30, Many + 2, Many + 2], told.Select(t => t.Looked));
        Assert.Equal((true, Many + 2, Many + 1, Many + 1), (told[^1].IsOver, told[^1].All, told[^1].Wrong.Distinct().Count(), told[^1].Approved));
        Assert.Equal(told[^1].Wrong.OrderDescending(), told[^1].Wrong);
    }

    private static Comment Decided(Comment comment, NewsSite site)
    {
        comment.Receive(new(CommentState.Approved, "", null), "192.0.2.1", site.Now);
        return comment;
    }

    private static async Task TalkAsync(NewsSite site)
    {
        var article = await site.PublishAsync("Robots learn to swim");
        await site.EditAsync(db =>
        {
            foreach (var (count, state, body) in new[] { (Many, CommentState.Approved, "Talk is cheap"), (1, CommentState.Spam, "A cheap boat"), (1, CommentState.Approved, "Nothing of the kind"), (1, CommentState.Pending, "It waits, cheap or not") })
                for (var i = 0; i < count; i++)
                {
                    var comment = new Comment(article.Id, "Ada Reader", "ada@reader.example", $"{body}, {i}.", site.Now);
                    comment.Receive(new(state, "", .5), "192.0.2.1", site.Now);
                    db.Add(comment);
                }

            return Task.CompletedTask;
        });
    }

    private static async Task<IElement> OverAsync(Colleague who, string address)
    {
        var page = (await who.ReadAsync(address)).QuerySelector("main")!;
        while (page.QuerySelector("[role=status] a") is { } again) page = (await who.ReadAsync(again.GetAttribute("href")!)).QuerySelector("main")!;
        return page;
    }
}
