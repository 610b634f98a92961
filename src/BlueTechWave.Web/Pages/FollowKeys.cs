namespace BlueTechWave.Web.Pages;

/// <summary>What the keys in letters to followers are for, and for how long.</summary>
internal static class FollowKeys
{
    public const string ToConfirm = "follow";
    public const string ToStop = "stop following";

    public static readonly TimeSpan ConfirmLasts = TimeSpan.FromDays(7);

    /// <summary>Old letters are kept, and must still be answered.</summary>
    public static readonly TimeSpan StopLasts = TimeSpan.FromDays(3650);
}
