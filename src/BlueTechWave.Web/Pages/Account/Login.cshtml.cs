using System.Globalization;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages.Account;

/// <summary>The way into the newsroom.</summary>
public class LoginModel(AccountSignIn signIn, UserManager<Core.Accounts.Account> accounts, SignInThrottle throttle, KnownBrowsers browsers, NewsDbContext db) : DoorPageModel
{
    public string Email { get; private set; } = "";

    /// <summary>Whether the password was right and a code is asked for.</summary>
    public bool AsksCode { get; private set; }

    public IActionResult OnGet(string? returnUrl)
    {
        Title = "Sign in";
        if (KeptForm.Of(HttpContext) is { } kept)
        {
            Bring(kept);
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Page();
        }

        Bring(returnUrl);
        return User.Who() is null ? Page() : LocalRedirect(ReturnUrl);
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? email, [FromForm] string? password, [FromForm] string? returnUrl, [FromForm] string? keptFor, [FromForm] string? kept)
    {
        (Title, Email) = ("Sign in", email?.Trim() ?? "");
        Bring(returnUrl, keptFor, kept);
        var account = Hiring.IsEmail(Email) ? await accounts.FindByEmailAsync(Email) : null;
        var attempt = new Attempt($"password {Email.ToUpperInvariant()}", account is null ? null : browsers.Find(HttpContext, account.Id), HttpContext.Connection.RemoteIpAddress);
        var wait = await throttle.BeginAsync(attempt);
        if (wait > TimeSpan.Zero) return Delay(wait, " A passkey works at once.");

        if (!await signIn.KnowsPasswordAsync(account, password ?? ""))
        {
            signIn.Note(account, Email, "Sign-in failed", "Password");
            await db.SaveChangesAsync(CancellationToken.None);
            return Refuse("E-mail and password do not belong together.");
        }

        await throttle.SucceedAsync(attempt);
        if (await signIn.EnterAsync(account!)) return Enter();
        if (Kept is null) return RedirectToPage("/Account/Code", new { returnUrl = ReturnUrl });
        (Title, AsksCode) = ("Your code", true);
        return Page();
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync() => Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync([FromForm] string? credential, [FromForm] string? returnUrl, [FromForm] string? keptFor, [FromForm] string? kept)
    {
        Title = "Sign in";
        Bring(returnUrl, keptFor, kept);
        if (await signIn.EnterWithPasskeyAsync(credential ?? "")) return Enter();

        signIn.Note(null, "", "Sign-in failed", "Passkey");
        await db.SaveChangesAsync(CancellationToken.None);
        return Refuse("That passkey does not open an account here. Try again, or use your password.");
    }
}
