using System.Globalization;
using System.Security.Claims;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Security;

/// <summary>Every way in, by password, second factor or passkey, ends here: it begins a session that can be seen and ended.</summary>
public sealed class AccountSignIn(UserManager<Account> accounts, IHttpContextAccessor http, IUserClaimsPrincipalFactory<Account> claims,
    IOptions<IdentityOptions> options, ILogger<SignInManager<Account>> log, IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Account> confirmation, NewsDbContext db, TimeProvider clock)
    : SignInManager<Account>(accounts, http, claims, options, log, schemes, confirmation)
{
    public override Task<bool> CanSignInAsync(Account user) => Task.FromResult(!user.IsDisabled);

    public override async Task SignInWithClaimsAsync(Account user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var session = new Session(user.Id, Context.Connection.RemoteIpAddress?.ToString() ?? "", Context.Request.Headers.UserAgent.ToString(), clock.GetUtcNow().UtcDateTime);
        db.Sessions.Add(session);
        await db.SaveChangesAsync(CancellationToken.None);
        await base.SignInWithClaimsAsync(user, authenticationProperties,
            [.. additionalClaims, new(Identities.Session, session.Id.ToString(CultureInfo.InvariantCulture))]);
    }

    public override async Task SignOutAsync()
    {
        if (Context.User.SessionId() is { } id && await db.Sessions.FindAsync(id) is { } session)
        {
            session.End(clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(CancellationToken.None);
        }

        await base.SignOutAsync();
    }
}
