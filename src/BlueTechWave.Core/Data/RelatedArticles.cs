using System.Data.Common;
using System.Globalization;
using System.Text;
using BlueTechWave.Core.Listings;

namespace BlueTechWave.Core.Data;

/// <summary>
/// The newest of some listings, each with those of the listings' tags that it has, in one statement: to have it made from a
/// query took longer than to answer it.
/// </summary>
internal static class RelatedArticles
{
    /// <summary>A candidate, once for each of the tags asked for that it has; once without, where it has none.</summary>
    public sealed record Row(int Id, int? CategoryId, DateTime PublishedAt, int? TagId);

    /// <param name="article">Left out.</param>
    /// <param name="each">How many of each listing.</param>
    public static Task<List<Row>> CandidatesAsync(NewsDbContext db, int article, IReadOnlyList<Listing> listings, int each, CancellationToken cancellation)
    {
        var candidates = new StringBuilder();
        var values = new List<object> { article };
        var shared = new List<string>();
        foreach (var listing in listings)
        {
            if (candidates.Length > 0) candidates.Append(" UNION ");
            candidates.Append(CultureInfo.InvariantCulture, $$"""
                SELECT "ArticleId" FROM (SELECT "ArticleId" FROM "ListingEntries" WHERE "Kind" = {{{values.Count}}} AND "Key" = {{{values.Count + 1}}} AND "ArticleId" <> {0}
                ORDER BY "PublishedAt" DESC, "ArticleId" DESC LIMIT {{each}}) AS one
                """);
            values.AddRange([(int)listing.Kind, listing.Key]);
            if (listing.Kind == ListingKind.Tag) shared.Add($"{{{values.Count - 1}}}");
        }

        var question = $"""
            SELECT a."Id", a."CategoryId", a."PublishedAt", t."TagId"
            FROM ({candidates}) AS c JOIN "Articles" a ON a."Id" = c."ArticleId" LEFT JOIN "ArticleTags" t ON t."ArticleId" = a."Id" AND t."TagId" IN ({(shared.Count > 0 ? string.Join(", ", shared) : "0")})
            """;
        return Statements.RowsAsync(db, question, [.. values], Of, cancellation);
    }

    private static Row Of(DbDataReader at) => new(at.GetInt32(0), at.IsDBNull(1) ? null : at.GetInt32(1), at.GetDateTime(2), at.IsDBNull(3) ? null : at.GetInt32(3));
}
