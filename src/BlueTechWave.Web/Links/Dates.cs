using System.Globalization;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Links;

/// <summary>Times as readers see them: in the newsroom's zone and language.</summary>
public sealed class Dates(IOptions<SiteOptions> site)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    private readonly TimeZoneInfo _zone = site.Value.FindZone();

    public DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), _zone);

    /// <summary>The moment with the offset that the newsroom's zone had then.</summary>
    public DateTimeOffset Offset(DateTime utc) =>
        TimeZoneInfo.ConvertTime(new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)), _zone);

    /// <summary>For machines: with the zone's offset (RFC 3339).</summary>
    public string Machine(DateTime utc) => Offset(utc).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>“September 25, 2024”.</summary>
    public string Day(DateTime utc) => Local(utc).ToString("MMMM d, yyyy", English);

    /// <summary>“Sep 25, 2024”.</summary>
    public string ShortDay(DateTime utc) => Local(utc).ToString("MMM d, yyyy", English);

    /// <summary>“Wednesday, September 25”.</summary>
    public string LongDay(DateTime utc) => Local(utc).ToString("dddd, MMMM d", English);

    public string Time(DateTime utc) => Local(utc).ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string MonthName(int month) => English.DateTimeFormat.GetMonthName(month);

    public static string ShortMonthName(int month) => English.DateTimeFormat.GetAbbreviatedMonthName(month);

    /// <summary>“September 2024”.</summary>
    public static string Month(int year, int month) => string.Create(CultureInfo.InvariantCulture, $"{MonthName(month)} {year:0000}");
}
