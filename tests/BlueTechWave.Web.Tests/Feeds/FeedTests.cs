using System.Globalization;
using System.ServiceModel.Syndication;
using System.Text.Json;
using System.Xml.Linq;
using BlueTechWave.Core.Articles;
using Xunit;

namespace BlueTechWave.Web.Tests.Feeds;

/// <summary>What a feed says of an article, in all three formats.</summary>
public class FeedTests(FeedTests.Archive archive) : IClassFixture<FeedTests.Archive>
{
    private const string Tricky = "Rivals’ $1.3B “R&D” deal: <b>1 > 0</b> ]]> \u0007\u200B\uFFFE🚀 end";
    private const string Kept = "Rivals’ $1.3B “R&D” deal: <b>1 > 0</b> ]]> \u200B🚀 end";

    private readonly FeedSite _site = archive.Site;

    [Theory]
    [InlineData("/feed")]
    [InlineData("/feed/atom")]
    public async Task An_article_is_in_the_feed_whole(string path)
    {
        var item = (await _site.SyndicationAsync(path)).Items.Single(i => i.Title.Text == "Chips for Mexico");
        var html = item.Html();

        Assert.Equal("https://btw.example/2025/07/chips-for-mexico", item.Links.First(l => l.RelationshipType == "alternate").Uri.AbsoluteUri);
        Assert.Contains("<li>Spend: $1.3B</li>", html);
        Assert.Contains("OUR TAKE", html);
        Assert.Contains("–Vic Writer, BTW reporter", html);
        Assert.Contains("<h2", html);
        Assert.Contains("The last paragraph.", html);
        Assert.True(html.IndexOf("$1.3B", StringComparison.Ordinal) < html.IndexOf("OUR TAKE", StringComparison.Ordinal));
        Assert.True(html.IndexOf("OUR TAKE", StringComparison.Ordinal) < html.IndexOf("What happened", StringComparison.Ordinal));
        Assert.Contains("Correction:</strong> It was Monday.", html);
        Assert.Equal(["Regulation", "AI", "Chips"], item.Categories.Select(c => c.Name));
        Assert.Equal(FeedSite.Now.AddHours(-3), item.PublishDate.UtcDateTime);
    }

    [Theory]
    [InlineData("/feed")]
    [InlineData("/feed/atom")]
    public async Task Addresses_in_the_text_are_whole_and_nothing_in_it_needs_our_page(string path)
    {
        var html = (await _site.SyndicationAsync(path)).Items.Single(i => i.Title.Text == "Chips for Mexico").Html();

        Assert.Contains("href=\"https://btw.example/about\"", html);
        Assert.Contains("src=\"https://btw.example/media/chart.png\"", html);
        Assert.Contains("href=\"https://elsewhere.example/\"", html);
        Assert.DoesNotContain("=\"/", html);
        Assert.DoesNotContain("data-", html);
        Assert.DoesNotContain("<script", html);
    }

    [Fact]
    public async Task A_footnote_and_a_text_that_looks_like_a_link_stay_what_they_are()
    {
        var address = new Uri("https://btw.example/2025/07/a");

        Assert.Equal("<a href=\"https://btw.example/2025/07/a#fn:1\">1</a>", Web.Feeds.FeedHtml.Absolute("<a href=\"#fn:1\">1</a>", address));
        Assert.Equal("<code>&lt;a href=\"/x\"&gt;</code>", Web.Feeds.FeedHtml.Absolute("<code>&lt;a href=\"/x\"&gt;</code>", address));
        Assert.Equal("<a href=\"mailto:a@b.example\">a</a>", Web.Feeds.FeedHtml.Absolute("<a href=\"mailto:a@b.example\">a</a>", address));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task An_also_read_link_shows_the_current_headline_and_a_whole_address()
    {
        var html = (await _site.SyndicationAsync("/feed")).Items.Single(i => i.Title.Text == "Chips for Mexico").Html();

        Assert.Contains("<a href=\"https://btw.example/2025/07/an-older-story\">An older story, renamed</a>", html);
        Assert.DoesNotContain("A draft nobody may see", html);
    }

    [Fact]
    public async Task A_video_keeps_its_link() =>
        Assert.Contains("href=\"https://www.youtube.com/watch?v=aqz-KE-bpKQ\"", (await _site.SyndicationAsync("/feed")).Items.Single(i => i.Title.Text == "Chips for Mexico").Html());

    [Theory]
    [InlineData("/feed")]
    [InlineData("/feed/atom")]
    public async Task Headlines_are_told_as_they_are_and_no_character_breaks_the_xml(string path) =>
        Assert.Contains(Kept, await _site.HeadlinesAsync(path));

    [Fact]
    public async Task Rss_has_what_its_validator_asks_for()
    {
        var channel = (await _site.XmlAsync("/feed")).Element("channel")!;
        var self = channel.Element((XNamespace)"http://www.w3.org/2005/Atom" + "link")!;
        var item = channel.Elements("item").Single(i => i.Element("title")!.Value == "Chips for Mexico");

        Assert.Equal(["title", "link", "description", "language", "lastBuildDate", "ttl"], channel.Elements().Where(e => e.Name.Namespace == "" && e.Name != "item").Select(e => e.Name.LocalName));
        Assert.Equal("en-GB", channel.Element("language")!.Value);
        Assert.Equal(("https://btw.example/feed", "self"), (self.Attribute("href")!.Value, self.Attribute("rel")!.Value));
        Assert.Equal("false", item.Element("guid")!.Attribute("isPermaLink")!.Value);
        Assert.StartsWith("tag:btw.example,2023:article/", item.Element("guid")!.Value, StringComparison.Ordinal);
        Assert.Equal(["Vic Writer", "Ana Reporter"], item.Elements((XNamespace)"http://purl.org/dc/elements/1.1/" + "creator").Select(e => e.Value));
        Assert.Equal("Thu, 10 Jul 2025 09:00:00 GMT", item.Element("pubDate")!.Value);
        Assert.Equal("Spend: $1.3B", item.Element("description")!.Value);
        Assert.Equal("https://btw.example/2025/07/chips-for-mexico/feed", item.Element((XNamespace)"http://wellformedweb.org/CommentAPI/" + "commentRss")!.Value);
        Assert.All(channel.Elements("item"), i => Assert.Single(i.Elements("guid")));
        Assert.Equal(channel.Elements("item").Count(), channel.Elements("item").Select(i => i.Element("guid")!.Value).Distinct().Count());
    }

    [Fact]
    public async Task Atom_has_what_the_standard_asks_for()
    {
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var feed = await _site.XmlAsync("/feed/atom");
        var item = feed.Elements(atom + "entry").Single(i => i.Element(atom + "title")!.Value == "Chips for Mexico");

        Assert.Equal("https://btw.example/feed/atom", feed.Elements(atom + "link").Single(l => l.Attribute("rel")!.Value == "self").Attribute("href")!.Value);
        Assert.Equal("tag:btw.example,2023:articles", feed.Element(atom + "id")!.Value);
        Assert.Equal("2025-07-10T11:30:00Z", feed.Element(atom + "updated")!.Value);
        Assert.Equal("2025-07-10T09:00:00Z", item.Element(atom + "published")!.Value);
        Assert.Equal("2025-07-10T11:30:00Z", item.Element(atom + "updated")!.Value);
        Assert.Equal(["Vic Writer", "Ana Reporter"], item.Elements(atom + "author").Select(a => a.Element(atom + "name")!.Value));
        Assert.Equal("https://btw.example/author/vic-writer", item.Element(atom + "author")!.Element(atom + "uri")!.Value);
        Assert.Equal("html", item.Element(atom + "content")!.Attribute("type")!.Value);
        Assert.All(feed.Elements(atom + "entry"), e => Assert.All(["id", "title", "updated"], name => Assert.Single(e.Elements(atom + name))));
    }

    [Fact]
    public async Task Json_feed_has_what_its_version_asks_for()
    {
        var feed = await _site.JsonAsync("/feed/json");
        var items = feed.GetProperty("items").EnumerateArray().ToList();
        var item = items.Single(i => i.GetProperty("title").GetString() == "Chips for Mexico");

        Assert.Equal("https://jsonfeed.org/version/1.1", feed.GetProperty("version").GetString());
        Assert.Equal("Blue Tech Wave Media", feed.GetProperty("title").GetString());
        Assert.Equal("https://btw.example/", feed.GetProperty("home_page_url").GetString());
        Assert.Equal("https://btw.example/feed/json", feed.GetProperty("feed_url").GetString());
        Assert.Equal("https://btw.example/2025/07/chips-for-mexico", item.GetProperty("url").GetString());
        Assert.Equal("Spend: $1.3B", item.GetProperty("summary").GetString());
        Assert.Contains("The last paragraph.", item.GetProperty("content_html").GetString());
        Assert.Equal("https://btw.example/media/lead.jpg", item.GetProperty("image").GetString());
        Assert.Equal(["Regulation", "AI", "Chips"], item.GetProperty("tags").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal("Vic Writer", item.GetProperty("authors")[0].GetProperty("name").GetString());
        Assert.Equal(FeedSite.Now.AddHours(-3), item.GetProperty("date_published").GetDateTimeOffset().UtcDateTime);
        Assert.Equal(FeedSite.Now.AddMinutes(-30), item.GetProperty("date_modified").GetDateTimeOffset().UtcDateTime);
        Assert.Contains(Kept, items.Select(i => i.GetProperty("title").GetString()));
        Assert.All(items, i => Assert.Equal(JsonValueKind.String, i.GetProperty("id").ValueKind));
        Assert.DoesNotContain(items, i => i.EnumerateObject().Any(p => p.Value.ValueKind == JsonValueKind.Null));
    }

    [Fact]
    public async Task A_photograph_goes_along_and_for_a_foreign_drawing_the_drawn_headline_stands_in()
    {
        XNamespace media = "http://search.yahoo.com/mrss/";
        var items = (await _site.XmlAsync("/feed")).Descendants("item").ToDictionary(i => i.Element("title")!.Value);
        var picture = items["Chips for Mexico"].Element(media + "content")!;

        Assert.Equal("https://btw.example/media/lead.jpg", picture.Attribute("url")!.Value);
        Assert.Equal("image/jpeg", picture.Attribute("type")!.Value);
        Assert.Equal("A factory hall", picture.Element(media + "description")!.Value);
        Assert.NotNull(picture.Element(media + "thumbnail"));
        Assert.Matches("^https://btw.example/media/cards/[0-9]+/[0-9a-f]{16}.jpg$", items["An older story, renamed"].Element(media + "content")!.Attribute("url")!.Value);
        Assert.DoesNotContain(".svg", items["An older story, renamed"].ToString());
    }

    [Fact]
    public async Task Partner_content_says_so_and_keeps_its_title()
    {
        var item = (await _site.SyndicationAsync("/feed")).Items.Single(i => i.Title.Text == "Why our modems are best");

        Assert.Contains("Partner Content", item.Categories.Select(c => c.Name));
        Assert.StartsWith("<p><strong>Partner Content</strong></p>", item.Html(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/feed")]
    [InlineData("/feed/atom")]
    [InlineData("/feed/json")]
    public async Task Drafts_scheduled_and_withdrawn_pieces_are_nowhere(string path)
    {
        var text = await _site.Reader.GetStringAsync(path);

        Assert.DoesNotContain("A draft nobody may see", text);
        Assert.DoesNotContain("Tomorrow’s news", text);
        Assert.DoesNotContain("A mistake", text);
    }

    [Fact]
    public async Task A_feed_has_the_twenty_newest_in_order()
    {
        var items = (await _site.SyndicationAsync("/feed")).Items.ToList();

        Assert.Equal(20, items.Count);
        Assert.Equal(items.OrderByDescending(i => i.PublishDate).Select(i => i.Id), items.Select(i => i.Id));
    }

    [Theory]
    [InlineData("/feed", "application/rss+xml")]
    [InlineData("/feed/atom", "application/atom+xml")]
    [InlineData("/feed/json", "application/feed+json")]
    public async Task A_feed_says_what_it_is_and_when_it_last_changed(string path, string mediaType)
    {
        using var answer = await _site.Reader.GetAsync(path);

        Assert.Equal(mediaType, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("utf-8", answer.Content.Headers.ContentType.CharSet);
        Assert.Equal(FeedSite.Now, answer.Content.Headers.LastModified!.Value.UtcDateTime);
    }

    /// <summary>A store with one of everything, and enough besides.</summary>
    public sealed class Archive : IAsyncLifetime
    {
        public FeedSite Site { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Site.InitializeAsync();
            var draft = await Site.WriteAsync("A draft nobody may see", null);
            var scheduled = await Site.WriteAsync("Tomorrow’s news", null);
            await Site.ChangeAsync(scheduled, a => a.Schedule(FeedSite.Now.AddDays(1), FeedSite.Now));
            var mistake = await Site.WriteAsync("A mistake", FeedSite.Now.AddHours(-1));
            await Site.ChangeAsync(mistake, a => a.Withdraw("Untrue.", FeedSite.Now));

            var older = await Site.WriteAsync("An older story", FeedSite.Now.AddHours(-6), picture: new("/img/cover.svg", 1200, 675, "Waves", null, null));
            await Site.ChangeAsync(older, a => a.Write(new("An older story, renamed", ["A point."], "Words."), FeedSite.Now));
            await Site.WriteAsync(Tricky, FeedSite.Now.AddHours(-2));
            await Site.WriteAsync("Why our modems are best", FeedSite.Now.AddHours(-4), "company-stories/partner-content");
            var chips = await Site.WriteAsync("Chips for Mexico", FeedSite.Now.AddHours(-3), tags: ["AI", "Chips"], authors: ["Vic Writer", "Ana Reporter"],
                keyPoint: "Spend: $1.3B", take: new OurTake("It matters.", "Vic Writer", "BTW reporter"),
                picture: new("/media/lead.jpg", 1600, 900, "A factory hall", "The hall", "Photo: Ana"), body: string.Create(CultureInfo.InvariantCulture, $"""
                ## What happened

                See [about](/about), [elsewhere](https://elsewhere.example/) and ![a chart](/media/chart.png).

                Also read: <article:{older}>

                Also read: <article:{draft}>

                ![A talk](https://www.youtube.com/watch?v=aqz-KE-bpKQ)

                The last paragraph.
                """));
            await Site.ChangeAsync(chips, a => a.Correct("It was Monday.", FeedSite.Now.AddMinutes(-30)));
            for (var i = 0; i < 20; i++)
                await Site.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"Story {i}"), FeedSite.Now.AddDays(-1).AddMinutes(-i));
        }

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }
}
