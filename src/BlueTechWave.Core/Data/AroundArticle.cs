using System.Data.Common;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Listings;
using BlueTechWave.Core.Pictures;

namespace BlueTechWave.Core.Data;

/// <summary>
/// Everything small that stands around an article's text, in one statement: authors, tags, linked articles,
/// corrections, comments. Joined, they would multiply each other; asked one by one, each would cost a round trip.
/// </summary>
internal static class AroundArticle
{
    public enum Part
    {
        Author = 1,
        Tag = 2,
        Linked = 3,
        Correction = 4,
        Comment = 5,
        Picture = 6,
        Portrait = 7,
    }

    /// <summary>What the columns mean depends on the part: see the statement.</summary>
    public sealed record Row(int Part, int Id, int A, int B, string T1, string T2, string? T3, string? T4, DateTime? At, string Slug);

    private static readonly string Newest = By("m.\"Id\" DESC");
    private static readonly string Oldest = By("m.\"Id\"");
    private static readonly string Threads = By("m.\"Thread\", m.\"Id\"");

    public static Task<List<Row>> ReadAsync(NewsDbContext db, int article, CommentOrder order, int commentPage, CancellationToken cancellation) =>
        Statements.RowsAsync(
            db,
            order switch { CommentOrder.Newest => Newest, CommentOrder.Oldest => Oldest, _ => Threads },
            [article, (int)ListingKind.Tag, (int)ArticleStatus.Published, (int)PicturePlace.Body, (int)CommentState.Approved, (commentPage - 1) * ArticleReading.CommentsPerPage],
            Of,
            cancellation);

    private static Row Of(DbDataReader at) => new(
        at.GetInt32(0), at.GetInt32(1), at.GetInt32(2), at.GetInt32(3), at.GetString(4), at.GetString(5),
        at.IsDBNull(6) ? null : at.GetString(6), at.IsDBNull(7) ? null : at.GetString(7), at.IsDBNull(8) ? null : at.GetDateTime(8), at.GetString(9));

    private static string By(string order) => $$"""
        SELECT 1 AS "Part", b."AuthorId" AS "Id", b."Position" AS "A", 0 AS "B", b."Name" AS "T1", b."Role" AS "T2",
               u."BioHtml" AS "T3", u."TipsEmail" AS "T4", CAST(NULL AS timestamptz) AS "At", u."Slug" AS "Slug"
        FROM "Bylines" b JOIN "Authors" u ON u."Id" = b."AuthorId" WHERE b."ArticleId" = {0}
        UNION ALL
        SELECT 2, t."TagId", t."Position", COALESCE(c."Count", 0), g."Name", g."Slug", NULL, NULL, NULL, ''
        FROM "ArticleTags" t JOIN "Tags" g ON g."Id" = t."TagId"
        LEFT JOIN "ListingCounts" c ON c."Kind" = {1} AND c."Key" = t."TagId"
        WHERE t."ArticleId" = {0}
        UNION ALL
        SELECT 3, l."TargetId", COALESCE(a."Year", 0), COALESCE(a."Month", 0), COALESCE(a."Headline", ''), COALESCE(a."Slug", ''), NULL, NULL, NULL, ''
        FROM "ArticleLinks" l LEFT JOIN "Articles" a ON a."Id" = l."TargetId" AND a."Status" = {2}
        WHERE l."ArticleId" = {0}
        UNION ALL
        SELECT 4, n."Id", CASE WHEN n."IsClarification" THEN 1 ELSE 0 END, 0, n."Note", '', NULL, NULL, n."At", ''
        FROM "Corrections" n WHERE n."ArticleId" = {0}
        UNION ALL
        SELECT 6, p."Id", p."Width", p."Height", p."Printed", p."Alt", p."Caption", p."Credit", NULL, p."Blur"
        FROM "PictureUses" i JOIN "Pictures" p ON p."Id" = i."PictureId" AND p."IsShown"
        WHERE i."Place" = {3} AND i."PlaceId" = {0}
        UNION ALL
        SELECT 7, u."Id", p."Width", p."Height", p."Printed", '', NULL, NULL, NULL, p."Blur"
        FROM "Bylines" b JOIN "Authors" u ON u."Id" = b."AuthorId" JOIN "Pictures" p ON p."Id" = u."PictureId" AND p."IsShown"
        WHERE b."ArticleId" = {0}
        UNION ALL
        SELECT * FROM (
          SELECT 5 AS "P", m."Id" AS "I", COALESCE(m."ParentId", 0) AS "X",
                 (CASE WHEN m."IsStaff" THEN 1 ELSE 0 END) + (CASE WHEN m."IsFeatured" THEN 2 ELSE 0 END) + (CASE WHEN m."EditedAt" IS NULL THEN 0 ELSE 4 END)
                   + (CASE WHEN m."EditedByEditorAt" IS NULL THEN 0 ELSE 8 END) AS "Y",
                 m."Name" AS "N", m."BodyHtml" AS "H", p."Name" AS "Q", CAST(NULL AS text) AS "R", m."CreatedAt" AS "W", m."Thread" AS "S"
          FROM "Comments" m LEFT JOIN "Comments" p ON p."Id" = m."ParentId" AND p."State" = {4}
          WHERE m."ArticleId" = {0} AND m."State" = {4}
          ORDER BY {{order}} LIMIT {{ArticleReading.CommentsPerPage}} OFFSET {5}) AS said
        """;
}
