using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Comments;

/// <summary>Everything stored under one reader's address, for that reader (GDPR, articles 15, 17 and 20).</summary>
public sealed record ReaderRecord(string Email, int CommentCount, IReadOnlyList<ReaderRecord.Said> Comments, IReadOnlyList<string> Follows, int Messages)
{
    private const int Shown = 50;
    private const int AtOnce = 200;

    public sealed record Said(int Id, string Name, string Body, string Html, DateTime At, DateTime? EditedAt, string State, string Article);

    public static async Task<ReaderRecord> OfAsync(NewsDbContext db, string email, CancellationToken cancellation) => new(
        email,
        await db.Comments.CountAsync(c => c.Email == email, cancellation),
        await CommentsOf(db, email).Take(Shown).ToListAsync(cancellation),
        await db.Followers.Where(f => f.Email == email).OrderByDescending(f => f.Id).Join(db.Articles, f => f.ArticleId, a => a.Id, (f, a) => a.Headline).Take(Shown).ToListAsync(cancellation),
        await db.ContactMessages.CountAsync(m => m.Email == email, cancellation));

    /// <summary>The newest first.</summary>
    public static IQueryable<Said> CommentsOf(NewsDbContext db, string email) => db.Comments.AsNoTracking()
        .Where(c => c.Email == email).OrderByDescending(c => c.Id)
        .Join(db.Articles, c => c.ArticleId, a => a.Id, (c, a) => new Said(c.Id, c.Name, c.Body, c.BodyHtml, c.CreatedAt, c.EditedAt, c.State.ToString(), a.Headline));

    /// <summary>Nothing of the reader is left. Where others have answered, a place is kept; a ban keeps only what it is compared by.</summary>
    public static async Task EraseAsync(NewsDbContext db, string email)
    {
        await using var whole = await db.Database.BeginTransactionAsync(CancellationToken.None);
        while (await db.Comments.Where(c => c.Email == email).OrderByDescending(c => c.Id).Take(AtOnce).ToListAsync() is { Count: > 0 } comments)
        {
            var ids = comments.Select(c => c.Id).ToList();
            var answered = (await db.Comments.Where(c => c.ParentId != null && ids.Contains(c.ParentId.Value)).Select(c => c.ParentId!.Value).ToListAsync()).ToHashSet();
            foreach (var comment in comments)
            {
                if (answered.Contains(comment.Id)) comment.Erase();
                else db.Comments.Remove(comment);
            }

            await db.SaveChangesAsync(CancellationToken.None);
            db.ChangeTracker.Clear();
        }

        await db.Followers.Where(f => f.Email == email).ExecuteDeleteAsync();
        await db.ContactMessages.Where(m => m.Email == email).ExecuteDeleteAsync();
        await db.OutgoingMails.Where(m => m.To == email).ExecuteDeleteAsync();
        var hash = Ban.HashOf(email);
        foreach (var ban in await db.Bans.Where(b => b.EmailHash == hash).ToListAsync()) ban.Forget();
        await db.SaveChangesAsync(CancellationToken.None);
        await whole.CommitAsync(CancellationToken.None);
    }
}
