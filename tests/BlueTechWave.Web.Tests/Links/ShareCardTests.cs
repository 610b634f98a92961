using System.Text.Json;
using System.Xml.Linq;
using AngleSharp.Dom;
using BlueTechWave.Core.Articles;
using BlueTechWave.Web.Media;
using Microsoft.AspNetCore.WebUtilities;

namespace BlueTechWave.Web.Tests.Links;

/// <summary>Wherever a story is handed on it is told the same: one headline, one summary, one picture.</summary>
public class ShareCardTests
{
    private const string Odd = "Rivals’ $1.3B “R&D” <b>1 > 0</b> ]]> \u0007\u200B\uFFFE🚀\ttab é 漢字";
    private const string OddAsTold = "Rivals’ $1.3B “R&D” <b>1 > 0</b> ]]> \u200B🚀 tab é 漢字";

    // Key points are Markdown: no markup is left of them, and what is no text is said to be none.
    private const string SummaryAsTold = "Rivals’ $1.3B “R&D” 1 > 0 ]]> \uFFFD\u200B\uFFFD🚀 tab é 漢字 again";

    public static TheoryData<Store, string> Stories
    {
        get
        {
            var stories = new TheoryData<Store, string>();
            foreach (var story in new[] { "plain", "retold", "retold in part", "with a photograph", "with one of our drawings", "with a drawing from elsewhere", "odd" })
            {
                stories.Add(Store.Sqlite, story);
                stories.Add(new TheoryDataRow<Store, string>(Store.Postgres, story) { Skip = Postgres.WhyNot });
            }

            return stories;
        }
    }

    [Theory, MemberData(nameof(Stories))]
    public async Task Share_links_card_and_every_feed_tell_a_story_the_same(Store store, string story)
    {
        await using var site = await NewsSite.OpenAsync(store, "Site:BaseUrl=https://btw.example");
        var article = await site.PublishAsync(story == "odd" ? Odd : "Robots learn to swim", copy => copy.KeyPoints = [story == "odd" ? $"{Odd} again" : "They dive as well."]);
        await site.ChangeAsync(article, a => Prepare(a, story));

        var page = await site.Reader.PageAsync(NewsSite.AddressOf(article));
        var (title, summary, picture) = (Meta(page, "og:title"), Meta(page, "og:description"), Meta(page, "og:image"));

        Assert.Equal(Expected(story), (title, summary));
        Assert.Equal((title, summary, picture), (Meta(page, "twitter:title"), Meta(page, "twitter:description"), Meta(page, "twitter:image")));
        Assert.Equal((title, summary, picture), await JsonAsync(site));
        Assert.Equal((title, summary, picture), await RssAsync(site));
        Assert.Equal((title, summary, picture), await AtomAsync(site));
        AssertShared(page, title, summary, picture);
        Assert.Equal(story is "with a photograph" ? "/media/robot.jpg" : story is "with one of our drawings" ? "/img/art/pic-mesh.png" : HeadlineCards.Of(article.Id, article.Slug, article.Headline).Path, new Uri(picture).AbsolutePath);
    }

    [Fact]
    public async Task The_page_itself_and_search_engines_keep_to_the_headline()
    {
        await using var site = await NewsSite.OpenAsync();
        var article = await site.PublishAsync("Robots learn to swim");
        await site.ChangeAsync(article, a => a.ShareAs("You will not believe this robot", "See it swim."));

        var page = await site.Reader.PageAsync(NewsSite.AddressOf(article));

        Assert.Equal("Robots learn to swim | Blue Tech Wave Media", page.Title);
        Assert.Equal("Robots learn to swim", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("\"headline\":\"Robots learn to swim\"", page.Head!.InnerHtml, StringComparison.Ordinal);
        Assert.DoesNotContain("You will not believe", await site.Reader.TextAsync("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("You will not believe", await site.Reader.TextAsync("/sitemap-news.xml"), StringComparison.Ordinal);
    }

    private static void Prepare(Article article, string story)
    {
        if (story == "retold") article.ShareAs("Robots that swim", "One of them even dives.");
        if (story == "retold in part") article.ShareAs(" ", "One of them even dives.");
        if (story == "with a photograph") article.Illustrate(new("/media/robot.jpg", 1600, 900, "A robot in a pool", "The pool", "Photo: Ada"));
        if (story == "with one of our drawings") article.Illustrate(new("/img/art/pic-mesh.svg", 1200, 800, "A mesh", null, null));
        if (story == "with a drawing from elsewhere") article.Illustrate(new("/media/robot.svg", 1200, 800, "A robot", null, null));
    }

    private static (string, string) Expected(string story) => story switch
    {
        "retold" => ("Robots that swim", "One of them even dives."),
        "retold in part" => ("Robots learn to swim", "One of them even dives."),
        "odd" => (OddAsTold, SummaryAsTold),
        _ => ("Robots learn to swim", "They dive as well."),
    };

    private static string Meta(IDocument page, string name) =>
        page.QuerySelector($"meta[property='{name}'], meta[name='{name}']")!.GetAttribute("content")!;

    private static async Task<(string, string, string)> JsonAsync(NewsSite site)
    {
        var item = JsonDocument.Parse(await site.Reader.TextAsync("/feed/json")).RootElement.GetProperty("items")[0];
        return (item.GetProperty("title").GetString()!, item.GetProperty("summary").GetString()!, item.GetProperty("image").GetString()!);
    }

    private static async Task<(string, string, string)> RssAsync(NewsSite site)
    {
        var item = XDocument.Parse(await site.Reader.TextAsync("/feed"), LoadOptions.PreserveWhitespace).Descendants("item").Single();
        return (item.Element("title")!.Value, item.Element("description")!.Value, item.Element(Media + "content")!.Attribute("url")!.Value);
    }

    private static async Task<(string, string, string)> AtomAsync(NewsSite site)
    {
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var entry = XDocument.Parse(await site.Reader.TextAsync("/feed/atom"), LoadOptions.PreserveWhitespace).Descendants(atom + "entry").Single();
        return (entry.Element(atom + "title")!.Value, entry.Element(atom + "summary")!.Value, entry.Element(Media + "thumbnail")!.Attribute("url")!.Value);
    }

    private static void AssertShared(IDocument page, string title, string summary, string picture)
    {
        const string Address = "https://btw.example";
        var links = page.QuerySelectorAll(".share a").Select(a => a.GetAttribute("href")!).ToList();
        var queries = links.ConvertAll(l => QueryHelpers.ParseQuery(l[l.IndexOf('?', StringComparison.Ordinal)..]));

        Assert.All(queries.Take(4), q => Assert.StartsWith(Address, (q.TryGetValue("u", out var u) ? u : q["url"]).ToString(), StringComparison.Ordinal));
        Assert.Equal(title, queries[1]["text"]);
        Assert.Equal((picture, $"{title} – {summary}"), (queries[3]["media"].ToString(), queries[3]["description"].ToString()));
        Assert.Equal(title, queries[4]["subject"]);
        Assert.StartsWith($"{title}\r\n\r\n{summary}\r\n\r\n{Address}", queries[4]["body"].ToString(), StringComparison.Ordinal);
        var button = page.QuerySelector("[data-share]")!;
        Assert.Equal((title, summary), (button.GetAttribute("data-title"), button.GetAttribute("data-text")));
    }

    private static readonly XNamespace Media = "http://search.yahoo.com/mrss/";
}
