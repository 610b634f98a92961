using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages.Account;

/// <summary>Out again: by a button, never by following a link.</summary>
public class LogoutModel(AccountSignIn signIn) : DoorPageModel
{
    public void OnGet() => Title = "Sign out";

    public async Task<IActionResult> OnPostAsync()
    {
        await signIn.SignOutAsync();
        return LocalRedirect("/account/login");
    }
}
