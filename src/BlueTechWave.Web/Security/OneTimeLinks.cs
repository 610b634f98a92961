using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Mail;
using BlueTechWave.Web.Mail;
using BlueTechWave.Web.Options;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Security;

/// <summary>Addresses that set a password once, and the letters that bring them. Whoever calls saves.</summary>
public sealed class OneTimeLinks(NewsDbContext db, UserManager<Account> accounts, IOptions<SiteOptions> site, IHttpContextAccessor http, TimeProvider clock)
{
    /// <summary>
    /// Scheme and host of what goes out by mail. What a request calls the site is believed only on the machine itself:
    /// anybody may ask for a letter, and would choose where its link leads.
    /// </summary>
    public string Root => site.Value.BaseUrl ?? FromHere(http.HttpContext?.Request) ?? "http://localhost:5000";

    public async Task<string> ForPasswordAsync(Account account) =>
        FormattableString.Invariant($"{Root}/account/reset?account={account.Id}&token={await accounts.GeneratePasswordResetTokenAsync(account)}");

    /// <returns>The link, for whoever has no mail set up.</returns>
    public async Task<string> InviteAsync(Account account, string by)
    {
        var link = await ForPasswordAsync(account);
        Send(account.Email!, Letters.Invitation(account.Name, by, site.Value.Name, link));
        return link;
    }

    public async Task<string> SendResetAsync(Account account)
    {
        var link = await ForPasswordAsync(account);
        Send(account.Email!, account.PasswordHash is null ? Letters.Invitation(account.Name, site.Value.Name, site.Value.Name, link) : Letters.Reset(account.Name, site.Value.Name, link));
        return link;
    }

    public async Task SendNewEmailAsync(Account account, string email)
    {
        var token = await accounts.GenerateChangeEmailTokenAsync(account, email);
        var link = FormattableString.Invariant($"{Root}/account/email/confirm?account={account.Id}&email={Uri.EscapeDataString(email)}&token={token}");
        Send(email, Letters.NewEmail(account.Name, site.Value.Name, link));
    }

    public void TellPasswordChanged(Account account) => Send(account.Email!, Letters.PasswordChanged(account.Name, site.Value.Name, Root));

    public void TellFactorRemoved(Account account) => Send(account.Email!, Letters.FactorRemoved(account.Name, site.Value.Name, Root));

    public void TellEmailChanged(Account account, string before) => Send(before, Letters.EmailChanged(account.Name, site.Value.Name, account.Email!));

    private void Send(string to, (string Subject, string Text) letter) =>
        db.OutgoingMails.Add(new OutgoingMail(to, letter.Subject, letter.Text, clock.GetUtcNow().UtcDateTime));

    private static string? FromHere(HttpRequest? request) =>
        request is { Host.HasValue: true } && (request.Host.Host == "localhost" || (IPAddress.TryParse(request.Host.Host, out var address) && IPAddress.IsLoopback(address)))
            ? $"{request.Scheme}://{request.Host.ToUriComponent()}"
            : null;
}
