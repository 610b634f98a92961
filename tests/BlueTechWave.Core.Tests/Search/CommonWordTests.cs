using BlueTechWave.Core.Data;
using BlueTechWave.Core.Search;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Search;

/// <summary>Words that stand in more articles than are ranked, on SQLite. Behind the paper's own is an archive of old ones that only the index knows.</summary>
public class CommonWordTests
{
    [Fact]
    public async Task Words_of_every_article_find_first_those_that_have_them_in_front()
    {
        await using var paper = await PaperOfYearsAsync();
        var tagged = await paper.PublishAsync("One", (a, db) => a.TagWith(db.Tag("brazil")), at: Paper.Noon.AddDays(-5), body: "The network of the brazil.");
        var headed = await paper.PublishAsync("The network of Brazil", at: Paper.Noon.AddDays(-9), body: "Nothing.");
        var newest = await paper.PublishAsync("Two", at: Paper.Noon.AddDays(-1), body: "A network, brazil.");
        var pointed = await paper.PublishAsync("Three", at: Paper.Noon.AddDays(-7), keyPoint: "The network reached Brazil.");
        await paper.PublishAsync("Apart", at: Paper.Noon, keyPoint: "Nothing about it.", body: "The network.");

        Assert.Equal([headed, pointed, newest, tagged], (await FindAsync(paper, new("network brazil", PageSize: 4))).Hits.Select(h => h.ArticleId));
        Assert.Equal([newest, tagged], (await FindAsync(paper, new("network brazil", Page: 2, PageSize: 2))).Hits.Select(h => h.ArticleId));
        var without = await FindAsync(paper, new("network brazil -reached", PageSize: 2));
        Assert.Equal([headed, newest], without.Hits.Select(h => h.ArticleId));
        Assert.Equal(SearchTerms.CountedAtMost, without.Total);
        Assert.Equal([pointed], (await FindAsync(paper, new("network brazil", From: Paper.Noon.AddDays(-7), To: Paper.Noon.AddDays(-6)))).Hits.Select(h => h.ArticleId));
        Assert.Contains(SearchTerms.Open, without.Hits[0].Snippet);
    }

    [Fact]
    public async Task Whatever_a_reader_types_beside_them_does_not_fail()
    {
        await using var paper = await PaperOfYearsAsync();
        await using var db = paper.Open();

        foreach (var typed in ArticleSearchTests.Hostile) await db.Search.FindAsync(db, new($"network brazil {typed}"), TestContext.Current.CancellationToken);
    }

    private static async Task<Paper> PaperOfYearsAsync()
    {
        var paper = await Paper.OpenAsync(Provider.Sqlite);
        await using var db = paper.Open();
        await db.Database.ExecuteSqlAsync($"""
            WITH RECURSIVE old(place) AS (SELECT 1000 UNION ALL SELECT place + 8 FROM old LIMIT {SqliteArticleSearch.Candidates + 10})
            INSERT INTO "ArticleSearch" (rowid, "Headline", "KeyPoints", "Body", "Authors", "Tags", "Filters")
            SELECT place, 'Old', '', 'The network of brazil.', '', '', {FilterWords.Any} FROM old
            """);
        return paper;
    }

    private static async Task<SearchResult> FindAsync(Paper paper, SearchQuery query)
    {
        await using var db = paper.Open();
        return await db.Search.FindAsync(db, query, TestContext.Current.CancellationToken);
    }
}
