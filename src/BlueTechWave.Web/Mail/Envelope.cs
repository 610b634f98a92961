using BlueTechWave.Core.Mail;
using BlueTechWave.Web.Options;
using MimeKit;

namespace BlueTechWave.Web.Mail;

/// <summary>Makes a stored letter into one that travels.</summary>
internal static class Envelope
{
    public static MimeMessage Of(OutgoingMail letter, MailOptions mail, string site, TimeProvider clock)
    {
        var from = MailboxAddress.Parse(mail.From);
        var message = new MimeMessage
        {
            Subject = OneLine(letter.Subject),
            Date = clock.GetUtcNow(),
            // The same letter, sent twice because the first answer was lost, is one letter to whoever gets it.
            MessageId = FormattableString.Invariant($"letter-{letter.Id}-{letter.CreatedAt.Ticks}@{from.Domain}"),
            Body = new TextPart("plain") { Text = letter.Text.ReplaceLineEndings("\r\n") },
        };
        message.From.Add(from.Name is { Length: > 0 } ? from : new MailboxAddress(OneLine(site), from.Address));
        message.To.Add(new MailboxAddress("", OneLine(letter.To)));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (letter.Stop is { } stop)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{OneLine(stop)}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        return message;
    }

    /// <summary>What somebody typed never becomes a header of its own.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)).Trim();
}
