using System.Net;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Comments;

/// <summary>What a writer sees of her own comment, and may still do with it.</summary>
public class OwnCommentTests
{
    [Theory, EachStore]
    public async Task A_held_comment_is_shown_to_its_writer_alone(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        var own = await site.SaidAsync(article, "A sound observation.");
        var id = (await site.LastCommentAsync()).Id;

        using var answer = await site.Reader.GetAsync(own);
        var page = Reading.Parse(await answer.BodyAsync());
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("A sound observation.", page.GetElementById($"comment-{id}")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("awaiting approval", page.QuerySelector("#respond [role=status]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync(own.Split('?')[0]));
        Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync(own.Split('?')[0] + "?key=forged"));
        Assert.DoesNotContain("A sound observation.", await site.Reader.TextAsync(NewsSite.AddressOf(article)), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task Its_writer_changes_it_within_the_time_and_not_after(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        var own = await site.SaidAsync(article, "A sond observation.");

        using var changed = await site.SendAsync(own, new() { ["body"] = "A *sound* observation.", ["act"] = "edit" });
        Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
        var comment = await site.LastCommentAsync();
        Assert.Equal(("A *sound* observation.", site.Now), (comment.Body, comment.EditedAt));
        Assert.Contains("<em>sound</em>", comment.BodyHtml, StringComparison.Ordinal);

        using var empty = await site.SendAsync(own, new() { ["body"] = " ", ["act"] = "edit" });
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Contains("Please write something.", await empty.BodyAsync(), StringComparison.Ordinal);

        site.Clock.Advance(TimeSpan.FromMinutes(16));
        using var late = await site.SendAsync(own, new() { ["body"] = "Second thoughts, kept here.", ["act"] = "edit" });
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var page = await late.BodyAsync();
        Assert.Contains("is over", page, StringComparison.Ordinal);
        Assert.Contains("Second thoughts, kept here.", page, StringComparison.Ordinal);
        Assert.Equal("A *sound* observation.", (await site.LastCommentAsync()).Body);
    }

    [Theory, EachStore]
    public async Task Nobody_else_changes_it_however_they_come_by_its_number(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        var own = await site.SaidAsync(article, "A sound observation, made by me alone.");
        var other = await site.SaidAsync(article, "Another observation, made by another.", "Tom", "tom@reader.example");
        var key = other.Split("key=")[1];

        foreach (var address in new[] { own.Split('?')[0], own.Split('?')[0] + "?key=" + key, own.Split('?')[0] + "?key=x" })
        {
            using var answer = await site.SendAsync(address, new() { ["body"] = "Hijacked", ["act"] = "edit" });
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        using var elsewhere = await site.SendAsync(own, new() { ["body"] = "Hijacked", ["act"] = "edit" }, from: "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, elsewhere.StatusCode);
        Assert.DoesNotContain(await site.CommentsAsync(), c => c.Body == "Hijacked");
    }

    [Theory, EachStore]
    public async Task What_was_approved_and_is_changed_waits_anew_where_everything_waits(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        var own = await site.SaidAsync(article, "A sound observation.");
        await site.DecideAsync(await site.LastCommentAsync(), CommentState.Approved);

        using var changed = await site.SendAsync(own, new() { ["body"] = "Buy my boat.", ["act"] = "edit" });
        Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
        Assert.Equal(CommentState.Pending, (await site.LastCommentAsync()).State);
        Assert.DoesNotContain("Buy my boat.", await site.Reader.TextAsync(NewsSite.AddressOf(article)), StringComparison.Ordinal);
        Assert.Contains("No Comments", await site.Reader.TextAsync(NewsSite.AddressOf(article)), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task Its_writer_removes_it_and_an_answered_one_leaves_its_place(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=100");
        var article = await site.PublishAsync("Robots learn to swim");
        await site.KeepAsync(CommentPolicy.Open);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var lonely = await site.SaidAsync(article, "Nobody will answer this observation of mine.", more: ("stamp", await OldStampAsync(site, article.Id)));
        var answered = await site.SaidAsync(article, "Somebody will answer this observation of mine.", more: ("stamp", await OldStampAsync(site, article.Id)));
        var root = await site.LastCommentAsync();
        await site.CommentAsync(article, CommentState.Approved, "I do answer.", under: root);

        foreach (var own in new[] { lonely, answered })
        {
            using var gone = await site.SendAsync(own, new() { ["act"] = "delete" });
            Assert.Equal(HttpStatusCode.SeeOther, gone.StatusCode);
            var told = await site.Reader.PageAsync(gone.Headers.Location!.OriginalString);
            Assert.Equal("Your comment is deleted.", told.QuerySelector("#comments [role=status]")!.TextContent);
            using var stranger = await site.Reader.GetAsync(own.Split('?')[0] + "?key=x&removed=1");
            Assert.DoesNotContain("is deleted", await stranger.BodyAsync(), StringComparison.Ordinal);
        }

        var left = await site.CommentsAsync();
        Assert.Equal(2, left.Count);
        Assert.Equal(("A reader", "", ""), (left[0].Name, left[0].Email, left[0].Address));
        var page = await site.Reader.TextAsync(NewsSite.AddressOf(article));
        Assert.Contains("removed by its writer", page, StringComparison.Ordinal);
        Assert.Contains("I do answer.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("observation of mine", page, StringComparison.Ordinal);
        Assert.Contains("2 Comments", page, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task Nobody_is_told_that_a_comment_is_deleted_which_stands(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var own = await site.SaidAsync(await site.PublishAsync("Robots learn to swim"), "A sound observation.");

        using var answer = await site.Reader.GetAsync(own.Split('#')[0] + "&removed=1");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory, EachStore]
    public async Task A_rejected_writer_is_told_why(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        var own = await site.SaidAsync(article, "A sound observation.");
        await site.EditAsync(async db => (await db.Comments.SingleAsync()).Reject(Core.Audit.Actor.System, site.Now, "It names a private person."));

        Assert.Contains("It names a private person.", await site.Reader.TextAsync(own), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_comments_own_address_leads_to_where_it_stands(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        Comment last = null!;
        await site.EditAsync(db =>
        {
            for (var i = 0; i < 120; i++)
            {
                last = new Comment(article.Id, "Ada", "ada@reader.example", $"Observation {i}", site.Now.AddSeconds(i));
                last.Approve(Core.Audit.Actor.System, site.Now);
                db.Add(last);
            }

            return Task.CompletedTask;
        });

        var address = NewsSite.AddressOf(article);
        Assert.Equal($"302 {address}?comments=3#comment-{last.Id}", await site.Reader.AnswerAsync($"{address}/comments/{last.Id}"));
        Assert.Contains($"comment-{last.Id}\"", await site.Reader.TextAsync($"{address}?comments=3"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync($"{address}/comments/999999"));
        Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync($"{address}?comments=4"));
    }

    /// <summary>A form that has been open for a while: nobody typed too fast.</summary>
    private static Task<string> OldStampAsync(NewsSite site, int article) =>
        site.AskAsync(async db => FormStamp.Make((await db.CommentSettings.SingleAsync()).StampKey, article, site.Now.AddMinutes(-1)));
}
