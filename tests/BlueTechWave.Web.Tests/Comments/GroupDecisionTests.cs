using AngleSharp.Dom;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Comments;
using BlueTechWave.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Comments;

/// <summary>One act for a flood: more comments of a kind than an editor can wait for.</summary>
public class GroupDecisionTests
{
    private const string Desk = "/newsroom/comments";
    private const int Many = Moderation.AtOnce + 20;

    [Theory, EachStore]
    public async Task A_flood_is_called_spam_in_one_act_and_brought_back_in_one(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var first = await FloodAsync(site);

        await noor.PostAsync($"{Desk}?like={first}", [], $"Call all {Many} alike spam");
        await WorkAsync(site);
        Assert.Equal((Many, 0), await CountAsync(site));
        Assert.Contains($"Noor Haddad has called spam {Many} comments that are alike.", await SaidAsync(noor), StringComparison.Ordinal);
        Assert.Equal(Many, await site.AskAsync(db => db.CommentDecisions.CountAsync(d => d.By == "Noor Haddad" && d.AccountId == noor.Account.Id && d.To == CommentState.Spam)));
        Assert.Contains(await site.AuditAsync(e => e.Subject == "Comment"), e => e.Act == "Spam" && e.By == "Noor Haddad");

        await noor.PostAsync(Desk, [], $"Undo all {Many}");
        await WorkAsync(site);
        Assert.Equal((0, Many), await CountAsync(site));
        Assert.Contains($"Noor Haddad has brought back {Many} comments.", await SaidAsync(noor), StringComparison.Ordinal);
        Assert.Empty((await noor.ReadAsync(Desk)).QuerySelectorAll("#groups button"));
    }

    [Theory, EachStore]
    public async Task A_site_that_was_stopped_in_the_middle_goes_on_where_it_was(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var first = await FloodAsync(site);
        await AskAndStopAsync(site, noor, first);

        var groups = (await noor.ReadAsync(Desk)).GetElementById("groups")!;
        Assert.Contains($"Asked by Noor Haddad: {Many} comments that are alike are being called spam, 100 so far.", groups.TextContent, StringComparison.Ordinal);
        Assert.Equal(("100", $"{Many}"), (groups.QuerySelector("progress")!.GetAttribute("value"), groups.QuerySelector("progress")!.GetAttribute("max")));
        Assert.Equal("Look again", groups.QuerySelector("a")!.TextContent);
        // Meanwhile somebody decides on one of them by hand, and one more comes in.
        await noor.PostAsync(Desk, [], "Approve");
        await site.CommentAsync((await site.PublishAsync("Sue learns to fly")), CommentState.Pending, "Later: https://boats.example/late");

        await using var other = await site.OpenAgainAsync(TimeSpan.Zero);
        await WorkAsync(other);
        Assert.Equal((Many - 1, 1), await CountAsync(site));
        Assert.Equal(Many, await site.AskAsync(db => db.CommentDecisions.CountAsync()));
        Assert.Contains($"has called spam {Many - 1} comments that are alike. 1 comment had been decided on meanwhile: nothing was done to it.", await SaidAsync(noor), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task It_is_stopped_and_brought_back_in_the_middle_but_not_after_ten_minutes(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var first = await FloodAsync(site);
        await AskAndStopAsync(site, noor, first);

        await noor.PostAsync(Desk, [], "Stop, and undo");
        await WorkAsync(site);
        Assert.Equal((0, Many), await CountAsync(site));
        Assert.Equal(100, await site.AskAsync(db => db.CommentDecisions.CountAsync(d => d.UndoneBy == "Noor Haddad")));

        await noor.PostAsync($"{Desk}?like={first}", [], $"Call all {Many} alike spam");
        await WorkAsync(site);
        var undo = (await noor.ReadAsync(Desk)).QuerySelectorAll("#groups button").Single().GetAttribute("value")!;
        site.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Null((await noor.ReadAsync(Desk)).GetElementById("groups"));
        await noor.PostAsync(Desk, new() { ["act"] = undo });
        await WorkAsync(site);
        Assert.Equal((Many, 0), await CountAsync(site));
        Assert.Contains("can no longer be undone", (await noor.ReadAsync(Desk)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task Who_asks_second_for_the_same_group_is_told_who_was_first(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        using var emil = await Colleague.ArriveAsync(site, Role.Editor, "Emil Sand");
        var first = await FloodAsync(site);
        await AskAndStopAsync(site, noor, first);

        await emil.PostAsync($"{Desk}?like={first + Many - 1}", [], $"Approve all {Many - 100} alike");
        Assert.Contains("Noor Haddad has asked for all of these just now.", (await emil.ReadAsync(Desk)).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        await WorkAsync(site);
        Assert.Equal((Many, 0), await CountAsync(site));
    }

    /// <returns>The first of them.</returns>
    private static async Task<int> FloodAsync(NewsSite site)
    {
        var article = await site.PublishAsync("Robots learn to swim");
        await site.EditAsync(db =>
        {
            for (var i = 0; i < Many; i++) db.Add(new Comment(article.Id, $"Boat {i}", "boats@reader.example", $"Number {i}: look at https://boats.example/{i}", site.Now));
            return Task.CompletedTask;
        });
        return await site.AskAsync(db => db.Comments.MinAsync(c => c.Id));
    }

    /// <summary>As a site leaves it that was killed after the first step.</summary>
    private static async Task AskAndStopAsync(NewsSite site, Colleague who, int first) => await site.EditAsync(async db =>
    {
        await Moderation.DecideGroupAsync(db, first, Queue.Pending, CommentState.Spam, "", new Actor(who.Account.Id, "Noor Haddad", ""), site.Now);
        Assert.True(await GroupWork.StepAsync(db, site.Now));
    });

    private static Task WorkAsync(NewsSite site) => site.Services.GetRequiredService<GroupDeciding>().DecideAsync();

    private static async Task<string> SaidAsync(Colleague who) => (await who.ReadAsync(Desk)).GetElementById("groups")!.TextContent;

    private static async Task<(int Spam, int Pending)> CountAsync(NewsSite site)
    {
        var states = await site.AskAsync(db => db.Comments.Select(c => c.State).ToListAsync());
        return (states.Count(s => s == CommentState.Spam), states.Count(s => s == CommentState.Pending));
    }
}
