using System.Net;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Comments;
using Xunit;

namespace BlueTechWave.Web.Tests.Feeds;

public sealed class CommentFeedTests : IAsyncLifetime
{
    private readonly FeedSite _site = new();
    private int _coins;
    private int _roots;

    public async ValueTask InitializeAsync()
    {
        await _site.InitializeAsync();
        _coins = await _site.WriteAsync("A rule for coins", FeedSite.Now.AddDays(-1));
        _roots = await _site.WriteAsync("Who rules the root", FeedSite.Now.AddDays(-2));
        await _site.CommentAsync(_coins, "Rosa & Co", "Well said.", c => c.Approve(Actor.System, FeedSite.Now));
        await _site.CommentAsync(_roots, "Tom", "Not the \u0001 whole story ]]>", c => c.Approve(Actor.System, FeedSite.Now));
        await _site.CommentAsync(_coins, "Waiting", "pending words", _ => { });
        await _site.CommentAsync(_coins, "Rude", "rejected words", c => c.Reject(Actor.System, FeedSite.Now));
        await _site.CommentAsync(_coins, "Pills", "spam words", c => c.MarkSpam(Actor.System, FeedSite.Now));
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task The_comments_feed_has_what_was_approved_newest_first()
    {
        var feed = await _site.SyndicationAsync("/comments/feed");

        Assert.Equal(["Tom on Who rules the root", "Rosa & Co on A rule for coins"], feed.Items.Select(i => i.Title.Text));
        Assert.Equal("https://btw.example/2025/07/who-rules-the-root#comment-2", feed.Items.First().Links.Single().Uri.AbsoluteUri);
        Assert.Contains("whole story ]]", feed.Items.First().Html());
    }

    [Fact]
    public async Task An_article_has_a_feed_of_its_own_comments()
    {
        var feed = await _site.SyndicationAsync("/2025/07/a-rule-for-coins/feed");

        Assert.Equal("Comments on: A rule for coins", feed.Title.Text);
        Assert.Equal(["Rosa & Co"], feed.Items.Select(i => i.Title.Text));
        Assert.Contains("Well said.", feed.Items.Single().Html());
    }

    [Theory]
    [InlineData("/comments/feed")]
    [InlineData("/2025/07/a-rule-for-coins/feed")]
    public async Task Nobody_learns_an_address_or_what_was_not_approved(string path)
    {
        var text = await _site.Reader.GetStringAsync(path);

        Assert.DoesNotContain("reader@example.org", text);
        Assert.DoesNotContain("pending words", text);
        Assert.DoesNotContain("rejected words", text);
        Assert.DoesNotContain("spam words", text);
    }

    [Fact]
    public async Task An_approved_comment_is_there_at_once()
    {
        _ = await _site.Reader.GetStringAsync("/comments/feed");
        _ = await _site.Reader.GetStringAsync("/2025/07/a-rule-for-coins/feed");
        await _site.UseAsync(async db =>
        {
            Comment waiting = (await db.Comments.FindAsync(3))!;
            waiting.Approve(Actor.System, FeedSite.Now.AddMinutes(5));
            await db.SaveChangesAsync();
        });

        Assert.Contains("pending words", await _site.Reader.GetStringAsync("/comments/feed"));
        using var answer = await _site.Reader.GetAsync("/2025/07/a-rule-for-coins/feed");
        Assert.Contains("pending words", await answer.Content.ReadAsStringAsync());
        Assert.Equal(FeedSite.Now.AddSeconds(1), answer.Content.Headers.LastModified!.Value.UtcDateTime);
    }

    [Fact]
    public async Task With_a_withdrawn_article_its_comments_go_and_come_back_with_it()
    {
        _ = await _site.Reader.GetStringAsync("/comments/feed");
        await _site.ChangeAsync(_roots, a => a.Withdraw("Untrue.", FeedSite.Now));
        Assert.DoesNotContain("Tom", await _site.Reader.GetStringAsync("/comments/feed"));
        using (var gone = await _site.Reader.GetAsync("/2025/07/who-rules-the-root/feed")) Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);

        await _site.ChangeAsync(_roots, a => a.Publish(FeedSite.Now, TimeZoneInfo.Utc));
        Assert.Contains("Tom", await _site.Reader.GetStringAsync("/comments/feed"));
    }
}
