using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages.Account;

/// <summary>Where the link leads that was sent to a new address: by a press, since mail programs open links by themselves.</summary>
public class ConfirmEmailModel(UserManager<Core.Accounts.Account> accounts, OneTimeLinks links, NewsDbContext db) : DoorPageModel
{
    private Core.Accounts.Account? _account;

    public int AccountId { get; private set; }

    public string Email { get; private set; } = "";

    public string Token { get; private set; } = "";

    public bool IsGood { get; private set; }

    public Task OnGetAsync(int account, string? email, string? token) => FindAsync(account, email, token);

    public async Task<IActionResult> OnPostAsync([FromForm] int account, [FromForm] string? email, [FromForm] string? token)
    {
        await FindAsync(account, email, token);
        if (!IsGood) return Page();

        HttpContext.ActsAs(_account!);
        var before = _account!.Email!;
        await using var all = await db.Database.BeginTransactionAsync(CancellationToken.None);
        // The address is the name one signs in with: both change, or neither.
        var changed = await accounts.ChangeEmailAsync(_account, Email, Token);
        if (changed.Succeeded) changed = await accounts.SetUserNameAsync(_account, Email);
        if (!changed.Succeeded)
        {
            (IsGood, Response.StatusCode) = (false, StatusCodes.Status410Gone);
            return Page();
        }

        links.TellEmailChanged(_account, before);
        await db.SaveChangesAsync(CancellationToken.None);
        await all.CommitAsync(CancellationToken.None);
        return LocalRedirect(User.Who() is null ? "/account/login" : "/account");
    }

    private async Task FindAsync(int id, string? email, string? token)
    {
        (AccountId, Email, Token) = (id, email ?? "", token ?? "");
        _account = id > 0 ? await db.Accounts.FindAsync(id) : null;
        IsGood = _account is { IsDisabled: false } && Hiring.IsEmail(Email) &&
            await accounts.VerifyUserTokenAsync(_account, LinkTokens.Name, UserManager<Core.Accounts.Account>.GetChangeEmailTokenPurpose(Email), Token);
        Title = IsGood ? "Is this your e-mail?" : "This link no longer works";
        if (!IsGood) Response.StatusCode = StatusCodes.Status410Gone;
    }
}
