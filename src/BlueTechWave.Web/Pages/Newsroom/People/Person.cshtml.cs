using System.Data;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.People;

/// <summary>One account, as an owner sees it: what it may do, and whether it may come in.</summary>
[May(Act.ManagePeople)]
public class PersonModel(NewsDbContext db, UserManager<Core.Accounts.Account> accounts, Invitations invitations, OneTimeLinks links, Surety surety, TimeProvider clock) : NewsroomPageModel
{
    private const string LastOwner = "This is the last owner who can come in. Make somebody else an owner first.";

    public Core.Accounts.Account Person { get; private set; } = null!;

    public DateTime? SeenAt { get; private set; }

    public int Sessions { get; private set; }

    public bool AsksPassword { get; private set; }

    /// <summary>Why what was asked was not done.</summary>
    public string? Refusal { get; private set; }

    /// <summary>To be passed on by hand; shown once.</summary>
    public string? Link { get; private set; }

    public string State => Person.IsDisabled ? "Disabled" : Person.PasswordHash is null ? "Invited" : "Active";

    public string Chip => Person.IsDisabled ? "chip--unpublished" : Person.PasswordHash is null ? "chip--review" : "chip--published";

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public string To(string act) => FormattableString.Invariant($"/newsroom/people/{Person.Id}?handler={act}");

    public async Task<IActionResult> OnGetAsync(int id)
    {
        if (!await FindAsync(id)) return NotFound();
        Link = TempData[Invitations.Shown] as string;
        return await ShowAsync();
    }

    public Task<IActionResult> OnPostRoleAsync(int id, [FromForm] string? role) => ActAsync(id, () =>
    {
        if (!Enum.TryParse<Role>(role, out var chosen) || !Enum.IsDefined(chosen)) return Refused("Please choose a role.");
        Person.Appoint(chosen);
        Said = $"{Person.Name} is now {chosen.ToString().ToLowerInvariant()}.";
        return Refused(null);
    });

    public Task<IActionResult> OnPostDisableAsync(int id) => ActAsync(id, async () =>
    {
        if (Person.Id == Who.AccountId) return "Nobody disables the account they are using. Another owner can.";
        Person.Disable(Now);
        await db.EndSessionsAsync(Person.Id, Now);
        Said = $"{Person.Name} is disabled.";
        return null;
    });

    public Task<IActionResult> OnPostEnableAsync(int id) => ActAsync(id, () =>
    {
        Person.Enable();
        Said = $"{Person.Name} can come in again.";
        return Refused(null);
    });

    public Task<IActionResult> OnPostEndSessionsAsync(int id) => ActAsync(id, async () =>
    {
        await db.EndSessionsAsync(Person.Id, Now, except: User.SessionId());
        Said = $"{Person.Name} is signed out everywhere{(Person.Id == Who.AccountId ? " else" : "")}.";
        return null;
    });

    public Task<IActionResult> OnPostLinkAsync(int id) => ActAsync(id, async () =>
    {
        if (Person.IsDisabled) return "Enable the account first.";
        TempData[Invitations.Shown] = await invitations.SendAsync(Person, Who.Name);
        Said = $"A link for {Person.Name} is on its way.";
        return null;
    });

    public Task<IActionResult> OnPostFactorAsync(int id, [FromForm] string? present) => ActAsync(id, async () =>
    {
        if (await surety.DoubtAsync(present) is { } doubt) return doubt;
        links.TellFactorRemoved(Person);
        await accounts.TurnOffFactorAsync(Person);
        Said = $"{Person.Name} signs in with the password alone now.";
        return null;
    });

    /// <summary>
    /// One act in one transaction in which nobody else changes who the owners are: two of them demoting each other at once
    /// would leave none.
    /// </summary>
    private async Task<IActionResult> ActAsync(int id, Func<Task<string?>> act)
    {
        try
        {
            await using var all = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, CancellationToken.None);
            if (!await FindAsync(id)) return NotFound();

            Refusal = await act();
            if (Refusal is null)
            {
                await db.SaveChangesAsync(CancellationToken.None);
                if (!await db.Accounts.WhoMay(Act.ManagePeople).AnyAsync(a => a.PasswordHash != null)) Refusal = LastOwner;
            }

            if (Refusal is null)
            {
                await all.CommitAsync(CancellationToken.None);
                return RedirectToPage("/Newsroom/People/Person", new { id });
            }
        }
        catch (Exception e) when (e is DbUpdateException or InvalidOperationException { InnerException: DbUpdateException or System.Data.Common.DbException } or System.Data.Common.DbException)
        {
            Refusal = "Somebody else changed this at the same moment. Look again, and repeat it if it is still needed.";
        }

        // What was begun is undone in the store; here it is forgotten too.
        TempData.Clear();
        db.ChangeTracker.Clear();
        if (!await FindAsync(id)) return NotFound();
        Response.StatusCode = StatusCodes.Status409Conflict;
        return await ShowAsync();
    }

    private static Task<string?> Refused(string? why) => Task.FromResult(why);

    private async Task<bool> FindAsync(int id)
    {
        (Here, Title) = ("People", "People");
        if (await db.Accounts.Include(a => a.Author).SingleOrDefaultAsync(a => a.Id == id) is not { } found) return false;
        (Person, Title) = (found, found.Name);
        return true;
    }

    private async Task<IActionResult> ShowAsync()
    {
        SeenAt = await db.Sessions.Where(s => s.AccountId == Person.Id).MaxAsync(s => (DateTime?)s.SeenAt, HttpContext.RequestAborted);
        Sessions = await db.Sessions.OpenOf(Person.Id, Now).CountAsync(HttpContext.RequestAborted);
        AsksPassword = Person.TwoFactorEnabled && await surety.AsksPasswordAsync();
        return Page();
    }
}
