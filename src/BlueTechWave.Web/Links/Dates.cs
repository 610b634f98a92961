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

    /// <summary>When that day begins here. A day that begins within a skipped hour begins where the clocks go on.</summary>
    public DateTime StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (_zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        return TimeZoneInfo.ConvertTimeToUtc(midnight, _zone);
    }

    /// <summary>For machines: with the zone's offset (RFC 3339).</summary>
    public string Machine(DateTime utc) => Offset(utc).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>“September 25, 2024”.</summary>
    public string Day(DateTime utc) => Local(utc).ToString("MMMM d, yyyy", English);

    /// <summary>“Sep 25, 2024”.</summary>
    public string ShortDay(DateTime utc) => Local(utc).ToString("MMM d, yyyy", English);

    /// <summary>“Wednesday, September 25”.</summary>
    public string LongDay(DateTime utc) => Local(utc).ToString("dddd, MMMM d", English);

    public string Time(DateTime utc) => Local(utc).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>As near as it is: “Today, 11.52”, “Tomorrow, 07.00”, “Sep 23, 09.02”, “Sep 23, 2023”.</summary>
    public string Near(DateTime utc, DateTime now)
    {
        var (at, today) = (Local(utc), Local(now).Date);
        var day = (at.Date - today).Days switch { 0 => "Today", 1 => "Tomorrow", -1 => "Yesterday", _ => at.ToString("MMM d", English) };
        return at.Year == today.Year || Math.Abs((at.Date - today).Days) <= 1 ? $"{day}, {at.ToString("HH.mm", CultureInfo.InvariantCulture)}" : ShortDay(utc);
    }

    /// <summary>“5 minutes”, “3 hours”, “2 days”: how long it has been.</summary>
    public static string Since(DateTime utc, DateTime now) => (now - utc) switch
    {
        { TotalMinutes: < 1 } => "less than a minute",
        { TotalHours: < 1 } span => Count((int)span.TotalMinutes, "minute"),
        { TotalDays: < 1 } span => Count((int)span.TotalHours, "hour"),
        var span => Count((int)span.TotalDays, "day"),
    };

    private static string Count(int number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number} {unit}{(number == 1 ? "" : "s")}");

    public static string MonthName(int month) => English.DateTimeFormat.GetMonthName(month);

    public static string ShortMonthName(int month) => English.DateTimeFormat.GetAbbreviatedMonthName(month);

    /// <summary>“September 2024”.</summary>
    public static string Month(int year, int month) => string.Create(CultureInfo.InvariantCulture, $"{MonthName(month)} {year:0000}");
}
