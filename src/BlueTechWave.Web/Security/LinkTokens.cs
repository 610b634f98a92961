using System.Globalization;
using System.Security.Cryptography;
using BlueTechWave.Core.Accounts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace BlueTechWave.Web.Security;

/// <summary>
/// What a one-time link carries. It is bound to the account's security stamp: the change it allows makes it worthless,
/// and so does any other change of password or address.
/// </summary>
public sealed class LinkTokens(IDataProtectionProvider protection, TimeProvider clock) : IUserTwoFactorTokenProvider<Account>
{
    public const string Name = "Link";

    /// <summary>A forgotten password is set at once; an invitation waits for its reader.</summary>
    public static readonly TimeSpan LinkLasts = TimeSpan.FromHours(2);

    /// <inheritdoc cref="LinkLasts"/>
    public static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(7);

    private readonly IDataProtector _protector = protection.CreateProtector("BlueTechWave.LinkTokens");

    public async Task<string> GenerateAsync(string purpose, UserManager<Account> manager, Account user)
    {
        var until = clock.GetUtcNow() + (user.PasswordHash is null ? InvitationLasts : LinkLasts);
        var content = await ContentAsync(purpose, manager, user);
        return _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{until.UtcTicks} {content}"));
    }

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user)
    {
        try
        {
            var parts = _protector.Unprotect(token).Split(' ', 2);
            return long.Parse(parts[0], CultureInfo.InvariantCulture) > clock.GetUtcNow().UtcTicks && parts[1] == await ContentAsync(purpose, manager, user);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Account> manager, Account user) => Task.FromResult(false);

    private static async Task<string> ContentAsync(string purpose, UserManager<Account> manager, Account user)
    {
        var stamp = await manager.GetSecurityStampAsync(user);
        return string.Create(CultureInfo.InvariantCulture, $"{user.Id} {stamp} {purpose}");
    }
}
