using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace BlueTechWave.Web.Security;

/// <summary>
/// Accounts as Identity keeps them, but of recovery codes only their hashes: whoever reads a store or a backup
/// finds nothing there that opens a door.
/// </summary>
public sealed class AccountStore(NewsDbContext db, IdentityErrorDescriber words) : UserOnlyStore<Account, NewsDbContext, int>(db, words)
{
    /// <summary>Under whose name Identity keeps what belongs to an authenticator app.</summary>
    public const string Provider = "[AspNetUserStore]";

    public const string RecoveryCodes = "RecoveryCodes";

    public override Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        KeepAsync(user, HashedCodes.Of(recoveryCodes), cancellationToken);

    public override async Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        if (HashedCodes.Parse(await KeptAsync(user, cancellationToken)).Without(code) is not { } left) return false;
        await KeepAsync(user, left, cancellationToken);
        return true;
    }

    public override async Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken) =>
        HashedCodes.CountOf(await KeptAsync(user, cancellationToken));

    private Task<string?> KeptAsync(Account user, CancellationToken cancellationToken) =>
        GetTokenAsync(user, Provider, RecoveryCodes, cancellationToken);

    private Task KeepAsync(Account user, HashedCodes codes, CancellationToken cancellationToken) =>
        SetTokenAsync(user, Provider, RecoveryCodes, codes.ToString(), cancellationToken);
}
