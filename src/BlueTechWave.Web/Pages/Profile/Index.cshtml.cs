using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Profile;

/// <summary>One's own account: the name, what one likes, and the ways in.</summary>
public class IndexModel(NewsDbContext db, TimeProvider clock) : ProfilePageModel
{
    public string Name { get; private set; } = "";

    public bool WantsMail { get; private set; }

    public bool UsesKeys { get; private set; }

    public CommentDigest Digest { get; private set; }

    public int CodesLeft { get; private set; }

    public int Passkeys { get; private set; }

    public int Sessions { get; private set; }

    public async Task OnGetAsync()
    {
        (Name, WantsMail, UsesKeys, Digest) = (Account.Name, Account.WantsMail, Account.UsesLetterKeys, Account.CommentDigest);
        await ShowAsync();
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? name, [FromForm] bool wantsMail, [FromForm] bool usesLetterKeys, [FromForm] string? digest)
    {
        (Name, WantsMail, UsesKeys) = (name?.Trim() ?? "", wantsMail, usesLetterKeys);
        Digest = Enum.TryParse<CommentDigest>(digest, out var often) && Enum.IsDefined(often) && Account.Role.May(Act.Moderate) ? often : Account.CommentDigest;
        if (!Hiring.IsName(Name))
        {
            Errors["name"] = $"Please give a name of up to {Core.Accounts.Account.NameLength} characters.";
            await ShowAsync();
            return Mend();
        }

        Account.Call(Name);
        Account.Prefer(WantsMail, UsesKeys);
        Account.HearOfComments(Digest);
        await db.SaveChangesAsync(CancellationToken.None);
        return Done("Saved.", "/Profile/Index");
    }

    private async Task ShowAsync()
    {
        Title = "Your account";
        CodesLeft = Account.TwoFactorEnabled ? await Accounts.CountRecoveryCodesAsync(Account) : 0;
        Passkeys = (await Accounts.GetPasskeysAsync(Account)).Count;
        Sessions = await db.Sessions.OpenOf(Account.Id, clock.GetUtcNow().UtcDateTime).CountAsync(HttpContext.RequestAborted);
    }
}
