using System.Globalization;
using BlueTechWave.Core.Comments;

namespace BlueTechWave.Web.Pages;

/// <summary>Why a reader may report a comment, as readers choose and editors read it.</summary>
internal static class ReportReasons
{
    public static readonly IReadOnlyList<(ReportReason Reason, string Name)> All =
    [
        (ReportReason.Spam, "It is advertising or spam"),
        (ReportReason.Abuse, "It insults or threatens somebody"),
        (ReportReason.OffTopic, "It has nothing to do with the article"),
        (ReportReason.PersonalData, "It tells something private about somebody"),
        (ReportReason.Illegal, "It is against the law"),
        (ReportReason.Other, "Something else"),
    ];

    public static string NameOf(ReportReason reason) => All.First(r => r.Reason == reason).Name;

    /// <summary>Null for what was not offered.</summary>
    public static ReportReason? Of(string? typed) =>
        All.Where(r => ((int)r.Reason).ToString(CultureInfo.InvariantCulture) == typed).Select(r => (ReportReason?)r.Reason).FirstOrDefault();
}
