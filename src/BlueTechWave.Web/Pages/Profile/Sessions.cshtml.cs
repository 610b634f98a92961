using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Profile;

/// <summary>Where one is signed in; any of it can be ended.</summary>
public class SessionsModel(NewsDbContext db, AccountSignIn signIn, TimeProvider clock) : ProfilePageModel
{
    private const int ShownAtMost = 100;

    public sealed record Row(int Id, string Device, string Address, DateTime CreatedAt, DateTime SeenAt, bool IsThis);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task OnGetAsync()
    {
        Title = "Sessions";
        var here = User.SessionId();
        var open = await db.Sessions.AsNoTracking().OpenOf(Account.Id, Now).OrderByDescending(s => s.Id == here).ThenByDescending(s => s.SeenAt).Take(ShownAtMost).ToListAsync(HttpContext.RequestAborted);
        Rows = [.. open.Select(s => new Row(s.Id, Device.Of(s.Device), s.Address, s.CreatedAt, s.SeenAt, s.Id == here))];
    }

    public async Task<IActionResult> OnPostEndAsync([FromForm] int id)
    {
        if (id == User.SessionId())
        {
            await signIn.SignOutAsync();
            return LocalRedirect("/account/login");
        }

        if (await db.Sessions.Include(s => s.Account).SingleOrDefaultAsync(s => s.Id == id && s.AccountId == Account.Id) is not { } session) return NotFound();
        session.End(Now);
        await db.SaveChangesAsync(CancellationToken.None);
        return Done("That browser is signed out.", "/Profile/Sessions");
    }

    public async Task<IActionResult> OnPostEndOthersAsync()
    {
        await db.EndSessionsAsync(Account.Id, Now, except: User.SessionId());
        await db.SaveChangesAsync(CancellationToken.None);
        return Done("All other browsers are signed out.", "/Profile/Sessions");
    }
}
