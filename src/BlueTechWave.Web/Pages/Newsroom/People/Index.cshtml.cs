using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.People;

/// <summary>Everybody with an account, and who was here when.</summary>
[May(Act.ManagePeople)]
public class IndexModel(NewsDbContext db) : NewsroomPageModel
{
    public const int OnAPage = 50;

    public sealed record Row(int Id, string Name, string Email, Role Role, bool IsDisabled, bool IsInvited, bool HasFactor, DateTime? SeenAt)
    {
        public string State => IsDisabled ? "Disabled" : IsInvited ? "Invited" : "Active";

        public string Chip => IsDisabled ? "chip--unpublished" : IsInvited ? "chip--review" : "chip--published";
    }

    public string Q { get; private set; } = "";

    public Role? Role { get; private set; }

    public string? State { get; private set; }

    public int Number { get; private set; } = 1;

    public int Pages { get; private set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(string? q, string? role, string? state, [FromQuery(Name = "page")] string? page)
    {
        (Title, Here) = ("People", "People");
        (Q, State) = (q?.Trim() ?? "", state);
        Role = Enum.TryParse<Role>(role, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : null;

        var found = await FoundAsync();
        Pages = Math.Max(1, (await found.CountAsync(HttpContext.RequestAborted) + OnAPage - 1) / OnAPage);
        Number = Math.Clamp(int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1, 1, Pages);
        Rows = await found.OrderBy(a => a.Name).ThenBy(a => a.Id).Skip((Number - 1) * OnAPage).Take(OnAPage)
            .Select(a => new Row(a.Id, a.Name, a.Email!, a.Role, a.DisabledAt != null, a.PasswordHash == null, a.TwoFactorEnabled,
                db.Sessions.Where(s => s.AccountId == a.Id).Max(s => (DateTime?)s.SeenAt)))
            .ToListAsync(HttpContext.RequestAborted);
    }

    public string Address(int number)
    {
        var query = new QueryBuilder();
        if (Q.Length > 0) query.Add("q", Q);
        if (Role is { } role) query.Add("role", role.ToString());
        if (!string.IsNullOrEmpty(State)) query.Add("state", State);
        query.Add("page", number.ToString(CultureInfo.InvariantCulture));
        return "/newsroom/people" + query.ToQueryString();
    }

    private async Task<IQueryable<Core.Accounts.Account>> FoundAsync()
    {
        var found = db.Accounts.AsNoTracking();
        if (Role is { } role) found = found.Where(a => a.Role == role);
        found = State switch
        {
            "active" => found.Where(a => a.DisabledAt == null && a.PasswordHash != null),
            "invited" => found.Where(a => a.DisabledAt == null && a.PasswordHash == null),
            "disabled" => found.Where(a => a.DisabledAt != null),
            _ => found,
        };
        if (Q.Length == 0) return found;

        // Names as people type them, without accents and in any case: no two stores agree on that, and a newsroom is small.
        var names = await found.Select(a => new { a.Id, a.Name, a.Email }).ToListAsync(HttpContext.RequestAborted);
        var ids = names.Where(n => Says(n.Name) || Says(n.Email!)).Select(n => n.Id).ToList();
        return found.Where(a => ids.Contains(a.Id));
    }

    private bool Says(string text) => CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, Q, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;
}
