using System.Globalization;
using System.Text;
using BlueTechWave.Core.Listings;
using BlueTechWave.Core.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Data;

/// <summary>Rows that are derived from others: written beside the tracker, in words both providers understand.</summary>
internal static class DerivedRows
{
    public static async Task InsertListingEntriesAsync(this NewsDbContext db, IReadOnlyCollection<ListingEntry> entries)
    {
        foreach (var chunk in entries.Chunk(200))
        {
            var sql = new StringBuilder("INSERT INTO \"ListingEntries\" (\"Kind\", \"Key\", \"PublishedAt\", \"ArticleId\") VALUES ");
            var values = new List<object>(chunk.Length * 4);
            foreach (var entry in chunk)
            {
                sql.Append(CultureInfo.InvariantCulture, $"{(values.Count > 0 ? ", " : "")}({{{values.Count}}}, {{{values.Count + 1}}}, {{{values.Count + 2}}}, {{{values.Count + 3}}})");
                values.AddRange([(int)entry.Kind, entry.Key, entry.PublishedAt, entry.ArticleId]);
            }

            await db.Database.ExecuteSqlRawAsync(sql.ToString(), values);
        }
    }

    public static async Task CountListingsAsync(this NewsDbContext db, IEnumerable<(Listing Listing, int By)> differences)
    {
        foreach (var chunk in differences.Chunk(200))
        {
            var sql = new StringBuilder("INSERT INTO \"ListingCounts\" (\"Kind\", \"Key\", \"Count\") VALUES ");
            var values = new List<object>(chunk.Length * 3);
            foreach (var (listing, by) in chunk)
            {
                sql.Append(CultureInfo.InvariantCulture, $"{(values.Count > 0 ? ", " : "")}({{{values.Count}}}, {{{values.Count + 1}}}, {{{values.Count + 2}}})");
                values.AddRange([(int)listing.Kind, listing.Key, by]);
            }

            // An increment, not a recount: two editors may publish at once.
            sql.Append(" ON CONFLICT (\"Kind\", \"Key\") DO UPDATE SET \"Count\" = \"ListingCounts\".\"Count\" + excluded.\"Count\"");
            await db.Database.ExecuteSqlRawAsync(sql.ToString(), values);
        }
    }

    /// <summary>The last of every <paramref name="size"/> entries, counted from the oldest, and the newest of all; in no order.</summary>
    public static IQueryable<ListingEntry> ListingEnds(this NewsDbContext db, Listing listing, int size)
    {
        var (kind, key) = ((int)listing.Kind, listing.Key);
        return db.ListingEntries.FromSql($"""
            SELECT "Kind", "Key", "PublishedAt", "ArticleId" FROM (
              SELECT *, ROW_NUMBER() OVER (ORDER BY "PublishedAt", "ArticleId") AS "Number" FROM "ListingEntries" WHERE "Kind" = {kind} AND "Key" = {key}) numbered
            WHERE "Number" % {size} = 0 OR "Number" = (SELECT COUNT(*) FROM "ListingEntries" WHERE "Kind" = {kind} AND "Key" = {key})
            """);
    }

    /// <returns>0 if it was there.</returns>
    public static Task<int> AddPictureUseAsync(this NewsDbContext db, int picture, PicturePlace place, int placeId) =>
        db.Database.ExecuteSqlAsync($"""
            INSERT INTO "PictureUses" ("PictureId", "Place", "PlaceId") VALUES ({picture}, {(int)place}, {placeId})
            ON CONFLICT ("PictureId", "Place", "PlaceId") DO NOTHING
            """);

    public static Task AddViewsAsync(this NewsDbContext db, int article, DateOnly day, int count) =>
        db.Database.ExecuteSqlAsync($"""
            INSERT INTO "ArticleViews" ("Day", "ArticleId", "Count") VALUES ({day}, {article}, {count})
            ON CONFLICT ("Day", "ArticleId") DO UPDATE SET "Count" = "ArticleViews"."Count" + {count}
            """);

    public static Task AddEmptySearchAsync(this NewsDbContext db, DateOnly day, string words, int count) =>
        db.Database.ExecuteSqlAsync($"""
            INSERT INTO "EmptySearches" ("Day", "Words", "Count") VALUES ({day}, {words}, {count})
            ON CONFLICT ("Day", "Words") DO UPDATE SET "Count" = "EmptySearches"."Count" + {count}
            """);

    /// <summary>Beside the tracker: a new score is nobody's decision, and takes no editor's form away.</summary>
    public static async Task ScoreCommentsAsync(this NewsDbContext db, IReadOnlyCollection<(int Comment, double Score)> scores)
    {
        foreach (var chunk in scores.Chunk(400))
        {
            var sql = new StringBuilder("UPDATE \"Comments\" SET \"SpamScore\" = said.column2 FROM (VALUES ");
            var values = new List<object>(chunk.Length * 2);
            foreach (var (comment, score) in chunk)
            {
                sql.Append(CultureInfo.InvariantCulture, $"{(values.Count > 0 ? ", " : "")}({{{values.Count}}}, {{{values.Count + 1}}})");
                values.AddRange([comment, score]);
            }

            await db.Database.ExecuteSqlRawAsync(sql.Append(") AS said WHERE said.column1 = \"Comments\".\"Id\"").ToString(), values);
        }
    }
}
