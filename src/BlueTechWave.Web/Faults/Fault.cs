using BlueTechWave.Core.Data;

namespace BlueTechWave.Web.Faults;

/// <summary>Why there is no answer now, though nothing is wrong with what was asked.</summary>
public enum Fault
{
    StoreAway,
    StoreFull,
    PicturesAway,
    Crowded,
}

/// <summary>More came at once than can be served, and as many wait as may.</summary>
public sealed class CrowdedException() : Exception("Too many at once.");

internal static class Faults
{
    private static readonly TimeSpan UntilPlace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UntilStore = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UntilRoom = TimeSpan.FromMinutes(5);

    /// <summary>Null for a mistake of ours.</summary>
    public static Fault? Of(Exception failure) => failure is CrowdedException ? Fault.Crowded : StoreTroubles.Of(failure) switch
    {
        StoreTrouble.Away => Fault.StoreAway,
        StoreTrouble.Full => Fault.StoreFull,
        StoreTrouble.PicturesAway => Fault.PicturesAway,
        _ => null,
    };

    /// <summary>Whether it says something of the store that all pages come from.</summary>
    public static bool IsOfStore(Fault? fault) => fault is Fault.StoreAway or Fault.StoreFull;

    /// <summary>The one this request has met.</summary>
    public static Fault? Of(HttpContext http) => http.Items[typeof(Fault)] as Fault?;

    /// <summary>When it is worth coming back.</summary>
    public static TimeSpan Lasts(Fault fault) => fault switch
    {
        Fault.Crowded => UntilPlace,
        Fault.StoreFull => UntilRoom,
        _ => UntilStore,
    };
}
