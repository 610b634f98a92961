using BlueTechWave.Core.Mail;

namespace BlueTechWave.Web.Mail;

/// <summary>Takes a letter out of the house, or fails.</summary>
public interface IMail
{
    Task SendAsync(OutgoingMail letter, CancellationToken cancellation);
}
