using System.Text.Json;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Search;

/// <summary>FTS5, which keeps no text here and no places of words: only which comments have which. Its row ids are theirs.</summary>
internal sealed class SqliteCommentSearch : CommentSearch
{
    public static readonly SqliteCommentSearch Instance = new();

    /// <summary>
    /// Where so many have the words as they are typed, longer words that begin so are left out: all that have any of those would be gathered
    /// before the first is found, and of a word that everybody uses that takes longer than all the rest.
    /// </summary>
    private const int EnoughAsTyped = 250;

    // Words come cut already; what is not ASCII stands in them as it is.
    public const string CreateIndex = """
        CREATE VIRTUAL TABLE "SearchComments" USING fts5("Words", content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '3 4');
        """;

    public const string DropIndex = """DROP TABLE "SearchComments";""";

    protected override IQueryable<int> From(NewsDbContext db, Queue queue, IReadOnlyList<string> words, bool newestFirst, int first, int atMost)
    {
        var enough = Math.Min(atMost, EnoughAsTyped);
        var (whole, begun) = (Match(queue, words, isBegun: false), Match(queue, words, isBegun: true));
        return newestFirst
            ? db.Database.SqlQuery<int>($"""
                SELECT rowid AS "Value" FROM "SearchComments" WHERE "SearchComments" MATCH CASE
                  WHEN (SELECT COUNT(*) FROM (SELECT 1 FROM "SearchComments" WHERE "SearchComments" MATCH {whole} AND rowid <= {first} LIMIT {enough})) < {enough} THEN {begun} ELSE {whole} END
                AND rowid <= {first} ORDER BY rowid DESC LIMIT {atMost}
                """)
            : db.Database.SqlQuery<int>($"""
                SELECT rowid AS "Value" FROM "SearchComments" WHERE "SearchComments" MATCH CASE
                  WHEN (SELECT COUNT(*) FROM (SELECT 1 FROM "SearchComments" WHERE "SearchComments" MATCH {whole} AND rowid >= {first} LIMIT {enough})) < {enough} THEN {begun} ELSE {whole} END
                AND rowid >= {first} ORDER BY rowid LIMIT {atMost}
                """);
    }

    private static string Match(Queue queue, IReadOnlyList<string> words, bool isBegun) =>
        string.Join(" AND ", words.Select(w => isBegun && w.Length >= CommentWords.ShortestPrefix ? $"\"{w}\" *" : $"\"{w}\"").Prepend($"\"{CommentWords.Pile(queue)}\""));

    internal override Task ForgetAsync(NewsDbContext db, IReadOnlyCollection<int> comments)
    {
        var ids = JsonSerializer.Serialize(comments);
        return db.Database.ExecuteSqlAsync($"""DELETE FROM "SearchComments" WHERE rowid IN (SELECT value FROM json_each({ids}))""");
    }

    // The table in which FTS5 notes the length of each row says which there are.
    protected override Task<List<int>> MissingAsync(NewsDbContext db, int before, bool anew, int atMost, CancellationToken cancellation) => db.Database.SqlQuery<int>($"""
        SELECT "Id" AS "Value" FROM "Comments" c WHERE "Id" < {before} AND ({anew} OR NOT EXISTS (SELECT 1 FROM "SearchComments_docsize" s WHERE s.id = c."Id")) ORDER BY "Id" DESC LIMIT {atMost}
        """).ToListAsync(cancellation);

    // Whoever has begun to write is alone until the end.
    protected override Task HoldAsync(NewsDbContext db, IReadOnlyCollection<int> comments) => Task.CompletedTask;

    protected override Task WriteAsync(NewsDbContext db, IReadOnlyCollection<(int Comment, string Words)> rows)
    {
        var pairs = JsonSerializer.Serialize(rows.Select(r => new object[] { r.Comment, r.Words }));
        return db.Database.ExecuteSqlAsync($"""
            INSERT OR REPLACE INTO "SearchComments" (rowid, "Words") SELECT value ->> 0, value ->> 1 FROM json_each({pairs})
            """);
    }
}
