using BlueTechWave.Core.Search;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Search;

public class EmptySearchTests
{
    private static readonly DateOnly Today = new(2025, 7, 10);

    [Theory, OnEachProvider]
    public async Task Searches_that_find_nothing_are_counted_by_day(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        await using var db = paper.Open();
        await EmptySearch.AddAsync(db, Today, new Dictionary<string, int> { ["elephants"] = 2, ["zebras"] = 1 });
        await EmptySearch.AddAsync(db, Today, new Dictionary<string, int> { ["elephants"] = 3 });
        await EmptySearch.AddAsync(db, Today.AddDays(1), new Dictionary<string, int> { ["elephants"] = 1 });

        Assert.Equal(
            [(Today, "elephants", 5), (Today, "zebras", 1), (Today.AddDays(1), "elephants", 1)],
            (await db.EmptySearches.AsNoTracking().OrderBy(s => s.Day).ThenBy(s => s.Words).ToListAsync()).Select(s => (s.Day, s.Words, s.Count)));
    }

    [Theory, OnEachProvider]
    public async Task A_day_has_an_end_and_old_days_are_let_go(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        await using var db = paper.Open();
        await EmptySearch.AddAsync(db, Today, Enumerable.Range(0, EmptySearch.KeptOfADay + 50).ToDictionary(i => $"word {i}", _ => 1));
        Assert.Equal(EmptySearch.KeptOfADay, await db.EmptySearches.CountAsync());

        await EmptySearch.AddAsync(db, Today.AddDays(EmptySearch.KeptDays + 1), new Dictionary<string, int> { ["zebras"] = 1 });
        Assert.Equal("zebras", (await db.EmptySearches.AsNoTracking().SingleAsync()).Words);
    }

    [Theory]
    [InlineData("  Élephants, \"in\"  SPACE ", "elephants in space")]
    [InlineData("anna@example.com", null)]
    [InlineData("020 7946 0958", null)]
    [InlineData("?!", null)]
    [InlineData("wrc 2023", "wrc 2023")]
    public void Words_are_counted_folded_and_nothing_that_may_name_a_person_by_number_or_address(string typed, string? counted) =>
        Assert.Equal(counted, EmptySearch.Normalized(typed));

    [Fact]
    public void A_long_search_is_cut() => Assert.Equal(EmptySearch.WordsLength, EmptySearch.Normalized(new string('a', 500))!.Length);
}
