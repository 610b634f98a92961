using System.Text.Json;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Search;

/// <summary>
/// FTS5: one virtual table. Its row ids are places in time, so that the newest rows of any match come first without sorting.
/// </summary>
internal sealed class SqliteArticleSearch : ArticleSearch
{
    public static readonly SqliteArticleSearch Instance = new();

    /// <summary>A word more common than this is ranked among its newest articles.</summary>
    public const int Candidates = 10_000;

    public const string CreateIndex = """
        DROP TABLE "ArticleSearch";
        CREATE VIRTUAL TABLE "ArticleSearch" USING fts5(
            "Headline", "KeyPoints", "Body", "Authors", "Tags", "Filters",
            tokenize = 'porter unicode61 remove_diacritics 2', prefix = '3 4');
        CREATE TABLE "SearchPlaces" ("ArticleId" INTEGER PRIMARY KEY, "Place" INTEGER NOT NULL UNIQUE, "Version" INTEGER NOT NULL);
        CREATE TABLE "SearchWords" ("Word" TEXT NOT NULL PRIMARY KEY, "Reversed" TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX "IX_SearchWords_Reversed" ON "SearchWords" ("Reversed");
        """;

    /// <summary>Leaves the index as the first migration made it.</summary>
    public const string DropIndex = """
        DROP TABLE "SearchWords";
        DROP TABLE "SearchPlaces";
        DROP TABLE "ArticleSearch";
        CREATE VIRTUAL TABLE "ArticleSearch" USING fts5(
            "Headline", "KeyPoints", "Body", "Authors", "Tags",
            tokenize = 'porter unicode61 remove_diacritics 2', prefix = '3 4');
        """;

    // A second has room for eight articles; those beyond stand in the next.
    private const long PlacesOfASecond = 8;

    private const double HeadlineWeight = 10, KeyPointsWeight = 4, BodyWeight = 1, AuthorsWeight = 3, TagsWeight = 3;

    public override async Task KeepAsync(NewsDbContext db, IReadOnlyCollection<int> articles)
    {
        foreach (var id in articles)
        {
            await db.Database.ExecuteSqlAsync($"""
                DELETE FROM "ArticleSearch" WHERE rowid = (SELECT "Place" FROM "SearchPlaces" WHERE "ArticleId" = {id});
                DELETE FROM "SearchPlaces" WHERE "ArticleId" = {id};
                """);
        }

        HashSet<string> words = [];
        foreach (var row in await SearchRows.OfAsync(db, articles))
        {
            words.UnionWith(Vocabulary.Of(row));
            await db.Database.ExecuteSqlAsync($"""
                WITH RECURSIVE taken(place) AS (
                  SELECT {Place(row.PublishedAt)}
                  UNION ALL SELECT place + 1 FROM taken WHERE EXISTS (SELECT 1 FROM "SearchPlaces" p WHERE p."Place" = taken.place))
                INSERT INTO "SearchPlaces" ("ArticleId", "Place", "Version") SELECT {row.ArticleId}, MAX(place), {row.Version} FROM taken;
                INSERT INTO "ArticleSearch" (rowid, "Headline", "KeyPoints", "Body", "Authors", "Tags", "Filters")
                SELECT "Place", {row.Headline}, {row.KeyPoints}, {row.Body}, {row.Authors}, {row.Tags}, {string.Join(' ', row.Filters)}
                FROM "SearchPlaces" WHERE "ArticleId" = {row.ArticleId};
                """);
        }

        if (words.Count == 0) return;
        var pairs = JsonSerializer.Serialize(words.Select(w => new[] { w, Vocabulary.Reversed(w) }));
        await db.Database.ExecuteSqlAsync($"""
            INSERT OR IGNORE INTO "SearchWords" ("Word", "Reversed") SELECT value ->> 0, value ->> 1 FROM json_each({pairs})
            """);
    }

    public override Task<List<int>> DriftedAsync(NewsDbContext db, CancellationToken cancellation) => db.Database.SqlQuery<int>($"""
        SELECT a."Id" AS "Value" FROM "Articles" a LEFT JOIN "SearchPlaces" p ON p."ArticleId" = a."Id"
          WHERE a."Status" = {(int)ArticleStatus.Published} AND p."Version" IS NOT a."Version"
        UNION
        SELECT p."ArticleId" FROM "SearchPlaces" p LEFT JOIN "Articles" a ON a."Id" = p."ArticleId"
          WHERE a."Status" IS NOT {(int)ArticleStatus.Published} OR p."Place" NOT IN (SELECT rowid FROM "ArticleSearch")
        """).ToListAsync(cancellation);

    /// <summary>A row is long here, and reading all of them for one headline takes half a second.</summary>
    public override IQueryable<int> Headed(NewsDbContext db, string words)
    {
        var terms = SearchTerms.Parse(words);
        var match = terms.Wanted.Count == 0 ? $"\"{FilterWords.Any}{FilterWords.Any}\"" : $"{{Headline}} : ({Wanted(terms)})";
        return db.Database.SqlQuery<int>($"""
            SELECT "ArticleId" AS "Value" FROM "SearchPlaces" WHERE "Place" IN (SELECT rowid FROM "ArticleSearch" WHERE "ArticleSearch" MATCH {match})
            """);
    }

    protected override async Task<int> CountAsync(NewsDbContext db, SearchTerms terms, SearchQuery query, int atMost, CancellationToken cancellation) =>
        (await db.Database.SqlQuery<int>($"""
            SELECT COUNT(*) AS "Value" FROM (SELECT 1 FROM "ArticleSearch"
              WHERE "ArticleSearch" MATCH {Match(terms, query)} AND rowid >= {Place(query.From)} AND rowid < {Place(query.To ?? DateTime.MaxValue)} LIMIT {atMost})
            """).ToListAsync(cancellation))[0];

    protected override async Task<SearchResult> FindAsync(NewsDbContext db, SearchTerms terms, SearchQuery query, CancellationToken cancellation)
    {
        var parameters = new Dictionary<string, object>
        {
            ["@match"] = Match(terms, query),
            ["@words"] = terms.Wanted.Count > 0 ? Wanted(terms) : $"\"{FilterWords.Any}\"",
            ["@from"] = Place(query.From),
            ["@to"] = Place(query.To ?? DateTime.MaxValue),
            ["@skip"] = query.Skip,
            ["@take"] = query.PageSize,
            ["@most"] = SearchTerms.CountedAtMost,
            ["@candidates"] = Candidates,
        };
        const string Matching = "FROM \"ArticleSearch\" WHERE \"ArticleSearch\" MATCH @match AND rowid >= @from AND rowid < @to";
        var byTime = query.Sort == SearchSort.Newest || terms.Wanted.Count == 0;
        var page = byTime
            ? $"SELECT rowid AS place {Matching} ORDER BY rowid DESC LIMIT @take OFFSET @skip"
            : $"""
                SELECT rowid AS place FROM "ArticleSearch", newest WHERE "ArticleSearch" MATCH @match
                  AND rowid >= (SELECT COALESCE((SELECT rowid {Matching} ORDER BY rowid DESC LIMIT 1 OFFSET @candidates), @from)) AND rowid < @to
                ORDER BY bm25("ArticleSearch", {HeadlineWeight:F1}, {KeyPointsWeight:F1}, {BodyWeight:F1}, {AuthorsWeight:F1}, {TagsWeight:F1}, 0.0)
                  * {Recency}, rowid DESC LIMIT @take OFFSET @skip
                """;

        // The places first, the snippets only for those shown: a snippet costs far more than a rank. Their places are walked to, in
        // one pass: asked for one by one, each would have the words matched anew.
        var sql = $"""
            WITH newest AS (SELECT MAX("Place") AS place FROM "SearchPlaces"), page AS MATERIALIZED ({page})
            SELECT 0 AS "Part", COUNT(*) AS "Number", '' AS "Text" FROM (SELECT 1 {Matching} LIMIT @most)
            UNION ALL
            SELECT * FROM (SELECT 1, p."ArticleId", snippet(s."ArticleSearch", -1, '{SearchTerms.Open}', '{SearchTerms.Close}', '…', 28)
              FROM "ArticleSearch" s JOIN "SearchPlaces" p ON p."Place" = s.rowid WHERE s."ArticleSearch" MATCH @words
                AND s.rowid >= (SELECT MIN(place) FROM page) AND s.rowid <= (SELECT MAX(place) FROM page) AND +s.rowid IN (SELECT place FROM page))
            UNION ALL
            SELECT * FROM (SELECT 2, p."ArticleId", '' FROM page JOIN "SearchPlaces" p ON p."Place" = page.place)
            """;
        return await SearchReader.ReadAsync(db, sql, parameters.Select(p => new SqliteParameter(p.Key, p.Value)), cancellation);
    }

    /// <summary>Half as much again for the newest piece, a quarter for one a year older than that.</summary>
    private static string Recency => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"(1.0 + 0.5 / (1.0 + (newest.place - rowid) / {PlacesOfASecond * 31_557_600.0:F1}))");

    private static long Place(DateTime? moment) =>
        ((moment ?? DateTime.MinValue).Ticks - DateTime.UnixEpoch.Ticks) / (TimeSpan.TicksPerSecond / PlacesOfASecond);

    /// <summary>FTS5 reads quotes, stars and words such as NEAR as operators; a reader means the words.</summary>
    private static string Match(SearchTerms terms, SearchQuery query)
    {
        var all = FilterWords.Of(query, terms).Select(w => $"\"{w}\"").ToList();
        if (terms.Wanted.Count > 0) all.Add(Wanted(terms));
        return $"({string.Join(" AND ", all)}){string.Concat(terms.Excluded.Select(t => $" NOT \"{t.Text}\""))}";
    }

    private static string Wanted(SearchTerms terms) =>
        string.Join(" AND ", terms.Wanted.Select(t => t.IsPrefix ? $"(\"{t.Text}\" OR \"{t.Text}\" *)" : $"\"{t.Text}\""));
}
