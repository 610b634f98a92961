using BlueTechWave.Core.Listings;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Listings;

/// <summary>Wherever a page begins, it begins where a reader who turned all pages before would be.</summary>
public class ListingPlacesTests
{
    private const int Pieces = 30;

    [Theory, OnEachProvider]
    public async Task A_page_deep_in_the_archive_begins_where_a_walk_comes_to(Provider provider)
    {
        await using var paper = await PaperOfMonthsAsync(provider);

        await AssertEveryPlaceAsync(paper);
    }

    /// <summary>The last night of June in Tokyo and the first of July in New York: their months say another order than their moments.</summary>
    [Theory, OnEachProvider]
    public async Task Months_of_two_time_zones_do_not_mislead(Provider provider)
    {
        await using var paper = await PaperOfMonthsAsync(provider);
        await paper.PublishAsync("It is July in Tokyo", (a, _) => a.Publish(new DateTime(2025, 6, 30, 16, 0, 0, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")));
        await paper.PublishAsync("It is June in New York", (a, _) => a.Publish(new DateTime(2025, 7, 1, 3, 0, 0, DateTimeKind.Utc), TimeZoneInfo.FindSystemTimeZoneById("America/New_York")));

        await AssertEveryPlaceAsync(paper);
    }

    [Theory, OnEachProvider]
    public async Task Every_so_many_from_the_oldest_one_is_the_last_of_its_stretch(Provider provider)
    {
        await using var paper = await PaperOfMonthsAsync(provider);
        var oldestFirst = (await paper.IdsAsync(_ => Listing.Site)).AsEnumerable().Reverse().ToList();

        await using var db = paper.Open();
        foreach (var size in new[] { 1, 7, 10, Pieces, 100 })
        {
            var ends = await ListingPlaces.EndsAsync(db, Listing.Site, size, TestContext.Current.CancellationToken);
            Assert.Equal(oldestFirst.Chunk(size).Select(stretch => stretch[^1]), ends.Select(e => e.ArticleId));
        }

        Assert.Empty(await ListingPlaces.EndsAsync(db, Listing.OfTag(4711), 7, TestContext.Current.CancellationToken));
    }

    /// <summary>Ten months, some with one piece, some with many, two of them at the same moment.</summary>
    private static async Task<Paper> PaperOfMonthsAsync(Provider provider)
    {
        var paper = await Paper.OpenAsync(provider);
        for (var i = 0; i < Pieces; i++) await paper.PublishAsync($"Story {i}", at: Paper.Noon.AddDays(-i * i / 3));
        return paper;
    }

    private static async Task AssertEveryPlaceAsync(Paper paper)
    {
        var walked = await paper.IdsAsync(_ => Listing.Site);
        await using var db = paper.Open();
        for (var skip = 0; skip <= walked.Count + 1; skip++)
        {
            var from = await ListingPlaces.FromAsync(db, Listing.Site, skip, TestContext.Current.CancellationToken, walked: 0);
            Assert.Equal(walked.Skip(skip).Take(4), await from.Take(4).Select(e => e.ArticleId).ToListAsync(TestContext.Current.CancellationToken));
        }
    }
}
