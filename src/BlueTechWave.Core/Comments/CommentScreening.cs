using System.Globalization;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Comments;

/// <summary>A comment before it is one: who says what, from where.</summary>
/// <param name="IsHasty">Sent sooner than anybody types.</param>
/// <param name="Editing">The comment it changes; 0 for a new one.</param>
public sealed record Incoming(int ArticleId, string Name, string Email, string Body, string Address, bool IsHasty = false, int Editing = 0);

/// <summary>The desk's rules for what comes in. They ask nobody outside this process.</summary>
public static class CommentScreening
{
    /// <summary>For so long the same words count as said again.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    /// <summary>Shorter texts are said by many: “Thank you!”.</summary>
    private const int RepeatedLength = 40;

    /// <summary>The ban that holds for this writer now; null for nearly everybody.</summary>
    public static Task<Ban?> BanAsync(NewsDbContext db, string email, string address, DateTime now, CancellationToken cancellation)
    {
        var (whole, host, at) = (Ban.HashOf(email), Ban.HashOf(email[Math.Max(0, email.LastIndexOf('@'))..]), Ban.Sortable(address));
        var bans = db.Bans.AsNoTracking().Where(b => b.EndedAt == null && (b.Until == null || b.Until > now));
#pragma warning disable CA1309 // The store compares them, and they are digits.
        return bans
            .Where(b => b.EmailHash != "" ? b.EmailHash == whole || b.EmailHash == host : string.Compare(b.From, at) <= 0 && string.Compare(b.To, at) >= 0)
            .OrderByDescending(b => b.Until == null).ThenByDescending(b => b.Until)
            .FirstOrDefaultAsync(cancellation);
#pragma warning restore CA1309
    }

    /// <param name="policy">The article's own, or the site's.</param>
    /// <param name="score">The scorer's word; null where it is off.</param>
    public static async Task<Verdict> JudgeAsync(NewsDbContext db, Incoming comment, CommentPolicy policy, CommentSettings settings, double? score,
        DateTime now, CancellationToken cancellation)
    {
        var rules = await db.CommentRules.AsNoTracking().Where(r => r.IsOn).OrderBy(r => r.Id).ToListAsync(cancellation);
        var email = Comment.Canonical(comment.Email);
        var isKnown = policy != CommentPolicy.HoldFirstTimers ||
            await db.Comments.AnyAsync(c => c.Email == email && c.State == CommentState.Approved && c.Id != comment.Editing, cancellation);

        var (hash, since) = (Likeness.OfText(comment.Body), now - Remembered);
        var before = comment.Body.Length < RepeatedLength ? [] : await db.Comments.AsNoTracking()
            .Where(c => c.TextHash == hash && c.CreatedAt > since && c.Id != comment.Editing)
            .OrderByDescending(c => c.CreatedAt).Select(c => new { c.Email, c.Address, c.ArticleId }).Take(20).ToListAsync(cancellation);
        if (before.Any(c => c.ArticleId == comment.ArticleId && (c.Email == email || (c.Address.Length > 0 && c.Address == comment.Address))))
            return new(CommentState.Pending, "said before", score, "You have said this here already. Each comment is read; there is no need to send it again.");

        return Judge(comment, rules, policy, settings, score, isKnown, before.Count > 0);
    }

    /// <summary>The rules alone, the strictest first. Also what a rehearsal plays.</summary>
    public static Verdict Judge(Incoming comment, IReadOnlyList<CommentRule> rules, CommentPolicy policy, CommentSettings settings, double? score, bool isKnown, bool isRepeated)
    {
        var said = new Said(comment.Name, comment.Body);
        var rule = rules.Where(r => r.Fits(said)).MaxBy(r => r.Outcome);
        if (rule?.Outcome == RuleOutcome.Refuse)
            return new(CommentState.Spam, rule.Name, score, $"This newsroom does not take comments with {rule.Name}. Change that, and send it again.");
        if (rule?.Outcome == RuleOutcome.Spam) return new(CommentState.Spam, rule.Name, score);
        if (score * 100 >= settings.SpamAt) return new(CommentState.Spam, Scored(score!.Value), score);

        var why = rule?.Name
            ?? (isRepeated ? "the same words elsewhere today" : null)
            ?? (comment.IsHasty ? "sent within seconds" : null)
            ?? (score * 100 >= settings.HoldAt ? Scored(score!.Value) : null)
            ?? policy switch
            {
                CommentPolicy.HoldAll or CommentPolicy.Off => "",
                CommentPolicy.HoldFirstTimers when !isKnown => "first comment",
                _ => null,
            };
        return why is null ? new(CommentState.Approved, "", score) : new(CommentState.Pending, why, score);
    }

    private static string Scored(double score) => string.Create(CultureInfo.InvariantCulture, $"looks like spam: {score * 100:0} of 100");
}
