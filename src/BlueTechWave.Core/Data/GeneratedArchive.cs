using System.Globalization;
using System.Text;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Listings;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Data;

/// <summary>
/// A large archive to measure with: the articles that are there, printed again and again under other headlines and
/// dates. The store does the copying, so a hundred thousand take seconds, not the quarter of an hour of as many saves.
/// </summary>
public static class GeneratedArchive
{
    private const int RowsAtOnce = 200;
    private const int FoundAtOnce = 500;

    /// <param name="progress">Told how many can be found so far.</param>
    public static async Task AddAsync(NewsDbContext db, int count, DateTime now, TimeZoneInfo zone, IProgress<int> progress)
    {
        var templates = await db.Articles.Published().OrderBy(a => a.Id).Select(a => a.Id).ToListAsync();
        if (templates.Count == 0) throw new InvalidOperationException("There is nothing to print again: load the demo newsroom first.");

        var first = await db.Articles.MaxAsync(a => a.Id) + 1;
        await using var transaction = await db.Database.BeginTransactionAsync();
        await PlanAsync(db, templates, first, count, now, zone);
        await CopyAsync(db);
        for (var id = first; id < first + count; id += FoundAtOnce)
        {
            await db.Search.KeepAsync(db, [.. Enumerable.Range(id, Math.Min(FoundAtOnce, first + count - id))]);
            progress.Report(Math.Min(id + FoundAtOnce, first + count) - first);
        }

        db.Noticed.Add(Notice.Frame);
        await transaction.CommitAsync();
    }

    /// <summary>Which article is printed again as which, and when: evenly over three years back.</summary>
    private static async Task PlanAsync(NewsDbContext db, List<int> templates, int first, int count, DateTime now, TimeZoneInfo zone)
    {
        await db.Database.ExecuteSqlRawAsync("""
            DROP TABLE IF EXISTS "Plan";
            CREATE TEMPORARY TABLE "Plan" ("Id" integer PRIMARY KEY, "Template" integer, "At" timestamptz, "Year" integer, "Month" integer);
            """);
        foreach (var chunk in Enumerable.Range(0, count).Chunk(RowsAtOnce))
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

    private static async Task CopyAsync(NewsDbContext db)
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
            ["CommentCount"] = "0",
        }));
        foreach (var part in new[] { typeof(Byline), typeof(ArticleTag), typeof(FurtherCategory) })
            await db.Database.ExecuteSqlRawAsync(CopyOf(db, part, "\"ArticleId\"", new() { ["ArticleId"] = "p.\"Id\"" }));
        await db.Database.ExecuteSqlRawAsync(CopyOf(db, typeof(ListingEntry), "\"ArticleId\"", new()
        {
            ["ArticleId"] = "p.\"Id\"",
            ["PublishedAt"] = "p.\"At\"",
            ["Key"] = $"CASE t.\"Kind\" WHEN {(int)ListingKind.Year} THEN p.\"Year\" WHEN {(int)ListingKind.Month} THEN p.\"Year\" * 100 + p.\"Month\" ELSE t.\"Key\" END",
        }));
        await db.Database.ExecuteSqlRawAsync("""
            DELETE FROM "ListingCounts";
            INSERT INTO "ListingCounts" ("Kind", "Key", "Count") SELECT "Kind", "Key", COUNT(*) FROM "ListingEntries" GROUP BY "Kind", "Key";
            """);
        if (db is PostgresNewsDbContext)
            await db.Database.ExecuteSqlRawAsync("""SELECT setval(pg_get_serial_sequence('"Articles"', 'Id'), (SELECT MAX("Id") FROM "Articles"))""");
    }

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
