using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BlueTechWave.Core.Comments;

/// <summary>
/// When a comment form was made, and that it was made here, for this article. It stands on a page that is the same for everybody, so
/// it tells nothing of who reads it; whoever posts without it, or with an old one, has not seen the form.
/// </summary>
public static class FormStamp
{
    /// <summary>A tab left open over a long weekend still posts.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(4);

    private const int MarkLength = 20;

    public static string Make(string key, int articleId, DateTime now)
    {
        var at = new DateTimeOffset(now, TimeSpan.Zero).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{at}.{Mark(key, articleId, at)}";
    }

    /// <summary>When it was made; null for a forged one, one of another article, and one too old.</summary>
    public static DateTime? Read(string key, int articleId, string? stamp, DateTime now)
    {
        if (stamp?.Split('.') is not [{ Length: <= 12 } at, var mark] || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return null;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(mark), Encoding.UTF8.GetBytes(Mark(key, articleId, at)))) return null;

        var made = DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
        return now - made <= Lasts ? made : null;
    }

    private static string Mark(string key, int articleId, string at) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Convert.FromHexString(key), Encoding.UTF8.GetBytes(FormattableString.Invariant($"{articleId} {at}"))))[..MarkLength];
}
