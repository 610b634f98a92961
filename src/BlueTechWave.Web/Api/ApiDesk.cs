using System.Globalization;
using BlueTechWave.Core;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;

namespace BlueTechWave.Web.Api;

/// <summary>
/// What answering needs: what is asked for, and where it is found. Made anew for each request. What cannot be meant is kept in
/// <see cref="Wrong"/>, the first of it; whoever answers looks there before asking the store.
/// </summary>
internal sealed class ApiDesk(HttpContext http, NewsDbContext db, SiteFrames frames, SiteAddress address, Dates dates)
{
    public static ApiDesk Of(HttpContext http) => ActivatorUtilities.CreateInstance<ApiDesk>(http.RequestServices, http);

    public HttpContext Http { get; } = http;

    public NewsDbContext Db { get; } = db;

    public CancellationToken Cancellation => Http.RequestAborted;

    public Problem? Wrong { get; private set; }

    public ValueTask<SiteFrame> FrameAsync() => frames.GetAsync(Cancellation);

    public string Whole(string relative) => address.Of(relative);

    /// <summary>Null where it is not given.</summary>
    public string? Asked(Parameter parameter) => Http.Request.Query[parameter.Name].ToString() is { Length: > 0 } given ? given : null;

    public int Limit()
    {
        if (Asked(Parameter.Limit) is not { } typed) return Parameter.LimitUsual;
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= Parameter.LimitMost) return limit;
        Refuse(Parameter.Limit, $"It must be a whole number from 1 to {Parameter.LimitMost}.");
        return 1;
    }

    /// <summary>Null for the beginning.</summary>
    public Cursor? After(string list)
    {
        if (Asked(Parameter.After) is not { } typed) return null;
        var cursor = Cursor.Read(typed, list);
        if (cursor is null) Refuse(Parameter.After, "It must be taken from next, in an answer of this very list.");
        return cursor;
    }

    /// <summary>Those asked for, in the order of the documentation; the usual ones where nobody asks.</summary>
    public IReadOnlyList<Field<T>> Fields<T>(IReadOnlyList<Field<T>> all, bool isList = true)
    {
        if (Asked(Parameter.Fields) is not { } typed) return isList ? [.. all.Where(f => f.IsUsual)] : all;

        var names = typed.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        if (names.FirstOrDefault(n => all.All(f => f.Name != n)) is { } unknown) Refuse(Parameter.Fields, $"There is no field “{Shown(unknown)}” here. There are: {string.Join(", ", all.Select(f => f.Name))}.");
        else if (names.Count == 0) Refuse(Parameter.Fields, "It names no field.");
        return [.. all.Where(f => names.Contains(f.Name))];
    }

    /// <summary>A moment (RFC 3339), or a day of the paper's own zone.</summary>
    /// <param name="isEnd">A day is then meant to its end.</param>
    public DateTime? Moment(Parameter parameter, bool isEnd = false)
    {
        if (Asked(parameter) is not { } typed) return null;
        if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 9000) return dates.StartOf(isEnd ? day.AddDays(1) : day);
        // A plus sign in an address is a space to whoever reads it.
        var text = typed.Replace(' ', '+');
        var hasZone = text is [.., 'Z'] or [.., '+' or '-', _, _, ':', _, _];
        if (hasZone && DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) && moment.UtcDateTime.Year is > 1900 and < 9000)
            return moment.UtcDateTime;
        Refuse(parameter, "It must be a day, as in 2024-09-25, or a moment with its zone, as in 2024-09-25T09:30:00Z.");
        return null;
    }

    /// <summary>Nothing that readers could find is called so: what only a draft has is not there either.</summary>
    public void RefuseUnknown(Parameter parameter, string typed) => Refuse(parameter, $"Nothing public is filed under “{Shown(typed)}”.");

    public void Refuse(Parameter parameter, string detail) => Wrong ??= new(ProblemType.BadParameter, detail, parameter.Name);

    private static string Shown(string typed) => typed.Length > 60 ? typed[..60] + "…" : typed;
}
