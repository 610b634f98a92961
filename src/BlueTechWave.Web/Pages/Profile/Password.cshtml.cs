using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages.Profile;

/// <summary>A new password against the present one; whoever else is signed in is out.</summary>
public class PasswordModel(NewsDbContext db, OneTimeLinks links, TimeProvider clock) : ProfilePageModel
{
    public void OnGet() => Title = "Change password";

    public async Task<IActionResult> OnPostAsync([FromForm] string? present, [FromForm] string? password)
    {
        Title = "Change password";
        if (await Surety.DoubtPasswordAsync(present) is { } doubt) Errors["present"] = doubt;
        foreach (var rules in Accounts.PasswordValidators)
        {
            var found = await rules.ValidateAsync(Accounts, Account, password ?? "");
            if (!found.Succeeded) Errors.TryAdd("password", string.Join(" ", found.Errors.Select(e => e.Description)));
        }

        if (Errors.Count > 0) return Mend();

        // One save: there is no moment in which the password is new and an old session still open.
        await db.EndSessionsAsync(Account.Id, clock.GetUtcNow().UtcDateTime, except: User.SessionId());
        links.TellPasswordChanged(Account);
        var changed = await Accounts.ChangePasswordAsync(Account, present!, password!);
        if (!changed.Succeeded) throw new InvalidOperationException(string.Join(" ", changed.Errors.Select(e => e.Description)));
        return Done("Your password is changed. All other browsers are signed out.", "/Profile/Index");
    }
}
