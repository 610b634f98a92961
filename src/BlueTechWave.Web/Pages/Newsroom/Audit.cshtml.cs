using System.Globalization;
using System.Text;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom;

/// <summary>Who did what, when and from where: to be looked through, and taken along as a table.</summary>
[May(Act.ReadAudit)]
public class AuditModel(NewsDbContext db, Dates dates) : NewsroomPageModel
{
    public const int PageSize = 50;

    /// <summary>One choice of the person filter: whatever nobody signed in for, such as the schedule or a failed sign-in.</summary>
    public const string Nobody = "none";

    /// <summary>Kinds offered; any other that is in the log can be typed.</summary>
    public static readonly IReadOnlyList<string> Subjects =
        ["Account", "Article", "Author", "Category", "Comment", "Home slot", "Menu", "Page", "Passkey", "Redirect", "Second factor", "Session", "Settings", "Social link", "Tag", "Template"];

    public static readonly IReadOnlyList<string> Acts =
        ["Added", "Changed", "Removed", "Written", "Submitted", "Sent back", "Scheduled", "Published", "Updated", "Corrected", "Withdrawn", "Branched", "Approved", "Rejected", "Spam", "Signed in", "Signed out", "Session ended"];

    /// <summary>As asked, to be shown again in the form.</summary>
    public sealed record Filter(string Person, string Subject, string Act, string Article, string From, string To);

    public Filter Asked { get; private set; } = null!;

    public IReadOnlyList<(int Id, string Name)> People { get; private set; } = [];

    public IReadOnlyList<AuditEntry> Lines { get; private set; } = [];

    /// <summary>Where the next page begins; null on the last.</summary>
    public long? Older { get; private set; }

    public bool IsFirst { get; private set; } = true;

    public IReadOnlyDictionary<string, string> Wrong => _wrong;

    public bool IsNarrowed => Asked != new Filter("", "", "", "", "", "");

    private readonly Dictionary<string, string> _wrong = [];

    public async Task<IActionResult> OnGetAsync(string? person, string? subject, string? act, string? article, string? from, string? to, string? before, string? format, CancellationToken cancellation)
    {
        (Title, Here) = ("Audit", "Audit");
        Asked = new(Text(person), Text(subject), Text(act), Text(article), Text(from), Text(to));
        var lines = Narrow(db.Audit.AsNoTracking());
        if (format == "csv" && _wrong.Count == 0) return new CsvTable(AuditTable.Header, AuditTable.RowsAsync(lines.OrderByDescending(e => e.Id).AsAsyncEnumerable()), "audit.csv");

        People = [.. (await db.Accounts.OrderBy(a => a.Name).Select(a => new { a.Id, a.Name }).ToListAsync(cancellation)).Select(a => (a.Id, a.Name))];
        if (long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            lines = lines.Where(e => e.Id < id);
            IsFirst = false;
        }

        var found = _wrong.Count > 0 ? [] : await lines.OrderByDescending(e => e.Id).Take(PageSize + 1).ToListAsync(cancellation);
        Lines = [.. found.Take(PageSize)];
        Older = found.Count > PageSize ? Lines[^1].Id : null;
        return Page();
    }

    public string Address(long? before = null, string? format = null)
    {
        var query = new Dictionary<string, string?>
        {
            ["person"] = Asked.Person,
            ["subject"] = Asked.Subject,
            ["act"] = Asked.Act,
            ["article"] = Asked.Article,
            ["from"] = Asked.From,
            ["to"] = Asked.To,
            ["before"] = before?.ToString(CultureInfo.InvariantCulture),
            ["format"] = format,
        };
        return QueryHelpers.AddQueryString("/newsroom/audit", query.Where(p => !string.IsNullOrEmpty(p.Value)));
    }

    private IQueryable<AuditEntry> Narrow(IQueryable<AuditEntry> lines)
    {
        var (person, subject, act, article, from, to) = Asked;
        if (person == Nobody) lines = lines.Where(e => e.AccountId == null);
        else if (person.Length > 0)
        {
            if (Number(person) is { } account) lines = lines.Where(e => e.AccountId == account);
            else _wrong["person"] = "Choose somebody from the list.";
        }

        if (article.Length > 0)
        {
            if (Number(article) is { } id) lines = lines.Where(e => e.Subject == "Article" && e.SubjectId == id);
            else _wrong["article"] = "The number in the article’s address, for example 12.";
        }
        else if (subject.Length > 0) lines = lines.Where(e => e.Subject == subject);

        // Several acts of one save stand in one line.
        if (act.Length > 0) lines = lines.Where(e => e.Act.Contains(act));
        if (Day("from", from) is { } first)
        {
            var start = dates.StartOf(first);
            lines = lines.Where(e => e.At >= start);
        }

        if (Day("to", to) is { } last && last < DateOnly.MaxValue)
        {
            var end = dates.StartOf(last.AddDays(1));
            lines = lines.Where(e => e.At < end);
        }

        return lines;
    }

    private DateOnly? Day(string field, string typed)
    {
        if (typed.Length == 0) return null;
        if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and <= 9000) return day;
        _wrong[field] = "A day such as 2024-09-25.";
        return null;
    }

    private static string Text(string? typed)
    {
        var text = (typed ?? "").Trim();
        return text.Length <= AuditEntry.NameLength ? text : text[..AuditEntry.NameLength];
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>The log as a table to take along: every column, times in UTC.</summary>
internal static class AuditTable
{
    public static readonly string[] Header = ["Number", "When (UTC)", "Who", "Account", "From where", "Kind", "Subject number", "Subject", "Act", "Details"];

    public static async IAsyncEnumerable<string[]> RowsAsync(IAsyncEnumerable<AuditEntry> entries)
    {
        await foreach (var e in entries)
            yield return [Text(e.Id), e.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), e.By, Text(e.AccountId), e.Address, e.Subject, Text(e.SubjectId), e.Name, e.Act, e.Detail];

        static string Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture) ?? "";
    }
}
