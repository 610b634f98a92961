namespace BlueTechWave.Web.Faults;

/// <summary>How a fault is told to whoever has met it.</summary>
internal static class FaultWords
{
    public static string Heading(Fault fault, bool isSaving) => (fault, isSaving) switch
    {
        (Fault.StoreFull, true) => "Not saved: there is no room left",
        (_, true) => "Not saved yet",
        (Fault.Crowded, _) => "Many are reading at once",
        _ => "We will be right back",
    };

    public static string Advice(Fault fault, bool isSaving) => (fault, isSaving) switch
    {
        (Fault.StoreFull, true) => "Our disk is full, and whoever looks after it has to make room first. What you wrote is below: keep a copy of it, or try again in a few minutes.",
        (Fault.StoreFull, _) => "Our disk is full. Please try again in a few minutes.",
        (Fault.Crowded, true) => "More is being sent at this moment than we can take in. What you wrote is below: send it again in a few seconds.",
        (Fault.Crowded, _) => "More readers have come at this moment than we can serve. Please try again in a few seconds.",
        (_, true) => "We cannot take anything in at this moment. What you wrote is below: wait half a minute, and send it again.",
        _ => "Our archive cannot be reached at this moment. Pages that were read lately are still here; please try this one again in half a minute.",
    };

    /// <summary>In a line, for scripts and feed readers.</summary>
    public static string Brief(Fault fault, bool isSaving) => (fault, isSaving) switch
    {
        (Fault.StoreFull, _) => "Not saved: our disk is full.",
        (_, true) => "Not saved: nothing can be saved at this moment.",
        (Fault.Crowded, _) => "More has been asked for at this moment than can be served. Please come back in a few seconds.",
        _ => "This cannot be had at this moment. Please come back in half a minute.",
    };
}
