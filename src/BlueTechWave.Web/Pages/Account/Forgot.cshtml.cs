using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages.Account;

/// <summary>Asks for a link that sets a new password. Says the same, after the same work, whether there is an account or not.</summary>
public class ForgotModel(AccountSignIn signIn, UserManager<Core.Accounts.Account> accounts, OneTimeLinks links, SignInThrottle throttle, NewsDbContext db) : DoorPageModel
{
    public string Email { get; private set; } = "";

    public bool IsSent { get; private set; }

    public void OnGet(string? sent) => (Title, IsSent) = ("Forgotten your password?", sent is not null);

    public async Task<IActionResult> OnPostAsync([FromForm] string? email)
    {
        (Title, Email) = ("Forgotten your password?", email?.Trim() ?? "");
        if (!Hiring.IsEmail(Email)) return Refuse("Please give an e-mail address, such as name@example.com.");

        var wait = await throttle.BeginAsync(new($"forgot {Email.ToUpperInvariant()}", null, HttpContext.Connection.RemoteIpAddress));
        if (wait > TimeSpan.Zero) return Delay(wait);

        AccountSignIn.SpendTime(Email);
        var account = await accounts.FindByEmailAsync(Email);
        if (account is { IsDisabled: false }) await links.SendResetAsync(account);
        signIn.Note(null, Email, "Link asked for");
        await db.SaveChangesAsync(CancellationToken.None);
        return RedirectToPage("/Account/Forgot", new { sent = 1 });
    }
}
