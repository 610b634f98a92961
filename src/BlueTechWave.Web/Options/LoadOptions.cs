using System.ComponentModel.DataAnnotations;

namespace BlueTechWave.Web.Options;

/// <summary>The section <c>Load</c>: how much the site does at once, and what it does rather than fall over.</summary>
public sealed class LoadOptions
{
    /// <summary>Readers' pages that are made at once; 0: two for each processor. What the cache holds is not counted.</summary>
    [Range(0, 10_000)]
    public int PagesAtOnce { get; init; }

    /// <summary>So many more wait for a place; who comes then is asked to come back.</summary>
    [Range(0, 100_000)]
    public int PagesWaiting { get; init; } = 200;

    /// <summary>For so many seconds a reader's page may wait and be made, then it is given up.</summary>
    [Range(1, 600)]
    public int PageSeconds { get; init; } = 10;

    /// <summary>A page whose time is over is kept for so many hours more, for when no other can be made.</summary>
    [Range(0, 720)]
    public int StaleHours { get; init; } = 24;

    /// <summary>Connections open at once; 0: as many as come.</summary>
    [Range(0, 1_000_000)]
    public int Connections { get; init; } = 10_000;

    /// <summary>For so many seconds a client may take to say what it wants.</summary>
    [Range(1, 600)]
    public int HeaderSeconds { get; init; } = 15;

    /// <summary>A client that sends or takes fewer bytes in a second is dropped: once it has had <see cref="SlowSeconds"/>, and for a page the time that it takes at this rate.</summary>
    [Range(1, 1 << 30)]
    public int SlowBytesPerSecond { get; init; } = 240;

    [Range(2, 600)]
    public int SlowSeconds { get; init; } = 5;

    /// <summary>Told to stop, the site says for so many seconds that it is not ready before it closes its door: until a balancer has seen it.</summary>
    [Range(0, 300)]
    public int DrainSeconds { get; init; }

    /// <summary>For so many seconds more, what is under way may come to its end.</summary>
    [Range(1, 600)]
    public int StopSeconds { get; init; } = 30;

    public int Places => PagesAtOnce > 0 ? PagesAtOnce : 2 * Environment.ProcessorCount;
}
