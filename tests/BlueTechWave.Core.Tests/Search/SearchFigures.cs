using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Search;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Search;

/// <summary>
/// How long a search takes in a large archive. <c>BTW_SEARCH_FIGURES</c> says how many articles; otherwise a few, to
/// see that the searches still find what they should.
/// Only the index is filled, with words as common as in English.
/// </summary>
public class SearchFigures(ITestOutputHelper output)
{
    private const int WordsOfAnArticle = 300;
    private const int Rounds = 40;
    private const int FewArticles = 300;

    private static readonly (string Kind, string Words, SearchSort Sort)[] Searches =
    [
        ("rare word", "rareword", SearchSort.Relevance),
        ("mid word", "midword", SearchSort.Relevance),
        ("common word", "commonword", SearchSort.Relevance),
        ("word of every article", "everyword", SearchSort.Relevance),
        ("the same, newest first", "everyword", SearchSort.Newest),
        ("three very common words", "everyword alsoword commonword", SearchSort.Relevance),
        ("two letters", "ev", SearchSort.Relevance),
        ("three letters of every article", "eve", SearchSort.Relevance),
        ("stop word", "the", SearchSort.Relevance),
        ("phrase", "\"commonword midword\"", SearchSort.Relevance),
        ("phrase of every article", "\"everyword alsoword\"", SearchSort.Relevance),
        ("one slip", "rarewrod", SearchSort.Relevance),
        ("nothing found", "zzzzzzz everyword", SearchSort.Relevance),
        ("every article but some", "everyword -commonword", SearchSort.Relevance),
    ];

    [Theory, OnEachProvider]
    public async Task A_search_in_a_large_archive(Provider provider)
    {
        var isAsked = int.TryParse(Environment.GetEnvironmentVariable("BTW_SEARCH_FIGURES"), CultureInfo.InvariantCulture, out var articles);
        var rounds = isAsked ? Rounds : 3;
        if (!isAsked) articles = FewArticles;
        await using var store = await Store.CreateAsync(provider);
        await using var db = store.Open();
        var filling = Stopwatch.StartNew();
        await FillAsync(db, provider, articles);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{provider}: {articles:N0} articles of {WordsOfAnArticle} words, filled in {filling.Elapsed.TotalSeconds:F0} s; {rounds} rounds, ms"));

        foreach (var (kind, words, sort) in Searches)
        {
            var times = new List<double>();
            SearchResult? found = null;
            for (var i = 0; i < rounds + 2; i++)
            {
                await using var request = store.Open();
                var watch = Stopwatch.StartNew();
                found = await request.Search.FindAsync(request, new(words, Sort: sort), CancellationToken.None);
                if (i >= 2) times.Add(watch.Elapsed.TotalMilliseconds);
            }

            if (words == "everyword") Assert.Equal(Math.Min(articles, SearchTerms.CountedAtMost), found!.Total);
            times.Sort();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind,-32} p50 {times[rounds / 2],7:F1}   p99 {times[^1],7:F1}   found {found!.Total}"));
        }
    }

    private static async Task FillAsync(NewsDbContext db, Provider provider, int articles)
    {
        var dice = new Random(7);
        await db.Database.OpenConnectionAsync();
        // The rows of the articles themselves are not needed here.
        if (provider == Provider.Postgres) await db.Database.ExecuteSqlRawAsync("SET session_replication_role = replica");
        await using var all = await db.Database.BeginTransactionAsync();
        await using var insert = db.Database.GetDbConnection().CreateCommand();
        insert.Transaction = Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(all);
        insert.CommandText = provider == Provider.Sqlite
            ? """
                INSERT INTO "SearchPlaces" ("ArticleId", "Place", "Version") VALUES (@id, @place, 1);
                INSERT INTO "ArticleSearch" (rowid, "Headline", "KeyPoints", "Body", "Authors", "Tags", "Filters") VALUES (@place, @headline, '', @body, 'Lina Moreau', '', @filters);
                """
            : """
                INSERT INTO "ArticleSearch" ("ArticleId", "Version", "PublishedAt", "Title", "Vector", "Text")
                SELECT @id, 1, to_timestamp(@place / 8.0), t || f, t || f || setweight(to_tsvector('english', @body), 'D'), @body
                FROM (SELECT setweight(to_tsvector('english', @headline), 'A') AS t, array_to_tsvector(ARRAY[@filters]) AS f) parts
                """;
        DbParameter Parameter(string name)
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = name;
            insert.Parameters.Add(parameter);
            return parameter;
        }

        var (id, place, headline, body, filters) = (Parameter("id"), Parameter("place"), Parameter("headline"), Parameter("body"), Parameter("filters"));
        for (var i = 1; i <= articles; i++)
        {
            id.Value = i;
            place.Value = (1_400_000_000L + i * 3_000L) * 8;
            headline.Value = Text(dice, 8, i);
            body.Value = Text(dice, WordsOfAnArticle, i);
            filters.Value = FilterWords.Any;
            await insert.ExecuteNonQueryAsync();
        }

        await all.CommitAsync();
        string[] words = [.. Enumerable.Range(0, 60_000).Select(Word), "rareword", "midword", "commonword", "everyword", "alsoword"];
        foreach (var chunk in words.Distinct().Chunk(1_000))
        {
            var sql = $"INSERT INTO \"SearchWords\" VALUES {string.Join(", ", chunk.Select(w => $"('{w}', '{Vocabulary.Reversed(w)}')"))}";
            await db.Database.ExecuteSqlRawAsync(sql);
        }


        if (provider == Provider.Postgres) await db.Database.ExecuteSqlRawAsync("SET session_replication_role = origin; ANALYZE");
    }

    private static string Text(Random dice, int count, int article)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            if (i == 4) text.Append(article % 2 == 0 ? "everyword alsoword " : "alsoword of everyword ");
            if (i == 5 && article % 300 == 0) text.Append("rareword ");
            if (i == 6 && article % 30 == 0) text.Append("commonword midword ");
            else if (i == 6 && article % 5 < 2) text.Append("commonword ");
            // As in a language: the n-th word is n times rarer than the first.
            text.Append(Word((int)Math.Exp(dice.NextDouble() * Math.Log(60_000)))).Append(' ');
        }

        return text.ToString();
    }

    private static string Word(int number)
    {
        var word = new StringBuilder();
        for (var rest = (uint)(number * 2_654_435_761L % 4_294_967_291L); rest > 0; rest /= 21) word.Append("bcdfghjklmnpqrtvwaiou"[(int)(rest % 21)]);
        return word.ToString();
    }
}
