using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages.Account;

/// <summary>Where a one-time link leads: sets a password, after an invitation the first one.</summary>
public class ResetModel(AccountSignIn signIn, UserManager<Core.Accounts.Account> accounts, OneTimeLinks links, NewsDbContext db, TimeProvider clock) : DoorPageModel
{
    private Core.Accounts.Account? _account;

    public int AccountId { get; private set; }

    public string Token { get; private set; } = "";

    public string Email => _account?.Email ?? "";

    /// <summary>Whether the link still opens anything.</summary>
    public bool IsGood { get; private set; }

    public Task OnGetAsync(int account, string? token) => FindAsync(account, token);

    public async Task<IActionResult> OnPostAsync([FromForm] int account, [FromForm] string? token, [FromForm] string? password)
    {
        await FindAsync(account, token);
        if (!IsGood) return Page();

        // Whoever held the account before is out, in the same save.
        var isFirst = _account!.PasswordHash is null;
        HttpContext.ActsAs(_account);
        if (await WhatIsWrongAsync(password ?? "") is { } wrong) return Refuse(wrong);
        await db.EndSessionsAsync(_account.Id, clock.GetUtcNow().UtcDateTime);
        if (!isFirst) links.TellPasswordChanged(_account);
        if (!(await accounts.ResetPasswordAsync(_account, Token, password!)).Succeeded) return await GoneAsync();

        if (await signIn.EnterAsync(_account)) return Enter();
        return RedirectToPage("/Account/Code");
    }

    private async Task FindAsync(int id, string? token)
    {
        (AccountId, Token) = (id, token ?? "");
        _account = id > 0 ? await db.Accounts.FindAsync(id) : null;
        IsGood = _account is { IsDisabled: false } &&
            await accounts.VerifyUserTokenAsync(_account, LinkTokens.Name, UserManager<Core.Accounts.Account>.ResetPasswordTokenPurpose, Token);
        Title = !IsGood ? "This link no longer works" : _account!.PasswordHash is null ? "Choose your password" : "Choose a new password";
        if (!IsGood) Response.StatusCode = StatusCodes.Status410Gone;
    }

    private async Task<string?> WhatIsWrongAsync(string password)
    {
        var wrong = new List<string>();
        foreach (var rules in accounts.PasswordValidators)
            wrong.AddRange((await rules.ValidateAsync(accounts, _account!, password)).Errors.Select(e => e.Description));
        return wrong.Count == 0 ? null : string.Join(" ", wrong.Distinct());
    }

    /// <summary>Two presses at once: the other was first.</summary>
    private Task<IActionResult> GoneAsync()
    {
        db.ChangeTracker.Clear();
        (IsGood, Title, Response.StatusCode) = (false, "This link no longer works", StatusCodes.Status410Gone);
        return Task.FromResult<IActionResult>(Page());
    }
}
