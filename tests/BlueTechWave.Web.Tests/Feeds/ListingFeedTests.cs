using System.Net;
using Xunit;

namespace BlueTechWave.Web.Tests.Feeds;

/// <summary>Feeds of one category, tag or author.</summary>
public class ListingFeedTests(ListingFeedTests.Archive archive) : IClassFixture<ListingFeedTests.Archive>
{
    private readonly FeedSite _site = archive.Site;

    [Theory]
    [InlineData("/category/internet-governance/regulation", "Who rules the root")]
    [InlineData("/category/fintech/regulation", "A rule for coins")]
    [InlineData("/category/internet-governance", "Who rules the root")]
    [InlineData("/category/fintech", "A rule for coins,Paying by palm")]
    [InlineData("/tag/coins", "A rule for coins")]
    [InlineData("/author/ben-writer", "A rule for coins,Paying by palm")]
    public async Task A_listing_has_a_feed_of_its_own_in_every_format(string listing, string headlines)
    {
        Assert.Equal(headlines.Split(','), (await _site.HeadlinesAsync($"{listing}/feed")).Order());
        Assert.Equal(headlines.Split(','), (await _site.HeadlinesAsync($"{listing}/feed/atom")).Order());
        Assert.Equal(headlines.Split(','), (await _site.JsonAsync($"{listing}/feed/json")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("title").GetString()).Order());
    }

    [Fact]
    public async Task Two_Regulations_have_two_feeds_with_two_names()
    {
        var ours = await _site.SyndicationAsync("/category/internet-governance/regulation/feed/atom");
        var theirs = await _site.SyndicationAsync("/category/fintech/regulation/feed/atom");

        Assert.Equal("Internet Governance » Regulation – Blue Tech Wave Media", ours.Title.Text);
        Assert.Equal("Fintech » Regulation – Blue Tech Wave Media", theirs.Title.Text);
        Assert.NotEqual(ours.Id, theirs.Id);
        Assert.Equal("https://btw.example/category/fintech/regulation", theirs.Links.Single(l => l.RelationshipType == "alternate").Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData("/category/nothing/feed")]
    [InlineData("/category/regulation/feed")]
    [InlineData("/category/feed")]
    [InlineData("/category/fintech/feed/rdf")]
    [InlineData("/tag/nothing/feed/atom")]
    [InlineData("/author/nobody/feed/json")]
    [InlineData("/2025/07/nothing/feed")]
    [InlineData("/2025/13/nothing/feed")]
    [InlineData("/0000/00/nothing/feed")]
    [InlineData("/feed/rdf")]
    public async Task A_feed_of_nothing_is_not_found(string path)
    {
        using var answer = await _site.Reader.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_tag_whose_articles_are_all_gone_has_an_empty_feed_that_is_still_valid()
    {
        var feed = await _site.SyndicationAsync("/tag/forgotten/feed/atom");

        Assert.Empty(feed.Items);
        Assert.NotEqual(default, feed.LastUpdatedTime);
    }

    [Theory]
    [InlineData("/feed/", "/feed")]
    [InlineData("/Tag/Coins/Feed", "/tag/coins/feed")]
    public async Task Other_spellings_lead_to_the_feed(string path, string canonical)
    {
        using var answer = await _site.Reader.GetAsync(path);

        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal(canonical, answer.Headers.Location!.OriginalString);
    }

    public sealed class Archive : IAsyncLifetime
    {
        public FeedSite Site { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Site.InitializeAsync();
            await Site.WriteAsync("Who rules the root", FeedSite.Now.AddDays(-1), "internet-governance/regulation");
            await Site.WriteAsync("A rule for coins", FeedSite.Now.AddDays(-2), "fintech/regulation", tags: ["Coins"], authors: ["Ben Writer"]);
            await Site.WriteAsync("Paying by palm", FeedSite.Now.AddDays(-3), "fintech/payments", authors: ["Ben Writer"]);
            var gone = await Site.WriteAsync("Gone", FeedSite.Now.AddDays(-4), tags: ["Forgotten"]);
            await Site.ChangeAsync(gone, a => a.Withdraw("Untrue.", FeedSite.Now));
        }

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }
}
