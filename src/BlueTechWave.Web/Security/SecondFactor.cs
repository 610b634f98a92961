using BlueTechWave.Core.Accounts;
using Microsoft.AspNetCore.Identity;

namespace BlueTechWave.Web.Security;

public static class SecondFactor
{
    /// <summary>Off, and the key in the phone worthless: turned on again, it begins anew.</summary>
    public static async Task TurnOffFactorAsync(this UserManager<Account> accounts, Account account)
    {
        await accounts.SetTwoFactorEnabledAsync(account, false);
        await accounts.RemoveAuthenticationTokenAsync(account, AccountStore.Provider, "AuthenticatorKey");
        await accounts.RemoveAuthenticationTokenAsync(account, AccountStore.Provider, AccountStore.RecoveryCodes);
    }
}
