using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages.Account;

/// <summary>The second step: a code from the authenticator app.</summary>
public class CodeModel(AccountSignIn signIn, SignInThrottle throttle, KnownBrowsers browsers, NewsDbContext db) : DoorPageModel
{
    public async Task<IActionResult> OnGetAsync(string? returnUrl)
    {
        Title = "Your code";
        Bring(returnUrl);
        return await signIn.GetTwoFactorAuthenticationUserAsync() is null ? RedirectToPage("/Account/Login", new { returnUrl = ReturnUrl }) : Page();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? code, [FromForm] string? returnUrl, [FromForm] string? keptFor, [FromForm] string? kept)
    {
        Title = "Your code";
        Bring(returnUrl, keptFor, kept);
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } account) return Refuse("That took too long. Sign in with your password once more.");

        var attempt = new Attempt(FormattableString.Invariant($"code {account.Id}"), browsers.Find(HttpContext, account.Id), HttpContext.Connection.RemoteIpAddress);
        var wait = await throttle.BeginAsync(attempt);
        if (wait > TimeSpan.Zero) return Delay(wait);

        if (await signIn.EnterWithCodeAsync(account, string.Concat((code ?? "").Where(char.IsAsciiDigit))))
        {
            await throttle.SucceedAsync(attempt);
            return Enter();
        }

        signIn.Note(account, "", "Sign-in failed", "Code");
        await db.SaveChangesAsync(CancellationToken.None);
        return Refuse("That code does not fit. Each is good for half a minute, and once.");
    }
}
