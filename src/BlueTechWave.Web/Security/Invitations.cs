using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Security;

/// <summary>Sends somebody a link to come in by, and lets whoever sends it pass it on by hand where no mail is set up.</summary>
public sealed class Invitations(NewsDbContext db, OneTimeLinks links, IOptions<MailOptions> mail, WhoActs acts, TimeProvider clock)
{
    /// <summary>Under which the link waits for the one page that shows it.</summary>
    public const string Shown = "Link";

    /// <returns>The link, if no mail server will bring it. Whoever calls saves.</returns>
    public async Task<string?> SendAsync(Account account, string by)
    {
        var isNew = account.PasswordHash is null;
        var link = isNew ? await links.InviteAsync(account, by) : await links.SendResetAsync(account);
        db.Audit.Add(new AuditEntry(acts(), "Account", account.Id, account.Email!, isNew ? "Invitation sent" : "Link sent", "", clock.GetUtcNow().UtcDateTime));
        return mail.Value.HasServer ? null : link;
    }
}

/// <summary>The roles, as they are explained to whoever gives them.</summary>
public static class RoleWords
{
    public static IReadOnlyList<(Role Role, string May)> All { get; } =
    [
        (Role.Reporter, "writes, edits own unpublished articles, submits them for review"),
        (Role.Editor, "edits everything, schedules and publishes, moderates, keeps categories and pages"),
        (Role.Owner, "all of it, and people and settings"),
    ];
}
