using System.Runtime.ExceptionServices;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Faults;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
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

    /// <summary>Longer nobody waits to be recognized.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var db = services.GetRequiredService<NewsDbContext>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var id = context.Principal?.SessionId();
        Known? found;
        try
        {
            found = id is null ? null : await FindAsync(context, db, id.Value);
        }
        catch (Exception e) when (StoreTroubles.Of(e) is not null)
        {
            // Nobody can say who she is: readers' pages are hers as everybody's, what needs her name says why it waits.
            context.HttpContext.Items[typeof(Session)] = ExceptionDispatchInfo.Capture(e);
            context.RejectPrincipal();
            return;
        }

        if (found is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }

        context.ReplacePrincipal(Identities.Of(new(found.Id, found.Name, found.Role, found.AuthorId), id!.Value, IdentityConstants.ApplicationScheme));
        if (now - found.SeenAt > SeenEvery && NeedsName(context.HttpContext)) await SeeAsync(context, db, id.Value, now);
    }

    /// <summary>Throws what kept the store from saying who somebody is; returns where it did say.</summary>
    public static void ThrowIfUnknown(HttpContext http) => (http.Items[typeof(Session)] as ExceptionDispatchInfo)?.Throw();

    private static async Task<Known?> FindAsync(CookieValidatePrincipalContext context, NewsDbContext db, int id)
    {
        var (http, services) = (context.HttpContext, context.HttpContext.RequestServices);
        var watch = services.GetRequiredService<StoreWatch>();
        if (watch.IsAway && !NeedsName(http)) throw new TimeoutException("The store did not answer a moment ago.");

        using var over = new CancellationTokenSource(Patience, services.GetRequiredService<TimeProvider>());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, over.Token);
        try
        {
            return await db.Sessions.Where(s => s.Id == id && s.EndedAt == null && s.Account.DisabledAt == null)
                .Select(s => new Known(s.SeenAt, s.Account.Id, s.Account.Name, s.Account.Role, s.Account.AuthorId))
                .FirstOrDefaultAsync(either.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            throw new TimeoutException("The store did not say in time whose session this is.");
        }
    }

    private static async Task SeeAsync(CookieValidatePrincipalContext context, NewsDbContext db, int id, DateTime now)
    {
        try
        {
            await db.Sessions.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now), CancellationToken.None);
        }
        catch (Exception e) when (StoreTroubles.Of(e) is not null)
        {
            // Noted another time: she came to read or to save, and hears of that soon enough.
            context.HttpContext.RequestServices.GetRequiredService<StoreWatch>().Failed(e);
        }
    }

    private static bool NeedsName(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null;

    private sealed record Known(DateTime SeenAt, int Id, string Name, Role Role, int? AuthorId);

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
