using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages.Profile;

/// <summary>Another address to sign in with: asked for here, confirmed by whoever reads its mail.</summary>
public class EmailModel(NewsDbContext db, OneTimeLinks links) : ProfilePageModel
{
    public string Email { get; private set; } = "";

    public void OnGet() => Title = "Change e-mail";

    public async Task<IActionResult> OnPostAsync([FromForm] string? email, [FromForm] string? present)
    {
        (Title, Email) = ("Change e-mail", email?.Trim() ?? "");
        if (!Hiring.IsEmail(Email)) Errors["email"] = "Please give an e-mail address, such as name@example.com.";
        if (Errors.Count > 0 || !await IsSureAsync(present)) return Mend();

        // Who else has an account is nobody's business: the answer is the same, only the letter stays away.
        if (await Accounts.FindByEmailAsync(Email) is null)
        {
            await links.SendNewEmailAsync(Account, Email);
            await db.SaveChangesAsync(CancellationToken.None);
        }

        return Done($"A link is on its way to {Email}. Until you open it, nothing changes.", "/Profile/Index");
    }
}
