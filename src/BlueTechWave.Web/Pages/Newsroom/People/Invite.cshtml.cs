using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages.Newsroom.People;

/// <summary>A new colleague: an account, a byline, and a letter with a link to choose a password.</summary>
[May(Act.ManagePeople)]
public class InviteModel(NewsDbContext db, Hiring hiring, Invitations invitations) : NewsroomPageModel
{
    public string Email { get; private set; } = "";

    public string Name { get; private set; } = "";

    public Role? Role { get; private set; } = default(Role);

    public Dictionary<string, string> Errors { get; } = [];

    public void OnGet() => (Title, Here) = ("Invite somebody", "People");

    public async Task<IActionResult> OnPostAsync([FromForm] string? email, [FromForm] string? name, [FromForm] string? role)
    {
        (Title, Here) = ("Invite somebody", "People");
        (Email, Name) = (email?.Trim() ?? "", name?.Trim() ?? "");
        Role = Enum.TryParse<Role>(role, out var chosen) && Enum.IsDefined(chosen) ? chosen : null;
        if (Role is null) Errors["role"] = "Please choose a role.";

        // The account and its letter come together, or not at all.
        await using var all = await db.Database.BeginTransactionAsync(CancellationToken.None);
        var hired = Role is null ? null : await hiring.HireAsync(Email, Name, chosen);
        foreach (var (field, wrong) in hired?.Errors ?? new Dictionary<string, string>()) Errors[field] = wrong;
        if (hired?.Account is not { } account)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        TempData[Invitations.Shown] = await invitations.SendAsync(account, Who.Name);
        await db.SaveChangesAsync(CancellationToken.None);
        await all.CommitAsync(CancellationToken.None);
        Said = $"{account.Name} is invited.";
        return RedirectToPage("/Newsroom/People/Person", new { id = account.Id });
    }

    public string? Error(string field) => Errors.GetValueOrDefault(field);
}
