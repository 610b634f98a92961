using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Options;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Security;

/// <summary>Accounts, cookies and permissions, put together.</summary>
internal static class SigningIn
{
    public static void AddSigningIn(this IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies => cookies.ApplicationCookie!.Configure(cookie =>
        {
            cookie.Cookie.Name = "btw-session";
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.LoginPath = "/account/login";
            cookie.LogoutPath = "/account/logout";
            cookie.AccessDeniedPath = "/error/403";
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.ExpireTimeSpan = Sessions.Last;
            cookie.SlidingExpiration = true;
            cookie.Events.OnValidatePrincipal = Sessions.ValidateAsync;
            // A reader's page carries nobody's cookie: it may be kept for everybody.
            cookie.Events.OnCheckSlidingExpiration = renewal =>
            {
                renewal.ShouldRenew &= renewal.Request.Path.StartsWithSegments("/newsroom") || renewal.Request.Path.StartsWithSegments("/account");
                return Task.CompletedTask;
            };
            cookie.Events.OnRedirectToLogin = KeptForm.ChallengeAsync;
            cookie.Events.OnRedirectToAccessDenied = denied =>
            {
                denied.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            };
        }));
        services.AddIdentityCore<Account>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                // Any address that mail reaches is a name to sign in with.
                identity.User.AllowedUserNameCharacters = "";
                identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                identity.Password.RequiredLength = PasswordRules.ShortestAllowed;
                // Length is what counts (NIST SP 800-63B, 3.1.1.2); rules of composition make passwords worse.
                identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
                identity.Tokens.PasswordResetTokenProvider = identity.Tokens.ChangeEmailTokenProvider = LinkTokens.Name;
            })
            .AddUserStore<AccountStore>()
            .AddSignInManager<AccountSignIn>()
            .AddDefaultTokenProviders()
            .AddTokenProvider<LinkTokens>(LinkTokens.Name)
            .AddPasswordValidator<PasswordRules>()
            .AddErrorDescriber<PasswordWords>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<SiteOptions>>((passkeys, site) =>
        {
            // It stands for both factors, and its owner is found by it alone.
            (passkeys.UserVerificationRequirement, passkeys.ResidentKeyRequirement) = ("required", "required");
            if (site.Value.BaseUrl is { } address) passkeys.ServerDomain = new Uri(address).Host;
        });
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<KnownBrowsers>();
        services.AddSingleton<UsedCodes>();
        services.AddScoped<Surety>();
        services.AddScoped<Hiring>();
        services.AddScoped<OneTimeLinks>();
        services.AddScoped<Invitations>();
        services.AddAuthorization(authorization =>
        {
            foreach (var act in Enum.GetValues<Act>())
                authorization.AddPolicy(act.ToString(), policy => policy.RequireAssertion(asked => asked.User.Who()?.May(act) == true));
        });
        services.AddSingleton<WhoActs>(all => () => Actor(all.GetRequiredService<IHttpContextAccessor>().HttpContext));
    }

    /// <summary>Says who it is before the cookie does: somebody who is just coming in, or holds a link that proves it.</summary>
    public static void ActsAs(this HttpContext http, Account account) => http.Items[typeof(Actor)] = account;

    private static Actor Actor(HttpContext? http)
    {
        if (http is null) return Core.Audit.Actor.System;
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "";
        if (http.Items[typeof(Actor)] is Account account) return new(account.Id, account.Name, address);
        return http.User.Who() is { } who ? new(who.AccountId, who.Name, address) : new(null, "a visitor", address);
    }
}

/// <summary>Closes a page to whoever may not do this.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MayAttribute(Act act) : AuthorizeAttribute(act.ToString());
