using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Comments;

/// <summary>Who may not comment, until when, and why.</summary>
[May(Act.Moderate)]
public class BansModel(NewsDbContext db, WhoActs acts, Dates dates, TimeProvider clock) : NewsroomPageModel
{
    private const int OnAPage = 50;

    public sealed record Input(BanKind Kind, string Value, string Reason, string Until);

    public Input Typed { get; private set; } = new(BanKind.Email, "", "", "");

    public Dictionary<string, string> Errors { get; } = [];

    /// <summary>What a comment's writer could be banned by.</summary>
    public IReadOnlyList<(BanKind Kind, string Value)> Offered { get; private set; } = [];

    public IReadOnlyList<Ban> Rows { get; private set; } = [];

    public PagerView Pager { get; private set; } = null!;

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task OnGetAsync(int? comment, [FromQuery(Name = "page")] string? page, CancellationToken cancellation)
    {
        if (comment is { } id && await db.Comments.AsNoTracking().Where(c => c.Id == id).Select(c => new { c.Email, c.Address }).FirstOrDefaultAsync(cancellation) is { } writer)
        {
            Offered = [.. Offers(writer.Email, writer.Address)];
            if (Offered.Count > 0) Typed = Typed with { Kind = Offered[0].Kind, Value = Offered[0].Value };
        }

        await ShowAsync(page, cancellation);
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? kind, [FromForm] string? value, [FromForm] string? reason, [FromForm] string? until)
    {
        Typed = new(Enum.TryParse<BanKind>(kind, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : BanKind.Email, (value ?? "").Trim(), (reason ?? "").Trim(), (until ?? "").Trim());
        var ends = Ends();
        if (Typed.Reason.Length == 0) Errors["reason"] = "Please give a reason: whoever is banned is told it.";
        else if (Typed.Reason.Length > Ban.ReasonLength) Errors["reason"] = $"Please keep it to {Ban.ReasonLength} characters.";
        var ban = Ban.Make(Typed.Kind, Typed.Value, Typed.Reason, ends, acts(), Now, out var mistake);
        if (mistake is not null) Errors["value"] = mistake;
        if (Errors.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            await ShowAsync(null, HttpContext.RequestAborted);
            return Page();
        }

        db.Bans.Add(ban!);
        await db.SaveChangesAsync(CancellationToken.None);
        Said = $"{ban!.Value} may not comment{(ends is { } at ? $" until {dates.Day(at)}" : "")}.";
        return Redirect("/newsroom/comments/bans");
    }

    public async Task<IActionResult> OnPostEndAsync([FromForm] int id)
    {
        if (await db.Bans.FindAsync(id) is not { } ban) return NotFound();
        ban.End(Now);
        await db.SaveChangesAsync(CancellationToken.None);
        Said = $"{ban.Value} may comment again.";
        return Redirect("/newsroom/comments/bans");
    }

    /// <summary>The end of the day given; null: for good.</summary>
    private DateTime? Ends()
    {
        if (Typed.Until.Length == 0) return null;
        if (!DateOnly.TryParseExact(Typed.Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) Errors["until"] = "Please give a day, as year-month-day, or nothing.";
        else if (dates.StartOf(day.AddDays(1)) <= Now) Errors["until"] = "This day is over.";
        else return dates.StartOf(day.AddDays(1));
        return null;
    }

    private static IEnumerable<(BanKind Kind, string Value)> Offers(string email, string address)
    {
        if (email.Length > 0) yield return (BanKind.Email, email);
        if (!IPAddress.TryParse(address, out var one)) yield break;
        yield return (BanKind.Address, address);
        var bytes = one.GetAddressBytes();
        var (bits, kept) = one.AddressFamily == AddressFamily.InterNetwork ? (24, 3) : (48, 6);
        Array.Clear(bytes, kept, bytes.Length - kept);
        yield return (BanKind.Network, string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/{bits}"));
    }

    private async Task ShowAsync(string? page, CancellationToken cancellation)
    {
        (Title, Here) = ("Bans", "Comments");
        Pager = PagerView.Of(await db.Bans.CountAsync(cancellation), OnAPage, page, n => n > 1 ? string.Create(CultureInfo.InvariantCulture, $"/newsroom/comments/bans?page={n}") : "/newsroom/comments/bans");
        Rows = await db.Bans.AsNoTracking().OrderByDescending(b => b.EndedAt == null).ThenByDescending(b => b.Id).Skip((Pager.Page - 1) * OnAPage).Take(OnAPage).ToListAsync(cancellation);
    }
}
