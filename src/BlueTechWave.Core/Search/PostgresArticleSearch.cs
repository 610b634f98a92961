using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BlueTechWave.Core.Search;

/// <summary>A table with one weighted <c>tsvector</c> for each public article.</summary>
internal sealed class PostgresArticleSearch : IArticleSearch
{
    public static readonly PostgresArticleSearch Instance = new();

    // A vector holds at most 1 MB and positions to 16,383: the tail of a book-length piece is found by its other words.
    private const int IndexedCharacters = 200_000;

    public const string CreateIndex = """
        CREATE TABLE "ArticleSearch" (
            "ArticleId" integer PRIMARY KEY REFERENCES "Articles" ("Id") ON DELETE CASCADE,
            "Text" text NOT NULL,
            "Vector" tsvector NOT NULL);
        CREATE INDEX "IX_ArticleSearch_Vector" ON "ArticleSearch" USING gin ("Vector");
        """;

    public async Task KeepAsync(NewsDbContext db, IReadOnlyCollection<int> articles)
    {
        int[] ids = [.. articles];
        await db.Database.ExecuteSqlAsync($"""DELETE FROM "ArticleSearch" WHERE "ArticleId" = ANY ({ids})""");
        foreach (var row in await SearchRows.OfAsync(db, articles))
        {
            // The cut may halve a character.
            var body = row.Body.Length > IndexedCharacters ? StorableTextConverter.Storable(row.Body[..IndexedCharacters]) : row.Body;
            var (headline, keyPoints) = (Folding.WithoutAccents(row.Headline), Folding.WithoutAccents(row.KeyPoints));
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO "ArticleSearch" ("ArticleId", "Text", "Vector")
                VALUES ({row.ArticleId}, {row.KeyPoints + "\n" + body},
                    setweight(to_tsvector('english', {headline}), 'A') ||
                    setweight(to_tsvector('english', {keyPoints}), 'B') ||
                    setweight(to_tsvector('english', {Folding.WithoutAccents(row.Authors + " " + row.Tags)}), 'B') ||
                    setweight(to_tsvector('english', {Folding.WithoutAccents(body)}), 'D'))
                ON CONFLICT ("ArticleId") DO UPDATE SET "Text" = excluded."Text", "Vector" = excluded."Vector"
                """);
        }
    }

    public async Task<SearchResult> FindAsync(NewsDbContext db, SearchQuery query, CancellationToken cancellation)
    {
        var terms = SearchTerms.Parse(query.Words);
        if (terms.IsEmpty) return new([], 0);

        var parameters = new Dictionary<string, object>
        {
            ["kind"] = (int)(query.Category is null ? ListingKind.Site : ListingKind.Category),
            ["key"] = query.Category ?? 0,
            ["from"] = DateTime.SpecifyKind(query.From ?? DateTime.UnixEpoch.AddYears(-500), DateTimeKind.Utc),
            ["to"] = DateTime.SpecifyKind(query.To ?? DateTime.UnixEpoch.AddYears(5000), DateTimeKind.Utc),
            ["author"] = query.Author ?? 0,
            ["skip"] = query.Skip,
            ["take"] = query.PageSize,
            ["most"] = SearchTerms.CountedAtMost,
        };
        for (var i = 0; i < terms.All.Count; i++)
        {
            parameters[$"typed{i}"] = terms.All[i].Text;
            parameters[$"plain{i}"] = Folding.WithoutAccents(terms.All[i].Text);
        }

        var match = Match(terms, "plain");
        var order = query.Sort == SearchSort.Newest ? "e.\"PublishedAt\" DESC" : "ts_rank(ARRAY[0.1, 0.2, 0.4, 1.0]::real[], s.\"Vector\", q.query) DESC";
        var from = $"""
            FROM "ArticleSearch" s CROSS JOIN (SELECT {match} AS query) q
            JOIN "ListingEntries" e ON e."ArticleId" = s."ArticleId" AND e."Kind" = @kind AND e."Key" = @key
            WHERE s."Vector" @@ q.query AND e."PublishedAt" >= @from AND e."PublishedAt" < @to
              {(query.Author is null ? "" : "AND EXISTS (SELECT 1 FROM \"Bylines\" b WHERE b.\"ArticleId\" = e.\"ArticleId\" AND b.\"AuthorId\" = @author)")}
            """;
        var sql = $"""
            WITH page AS (SELECT s."ArticleId", row_number() OVER (ORDER BY {order}, e."ArticleId" DESC) AS rank {from}
              ORDER BY rank LIMIT @take OFFSET @skip)
            SELECT 0 AS "Part", (SELECT COUNT(*) FROM (SELECT 1 {from} LIMIT @most) counted)::int AS "Number", '' AS "Text"
            UNION ALL
            SELECT 1, s."ArticleId", ts_headline('english', s."Text", (SELECT {match} || ({Match(terms, "typed")})),
                'StartSel={SearchTerms.Open}, StopSel={SearchTerms.Close}, MaxWords=30, MinWords=16, MaxFragments=1')
              FROM page JOIN "ArticleSearch" s ON s."ArticleId" = page."ArticleId"
            UNION ALL
            SELECT 2, "ArticleId", '' FROM (SELECT "ArticleId" FROM page ORDER BY rank) ordered
            """;
        return await SearchReader.ReadAsync(db, sql, parameters.Select(p => new NpgsqlParameter(p.Key, p.Value)), cancellation);
    }

    private static string Match(SearchTerms terms, string parameter) => string.Join(" && ", terms.All.Select((t, i) => t switch
    {
        { IsPhrase: true } => $"phraseto_tsquery('english', @{parameter}{i})",
        // A term is letters and digits only, so the prefix mark cannot be broken out of.
        { IsPrefix: true } => $"(plainto_tsquery('english', @{parameter}{i}) || to_tsquery('simple', @{parameter}{i} || ':*'))",
        _ => $"plainto_tsquery('english', @{parameter}{i})",
    }));
}
