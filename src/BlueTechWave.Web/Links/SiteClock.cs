using System.Globalization;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Links;

/// <summary>Reads a day and a time typed in the site's zone. A time that clocks skip or strike twice is asked for again, not guessed.</summary>
public sealed class SiteClock(IOptions<SiteOptions> site)
{
    private readonly TimeZoneInfo _zone = site.Value.FindZone();

    public TimeZoneInfo Zone => _zone;

    /// <param name="which">Of a time that comes twice: <c>first</c> or <c>second</c>.</param>
    /// <returns>The moment in UTC, or what is wrong with it.</returns>
    public (DateTime? Utc, string? Error) Read(string date, string time, string which = "")
    {
        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return (null, "Please give a date, as year-month-day.");
        if (Parse(time) is not { } at) return (null, "Please give a time, as hours:minutes.");

        var local = day.ToDateTime(at, DateTimeKind.Unspecified);
        if (_zone.IsInvalidTime(local)) return (null, $"{at:HH:mm} does not exist on that day in {_zone.Id}: clocks go forward over it. {Nearest(local)}");
        if (Twice(date, time) is not { } twice) return (TimeZoneInfo.ConvertTimeToUtc(local, _zone), null);
        return which switch
        {
            "first" => (twice.First, null),
            "second" => (twice.Second, null),
            _ => (null, $"{at:HH:mm} comes twice on that day in {_zone.Id}: clocks go back over it. Please say which of the two."),
        };
    }

    /// <summary>Both moments (UTC) of a time that clocks strike twice; null for any other.</summary>
    public (DateTime First, DateTime Second)? Twice(string date, string time)
    {
        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || Parse(time) is not { } at) return null;
        var local = day.ToDateTime(at, DateTimeKind.Unspecified);
        if (!_zone.IsAmbiguousTime(local)) return null;
        var offsets = _zone.GetAmbiguousTimeOffsets(local);
        return (Utc(offsets.Max()), Utc(offsets.Min()));

        DateTime Utc(TimeSpan offset) => DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    private string Nearest(DateTime skipped)
    {
        var (before, after) = (skipped, skipped);
        while (_zone.IsInvalidTime(before)) before = before.AddMinutes(-1);
        while (_zone.IsInvalidTime(after)) after = after.AddMinutes(1);
        return $"The nearest that do are {before:HH:mm} and {after:HH:mm}.";
    }

    private static TimeOnly? Parse(string time) =>
        TimeOnly.TryParseExact(time, ["HH:mm", "HH:mm:ss", "HH.mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;
}
