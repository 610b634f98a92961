using System.Globalization;
using BlueTechWave.Core.Mail;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Mail;

/// <summary>Without a mail server: letters lie in the data directory, where whoever runs the site can read them and pass them on.</summary>
internal sealed class FileMail(IOptions<MailOptions> mail, IOptions<SiteOptions> site, IConfiguration configuration, IHostEnvironment host, TimeProvider clock) : IMail
{
    private readonly string _folder = Path.Combine(StoreFile.Directory(configuration, host.ContentRootPath), "mail");

    public async Task SendAsync(OutgoingMail letter, CancellationToken cancellation)
    {
        using var message = Envelope.Of(letter, mail.Value, site.Value.Name, clock);
        Directory.CreateDirectory(_folder);
        var file = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{letter.CreatedAt:yyyyMMdd-HHmmss}-{letter.Id}.eml"));
        await message.WriteToAsync(file, cancellation);
    }
}
