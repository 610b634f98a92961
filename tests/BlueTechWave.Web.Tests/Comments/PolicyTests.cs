using System.Net;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Comments;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Comments;

/// <summary>What becomes of a comment as it comes in.</summary>
public class PolicyTests
{
    private const string Sound = "A sound observation about robots that learn to swim.";

    [Theory, EachStore]
    public async Task Each_policy_holds_whom_it_says(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=100", "Comments:LeastSeconds=0");
        var article = await site.PublishAsync("Robots learn to swim");

        await site.KeepAsync(CommentPolicy.HoldAll);
        Assert.Equal(CommentState.Pending, await StateAsync(site, article, "One", "new@reader.example"));
        await site.KeepAsync(CommentPolicy.HoldFirstTimers);
        Assert.Equal((CommentState.Pending, "first comment"), await WhyAsync(site, article, "Two", "new@reader.example"));
        await site.DecideAsync(await site.LastCommentAsync(), CommentState.Approved);
        Assert.Equal(CommentState.Approved, await StateAsync(site, article, "Three", "New@Reader.example"));
        await site.KeepAsync(CommentPolicy.Open);
        Assert.Equal(CommentState.Approved, await StateAsync(site, article, "Four", "unknown@reader.example"));
        Assert.Contains("Four", await site.Reader.TextAsync(NewsSite.AddressOf(article)), StringComparison.Ordinal);

        await site.KeepAsync(CommentPolicy.Off);
        using var off = await site.SayAsync(article, "Five");
        Assert.Equal(HttpStatusCode.Conflict, off.StatusCode);
        Assert.Contains("Comments closed", await off.BodyAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("form class=\"respond\"", await site.Reader.TextAsync(NewsSite.AddressOf(article)), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task An_article_keeps_its_discussion_as_it_was_told(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Comments:LeastSeconds=0");
        var (open, shut) = (await site.PublishAsync("Robots learn to swim"), await site.PublishAsync("Robots learn to sue"));
        _ = await site.Reader.TextAsync(NewsSite.AddressOf(shut));
        await site.EditAsync(db =>
        {
            db.ArticleDiscussions.AddRange(new ArticleDiscussion(open.Id, CommentPolicy.Open), new ArticleDiscussion(shut.Id, CommentPolicy.Off));
            return Task.CompletedTask;
        });

        Assert.Equal(CommentState.Approved, await StateAsync(site, open, Sound));
        using var refused = await site.SayAsync(shut, Sound);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Comments closed", await site.Reader.TextAsync(NewsSite.AddressOf(shut)), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_discussion_ends_after_its_days_also_on_a_page_that_was_kept(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        await site.SettleAsync(s => s.Discuss(s.Policy, 14, s.EditMinutes, s.Depth));
        var address = NewsSite.AddressOf(article);

        site.Clock.Advance(TimeSpan.FromDays(14) - TimeSpan.FromMinutes(2));
        Assert.Contains("Post comment", await site.Reader.TextAsync(address), StringComparison.Ordinal);
        site.Clock.Advance(TimeSpan.FromMinutes(2));

        using var late = await site.SayAsync(article, Sound);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("end 14 days after", await late.BodyAsync(), StringComparison.Ordinal);
        Assert.Contains(Sound, await late.BodyAsync(), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task Rules_hold_send_to_spam_or_refuse_and_the_strictest_is_heard(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=100", "Comments:LeastSeconds=0");
        var article = await site.PublishAsync("Robots learn to swim");
        await site.KeepAsync(CommentPolicy.Open);
        await RuleAsync(site, RuleKind.Words, "bargain", RuleOutcome.Hold);
        await RuleAsync(site, RuleKind.Words, "free mon*", RuleOutcome.Spam);
        await RuleAsync(site, RuleKind.Host, "pills.example", RuleOutcome.Refuse);
        await RuleAsync(site, RuleKind.Links, "3", RuleOutcome.Hold);
        await RuleAsync(site, RuleKind.Words, "asleep", RuleOutcome.Refuse, on: false);

        Assert.Equal((CommentState.Approved, ""), await WhyAsync(site, article, "Bargaining is another word, and I am asleep."));
        Assert.Equal((CommentState.Pending, "the words “bargain”"), await WhyAsync(site, article, "What a BARGÁIN!"));
        Assert.Equal((CommentState.Spam, "the words “free mon*”"), await WhyAsync(site, article, "A bargain: free-money here"));
        Assert.Equal((CommentState.Pending, "3 links or more"), await WhyAsync(site, article, "https://a.example https://b.example www.c.example"));

        using var refused = await site.SayAsync(article, "Look at https://shop.PILLS.example/x for a bargain");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var page = await refused.BodyAsync();
        Assert.Contains("a link to pills.example", page, StringComparison.Ordinal);
        Assert.Contains("Look at https://shop.PILLS.example/x for a bargain", page, StringComparison.Ordinal);
        Assert.DoesNotContain(await site.CommentsAsync(), c => c.Body.Contains("PILLS", StringComparison.Ordinal));
    }

    [Theory, EachStore]
    public async Task Bans_hold_for_post_reply_edit_and_report_until_they_end(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=100");
        var article = await site.PublishAsync("Robots learn to swim");
        var standing = await site.CommentAsync(article, CommentState.Approved, "I stand here.");
        var own = await site.SaidAsync(article, Sound);

        await BanAsync(site, BanKind.Network, "127.0.0.0/12", site.Now.AddDays(2));
        using var post = await site.SayAsync(article, Sound + " Again.");
        using var edit = await site.SendAsync(own, new() { ["body"] = Sound + " Changed.", ["act"] = "edit" });
        using var report = await site.SendAsync($"{NewsSite.AddressOf(article)}/comments/{standing.Id}/report", new() { ["reason"] = "0" });
        foreach (var answer in new[] { post, edit, report })
        {
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            var said = WebUtility.HtmlDecode(await answer.BodyAsync());
            Assert.Contains("The reason given: Flooded the desk.", said, StringComparison.Ordinal);
            Assert.Contains("until September 27, 2024", said, StringComparison.Ordinal);
        }

        Assert.Contains(Sound + " Again.", await post.BodyAsync(), StringComparison.Ordinal);
        site.Clock.Advance(TimeSpan.FromDays(2));
        using var later = await site.SayAsync(article, Sound + " Later.");
        Assert.Equal(HttpStatusCode.SeeOther, later.StatusCode);

        await BanAsync(site, BanKind.Email, "@Reader.example", null);
        using var host = await site.SayAsync(article, Sound + " Once more.");
        using var other = await site.SayAsync(article, Sound + " From elsewhere.", email: "ada@elsewhere.example");
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.SeeOther), (host.StatusCode, other.StatusCode));

        await BanAsync(site, BanKind.Address, "127.0.0.1", site.Now.AddDays(1));
        using var reply = await site.SayAsync(article, Sound + " In reply.", email: "tom@elsewhere.example", more: ("parent", $"{standing.Id}"));
        Assert.Equal(HttpStatusCode.Forbidden, reply.StatusCode);
        Assert.DoesNotContain(await site.CommentsAsync(), c => c.ParentId is not null);
    }

    [Theory, EachStore]
    public async Task A_form_without_its_time_forged_or_of_another_article_is_asked_for_again(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=100");
        var (article, other) = (await site.PublishAsync("Robots learn to swim"), await site.PublishAsync("Robots learn to sue"));
        var good = await site.StampAsync(article);
        string[] bad = ["", "x", "1.2", "99999999999999999999." + good.Split('.')[1], good[..^1] + (good[^1] == '0' ? '1' : '0'), await site.StampAsync(other), good + ".x"];

        foreach (var stamp in bad)
        {
            using var answer = await site.SayAsync(article, Sound, more: ("stamp", stamp));
            Assert.Equal($"{stamp} {HttpStatusCode.BadRequest}", $"{stamp} {answer.StatusCode}");
            var page = Reading.Parse(await answer.BodyAsync());
            Assert.Equal(Sound, page.QuerySelector("textarea[name=body]")!.TextContent.Trim());
            Assert.Equal(good, page.QuerySelector("input[name=stamp]")!.GetAttribute("value"));
        }

        site.Clock.Advance(FormStamp.Lasts + TimeSpan.FromSeconds(1));
        using var old = await site.SayAsync(article, Sound, more: ("stamp", good));
        Assert.Equal(HttpStatusCode.BadRequest, old.StatusCode);
        Assert.Empty(await site.CommentsAsync());
    }

    [Theory, EachStore]
    public async Task What_is_sent_within_seconds_waits_even_where_nothing_else_does(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        await site.KeepAsync(CommentPolicy.Open);
        var stamp = await site.StampAsync(article);

        await site.SaidAsync(article, "Too quick for anybody", more: ("stamp", stamp));
        Assert.Equal((CommentState.Pending, "sent within seconds"), ((await site.LastCommentAsync()).State, (await site.LastCommentAsync()).Because));
        site.Clock.Advance(TimeSpan.FromSeconds(4));
        await site.SaidAsync(article, "As quick as one types", more: ("stamp", stamp));
        Assert.Equal(CommentState.Approved, (await site.LastCommentAsync()).State);
    }

    [Theory, EachStore]
    public async Task The_same_words_are_not_taken_twice_and_held_where_somebody_else_says_them(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=100", "Comments:LeastSeconds=0");
        var (article, other) = (await site.PublishAsync("Robots learn to swim"), await site.PublishAsync("Robots learn to sue"));
        await site.KeepAsync(CommentPolicy.Open);
        await site.SaidAsync(article, Sound);

        using var again = await site.SayAsync(article, Sound.ToUpperInvariant() + "!!!");
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal((CommentState.Pending, "the same words elsewhere today"), await WhyAsync(site, other, Sound, "else@where.example"));
        await site.SaidAsync(article, "Thank you!");
        await site.SaidAsync(article, "Thank you!", email: "else@where.example");
    }

    [Theory, EachStore]
    public async Task Too_many_from_one_address_or_under_one_article_are_told_how_long_to_wait_and_keep_their_words(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=2", "RateLimits:CommentsPerArticlePerMinute=1000");
        var article = await site.PublishAsync("Robots learn to swim");
        for (var i = 0; i < 2; i++) await site.SaidAsync(article, $"Observation {i}");

        using var third = await site.SayAsync(article, "The third observation.");
        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Contains("The third observation.", await third.BodyAsync(), StringComparison.Ordinal);
        Assert.Matches("Please wait [0-9]+ seconds", await third.BodyAsync());

        await using var busy = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=100", "RateLimits:CommentsPerArticlePerMinute=1");
        var crowded = await busy.PublishAsync("Robots learn to swim");
        await busy.SaidAsync(crowded, "First");
        using var second = await busy.SayAsync(crowded, "Second");
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.True(second.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    [Theory, EachStore]
    public async Task A_flood_of_held_comments_leaves_the_cache_alone(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=100");
        var article = await site.PublishAsync("Robots learn to swim");
        _ = await site.Reader.TextAsync(NewsSite.AddressOf(article));
        for (var i = 0; i < 5; i++) await site.SaidAsync(article, $"Observation {i}");

        Assert.True(await site.Reader.IsCachedAsync(NewsSite.AddressOf(article)));
    }

    private static Task RuleAsync(NewsSite site, RuleKind kind, string pattern, RuleOutcome outcome, bool on = true) => site.EditAsync(db =>
    {
        var rule = CommentRule.Make(kind, pattern, outcome, Actor.System, site.Now, out var mistake);
        Assert.Null(mistake);
        rule!.Switch(on);
        db.Add(rule);
        return Task.CompletedTask;
    });

    private static Task BanAsync(NewsSite site, BanKind kind, string value, DateTime? until) => site.EditAsync(db =>
    {
        db.Add(Ban.Make(kind, value, "Flooded the desk.", until, Actor.System, site.Now, out var mistake)!);
        Assert.Null(mistake);
        return Task.CompletedTask;
    });

    private static async Task<CommentState> StateAsync(NewsSite site, Article article, string body, string email = "ada@reader.example") =>
        (await WhyAsync(site, article, body, email)).State;

    private static async Task<(CommentState State, string Because)> WhyAsync(NewsSite site, Article article, string body, string email = "ada@reader.example")
    {
        await site.SaidAsync(article, body, email: email);
        var comment = await site.LastCommentAsync();
        return (comment.State, comment.Because);
    }
}
