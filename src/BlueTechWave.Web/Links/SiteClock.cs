using System.Globalization;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Links;

/// <summary>Reads a day and a time typed in the site's zone. A time that clocks skip or strike twice is asked for again, not guessed.</summary>
public sealed class SiteClock(IOptions<SiteOptions> site)
{
    private readonly TimeZoneInfo _zone = site.Value.FindZone();

    public TimeZoneInfo Zone => _zone;

    /// <returns>The moment in UTC, or what is wrong with it.</returns>
    public (DateTime? Utc, string? Error) Read(string date, string time)
    {
        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return (null, "Please give a date, as year-month-day.");
        if (!TimeOnly.TryParseExact(time, ["HH:mm", "HH:mm:ss", "HH.mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)) return (null, "Please give a time, as hours:minutes.");

        var local = day.ToDateTime(at, DateTimeKind.Unspecified);
        if (_zone.IsInvalidTime(local)) return (null, $"{at:HH:mm} does not exist on that day in {_zone.Id}: clocks go forward over it. Please choose another time.");
        if (_zone.IsAmbiguousTime(local)) return (null, $"{at:HH:mm} comes twice on that day in {_zone.Id}: clocks go back over it. Please choose another time.");
        return (TimeZoneInfo.ConvertTimeToUtc(local, _zone), null);
    }
}
