namespace BlueTechWave.Core.Comments;

/// <summary>
/// A text for each comment that sorts a discussion into its threads: an answer's begins with that of what it answers,
/// and answers to the same comment follow each other in time. An index gives any page of any thread in one range.
/// </summary>
public static class ThreadOrder
{
    /// <summary>Eight digits to the base 36 for the millisecond, until the year 2059, and two that part those of the same one.</summary>
    public const int StepLength = 10;

    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <param name="parent">That of what is answered; null for a beginning.</param>
    /// <param name="depth">How deep the new one stands. Deeper than threads go, it stands beside what it answers.</param>
    public static string Under(string? parent, int depth, DateTime at, long tie)
    {
        var line = parent is null || depth == 0 ? "" : parent[..Math.Min(parent.Length, depth * StepLength)];
        return line + Number((long)(at - DateTime.UnixEpoch).TotalMilliseconds, 8) + Number((long)((ulong)tie % 1296), 2);
    }

    private static string Number(long value, int length) => string.Create(length, Math.Max(0, value), static (span, left) =>
    {
        for (var i = span.Length - 1; i >= 0; i--) (span[i], left) = (Digits[(int)(left % 36)], left / 36);
    });
}
