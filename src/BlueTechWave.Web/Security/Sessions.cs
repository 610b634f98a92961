using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Security;

/// <summary>
/// The session behind a cookie, looked at on every request of somebody signed in: one that was ended, or whose account
/// was disabled, opens nothing from then on, and a new role counts at once.
/// </summary>
internal static class Sessions
{
    /// <summary>Not used for so long, the cookie is gone by itself.</summary>
    public static readonly TimeSpan Last = TimeSpan.FromDays(14);

    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var db = services.GetRequiredService<NewsDbContext>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var id = context.Principal?.SessionId();
        var found = id is null ? null : await db.Sessions
            .Where(s => s.Id == id && s.EndedAt == null && s.Account.DisabledAt == null)
            .Select(s => new { s.SeenAt, s.Account.Id, s.Account.Name, s.Account.Role, s.Account.AuthorId })
            .FirstOrDefaultAsync(context.HttpContext.RequestAborted);
        if (found is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }

        context.ReplacePrincipal(Identities.Of(new(found.Id, found.Name, found.Role, found.AuthorId), id!.Value, IdentityConstants.ApplicationScheme));
        if (now - found.SeenAt > SeenEvery)
            await db.Sessions.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now), CancellationToken.None);
    }

    public static IQueryable<Session> OpenOf(this IQueryable<Session> sessions, int accountId, DateTime now)
    {
        var since = now - Last;
        return sessions.Where(s => s.AccountId == accountId && s.EndedAt == null && s.SeenAt > since);
    }

    /// <summary>Ends all of an account's sessions but one. Whoever calls saves.</summary>
    public static async Task<int> EndSessionsAsync(this NewsDbContext db, int accountId, DateTime now, int? except = null)
    {
        var open = await db.Sessions.Include(s => s.Account).Where(s => s.AccountId == accountId && s.EndedAt == null && s.Id != except).ToListAsync();
        foreach (var session in open) session.End(now);
        return open.Count;
    }
}
