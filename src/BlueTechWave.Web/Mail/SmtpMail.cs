using BlueTechWave.Core.Mail;
using BlueTechWave.Web.Options;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Mail;

/// <summary>Hands letters to a mail server.</summary>
internal sealed class SmtpMail(IOptions<MailOptions> mail, IOptions<SiteOptions> site, TimeProvider clock) : IMail
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task SendAsync(OutgoingMail letter, CancellationToken cancellation)
    {
        var options = mail.Value;
        using var message = Envelope.Of(letter, options, site.Value.Name, clock);
        using var smtp = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        await smtp.ConnectAsync(options.Host!, options.Port, Secure(options.Security), cancellation);
        if (options.User is { Length: > 0 } user) await smtp.AuthenticateAsync(user, options.Password ?? "", cancellation);
        await smtp.SendAsync(message, cancellation);
        await smtp.DisconnectAsync(quit: true, cancellation);
    }

    private static SecureSocketOptions Secure(string security) => security switch
    {
        "Ssl" => SecureSocketOptions.SslOnConnect,
        "None" => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
