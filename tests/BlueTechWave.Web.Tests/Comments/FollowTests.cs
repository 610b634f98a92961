using System.Net;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Comments;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Mail;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Comments;

/// <summary>Letters to those who follow a discussion, and what a reader can have of what is stored of them.</summary>
public partial class FollowTests
{
    [Theory, EachStore]
    public async Task A_follower_who_confirmed_hears_of_what_becomes_public_and_one_click_ends_it(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Comments:MailAfterSeconds=0");
        var article = await site.PublishAsync("Robots learn to swim");
        await AskAsync(site, article, "rosa@reader.example");
        var held = await site.CommentAsync(article, CommentState.Pending, "A sound observation.");

        await DecideAndTellAsync(site, held, CommentState.Approved);
        Assert.Single(await site.LettersAsync());
        await FollowAsync(site, (await site.LettersAsync())[0].Text);
        await DecideAndTellAsync(site, await site.CommentAsync(article, CommentState.Pending, "Words that must wait."), CommentState.Rejected);
        Assert.Single(await site.LettersAsync());

        var second = await site.CommentAsync(article, CommentState.Pending, "Another observation.");
        await TellAsync(site);
        Assert.Single(await site.LettersAsync());
        await DecideAndTellAsync(site, second, CommentState.Approved);
        await TellAsync(site);
        var letter = (await site.LettersAsync())[^1];
        Assert.Equal((2, "rosa@reader.example"), ((await site.LettersAsync()).Count, letter.To));
        Assert.Contains("Another observation.", letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("must wait", letter.Text, StringComparison.Ordinal);
        using var envelope = Envelope.Of(letter, new() { From = "desk@btw.example" }, "The Wave", site.Clock);
        Assert.Equal($"<{letter.Stop}>", envelope.Headers[MimeKit.HeaderId.ListUnsubscribe]);

        var stop = new Uri(letter.Stop!).PathAndQuery;
        for (var i = 0; i < 2; i++) Assert.Contains("We write no more", await site.Reader.TextAsync(stop), StringComparison.Ordinal);
        await DecideAndTellAsync(site, await site.CommentAsync(article, CommentState.Pending, "Too late for Rosa."), CommentState.Approved);
        Assert.Equal(2, (await site.LettersAsync()).Count);
    }

    /// <summary>What keeps quiet is a mark of its own and no name.</summary>
    [Theory, EachStore]
    public async Task A_moderator_called_the_import_is_heard_like_any_other(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Comments:MailAfterSeconds=0");
        var article = await site.PublishAsync("Robots learn to swim");
        await AskAsync(site, article, "rosa@reader.example");
        await FollowAsync(site, (await site.LettersAsync())[0].Text);
        var (quiet, loud) = (await site.CommentAsync(article, CommentState.Pending, "It came from elsewhere."), await site.CommentAsync(article, CommentState.Pending, "It was said here."));

        await site.EditAsync(async db =>
        {
            using (db.Unheralded())
            {
                (await db.Comments.SingleAsync(c => c.Id == quiet.Id)).Approve(Actor.System, site.Now);
                await db.SaveChangesAsync();
            }

            (await db.Comments.SingleAsync(c => c.Id == loud.Id)).Approve(Actor.System with { Name = "the import" }, site.Now);
        });
        await TellAsync(site);

        var letter = (await site.LettersAsync())[^1];
        Assert.Equal(2, (await site.LettersAsync()).Count);
        Assert.Contains("It was said here.", letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("It came from elsewhere.", letter.Text, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_mail_program_ends_it_by_itself(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Comments:MailAfterSeconds=0");
        var article = await site.PublishAsync("Robots learn to swim");
        await AskAsync(site, article, "rosa@reader.example");
        await FollowAsync(site, (await site.LettersAsync())[0].Text);
        await DecideAndTellAsync(site, await site.CommentAsync(article, CommentState.Pending), CommentState.Approved);

        using var content = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var answer = await site.Reader.PostAsync(new Uri((await site.LettersAsync())[^1].Stop!).PathAndQuery, content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await site.AskAsync(db => db.Followers.ToListAsync()));
    }

    [Theory, EachStore]
    public async Task Letters_wait_so_that_a_slip_can_be_undone_and_go_out_once_from_two_machines(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Comments:MailAfterSeconds=30");
        var article = await site.PublishAsync("Robots learn to swim");
        await AskAsync(site, article, "rosa@reader.example");
        await FollowAsync(site, (await site.LettersAsync())[0].Text);
        var slip = await site.CommentAsync(article, CommentState.Pending, "A slip of the hand.");

        await site.DecideAsync(slip, CommentState.Approved);
        await TellAsync(site);
        Assert.Equal(1, await WrittenAsync(site));
        await site.EditAsync(async db =>
        {
            var comment = await db.Comments.SingleAsync(c => c.Id == slip.Id);
            Assert.True(comment.Undo(await db.CommentDecisions.OrderBy(d => d.Id).LastAsync(), Actor.System, site.Now));
        });
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await TellAsync(site);
        Assert.Equal(1, await WrittenAsync(site));

        await site.DecideAsync(slip, CommentState.Approved);
        await using var other = await site.OpenAgainAsync(TimeSpan.FromMinutes(1));
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(TellAsync(site), TellAsync(other));
        Assert.Equal(2, await WrittenAsync(site));
    }

    [Theory, EachStore]
    public async Task Asking_twice_writes_once_and_tells_a_stranger_nothing(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:MessagesPerHour=100");
        var article = await site.PublishAsync("Robots learn to swim");
        var first = await AskAsync(site, article, "rosa@reader.example");
        var second = await AskAsync(site, article, "Rosa@reader.example");

        Assert.Equal(first.ToUpperInvariant(), second.ToUpperInvariant());
        Assert.Single(await site.LettersAsync());
        using var wrong = await site.SendAsync(NewsSite.AddressOf(article) + "/comments/follow", new() { ["email"] = "nobody" });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("does not look like", await wrong.BodyAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, await site.Reader.StatusAsync("/comments/follow?key=forged"));
        Assert.Equal(HttpStatusCode.Gone, await site.Reader.StatusAsync("/comments/stop?key=forged"));
        using var elsewhere = await site.SendAsync(NewsSite.AddressOf(article) + "/comments/follow", new() { ["email"] = "a@b.example" }, from: "cross-site");
        Assert.Equal(HttpStatusCode.Forbidden, elsewhere.StatusCode);
    }

    [Theory, EachStore]
    public async Task A_reader_takes_along_and_erases_all_that_is_stored_of_them(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:MessagesPerHour=100", "RateLimits:CommentsPerMinute=100");
        var article = await site.PublishAsync("Robots learn to swim");
        await site.SaidAsync(article, "My first observation about robots.", "Rosa Luz", "Rosa@Reader.example");
        await site.SaidAsync(article, "My second observation about robots.", "Rosa Luz", "rosa@reader.example");
        var answered = await site.LastCommentAsync();
        await site.DecideAsync(answered, CommentState.Approved);
        await site.CommentAsync(article, CommentState.Approved, "Ada answers.", under: answered);
        await AskAsync(site, article, "rosa@reader.example");
        await site.EditAsync(db =>
        {
            db.Add(new Core.Pages.ContactMessage("Rosa", "rosa@reader.example", "Dear desk", site.Now));
            db.Add(Ban.Make(BanKind.Email, "rosa@reader.example", "Shouted.", null, Actor.System, site.Now, out _)!);
            return Task.CompletedTask;
        });

        using var asked = await site.SendAsync("/comments/yours", new() { ["email"] = "rosa@reader.example" });
        Assert.Contains("Look into your mail", await asked.BodyAsync(), StringComparison.Ordinal);
        var link = LinkIn((await site.LettersAsync())[^1].Text);
        var page = await site.Reader.TextAsync(link);
        Assert.Contains("2 Comments", page, StringComparison.Ordinal);
        Assert.Contains("My first observation", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada answers.", page, StringComparison.Ordinal);

        var all = System.Text.Json.Nodes.JsonNode.Parse(await site.Reader.TextAsync(link + "&download=1"))!;
        Assert.Equal(["My second observation about robots.", "My first observation about robots."], all["comments"]!.AsArray().Select(c => (string)c!["body"]!));
        Assert.Equal("Dear desk", (string)all["messages"]![0]!["body"]!);

        using var erased = await site.SendAsync(link, new() { ["act"] = "erase" });
        Assert.Contains("is erased", await erased.BodyAsync(), StringComparison.Ordinal);
        var stored = await site.AskAsync(async db => new
        {
            Comments = await db.Comments.AsNoTracking().ToListAsync(),
            Followers = await db.Followers.CountAsync(),
            Messages = await db.ContactMessages.CountAsync(),
            Letters = await db.OutgoingMails.CountAsync(),
            Ban = await db.Bans.AsNoTracking().SingleAsync(),
            Audit = await db.Audit.AsNoTracking().ToListAsync(),
        });
        Assert.Equal((0, 0, 0), (stored.Followers, stored.Messages, stored.Letters));
        Assert.Equal(2, stored.Comments.Count);
        Assert.DoesNotContain(stored.Comments, c => c.Email.Contains("rosa", StringComparison.Ordinal) || c.Name.Contains("Rosa", StringComparison.Ordinal) || c.Body.Contains("observation", StringComparison.Ordinal));
        Assert.DoesNotContain(stored.Audit, e => (e.Name + e.Detail).Contains("rosa", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("rosa", stored.Ban.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("My second", await site.Reader.TextAsync(NewsSite.AddressOf(article)), StringComparison.Ordinal);
        using var banned = await site.SayAsync(article, "I come again.", "Rosa", "rosa@reader.example");
        Assert.Equal(HttpStatusCode.Forbidden, banned.StatusCode);
    }

    [Theory, EachStore]
    public async Task The_link_to_what_is_stored_has_its_time_and_an_address_gets_it_alone(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var asked = await site.SendAsync("/comments/yours", new() { ["email"] = "nobody@reader.example" });
        var link = LinkIn((await site.LettersAsync()).Single().Text);
        Assert.Contains("No Comments", await site.Reader.TextAsync(link), StringComparison.Ordinal);

        site.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(HttpStatusCode.Gone, await site.Reader.StatusAsync(link));
        using var erase = await site.SendAsync(link, new() { ["act"] = "erase" });
        Assert.Equal(HttpStatusCode.Gone, erase.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, await site.Reader.StatusAsync("/comments/yours?key=forged"));
    }

    [Theory, EachStore]
    public async Task Where_old_comments_came_from_is_forgotten(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Comments:KeepAddressesDays=30");
        var article = await site.PublishAsync("Robots learn to swim");
        await site.SaidAsync(article, "A sound observation.");
        Assert.Equal("127.0.0.1", (await site.LastCommentAsync()).Address);

        var keeping = site.Services.GetRequiredService<DiscussionKeeping>();
        site.Clock.Advance(TimeSpan.FromDays(29));
        await keeping.ForgetAsync();
        Assert.Equal("127.0.0.1", (await site.LastCommentAsync()).Address);
        site.Clock.Advance(TimeSpan.FromDays(2));
        await keeping.ForgetAsync();
        Assert.Equal("", (await site.LastCommentAsync()).Address);
    }

    private static async Task<string> AskAsync(NewsSite site, Article article, string email)
    {
        using var answer = await site.SendAsync(NewsSite.AddressOf(article) + "/comments/follow", new() { ["email"] = email });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var said = Reading.Parse(await answer.BodyAsync()).QuerySelector("main [role=status]")!.TextContent;
        Assert.Contains("Look into your mail", said, StringComparison.Ordinal);
        return said;
    }

    private static async Task FollowAsync(NewsSite site, string letter) =>
        Assert.Contains("You follow", await site.Reader.TextAsync(LinkIn(letter)), StringComparison.Ordinal);

    private static async Task DecideAndTellAsync(NewsSite site, Comment comment, CommentState state)
    {
        await site.DecideAsync(comment, state);
        await TellAsync(site);
    }

    private static Task TellAsync(NewsSite site) => site.Services.GetRequiredService<DiscussionKeeping>().TellAsync();

    /// <summary>Also those that have left already.</summary>
    private static Task<int> WrittenAsync(NewsSite site) => site.AskAsync(db => db.OutgoingMails.CountAsync());

    private static string LinkIn(string letter) => new Uri(Link().Match(letter).Value).PathAndQuery;

    [GeneratedRegex(@"https?://\S+key=\S+")]
    private static partial Regex Link();
}
