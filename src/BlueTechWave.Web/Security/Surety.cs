using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Security;

/// <summary>
/// Before something that would give an account away, such as turning off its second factor: whoever signed in a while ago
/// is asked for the password again, since a browser left open is not its owner.
/// </summary>
public sealed class Surety(NewsDbContext db, UserManager<Account> accounts, SignInThrottle throttle, IHttpContextAccessor http, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private HttpContext Http => http.HttpContext!;

    public async Task<bool> AsksPasswordAsync()
    {
        var (id, since) = (Http.User.SessionId(), clock.GetUtcNow().UtcDateTime - Fresh);
        return !await db.Sessions.AnyAsync(s => s.Id == id && s.CreatedAt > since, Http.RequestAborted);
    }

    /// <returns>What is wrong; null if it is she, or if she has only just signed in.</returns>
    public async Task<string?> DoubtAsync(string? password) => await AsksPasswordAsync() ? await DoubtPasswordAsync(password) : null;

    /// <summary>As <see cref="DoubtAsync"/>, however lately she signed in.</summary>
    public async Task<string?> DoubtPasswordAsync(string? password)
    {
        if (string.IsNullOrEmpty(password)) return "Please give your present password.";
        if (Http.User.Who() is not { } who || await accounts.GetUserAsync(Http.User) is not { } account) return "You are signed out.";

        var attempt = new Attempt(FormattableString.Invariant($"own {who.AccountId}"), null, Http.Connection.RemoteIpAddress);
        var wait = await throttle.BeginAsync(attempt);
        if (wait > TimeSpan.Zero) return $"Too many attempts. Wait {SignInThrottle.Say(wait)} and try again.";
        if (!await accounts.CheckPasswordAsync(account, password)) return "That is not your present password.";

        await throttle.SucceedAsync(attempt);
        return null;
    }
}
