using BlueTechWave.Core.Exchange;

namespace BlueTechWave.Web.Imports;

public enum ImportStage
{
    /// <summary>A dry run is under way.</summary>
    Trying,
    Tried,
    Importing,
    Done,

    /// <summary>By somebody, or with the site.</summary>
    Stopped,
    Failed,

    /// <summary>The old addresses are asked for.</summary>
    Checking,
}

/// <summary>The one export that the newsroom has in hand: which file, how far it has come, what was last said of it.</summary>
/// <param name="Name">As whoever brought it calls it.</param>
/// <param name="File">In the folder of imports.</param>
/// <param name="Uploads">The folder of pictures beside it; empty for none.</param>
/// <param name="By">Who last pressed a button.</param>
public sealed record ImportInHand(string Name, string File, long Bytes, string Uploads, ImportStage Stage, string By, DateTime At)
{
    /// <summary>The system that wrote it; empty until it was looked at, or if none is known to.</summary>
    public string System { get; init; } = "";

    /// <summary>Whether more than a dry run has begun: pressed again, it goes on from there.</summary>
    public bool HasBegun { get; init; }

    /// <summary>Why it stopped or failed.</summary>
    public string Why { get; init; } = "";

    public ImportTold? Told { get; init; }

    /// <summary>The whole report, by its name in the folder of imports; empty for none.</summary>
    public string Report { get; init; } = "";

    /// <summary>What the old addresses answered when they were last asked for.</summary>
    public ParityTold? Parity { get; init; }

    public bool IsUnderWay => Stage is ImportStage.Trying or ImportStage.Importing or ImportStage.Checking;
}

/// <summary>A report as far as a page shows it.</summary>
/// <param name="Refused">The first of the refusals.</param>
public sealed record ImportTold(int CameIn, IReadOnlyList<ImportCount> Counts, IReadOnlyList<string> Notes, IReadOnlyList<string> Refused, int Addresses)
{
    private const int RefusalsAtMost = 100;

    public int Waiting => Counts.Sum(c => c.Waiting);

    public int Refusals => Counts.Sum(c => c.Refused);

    public static ImportTold Of(ImportReport report) =>
        new(report.CameIn, [.. report.Kinds.Select(kind => ImportCount.Of(report, kind))], [.. report.NoteLines], [.. report.Refusals.Take(RefusalsAtMost).Select(r => r.ToString())], report.AddressCount);
}

/// <summary>What old addresses answer, as far as a page shows it.</summary>
/// <param name="Lost">The first of those that lead nowhere.</param>
/// <param name="Report">The whole of it, by its name in the folder of imports.</param>
public sealed record ParityTold(string Summary, IReadOnlyList<string> Lost, int LostCount, bool IsKept, string Report)
{
    private const int LostAtMost = 100;

    public static ParityTold Of(AddressParity parity, string report) => new(parity.Summary, [.. parity.LostLines.Take(LostAtMost)], parity.Lost.Count, parity.IsKept, report);
}

/// <summary>What became of the things of one kind.</summary>
public sealed record ImportCount(string Kind, int Added, int Updated, int Unchanged, int LeftAlone, int Waiting, int Refused)
{
    public static ImportCount Of(ImportReport report, string kind)
    {
        return new(kind, At(ImportOutcome.Added), At(ImportOutcome.Updated), At(ImportOutcome.Unchanged), At(ImportOutcome.LeftAlone), At(ImportOutcome.Waiting), At(ImportOutcome.Refused));

        int At(ImportOutcome outcome) => report.Of(kind, outcome);
    }
}
