namespace BlueTechWave.Web.Tests;

public class SpellingTests(SpellingTests.Paper paper) : IClassFixture<SpellingTests.Paper>
{
    [Theory]
    [InlineData("/Category/AI", "/category/ai")]
    [InlineData("/category/ai/", "/category/ai")]
    [InlineData("/category//ai", "/category/ai")]
    [InlineData("//category/ai", "/category/ai")]
    [InlineData("///category///ai///", "/category/ai")]
    [InlineData("/category/ai.html", "/category/ai")]
    [InlineData("/category/ai.php", "/category/ai")]
    [InlineData("/category/ai/index.html", "/category/ai")]
    [InlineData("/index.html", "/")]
    [InlineData("/INDEX.HTML", "/")]
    [InlineData("/index.php", "/")]
    [InlineData("/2024/9", "/2024/09")]
    [InlineData("/2024/9/", "/2024/09")]
    [InlineData("/2024/9/Robots-Learn-To-Swim.html", "/2024/09/robots-learn-to-swim")]
    [InlineData("//2024//9//ROBOTS-learn-to-swim//", "/2024/09/robots-learn-to-swim")]
    [InlineData("/2024/09/robots-learn-to-swim/", "/2024/09/robots-learn-to-swim")]
    [InlineData("/2024/09/robots-learn-to-swim/Feed/", "/2024/09/robots-learn-to-swim/feed")]
    [InlineData("/Tag/ROBOTS/", "/tag/robots")]
    [InlineData("/AUTHOR/lina-moreau", "/author/lina-moreau")]
    [InlineData("/Archives/", "/archives")]
    [InlineData("/Search/", "/search")]
    [InlineData("/About/", "/about")]
    [InlineData("/about.html", "/about")]
    [InlineData("/Feed", "/feed")]
    [InlineData("/feed/", "/feed")]
    [InlineData("/FEED/Atom/", "/feed/atom")]
    [InlineData("/SiteMap.xml", "/sitemap.xml")]
    [InlineData("/sitemap.xml/", "/sitemap.xml")]
    [InlineData("/ROBOTS.TXT", "/robots.txt")]
    [InlineData("/PAGE/2/", "/page/2")]
    [InlineData("/page/1", "/")]
    [InlineData("/category/ai/page/1", "/category/ai")]
    [InlineData("/Category/AI/Page/1/", "/category/ai")]
    [InlineData("/tag/robots/page/1", "/tag/robots")]
    [InlineData("/author/lina-moreau/page/1", "/author/lina-moreau")]
    [InlineData("/2024/09/page/1", "/2024/09")]
    [InlineData("/2024/9/page/1", "/2024/09")]
    [InlineData("/2024/page/1", "/2024")]
    public async Task Another_spelling_leads_to_the_one_address_in_one_step(string spelling, string address)
    {
        foreach (var query in new[] { "", "?utm_source=Letter&x=%C3%A9//" })
        {
            var answer = await Wire.SendAsync(paper.Site.Address, Wire.Request(paper.Site.Address, spelling + query));
            Assert.Equal($"301 {address}{query}", $"{answer.Status} {answer.Header("Location")}");
        }

        Assert.Equal("200", await paper.Site.Reader.AnswerAsync(address));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("//evil.example/")]
    [InlineData("//Evil.example/%2e%2e")]
    [InlineData("/%2fevil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("/%5cevil.example/")]
    [InlineData("/%2F%2Fevil.example/INDEX.html")]
    [InlineData("////evil.example/index.html")]
    [InlineData("/.//evil.example/")]
    [InlineData("/..//evil.example/")]
    [InlineData("//evil.example/page/1")]
    [InlineData("/category//evil.example//page/1")]
    [InlineData("//.html")]
    [InlineData("//index.html")]
    [InlineData("/%0d%0aLocation:%20https://evil.example/")]
    public async Task No_spelling_leads_away_from_the_paper(string spelling)
    {
        var answer = await Wire.SendAsync(paper.Site.Address, Wire.Request(paper.Site.Address, spelling));

        if (answer.Header("Location") is { } location)
        {
            Assert.Matches("^/(?![/\\\\])", location);
            Assert.Equal(301, answer.Status);
        }

        Assert.DoesNotContain(answer.Headers, h => h.Value.StartsWith("https://evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_post_is_never_redirected_to_another_spelling()
    {
        var answer = await Wire.SendAsync(paper.Site.Address, Wire.Request(paper.Site.Address, "/Category/AI/", "POST", "Content-Length: 0\r\n"));
        Assert.NotEqual(301, answer.Status);
    }

    [Fact]
    public async Task The_canonical_link_of_a_page_is_its_address()
    {
        foreach (var address in new[] { "/", "/page/2", "/category/ai", "/category/ai/page/2", "/tag/robots", "/author/lina-moreau", "/2024", "/2024/09", "/2024/09/robots-learn-to-swim", "/archives", "/about" })
        {
            var page = await paper.Site.Reader.PageAsync(address + "?utm_source=x");
            var canonical = page.QuerySelector("link[rel=canonical]")?.GetAttribute("href");
            Assert.Equal(new Uri(paper.Site.Address, address).AbsoluteUri, canonical);
        }
    }

    public sealed class Paper : IAsyncLifetime
    {
        public NewsSite Site { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Site = await NewsSite.OpenAsync();
            await Site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]);
            await Site.PublishManyAsync(60);
        }

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }
}
