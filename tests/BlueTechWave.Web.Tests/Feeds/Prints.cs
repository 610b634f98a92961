using System.Globalization;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Feeds;

/// <summary>The same story printed over and over, for what only thousands can show: made by the store, not by as many saves.</summary>
internal static class Prints
{
    public static Task PrintAsync(this NewsSite site, Article article, int times) => site.AskAsync(async db =>
    {
        var columns = db.Model.GetRelationalModel().Tables.Single(t => t.Name == "Articles").Columns.Select(c => c.Name).ToList();
        var values = columns.Select(c => c switch { "Id" => "a.\"Id\" + n.i", "Slug" => "a.\"Slug\" || '-' || n.i", _ => $"a.\"{c}\"" });
        await RepeatAsync(db, times, $"""
            INSERT INTO "Articles" ({string.Join(", ", columns.Select(c => $"\"{c}\""))})
            SELECT {string.Join(", ", values)} FROM "Articles" a CROSS JOIN n WHERE a."Id" = {article.Id}
            """);
        await RepeatAsync(db, times, $"""
            INSERT INTO "ListingEntries" ("Kind", "Key", "PublishedAt", "ArticleId")
            SELECT e."Kind", e."Key", e."PublishedAt", e."ArticleId" + n.i FROM "ListingEntries" e CROSS JOIN n WHERE e."Kind" = {(int)ListingKind.Site} AND e."ArticleId" = {article.Id}
            """);
        // The next article must not be given a number that is taken.
        if (db.Database.IsNpgsql()) await db.Database.ExecuteSqlRawAsync("""SELECT setval(pg_get_serial_sequence('"Articles"', 'Id'), (SELECT MAX("Id") FROM "Articles"))""");
        return await db.Database.ExecuteSqlAsync($"""UPDATE "ListingCounts" SET "Count" = "Count" + {times} WHERE "Kind" = {(int)ListingKind.Site}""");
    });

    /// <summary>Authors with one article each.</summary>
    public static Task HireAsync(this NewsSite site, int times) => site.AskAsync(async db =>
    {
        await RepeatAsync(db, times, """INSERT INTO "ListingCounts" ("Kind", "Key", "Count") SELECT 3, 1000 + n.i, 1 FROM n""");
        var columns = db.Model.GetRelationalModel().Tables.Single(t => t.Name == "Authors").Columns.Select(c => c.Name).ToList();
        var values = columns.Select(c => c switch { "Id" => "1000 + n.i", "Slug" => "a.\"Slug\" || '-' || n.i", "AccountId" => "NULL", _ => $"a.\"{c}\"" });
        await RepeatAsync(db, times, $"""
            INSERT INTO "Authors" ({string.Join(", ", columns.Select(c => $"\"{c}\""))})
            SELECT {string.Join(", ", values)} FROM "Authors" a CROSS JOIN n WHERE a."Id" = (SELECT MIN("Id") FROM "Authors")
            """);
        return true;
    });

    private static Task<int> RepeatAsync(NewsDbContext db, int times, string insert)
    {
        var at = insert.IndexOf("SELECT", StringComparison.Ordinal);
        var numbers = string.Create(CultureInfo.InvariantCulture, $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {times})\n");
        return db.Database.ExecuteSqlRawAsync(insert.Insert(at, numbers));
    }
}
