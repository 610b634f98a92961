using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages.Account;

/// <summary>The second step without the phone.</summary>
public class RecoveryModel(AccountSignIn signIn, SignInThrottle throttle, KnownBrowsers browsers, NewsDbContext db) : DoorPageModel
{
    public async Task<IActionResult> OnGetAsync(string? returnUrl)
    {
        Title = "A recovery code";
        Bring(returnUrl);
        return await signIn.GetTwoFactorAuthenticationUserAsync() is null ? RedirectToPage("/Account/Login", new { returnUrl = ReturnUrl }) : Page();
    }

    /// <param name="ask">Only shows the form: the step before has sent along what is kept.</param>
    public async Task<IActionResult> OnPostAsync([FromForm] string? code, [FromForm] string? ask, [FromForm] string? returnUrl, [FromForm] string? keptFor, [FromForm] string? kept)
    {
        Title = "A recovery code";
        Bring(returnUrl, keptFor, kept);
        if (ask is not null) return Kept is null ? RedirectToPage("/Account/Recovery", new { returnUrl = ReturnUrl }) : Page();
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } account) return Refuse("That took too long. Sign in with your password once more.");

        var attempt = new Attempt(FormattableString.Invariant($"code {account.Id}"), browsers.Find(HttpContext, account.Id), HttpContext.Connection.RemoteIpAddress);
        var wait = await throttle.BeginAsync(attempt);
        if (wait > TimeSpan.Zero) return Delay(wait);

        if (await signIn.EnterWithRecoveryCodeAsync(account, (code ?? "").Trim().ToUpperInvariant()))
        {
            await throttle.SucceedAsync(attempt);
            return Enter();
        }

        signIn.Note(account, "", "Sign-in failed", "Recovery code");
        await db.SaveChangesAsync(CancellationToken.None);
        return Refuse("That is none of your codes, or it has been used.");
    }
}
