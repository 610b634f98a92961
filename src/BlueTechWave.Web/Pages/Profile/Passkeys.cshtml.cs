using System.Buffers.Text;
using System.Globalization;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages.Profile;

/// <summary>The passkeys of an account: added, named, removed.</summary>
public class PasskeysModel(AccountSignIn signIn) : ProfilePageModel
{
    public const int NameLength = 80;
    public const int AtMost = 20;

    public sealed record Row(string Id, string Name, DateTime At, bool IsSynced);

    public IReadOnlyList<Row> Passkeys { get; private set; } = [];

    public string NewName { get; private set; } = "";

    /// <summary>The one that was to be removed, without the right password.</summary>
    public string? Removing { get; private set; }

    public async Task OnGetAsync()
    {
        NewName = Device.Of(Request.Headers.UserAgent.ToString());
        await ShowAsync();
    }

    public async Task<IActionResult> OnPostOptionsAsync() => Content(await signIn.MakePasskeyCreationOptionsAsync(new()
    {
        Id = Account.Id.ToString(CultureInfo.InvariantCulture),
        Name = Account.Email!,
        DisplayName = Account.Name,
    }), "application/json");

    public async Task<IActionResult> OnPostAddAsync([FromForm] string? credential, [FromForm] string? name, [FromForm] string? present)
    {
        NewName = name?.Trim() ?? "";
        if (!IsName(NewName)) Errors["name"] = $"Please give it a name of up to {NameLength} characters.";
        if (Errors.Count > 0 || !await IsSureAsync(present)) return await MendAsync();

        var proof = await ProveAsync(credential ?? "");
        if (proof is null || (await Accounts.GetPasskeysAsync(Account)).Count >= AtMost)
        {
            Errors["add"] = "That passkey could not be added. Please try again.";
            return await MendAsync();
        }

        proof.Name = NewName;
        await Accounts.AddOrUpdatePasskeyAsync(Account, proof);
        return Done("The passkey is added. Next time, press “Use a passkey”.", "/Profile/Passkeys");
    }

    public async Task<IActionResult> OnPostNameAsync([FromForm] string? id, [FromForm] string? name)
    {
        if (await FindAsync(id) is not { } passkey) return NotFound();
        var typed = name?.Trim() ?? "";
        if (!IsName(typed)) return Done($"A passkey's name has 1 to {NameLength} characters; it stays “{passkey.Name}”.", "/Profile/Passkeys");

        passkey.Name = typed;
        await Accounts.AddOrUpdatePasskeyAsync(Account, passkey);
        return Done("Renamed.", "/Profile/Passkeys");
    }

    public async Task<IActionResult> OnPostRemoveAsync([FromForm] string? id, [FromForm] string? present)
    {
        if (await FindAsync(id) is not { } passkey) return NotFound();
        if (await Surety.DoubtAsync(present) is { } doubt)
        {
            (Removing, Errors["remove"]) = (id, doubt);
            NewName = Device.Of(Request.Headers.UserAgent.ToString());
            return await MendAsync();
        }

        await Accounts.RemovePasskeyAsync(Account, passkey.CredentialId);
        return Done("The passkey is removed.", "/Profile/Passkeys");
    }

    private async Task<UserPasskeyInfo?> ProveAsync(string credential)
    {
        if (credential.Length == 0) return null;
        try
        {
            var proof = await signIn.PerformPasskeyAttestationAsync(credential);
            return proof.Succeeded ? proof.Passkey : null;
        }
        catch (InvalidOperationException)
        {
            // Nothing was asked of this browser, or too long ago.
            return null;
        }
    }

    private async Task<UserPasskeyInfo?> FindAsync(string? id) =>
        Base64Url.IsValid(id) ? await Accounts.GetPasskeyAsync(Account, Base64Url.DecodeFromChars(id)) : null;

    private static bool IsName(string typed) => typed.Length is > 0 and <= NameLength && !typed.Any(char.IsControl);

    private async Task<IActionResult> MendAsync()
    {
        await ShowAsync();
        return Mend();
    }

    private async Task ShowAsync()
    {
        Title = "Passkeys";
        Passkeys = [.. (await Accounts.GetPasskeysAsync(Account)).OrderBy(p => p.CreatedAt)
            .Select(p => new Row(Base64Url.EncodeToString(p.CredentialId), p.Name ?? "Passkey", p.CreatedAt.UtcDateTime, p.IsBackedUp))];
    }
}
