using System.Globalization;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Articles;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests;

/// <summary>A day of saves, one after the other; after each, at once, every surface says what the store says.</summary>
public partial class AgreementTests
{
    private static readonly string[] Listings = ["", "/category/internet-governance", "/category/internet-governance/regulation", "/tag/airships", "/author/daniel-okoro"];

    private static readonly string[] Surfaces =
    [
        "/", .. Listings.Skip(1), "/2024", "/2024/09", "/search?q=zeppelin", "/search?q=zeppelin&sort=newest",
        .. Listings.SelectMany(l => new[] { $"{l}/feed", $"{l}/feed/atom", $"{l}/feed/json" }), "/sitemaps/articles-1.xml", "/sitemap-news.xml",
    ];

    [Theory, EachStore]
    public async Task No_surface_disagrees_with_the_store_after_any_save(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var stories = new List<Article>();
        await AgreeAsync(site, "nothing");

        for (var i = 1; i <= 3; i++)
        {
            stories.Add(await site.PublishAsync($"Airship {i} lands", Airship));
            await AgreeAsync(site, $"published {i}");
        }

        await site.HeadlineAsync(stories[1], "Airship two bursts");
        await AgreeAsync(site, "a new headline");
        await site.WithdrawAsync(stories[2]);
        await AgreeAsync(site, "withdrawn");
        var draft = await site.DraftAsync("Airship 4 lands", Airship);
        await AgreeAsync(site, "a draft");
        await site.ChangeAsync(draft, a => a.Publish(site.Now, TimeZoneInfo.Utc));
        await AgreeAsync(site, "the draft published");
        await site.ChangeAsync(stories[2], a => a.Publish(site.Now, TimeZoneInfo.Utc));
        await AgreeAsync(site, "published again");
        await site.EditAsync(async db => db.Remove(await db.Articles.SingleAsync(a => a.Id == stories[0].Id)));
        await AgreeAsync(site, "deleted");
        await site.ChangeAsync(stories[1], a => a.Correct("It did not burst.", site.Now));
        await AgreeAsync(site, "corrected");

        static void Airship(Copy copy) =>
            (copy.Category, copy.Author, copy.Tags, copy.Body) = ("internet-governance/regulation", "daniel-okoro", ["Airships"], "A zeppelin was seen above the exchange.");
    }

    /// <summary>The surfaces are asked twice, so that the next save finds each of them in the cache.</summary>
    private static async Task AgreeAsync(NewsSite site, string after)
    {
        var all = await site.AskAsync(db => db.Articles.AsNoTracking().Where(a => a.Year != null).ToListAsync());
        var shown = all.Where(a => a.Status == ArticleStatus.Published).ToList();
        foreach (var surface in Surfaces)
        {
            if (shown.Count == 0 && surface.StartsWith("/tag", StringComparison.Ordinal) || shown.Count == 0 && surface.StartsWith("/20", StringComparison.Ordinal) || shown.Count == 0 && surface.StartsWith("/sitemaps", StringComparison.Ordinal)) continue;
            var text = await site.Reader.TextAsync(surface);
            Assert.Equal(text, await site.Reader.TextAsync(surface));
            Assert.Equal($"{after}, {surface}: {Names(shown.Select(a => a.Slug))}", $"{after}, {surface}: {Names(Story().Matches(text).Select(m => m.Groups[1].Value))}");
            if (surface.Contains("sitemaps", StringComparison.Ordinal)) continue;
            foreach (var article in shown) Assert.True(text.Contains(article.Headline, StringComparison.Ordinal), $"{after}: {surface} does not say “{article.Headline}”");
        }

        foreach (var article in all)
        {
            using var answer = await site.Reader.GetAsync(NewsSite.AddressOf(article));
            Assert.Equal($"{after}: {(article.Status == ArticleStatus.Published ? 200 : 410)}", string.Create(CultureInfo.InvariantCulture, $"{after}: {(int)answer.StatusCode}"));
            if (article.Status == ArticleStatus.Published) Assert.Contains($">{article.Headline}</h1>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static string Names(IEnumerable<string> slugs) => string.Join(", ", slugs.Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex("/2024/09/(airship-[a-z0-9-]+)")]
    private static partial Regex Story();
}
