using System.Text.Json;
using BlueTechWave.Web.Links;
using Xunit;

namespace BlueTechWave.Web.Tests.Links;

/// <summary>Against what search engines document for news articles, breadcrumbs, profiles and site names.</summary>
public class StructuredDataTests
{
    private static readonly PublisherFacts Publisher = new("Blue Tech Wave Media", "https://btw.example",
        new("https://btw.example/img/logo.png", 600, 60), ["https://social.example/btw"]);

    private static readonly StoryFacts Story = new()
    {
        Headline = "Rivals’ $1.3B “R&D” </script><script>alert(1)</script>",
        Address = "https://btw.example/2025/07/rivals",
        Description = "A & B <c>",
        PublishedAt = new(2025, 7, 10, 9, 0, 0, TimeSpan.FromHours(2)),
        UpdatedAt = new(2025, 7, 10, 11, 30, 0, TimeSpan.FromHours(2)),
        Authors = [new("Vic Writer", "https://btw.example/author/vic-writer", "BTW reporter"), new("Guest", null)],
        Images = ["https://btw.example/media/16x9.jpg", "https://btw.example/media/1x1.jpg"],
        Sections = ["Regulation", "AI"],
        Keywords = ["Chips"],
        Words = 412,
    };

    [Fact]
    public void An_article_says_all_that_is_documented()
    {
        var said = Read(StructuredData.NewsArticle(Story, Publisher));

        Assert.Equal("https://schema.org", said.GetProperty("@context").GetString());
        Assert.Equal("NewsArticle", said.GetProperty("@type").GetString());
        Assert.Equal(Story.Headline, said.GetProperty("headline").GetString());
        Assert.Equal("A & B <c>", said.GetProperty("description").GetString());
        Assert.Equal(Story.Images, said.GetProperty("image").EnumerateArray().Select(i => i.GetString()));
        Assert.Equal("2025-07-10T09:00:00+02:00", said.GetProperty("datePublished").GetString());
        Assert.Equal("2025-07-10T11:30:00+02:00", said.GetProperty("dateModified").GetString());
        Assert.Equal("https://btw.example/author/vic-writer", said.GetProperty("author")[0].GetProperty("url").GetString());
        Assert.Equal(("Person", "Guest"), (said.GetProperty("author")[1].GetProperty("@type").GetString(), said.GetProperty("author")[1].GetProperty("name").GetString()));
        Assert.False(said.GetProperty("author")[1].TryGetProperty("url", out _));
        Assert.Equal("https://btw.example/img/logo.png", said.GetProperty("publisher").GetProperty("logo").GetProperty("url").GetString());
        Assert.Equal("Regulation", said.GetProperty("articleSection")[0].GetString());
        Assert.Equal("Chips", said.GetProperty("keywords")[0].GetString());
        Assert.Equal(412, said.GetProperty("wordCount").GetInt32());
        Assert.True(said.GetProperty("isAccessibleForFree").GetBoolean());
        Assert.Equal(Story.Address, said.GetProperty("mainEntityOfPage").GetProperty("@id").GetString());
        Assert.Equal("en-GB", said.GetProperty("inLanguage").GetString());
    }

    [Fact]
    public void No_headline_ends_the_script_it_stands_in()
    {
        var printed = StructuredData.NewsArticle(Story, Publisher);

        Assert.DoesNotContain('<', printed);
        Assert.DoesNotContain('>', printed);
        Assert.DoesNotContain('&', printed);
    }

    [Fact]
    public void Paid_pieces_do_not_pass_for_news() =>
        Assert.Equal("AdvertiserContentArticle", Read(StructuredData.NewsArticle(Story with { IsPaidFor = true }, Publisher)).GetProperty("@type").GetString());

    [Fact]
    public void What_is_not_known_is_not_said()
    {
        var said = Read(StructuredData.NewsArticle(Story with { Images = [], Keywords = [], Words = 0, UpdatedAt = null }, Publisher with { Logo = null, SameAs = null }));

        foreach (var name in new[] { "image", "keywords", "wordCount" }) Assert.False(said.TryGetProperty(name, out _), name);
        Assert.False(said.GetProperty("publisher").TryGetProperty("logo", out _));
        Assert.Equal("2025-07-10T09:00:00+02:00", said.GetProperty("dateModified").GetString());
    }

    [Theory]
    [InlineData(110)]
    [InlineData(111)]
    [InlineData(200)]
    public void A_headline_is_at_most_110_characters_and_no_emoji_is_cut(int length)
    {
        foreach (var headline in new[] { new string('a', length), string.Concat(Enumerable.Repeat("ab ", length))[..length], "x" + string.Concat(Enumerable.Repeat("🚀", length / 2)) })
        {
            var said = Read(StructuredData.NewsArticle(Story with { Headline = headline }, Publisher)).GetProperty("headline").GetString()!;
            Assert.InRange(said.Length, 60, 110);
            Assert.DoesNotContain('\uFFFD', said);
            if (headline.Length <= 110) Assert.Equal(headline, said);
        }
    }

    [Fact]
    public void A_breadcrumb_counts_from_one_and_its_last_step_has_no_address()
    {
        var steps = Read(StructuredData.BreadcrumbList([new("Home", "https://btw.example/"), new("Fintech", "https://btw.example/category/fintech"), new("A “rule”", null)]))
            .GetProperty("itemListElement").EnumerateArray().ToList();

        Assert.Equal([1, 2, 3], steps.Select(s => s.GetProperty("position").GetInt32()));
        Assert.Equal("https://btw.example/category/fintech", steps[1].GetProperty("item").GetString());
        Assert.Equal("A “rule”", steps[2].GetProperty("name").GetString());
        Assert.False(steps[2].TryGetProperty("item", out _));
    }

    [Fact]
    public void The_site_can_be_searched()
    {
        var said = Read(StructuredData.WebSite(Publisher, "Tech news"));

        Assert.Equal("https://btw.example/", said.GetProperty("url").GetString());
        Assert.Equal("https://btw.example/search?q={search_term_string}", said.GetProperty("potentialAction").GetProperty("target").GetProperty("urlTemplate").GetString());
        Assert.Equal("required name=search_term_string", said.GetProperty("potentialAction").GetProperty("query-input").GetString());
        Assert.Equal(Read(StructuredData.Organization(Publisher)).GetProperty("@id").GetString(), said.GetProperty("publisher").GetProperty("@id").GetString());
    }

    [Fact]
    public void The_paper_names_its_logo_and_its_accounts()
    {
        var said = Read(StructuredData.Organization(Publisher));

        Assert.Equal("Organization", said.GetProperty("@type").GetString());
        Assert.Equal(600, said.GetProperty("logo").GetProperty("width").GetInt32());
        Assert.Equal("https://social.example/btw", said.GetProperty("sameAs")[0].GetString());
    }

    [Fact]
    public void A_listing_names_its_articles_in_order()
    {
        var said = Read(StructuredData.CollectionPage("Fintech", "https://btw.example/category/fintech", null,
            [("One", "https://btw.example/2025/07/one"), ("Two", "https://btw.example/2025/07/two")], Publisher));

        Assert.Equal("CollectionPage", said.GetProperty("@type").GetString());
        Assert.False(said.TryGetProperty("description", out _));
        Assert.Equal(["https://btw.example/2025/07/one", "https://btw.example/2025/07/two"],
            said.GetProperty("mainEntity").GetProperty("itemListElement").EnumerateArray().Select(i => i.GetProperty("url").GetString()));
        Assert.False(Read(StructuredData.CollectionPage("Empty", "https://btw.example/tag/empty", null, [], Publisher)).TryGetProperty("mainEntity", out _));
    }

    [Fact]
    public void A_profile_is_of_the_person_who_signs_articles()
    {
        var said = Read(StructuredData.ProfilePage(new("Vic Writer", null, "BTW reporter"), "https://btw.example/author/vic-writer", "Covers chips.", Publisher));

        Assert.Equal("ProfilePage", said.GetProperty("@type").GetString());
        Assert.Equal("Person", said.GetProperty("mainEntity").GetProperty("@type").GetString());
        Assert.Equal("https://btw.example/author/vic-writer", said.GetProperty("mainEntity").GetProperty("url").GetString());
        Assert.Equal("https://btw.example/#organization", said.GetProperty("mainEntity").GetProperty("worksFor").GetProperty("@id").GetString());
    }

    private static JsonElement Read(string printed) => JsonDocument.Parse(printed).RootElement;
}
