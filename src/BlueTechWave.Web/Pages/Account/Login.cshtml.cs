using BlueTechWave.Core.Accounts;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages.Account;

/// <summary>The way into the newsroom.</summary>
public class LoginModel(AccountSignIn signIn, UserManager<Core.Accounts.Account> accounts) : DoorPageModel
{
    public string Email { get; private set; } = "";

    public string ReturnUrl { get; private set; } = "";

    public string? Error { get; private set; }

    public void OnGet(string? returnUrl) => (Title, ReturnUrl) = ("Sign in", Local(returnUrl));

    public async Task<IActionResult> OnPostAsync([FromForm] string? email, [FromForm] string? password, [FromForm] string? returnUrl)
    {
        (Title, ReturnUrl, Email) = ("Sign in", Local(returnUrl), email?.Trim() ?? "");
        var account = await accounts.FindByEmailAsync(Email);
        if (account is not null && (await signIn.PasswordSignInAsync(account, password ?? "", isPersistent: true, lockoutOnFailure: false)).Succeeded)
            return LocalRedirect(ReturnUrl);

        Error = "That is not the password of this account.";
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
