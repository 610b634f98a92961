using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Search;

/// <summary>
/// A row for each comment, with its words as lexemes: nothing of this needs an extension of the server. It has to know well how often each
/// word is said: a rare one is looked up, of a common one the first that have it are walked to.
/// </summary>
internal sealed class PostgresCommentSearch : CommentSearch
{
    public static readonly PostgresCommentSearch Instance = new();

    public const string CreateIndex = """
        CREATE TABLE "SearchComments" (
            "CommentId" integer PRIMARY KEY REFERENCES "Comments" ("Id") ON DELETE CASCADE,
            "Words" tsvector NOT NULL);
        ALTER TABLE "SearchComments" ALTER COLUMN "Words" SET STATISTICS 1000;
        CREATE INDEX "IX_SearchComments_Words" ON "SearchComments" USING gin ("Words") WITH (fastupdate = off);
        """;

    public const string DropIndex = """DROP TABLE "SearchComments";""";

    protected override IQueryable<int> From(NewsDbContext db, Queue queue, IReadOnlyList<string> words, bool newestFirst, int first, int atMost)
    {
        // By the beginning alone it would think that hardly any has it.
        var match = string.Join(" & ", words.Select(w => w.Length < CommentWords.ShortestPrefix ? $"'{w}'" : $"('{w}' | '{w}':*)").Prepend($"'{CommentWords.Pile(queue)}'"));
        return newestFirst
            ? db.Database.SqlQuery<int>($"""SELECT "CommentId" AS "Value" FROM "SearchComments" WHERE "Words" @@ CAST({match} AS tsquery) AND "CommentId" <= {first} ORDER BY "CommentId" DESC LIMIT {atMost}""")
            : db.Database.SqlQuery<int>($"""SELECT "CommentId" AS "Value" FROM "SearchComments" WHERE "Words" @@ CAST({match} AS tsquery) AND "CommentId" >= {first} ORDER BY "CommentId" LIMIT {atMost}""");
    }

    // They went with their comments.
    internal override Task ForgetAsync(NewsDbContext db, IReadOnlyCollection<int> comments) => Task.CompletedTask;

    protected override Task<List<int>> MissingAsync(NewsDbContext db, int before, bool anew, int atMost, CancellationToken cancellation) => db.Database.SqlQuery<int>($"""
        SELECT "Id" AS "Value" FROM "Comments" c WHERE "Id" < {before} AND ({anew} OR NOT EXISTS (SELECT 1 FROM "SearchComments" s WHERE s."CommentId" = c."Id")) ORDER BY "Id" DESC LIMIT {atMost}
        """).ToListAsync(cancellation);

    protected override Task HoldAsync(NewsDbContext db, IReadOnlyCollection<int> comments)
    {
        int[] ids = [.. comments];
        return db.Database.ExecuteSqlAsync($"""SELECT FROM "Comments" WHERE "Id" = ANY ({ids}) ORDER BY "Id" FOR NO KEY UPDATE""");
    }

    protected override Task WriteAsync(NewsDbContext db, IReadOnlyCollection<(int Comment, string Words)> rows)
    {
        // Always in one order, so that two savers never wait for each other in a circle.
        var sorted = rows.OrderBy(r => r.Comment).ToList();
        int[] ids = [.. sorted.Select(r => r.Comment)];
        string[] words = [.. sorted.Select(r => r.Words)];
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO "SearchComments" ("CommentId", "Words") SELECT id, array_to_tsvector(string_to_array(words, ' ')) FROM unnest({ids}, {words}) AS said (id, words)
            ON CONFLICT ("CommentId") DO UPDATE SET "Words" = excluded."Words"
            """);
    }
}
