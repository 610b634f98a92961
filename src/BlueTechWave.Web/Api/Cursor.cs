using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace BlueTechWave.Web.Api;

/// <summary>
/// Where a walk through a list stands: after which row, not how many rows on. So nothing comes twice and nothing that was there
/// is passed over, whatever is published meanwhile. To whoever asks it is a word without a meaning.
/// </summary>
/// <param name="Of">The list it belongs to.</param>
/// <param name="At">The row's moment in ticks, or 0 where rows go by their number alone.</param>
/// <param name="Id">The row's number; of a search, the page that comes next.</param>
internal readonly record struct Cursor(string Of, long At, int Id)
{
    private const int Longest = 120;

    public DateTime Moment => new(At, DateTimeKind.Utc);

    public override string ToString() =>
        WebEncoders.Base64UrlEncode(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Of}.{At}.{Id}")));

    /// <summary>Null for what is none of ours, or of another list.</summary>
    public static Cursor? Read(string typed, string of)
    {
        if (typed.Length > Longest || typed.AsSpan().IndexOfAnyExcept(Letters) >= 0) return null;
        byte[] bytes;
        try
        {
            bytes = WebEncoders.Base64UrlDecode(typed);
        }
        catch (FormatException)
        {
            return null;
        }

        return Encoding.ASCII.GetString(bytes).Split('.') is [var list, var at, var id] && list == of
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
            && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && new Cursor(of, ticks, number) is var cursor && cursor.ToString() == typed
                ? cursor
                : null;
    }

    private static readonly System.Buffers.SearchValues<char> Letters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}
