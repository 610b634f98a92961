using System.Globalization;
using System.Text;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Listings;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Data;

/// <summary>
/// A large archive to measure with: the articles and comments that are there, printed again and again under other
/// headlines and dates. The store does the copying, so a hundred thousand take seconds, not the quarter of an hour of as many saves.
/// </summary>
public static class GeneratedArchive
{
    private const int RowsAtOnce = 200;
    private const int FoundAtOnce = 500;
    private const int StoredAtOnce = 20_000;

    /// <summary>Readers talk under few articles, and there at length.</summary>
    private const int OneIsTalkedAboutOf = 10;

    /// <param name="count">How many articles.</param>
    /// <param name="comments">How many comments under them, all together; rounded to whole tens of articles.</param>
    /// <param name="progress">Told how many articles are stored and can be found.</param>
    public static async Task AddAsync(NewsDbContext db, int count, int comments, DateTime now, TimeZoneInfo zone, IProgress<int> progress)
    {
        var templates = await db.Articles.Published().OrderBy(a => a.Id).Select(a => a.Id).ToListAsync();
        if (templates.Count == 0) throw new InvalidOperationException("There is nothing to print again: load the demo newsroom first.");

        var first = await db.Articles.MaxAsync(a => a.Id) + 1;
        var said = (int)Math.Round((double)comments / count * OneIsTalkedAboutOf);
        for (var done = 0; done < count; done += StoredAtOnce)
        {
            var (from, size) = (first + done, Math.Min(StoredAtOnce, count - done));
            await using var transaction = await db.Database.BeginTransactionAsync();
            await PlanAsync(db, templates, first, from, size, count, now, zone);
            await CopyAsync(db, said);
            await CountAsync(db, from, size);
            for (var id = from; id < from + size; id += FoundAtOnce)
            {
                await db.Search.KeepAsync(db, [.. Enumerable.Range(id, Math.Min(FoundAtOnce, from + size - id))]);
                progress.Report(Math.Min(id + FoundAtOnce, from + size) - first);
            }

            db.Noticed.Add(Notice.Frame);
            await transaction.CommitAsync();
        }

        await db.GoOnCountingAsync();
    }

    /// <summary>Which article is printed again as which, and when: evenly over three years back.</summary>
    private static async Task PlanAsync(NewsDbContext db, List<int> templates, int first, int from, int size, int count, DateTime now, TimeZoneInfo zone)
    {
        await db.Database.ExecuteSqlRawAsync("""
            DROP TABLE IF EXISTS "Plan";
            CREATE TEMPORARY TABLE "Plan" ("Id" integer PRIMARY KEY, "Template" integer, "At" timestamptz, "Year" integer, "Month" integer);
            """);
        foreach (var chunk in Enumerable.Range(from - first, size).Chunk(RowsAtOnce))
        {
            var sql = new StringBuilder("INSERT INTO \"Plan\" VALUES ");
            var values = new List<object>(chunk.Length * 5);
            foreach (var i in chunk)
            {
                var at = now.AddDays(-1).AddTicks(-TimeSpan.FromDays(3 * 365).Ticks / count * i);
                at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));
                var local = TimeZoneInfo.ConvertTimeFromUtc(at, zone);
                sql.Append(CultureInfo.InvariantCulture, $"{(values.Count > 0 ? ", " : "")}({{{values.Count}}}, {{{values.Count + 1}}}, {{{values.Count + 2}}}, {{{values.Count + 3}}}, {{{values.Count + 4}}})");
                values.AddRange([first + i, templates[i % templates.Count], at, local.Year, local.Month]);
            }

            await db.Database.ExecuteSqlRawAsync(sql.ToString(), values);
        }
    }

    private static async Task CopyAsync(NewsDbContext db, int said)
    {
        await db.Database.ExecuteSqlRawAsync(CopyOf(db, typeof(Article), "\"Id\"", new()
        {
            ["Id"] = "p.\"Id\"",
            ["Headline"] = "substr(t.\"Headline\", 1, 180) || ', ' || p.\"Id\"",
            ["Slug"] = "substr(t.\"Slug\", 1, 180) || '-' || p.\"Id\"",
            ["PublishedAt"] = "p.\"At\"",
            ["CreatedAt"] = "p.\"At\"",
            ["Year"] = "p.\"Year\"",
            ["Month"] = "p.\"Month\"",
            ["CommentCount"] = string.Create(CultureInfo.InvariantCulture, $"CASE WHEN {IsTalkedAbout} THEN {said} ELSE 0 END"),
        }));
        foreach (var part in new[] { typeof(Byline), typeof(ArticleTag), typeof(FurtherCategory) })
            await db.Database.ExecuteSqlRawAsync(CopyOf(db, part, "\"ArticleId\"", new() { ["ArticleId"] = "p.\"Id\"" }));
        await db.Database.ExecuteSqlRawAsync(CopyOf(db, typeof(ListingEntry), "\"ArticleId\"", new()
        {
            ["ArticleId"] = "p.\"Id\"",
            ["PublishedAt"] = "p.\"At\"",
            ["Key"] = $"CASE t.\"Kind\" WHEN {(int)ListingKind.Year} THEN p.\"Year\" WHEN {(int)ListingKind.Month} THEN p.\"Year\" * 100 + p.\"Month\" ELSE t.\"Key\" END",
        }));
        await db.Database.ExecuteSqlRawAsync(TalkOf(db, said));
    }

    private static readonly string IsTalkedAbout = string.Create(CultureInfo.InvariantCulture, $"p.\"Id\" % {OneIsTalkedAboutOf} = 0");

    /// <summary>Those of the comments that begin a thread, in turn.</summary>
    private static string TalkOf(NewsDbContext db, int said)
    {
        var columns = db.Model.FindEntityType(typeof(Comment))!.GetTableMappings().Single().Table.Columns.Select(c => c.Name).Where(c => c != "Id").ToList();
        return string.Create(CultureInfo.InvariantCulture, $"""
            WITH RECURSIVE turn(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM turn WHERE n < {said}),
              voice AS (SELECT "Id", ROW_NUMBER() OVER (ORDER BY "Id") - 1 AS at, COUNT(*) OVER () AS voices FROM "Comments"
                WHERE "State" = {(int)CommentState.Approved} AND "ParentId" IS NULL AND "Id" <= (SELECT MIN("Id") + 1000 FROM "Comments"))
            INSERT INTO "Comments" ({string.Join(", ", columns.Select(c => $"\"{c}\""))})
            SELECT {string.Join(", ", columns.Select(c => c switch { "ArticleId" => "p.\"Id\"", "CreatedAt" => "p.\"At\"", _ => $"t.\"{c}\"" }))}
            FROM "Plan" p JOIN turn ON {IsTalkedAbout} AND {said} > 0 JOIN voice ON voice.at = (p."Id" + turn.n) % voice.voices JOIN "Comments" t ON t."Id" = voice."Id"
            ORDER BY p."Id", turn.n
            """);
    }

    private static Task<int> CountAsync(NewsDbContext db, int from, int size) => db.Database.ExecuteSqlAsync($"""
        INSERT INTO "ListingCounts" ("Kind", "Key", "Count")
          SELECT "Kind", "Key", COUNT(*) FROM "ListingEntries" WHERE "ArticleId" >= {from} AND "ArticleId" < {from + size} GROUP BY "Kind", "Key"
        ON CONFLICT ("Kind", "Key") DO UPDATE SET "Count" = "ListingCounts"."Count" + excluded."Count"
        """);

    /// <summary>Every column as it is, but for those given.</summary>
    private static string CopyOf(NewsDbContext db, Type type, string article, Dictionary<string, string> other)
    {
        var table = db.Model.GetRelationalModel().Tables.Single(t => t.EntityTypeMappings.Any(m => m.TypeBase.ClrType == type));
        var columns = table.Columns.Select(c => c.Name).ToList();
        return $"""
            INSERT INTO "{table.Name}" ({string.Join(", ", columns.Select(c => $"\"{c}\""))})
            SELECT {string.Join(", ", columns.Select(c => other.GetValueOrDefault(c) ?? $"t.\"{c}\""))}
            FROM "{table.Name}" t JOIN "Plan" p ON p."Template" = t.{article}
            """;
    }
}
