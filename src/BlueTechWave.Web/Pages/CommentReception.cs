using System.Globalization;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using BlueTechWave.Web.Watching;

namespace BlueTechWave.Web.Pages;

/// <summary>What the pages that take comments, changes and reports share: who sends, what the rules say, and where the writer finds it again.</summary>
public sealed class CommentReception(SealedKeys keys, SpamLearning scorer, Figures figures, Dates dates)
{
    private const string Purpose = "own comment";

    /// <summary>A writer finds the answer to a held comment for so long.</summary>
    private static readonly TimeSpan KeyLasts = TimeSpan.FromDays(30);

    /// <summary>The network address of whoever asks; empty where there is none.</summary>
    public string Address(HttpContext http) => http.Connection.RemoteIpAddress is not { } address ? "" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();

    public async Task<Verdict> JudgeAsync(NewsDbContext db, Incoming comment, string headline, CommentPolicy policy, CommentSettings settings, DateTime now, CancellationToken cancellation)
    {
        var verdict = await CommentScreening.JudgeAsync(db, comment, policy, settings, await scorer.ScoreAsync(settings, comment.Name, comment.Body, headline, cancellation), now, cancellation);
        figures.Commented(verdict.Refusal is null ? verdict.State.ToString().ToLowerInvariant() : "refused");
        return verdict;
    }

    /// <summary>Said to whoever is banned: until when, and why.</summary>
    public string Told(Ban ban) => string.Create(CultureInfo.InvariantCulture,
        $"You cannot comment here{(ban.Until is { } until ? $" until {dates.Day(until)}, {dates.Time(until)}" : "")}. The reason given: {ban.Reason}");

    /// <summary>The address that only the writer is led to. Its key is the only thing that tells her from others: no cookie is set.</summary>
    public string OwnAddress(string article, int id) =>
        $"{To.Comment(article, id)}?key={keys.Seal(Purpose, id.ToString(CultureInfo.InvariantCulture), KeyLasts)}#comment-{id.ToString(CultureInfo.InvariantCulture)}";

    public bool IsOwn(int id, string? key) => keys.Open(Purpose, key) == id.ToString(CultureInfo.InvariantCulture);
}
