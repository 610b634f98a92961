using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Search;

/// <summary>FTS5: one virtual table, its row id the article's.</summary>
internal sealed class SqliteArticleSearch : IArticleSearch
{
    public static readonly SqliteArticleSearch Instance = new();

    public const string CreateIndex = """
        CREATE VIRTUAL TABLE "ArticleSearch" USING fts5(
            "Headline", "KeyPoints", "Body", "Authors", "Tags",
            tokenize = 'porter unicode61 remove_diacritics 2', prefix = '3 4');
        """;

    public async Task KeepAsync(NewsDbContext db, IReadOnlyCollection<int> articles)
    {
        foreach (var id in articles)
            await db.Database.ExecuteSqlAsync($"""DELETE FROM "ArticleSearch" WHERE rowid = {id}""");
        foreach (var row in await SearchRows.OfAsync(db, articles))
        {
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO "ArticleSearch" (rowid, "Headline", "KeyPoints", "Body", "Authors", "Tags")
                VALUES ({row.ArticleId}, {row.Headline}, {row.KeyPoints}, {row.Body}, {row.Authors}, {row.Tags})
                """);
        }
    }

    public async Task<SearchResult> FindAsync(NewsDbContext db, SearchQuery query, CancellationToken cancellation)
    {
        var terms = SearchTerms.Parse(query.Words);
        if (terms.IsEmpty) return new([], 0);

        var parameters = new Dictionary<string, object>
        {
            ["@match"] = Match(terms),
            ["@kind"] = (int)(query.Category is null ? ListingKind.Site : ListingKind.Category),
            ["@key"] = query.Category ?? 0,
            ["@from"] = query.From ?? DateTime.MinValue,
            ["@to"] = query.To ?? DateTime.MaxValue,
            ["@author"] = query.Author ?? 0,
            ["@skip"] = query.Skip,
            ["@take"] = query.PageSize,
            ["@most"] = SearchTerms.CountedAtMost,
        };
        var order = query.Sort == SearchSort.Newest
            ? "e.\"PublishedAt\" DESC"
            : "bm25(\"ArticleSearch\", 10.0, 4.0, 1.0, 3.0, 3.0)";
        var from = $"""
            FROM "ArticleSearch" JOIN "ListingEntries" e
              ON e."ArticleId" = "ArticleSearch".rowid AND e."Kind" = @kind AND e."Key" = @key
            WHERE "ArticleSearch" MATCH @match AND e."PublishedAt" >= @from AND e."PublishedAt" < @to
              {(query.Author is null ? "" : "AND EXISTS (SELECT 1 FROM \"Bylines\" b WHERE b.\"ArticleId\" = e.\"ArticleId\" AND b.\"AuthorId\" = @author)")}
            """;

        // The ids first, the snippets only for those shown: a snippet costs far more than a rank.
        var page = $"SELECT \"ArticleSearch\".rowid {from} ORDER BY {order}, e.\"ArticleId\" DESC LIMIT @take OFFSET @skip";
        var sql = $"""
            SELECT 0 AS "Part", COUNT(*) AS "Number", '' AS "Text" FROM (SELECT 1 {from} LIMIT @most)
            UNION ALL
            SELECT * FROM (SELECT 1, s.rowid, snippet(s."ArticleSearch", -1, '{SearchTerms.Open}', '{SearchTerms.Close}', '…', 28)
              FROM "ArticleSearch" s WHERE s."ArticleSearch" MATCH @match AND s.rowid IN ({page}))
            UNION ALL
            SELECT * FROM (SELECT 2, rowid, '' FROM ({page}))
            """;
        return await SearchReader.ReadAsync(db, sql, parameters.Select(p => new SqliteParameter(p.Key, p.Value)), cancellation);
    }

    /// <summary>FTS5 reads quotes, stars and words such as NEAR as operators; a reader means the words.</summary>
    private static string Match(SearchTerms terms) =>
        string.Join(" AND ", terms.All.Select(t => $"\"{t.Text}\"{(t.IsPrefix ? " *" : "")}"));
}
