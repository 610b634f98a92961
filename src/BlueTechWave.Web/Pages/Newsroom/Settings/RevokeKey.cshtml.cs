using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages.Newsroom.Settings;

/// <summary>Asks once more before a key is taken back.</summary>
[May(Act.ManageKeys)]
public class RevokeKeyModel(NewsDbContext db, TimeProvider clock) : NewsroomPageModel
{
    public string Name { get; private set; } = "";

    public string Beginning { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellation)
    {
        (Title, Here) = ("Revoke key", "Settings");
        if (await db.ApiKeys.FindAsync([id], cancellation) is not { RevokedAt: null } key) return NotFound();
        (Name, Beginning) = (key.Name, key.Beginning);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id)
    {
        if (await db.ApiKeys.FindAsync(id) is not { } key) return NotFound();
        key.Revoke(clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        Said = $"The key of “{key.Name}” is revoked.";
        return Redirect(To.Keys);
    }
}
