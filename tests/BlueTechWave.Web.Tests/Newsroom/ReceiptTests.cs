using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Caching;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>The site looks for what it has just published, as a reader would.</summary>
public class ReceiptTests
{
    [Theory, EachStore]
    public async Task Publishing_ends_in_a_receipt_and_unpublishing_too(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await site.PublishManyAsync(45, (i, copy) => copy.Tags = ["Robots"]);
        var id = await noor.BeginAsync("Robots learn to swim", ("Tags", "Robots"));
        foreach (var list in new[] { "/", "/tag/robots", "/category/ai", "/feed", "/2024/09", "/sitemaps/articles-1.xml" }) await site.Reader.TextAsync(list);

        using var answer = await noor.PressAsync(id, "Publish");
        var editor = await noor.ReadAsync(answer.Headers.Location!.OriginalString);
        Assert.Matches("^Published. Live everywhere in [0-9]+ ms.", editor.QuerySelector(".said")!.TextContent.Trim());

        var places = (await noor.ReadAsync($"/newsroom/articles/{id}/receipt")).QuerySelectorAll("tbody tr");
        Assert.Equal(
            ["The article", "The home page", "The category “AI”", "The tag “Robots”", "The author “Noor Haddad”", "The year", "The month", "The feed", "The feed (atom)", "The feed (json)", "The sitemap", "The search"],
            places.Select(p => p.QuerySelector("th")!.TextContent));
        Assert.All(places, p => Assert.Equal("As it should be", p.QuerySelector(".chip")!.TextContent));

        await noor.PressAsync(id, "Unpublish", ("reason", "It was about whales."));
        Assert.Matches("Gone everywhere in [0-9]+ ms.", (await noor.ReadAsync(Editing.AddressOf(id))).QuerySelector(".said")!.TextContent.Trim());
    }

    [Theory, EachStore]
    public async Task A_place_that_disagrees_is_named(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]);
        var tag = await site.AskAsync(db => db.Tags.Select(t => t.Id).SingleAsync());
        await site.AskAsync(db => db.ListingEntries.In(Listing.OfTag(tag)).ExecuteDeleteAsync());
        await site.Services.GetRequiredService<CacheInvalidation>().EmptyAsync(Notice.List(Listing.OfTag(tag)));

        var page = await noor.ReadAsync($"/newsroom/articles/{article.Id}/receipt");

        Assert.Equal("Not everywhere yet: the tag “Robots” (/tag/robots) does not have it.", page.QuerySelector(".said")!.TextContent);
        Assert.Equal(["It does not have it"], page.QuerySelectorAll(".chip--unpublished").Select(c => c.TextContent));
    }

    /// <summary>An old piece stands on some later page of every list: it is looked for there.</summary>
    [Theory, EachStore]
    public async Task An_old_article_is_looked_for_where_it_stands(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var old = await site.PublishAsync("Robots learn to swim", copy => copy.At = NewsSite.Opening.AddDays(-20));
        await site.PublishManyAsync(45, (i, copy) => copy.At = NewsSite.Opening.AddDays(-10).AddMinutes(i));

        var page = await noor.ReadAsync($"/newsroom/articles/{old.Id}/receipt");

        Assert.StartsWith("Live everywhere", page.QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("/category/ai/page/3", page.QuerySelectorAll("tbody a").Select(a => a.GetAttribute("href")));
        Assert.DoesNotContain("The home page", page.QuerySelectorAll("tbody th").Select(a => a.TextContent));
    }

    [Fact]
    public async Task A_draft_has_none()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await ines.BeginAsync("Robots learn to swim");

        Assert.Contains("no reader finds it anywhere", (await ines.ReadAsync($"/newsroom/articles/{id}/receipt")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }
}
