using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace BlueTechWave.Web.Security;

/// <summary>Tells the browsers that have been in an account before from all others: by a cookie that opens nothing.</summary>
public sealed class KnownBrowsers(IDataProtectionProvider protection)
{
    private const string Cookie = "btw-known";
    private const int AccountsAtMost = 8;

    // As long as browsers keep one.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    private readonly IDataProtector _protector = protection.CreateProtector("BlueTechWave.KnownBrowsers");

    /// <summary>The browser's name if it knows the account; else null.</summary>
    public string? Find(HttpContext http, int accountId)
    {
        var (browser, accounts) = Read(http);
        return accounts.Contains(accountId) ? browser : null;
    }

    public void Remember(HttpContext http, int accountId)
    {
        var (browser, accounts) = Read(http);
        var known = string.Join(',', accounts.Where(a => a != accountId).Take(AccountsAtMost - 1).Prepend(accountId));
        http.Response.Cookies.Append(Cookie, _protector.Protect($"{browser} {known}"), new()
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Kept,
            Path = "/account",
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
        });
    }

    private (string Browser, int[] Accounts) Read(HttpContext http)
    {
        try
        {
            if (http.Request.Cookies[Cookie] is { Length: > 0 } cookie && _protector.Unprotect(cookie).Split(' ') is [var browser, var accounts])
                return (browser, [.. accounts.Split(',').Select(a => int.Parse(a, CultureInfo.InvariantCulture))]);
        }
        catch (CryptographicException)
        {
            // Not ours, or from before the keys were lost: a new browser.
        }

        return (Convert.ToHexString(RandomNumberGenerator.GetBytes(8)), []);
    }
}
