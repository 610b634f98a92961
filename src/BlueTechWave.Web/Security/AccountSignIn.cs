using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Security;

/// <summary>Every way in, by password, second factor or passkey, ends here: it begins a session that can be seen and ended.</summary>
public sealed class AccountSignIn(UserManager<Account> accounts, IHttpContextAccessor http, IUserClaimsPrincipalFactory<Account> claims,
    IOptions<IdentityOptions> options, ILogger<SignInManager<Account>> log, IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Account> confirmation, NewsDbContext db, KnownBrowsers browsers, UsedCodes used, TimeProvider clock)
    : SignInManager<Account>(accounts, http, claims, options, log, schemes, confirmation)
{
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<object>().HashPassword(new(), Guid.NewGuid().ToString()));

    private readonly IHttpContextAccessor _http = http;

    /// <summary>Takes as long for an account that is not there, disabled or without a password as for any other.</summary>
    public async Task<bool> KnowsPasswordAsync(Account? account, string password)
    {
        if (account?.PasswordHash is not null) return await UserManager.CheckPasswordAsync(account, password) && !account.IsDisabled;
        SpendTime(password);
        return false;
    }

    /// <summary>As much work as looking at a password.</summary>
    public static void SpendTime(string password) => new PasswordHasher<object>().VerifyHashedPassword(new(), NobodysHash.Value, password);

    /// <returns>False if a second factor is asked for first.</returns>
    public async Task<bool> EnterAsync(Account account) => (await SignInOrTwoFactorAsync(account, isPersistent: true)).Succeeded;

    /// <summary>A code opens once, however often it is sent while it lasts.</summary>
    public async Task<bool> EnterWithCodeAsync(Account account, string code)
    {
        if (account.IsDisabled || !await UserManager.VerifyTwoFactorTokenAsync(account, Options.Tokens.AuthenticatorTokenProvider, code)) return false;
        return await used.UseAsync(account.Id, code, clock.GetUtcNow()) && await EnterFullyAsync(account);
    }

    public async Task<bool> EnterWithRecoveryCodeAsync(Account account, string code)
    {
        if (account.IsDisabled) return false;
        if ((await UserManager.RedeemTwoFactorRecoveryCodeAsync(account, code)).Succeeded) return await EnterFullyAsync(account);
        // Used elsewhere in this very moment: what could not be written then is not written with the note of it.
        db.ChangeTracker.Clear();
        return false;
    }

    /// <summary>A passkey is both factors: the thing, and whatever unlocks it.</summary>
    public async Task<bool> EnterWithPasskeyAsync(string credential)
    {
        if (credential.Length == 0) return false;
        try
        {
            var proof = await PerformPasskeyAssertionAsync(credential);
            if (!proof.Succeeded || proof.User.IsDisabled) return false;
            // Its counter has moved on.
            await UserManager.AddOrUpdatePasskeyAsync(proof.User, proof.Passkey);
            return await EnterFullyAsync(proof.User);
        }
        catch (InvalidOperationException)
        {
            // Nothing was asked of this browser, or too long ago.
            return false;
        }
    }

    /// <summary>Writes down what happened at the door; whatever was typed there is kept only if it can be an address.</summary>
    public void Note(Account? account, string typed, string act, string detail = "")
    {
        var name = account?.Email ?? (Hiring.IsEmail(typed) ? typed : "not an e-mail address");
        var by = new Actor(account?.Id, account?.Name ?? "a visitor", Context.Connection.RemoteIpAddress?.ToString() ?? "");
        db.Audit.Add(new AuditEntry(account is null || act.EndsWith("failed", StringComparison.Ordinal) ? by with { AccountId = null, Name = "a visitor" } : by,
            "Account", account?.Id, name, act, detail, clock.GetUtcNow().UtcDateTime));
    }

    public override Task<bool> CanSignInAsync(Account user) => Task.FromResult(!user.IsDisabled);

    public override async Task SignInWithClaimsAsync(Account user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var session = new Session(user.Id, Context.Connection.RemoteIpAddress?.ToString() ?? "", Context.Request.Headers.UserAgent.ToString(), clock.GetUtcNow().UtcDateTime);
        db.Sessions.Add(session);
        Context.ActsAs(user);
        await db.SaveChangesAsync(CancellationToken.None);
        browsers.Remember(Context, user.Id);
        await base.SignInWithClaimsAsync(user, authenticationProperties,
            [.. additionalClaims, new(Identities.Session, session.Id.ToString(CultureInfo.InvariantCulture))]);
        // Whatever is shown in answer belongs to her already.
        _http.HttpContext!.User = Identities.Of(new(user.Id, user.Name, user.Role, user.AuthorId), session.Id, IdentityConstants.ApplicationScheme);
    }

    public override async Task SignOutAsync()
    {
        if (Context.User.SessionId() is { } id && await db.Sessions.Include(s => s.Account).SingleOrDefaultAsync(s => s.Id == id) is { } session)
        {
            session.Leave(clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(CancellationToken.None);
        }

        await base.SignOutAsync();
    }

    private async Task<bool> EnterFullyAsync(Account account)
    {
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await SignInAsync(account, isPersistent: true);
        return true;
    }
}

/// <summary>Codes of authenticator apps that have opened a door and still could (RFC 6238, 5.2).</summary>
public sealed class UsedCodes(SharedCounts shared)
{
    // Longer than any code is taken.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(int Account, string Code), DateTimeOffset> _used = new();

    /// <returns>False if it was used before.</returns>
    public async ValueTask<bool> UseAsync(int accountId, string code, DateTimeOffset now)
    {
        foreach (var old in _used.Where(u => now - u.Value > Kept)) _used.TryRemove(old);
        return _used.TryAdd((accountId, code), now)
            && (await shared.AddAsync(string.Create(CultureInfo.InvariantCulture, $"code {accountId} {code}"), Kept) ?? default).Count <= 1;
    }
}
