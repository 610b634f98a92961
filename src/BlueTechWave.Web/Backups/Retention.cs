using System.Globalization;

namespace BlueTechWave.Web.Backups;

/// <summary>Which backups are kept: the last of each of so many days, weeks and months that have one.</summary>
public static class Retention
{
    /// <param name="all">Whether each was proved by a restore, and when it was made, in the site's zone.</param>
    /// <returns>What is kept. Never nothing, while one was proved; one that was not proved stays until a later one was.</returns>
    public static HashSet<T> Keep<T>(IEnumerable<T> all, Func<T, DateTime> made, Func<T, bool> isProved, int daily, int weekly, int monthly)
        where T : notnull
    {
        var newestFirst = all.OrderByDescending(made).ToList();
        var proved = newestFirst.Where(isProved).ToList();
        HashSet<T> kept = [.. newestFirst.TakeWhile(b => !isProved(b))];
        kept.UnionWith(LastOfEach(b => made(b).Date, daily));
        kept.UnionWith(LastOfEach(b => ISOWeek.ToDateTime(ISOWeek.GetYear(made(b)), ISOWeek.GetWeekOfYear(made(b)), DayOfWeek.Monday), weekly));
        kept.UnionWith(LastOfEach(b => new DateTime(made(b).Year, made(b).Month, 1), monthly));
        return kept;

        IEnumerable<T> LastOfEach(Func<T, DateTime> span, int count) => proved.GroupBy(span).Take(count).Select(g => g.First());
    }
}
