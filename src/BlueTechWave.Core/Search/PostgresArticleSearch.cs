using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BlueTechWave.Core.Search;

/// <summary>
/// A row for each public article: one <c>tsvector</c> of everything, and a small one of what stands out, by which old
/// articles about a common word are still found.
/// </summary>
internal sealed class PostgresArticleSearch : ArticleSearch
{
    public static readonly PostgresArticleSearch Instance = new();

    /// <summary>A word more common than this is ranked among its newest articles, and among the newest that have it in front.</summary>
    public const int Candidates = SearchTerms.CountedAtMost;

    // A phrase has to be read in the rows themselves.
    private const int ReadForAPhrase = 2 * Candidates;

    // A vector holds at most 1 MB and positions to 16,383: the tail of a book-length piece is found by its other words.
    private const int IndexedCharacters = 200_000;

    public const string CreateIndex = """
        DROP TABLE "ArticleSearch";
        CREATE TABLE "ArticleSearch" (
            "ArticleId" integer PRIMARY KEY REFERENCES "Articles" ("Id") ON DELETE CASCADE,
            "Version" integer NOT NULL,
            "PublishedAt" timestamptz NOT NULL,
            "Title" tsvector NOT NULL,
            "Vector" tsvector NOT NULL,
            "Text" text NOT NULL) WITH (toast_tuple_target = 128);
        CREATE INDEX "IX_ArticleSearch_Title" ON "ArticleSearch" USING gin ("Title") WITH (fastupdate = off);
        CREATE INDEX "IX_ArticleSearch_Vector" ON "ArticleSearch" USING gin ("Vector") WITH (fastupdate = off);
        CREATE TABLE "SearchWords" ("Word" text COLLATE "C" PRIMARY KEY, "Reversed" text COLLATE "C" NOT NULL);
        CREATE INDEX "IX_SearchWords_Reversed" ON "SearchWords" ("Reversed");
        """;

    /// <summary>Leaves the index as the first migration made it.</summary>
    public const string DropIndex = """
        DROP TABLE "SearchWords";
        DROP TABLE "ArticleSearch";
        CREATE TABLE "ArticleSearch" (
            "ArticleId" integer PRIMARY KEY REFERENCES "Articles" ("Id") ON DELETE CASCADE,
            "Text" text NOT NULL,
            "Vector" tsvector NOT NULL);
        CREATE INDEX "IX_ArticleSearch_Vector" ON "ArticleSearch" USING gin ("Vector");
        """;

    // Weights of body, tags and authors, key points, headline.
    private const string Weights = "ARRAY[0.08, 0.25, 0.4, 1.0]::real[]";

    public override async Task KeepAsync(NewsDbContext db, IReadOnlyCollection<int> articles)
    {
        int[] ids = [.. articles];
        await db.Database.ExecuteSqlAsync($"""DELETE FROM "ArticleSearch" WHERE "ArticleId" = ANY ({ids})""");
        HashSet<string> known = [];
        foreach (var row in await SearchRows.OfAsync(db, articles))
        {
            known.UnionWith(Vocabulary.Of(row));
            // The cut may halve a character.
            var body = row.Body.Length > IndexedCharacters ? StorableTextConverter.Storable(row.Body[..IndexedCharacters]) : row.Body;
            string[] filters = [.. row.Filters];
            await db.Database.ExecuteSqlAsync($"""
                WITH part AS (SELECT
                    setweight(to_tsvector('english', {Plain(row.Headline)}), 'A') ||
                    setweight(to_tsvector('english', {Plain(row.KeyPoints)}), 'B') ||
                    setweight(to_tsvector('english', {Plain(row.Authors + " " + row.Tags)}), 'C') AS title,
                    array_to_tsvector({filters}) AS filters,
                    to_tsvector('english', {Plain(body)}) AS body)
                INSERT INTO "ArticleSearch" ("ArticleId", "Version", "PublishedAt", "Title", "Vector", "Text")
                SELECT {row.ArticleId}, {row.Version}, {row.PublishedAt}, title || filters, title || filters || setweight(body, 'D'), {row.KeyPoints + "\n" + body}
                FROM part
                ON CONFLICT ("ArticleId") DO UPDATE SET "Version" = excluded."Version", "PublishedAt" = excluded."PublishedAt",
                    "Title" = excluded."Title", "Vector" = excluded."Vector", "Text" = excluded."Text"
                """);
        }

        // Always in one order, so that two savers never wait for each other in a circle.
        string[] words = [.. known.Order(StringComparer.Ordinal)], reversed = [.. words.Select(Vocabulary.Reversed)];
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO "SearchWords" ("Word", "Reversed") SELECT * FROM unnest({words}, {reversed}) ON CONFLICT DO NOTHING
            """);
    }

    public override Task<List<int>> DriftedAsync(NewsDbContext db, CancellationToken cancellation) => db.Database.SqlQuery<int>($"""
        SELECT COALESCE(a."Id", s."ArticleId") AS "Value" FROM "Articles" a FULL JOIN "ArticleSearch" s ON s."ArticleId" = a."Id"
        WHERE (a."Status" = {(int)ArticleStatus.Published} AND s."Version" IS DISTINCT FROM a."Version")
           OR (s."ArticleId" IS NOT NULL AND a."Status" IS DISTINCT FROM {(int)ArticleStatus.Published})
        """).ToListAsync(cancellation);

    protected override async Task<int> CountAsync(NewsDbContext db, SearchTerms terms, SearchQuery query, int atMost, CancellationToken cancellation)
    {
        var statement = new Statement(terms, query);
        var sql = $"WITH {statement.Found(atMost)} SELECT COUNT(*)::int AS \"Value\" FROM (SELECT 1 FROM found LIMIT {atMost}) counted";
        return await SteadilyAsync(db, async () => (await db.Database.SqlQueryRaw<int>(sql, statement.Parameters).ToListAsync(cancellation))[0], cancellation);
    }

    protected override async Task<SearchResult> FindAsync(NewsDbContext db, SearchTerms terms, SearchQuery query, CancellationToken cancellation)
    {
        var statement = new Statement(terms, query);
        var byTime = query.Sort == SearchSort.Newest || terms.Wanted.Count == 0;
        var score = byTime ? "0" : $"ts_rank({Weights}, s.\"Vector\", {statement.Words}) * {Recency}";
        var sql = $"""
            WITH {statement.Found(Candidates)},
            candidates AS MATERIALIZED (SELECT "ArticleId", "PublishedAt" FROM found {(byTime ? "" : statement.Titled)}),
            page AS MATERIALIZED (SELECT s."ArticleId", s."Text", row_number() OVER (ORDER BY {score} DESC, s."PublishedAt" DESC, s."ArticleId" DESC) AS rank
              FROM candidates JOIN "ArticleSearch" s USING ("ArticleId") ORDER BY rank LIMIT @take OFFSET @skip)
            SELECT 0 AS "Part", LEAST(@most, (SELECT COUNT(*) FROM found))::int AS "Number", '' AS "Text"
            UNION ALL
            SELECT 1, "ArticleId", ts_headline('english', "Text", {statement.Marked},
                'StartSel={SearchTerms.Open}, StopSel={SearchTerms.Close}, MaxWords=30, MinWords=16, MaxFragments=1') FROM page
            UNION ALL
            SELECT 2, "ArticleId", '' FROM (SELECT "ArticleId" FROM page ORDER BY rank) ordered
            """;
        return await SteadilyAsync(db, () => SearchReader.ReadAsync(db, sql, statement.Parameters, cancellation), cancellation);
    }

    /// <summary>Half as much again for the newest piece, a quarter for one a year older than that.</summary>
    private const string Recency = """
        (1 + 0.5 / (1 + EXTRACT(EPOCH FROM (SELECT MAX("PublishedAt") FROM "ListingEntries" WHERE "Kind" = 0 AND "Key" = 0) - s."PublishedAt") / 31557600))
        """;

    /// <summary>
    /// The planner believes that reading a vector costs nothing, and would read every article for a common word; it is
    /// told not to, for this one question.
    /// </summary>
    private static async Task<T> SteadilyAsync<T>(NewsDbContext db, Func<Task<T>> ask, CancellationToken cancellation)
    {
        var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellation) : null;
        await using (own)
        {
            await db.Database.ExecuteSqlRawAsync("SET LOCAL enable_seqscan = off; SET LOCAL jit = off", cancellation);
            var answer = await ask();
            await db.Database.ExecuteSqlRawAsync("SET LOCAL enable_seqscan = on", cancellation);
            return answer;
        }
    }

    /// <summary>The words alone: PostgreSQL would take “HTTP/2” for a file and “1.3” for a number.</summary>
    private static string Plain(string text) => string.Join(' ', SearchTerms.Words(Folding.WithoutAccents(text)));

    /// <summary>One search in PostgreSQL's words.</summary>
    private sealed class Statement
    {
        private readonly SearchTerms _terms;
        private readonly Dictionary<string, object> _parameters;

        public Statement(SearchTerms terms, SearchQuery query)
        {
            _terms = terms;
            _parameters = new()
            {
                ["from"] = DateTime.SpecifyKind(query.From ?? DateTime.UnixEpoch.AddYears(-500), DateTimeKind.Utc),
                ["to"] = DateTime.SpecifyKind(query.To ?? DateTime.UnixEpoch.AddYears(5000), DateTimeKind.Utc),
                ["skip"] = query.Skip,
                ["take"] = query.PageSize,
                ["most"] = SearchTerms.CountedAtMost,
                ["filters"] = string.Join(" & ", FilterWords.Of(query, terms).DefaultIfEmpty(FilterWords.Any).Select(w => $"'{w}'")),
            };
            for (var i = 0; i < terms.All.Count; i++)
            {
                _parameters[$"typed{i}"] = terms.All[i].Text;
                _parameters[$"plain{i}"] = Folding.WithoutAccents(terms.All[i].Text);
            }
        }

        public NpgsqlParameter[] Parameters => [.. _parameters.Select(p => new NpgsqlParameter(p.Key, p.Value))];

        /// <summary>What is ranked.</summary>
        public string Words => Join(Wanted("plain", phrases: true));

        /// <summary>What is marked: words as they are typed and as they are indexed.</summary>
        public string Marked => _terms.Wanted.Count == 0 ? "''::tsquery" : $"(({Words}) || ({Join(Wanted("typed", phrases: true))}))";

        /// <summary>Old pieces that have the words in front.</summary>
        public string Titled => $"""
            UNION SELECT "ArticleId", "PublishedAt" FROM (SELECT s."ArticleId", s."PublishedAt" FROM "ArticleSearch" s
              WHERE s."Title" @@ ({Loosely}){(Strictly.Length > 0 ? $" AND s.\"Title\" @@ ({Strictly})" : "")} AND s."PublishedAt" >= @from AND s."PublishedAt" < @to
              ORDER BY s."PublishedAt" DESC LIMIT {Candidates}) titled
            """;

        private string Loosely => Join(["@filters::tsquery", .. Wanted("plain", phrases: false), .. Unwanted(phrases: false)]);

        private string Strictly => Join([.. Phrases("plain"), .. Unwanted(phrases: true)]);

        /// <summary>The newest matches, as <c>found</c>.</summary>
        public string Found(int atMost) => Strictly.Length == 0
            ? $"found AS MATERIALIZED ({Matching(atMost)})"
            : $"""
                loose AS MATERIALIZED ({Matching(ReadForAPhrase)}),
                found AS MATERIALIZED (SELECT l."ArticleId", l."PublishedAt" FROM loose l JOIN "ArticleSearch" s USING ("ArticleId") WHERE s."Vector" @@ ({Strictly}))
                """;

        private string Matching(int atMost) => $"""
            SELECT s."ArticleId", s."PublishedAt" FROM "ArticleSearch" s
            WHERE s."Vector" @@ ({Loosely}) AND s."PublishedAt" >= @from AND s."PublishedAt" < @to
            ORDER BY s."PublishedAt" DESC, s."ArticleId" DESC LIMIT {Math.Max(atMost, 1)}
            """;

        private IEnumerable<string> Wanted(string parameter, bool phrases) => Numbered(t => !t.IsExcluded).Select(t => t.Term switch
        {
            { IsPhrase: true } when phrases => $"phraseto_tsquery('english', @{parameter}{t.Number})",
            // A term is letters and digits only, so the prefix mark cannot be broken out of.
            { IsPrefix: true } => $"(plainto_tsquery('english', @{parameter}{t.Number}) || to_tsquery('simple', @{parameter}{t.Number} || ':*'))",
            _ => $"plainto_tsquery('english', @{parameter}{t.Number})",
        });

        private IEnumerable<string> Phrases(string parameter) =>
            Numbered(t => t.IsPhrase && !t.IsExcluded).Select(t => $"phraseto_tsquery('english', @{parameter}{t.Number})");

        private IEnumerable<string> Unwanted(bool phrases) =>
            Numbered(t => t.IsExcluded && t.IsPhrase == phrases).Select(t => $"!!phraseto_tsquery('english', @plain{t.Number})");

        private IEnumerable<(SearchTerms.Term Term, int Number)> Numbered(Func<SearchTerms.Term, bool> which) =>
            _terms.All.Select((t, i) => (Term: t, Number: i)).Where(t => which(t.Term));

        private static string Join(IEnumerable<string> queries) => string.Join(" && ", queries);
    }
}
