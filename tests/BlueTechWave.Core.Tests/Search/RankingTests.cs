using System.Globalization;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Search;
using BlueTechWave.Core.Tests.Demo;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Search;

/// <summary>
/// What readers should find first, judged by hand over the demo newsroom (judged.tsv): NDCG@10 is 1 when the best
/// stand first, and falls with each that stands too low.
/// </summary>
public sealed class RankingTests(DemoStores demo, ITestOutputHelper output) : IClassFixture<DemoStores>
{
    private const double Floor = 0.96;
    private const int Depth = 10;

    [Theory, OnEachProvider]
    public async Task The_judged_searches_find_what_they_should_first(Provider provider)
    {
        await using var db = (await demo.ThisAsync(provider)).Open();
        var slugs = await db.Articles.Published().ToDictionaryAsync(a => a.Id, a => a.Slug);
        var judged = await ReadAsync();
        Assert.True(judged.Count >= 60);
        Assert.Empty(judged.SelectMany(j => j.Grades.Keys).Except(slugs.Values));

        var scores = new List<(string Query, double Score)>();
        foreach (var (query, grades) in judged)
        {
            var found = await db.Search.FindAsync(db, new SearchQuery(query, PageSize: Depth), CancellationToken.None);
            scores.Add((query, Ndcg([.. found.Hits.Select(h => grades.GetValueOrDefault(slugs[h.ArticleId]))], grades.Values)));
        }

        var mean = scores.Average(s => s.Score);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"NDCG@10 {provider}: {mean:F3} over {scores.Count} searches"));
        foreach (var (query, score) in scores.Where(s => s.Score < 0.95).OrderBy(s => s.Score))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{score:F3}  {query}"));
        Assert.True(mean >= Floor, $"NDCG@10 on {provider} is {mean:F3}.");
    }

    private static double Ndcg(int[] found, IEnumerable<int> all)
    {
        var ideal = Gain([.. all.OrderDescending().Take(Depth)]);
        return Gain(found) / ideal;
    }

    private static double Gain(int[] grades) => grades.Select((grade, i) => (Math.Pow(2, grade) - 1) / Math.Log2(i + 2)).Sum();

    private static async Task<List<(string Query, Dictionary<string, int> Grades)>> ReadAsync()
    {
        await using var file = typeof(RankingTests).Assembly.GetManifestResourceStream("judged.tsv")!;
        using var reader = new StreamReader(file);
        return [.. (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .Select(line => line.Split('\t'))
            .Select(parts => (parts[0], parts[1].Split(' ').Select(g => g.Split(':')).ToDictionary(g => g[0], g => int.Parse(g[1], CultureInfo.InvariantCulture))))];
    }
}
