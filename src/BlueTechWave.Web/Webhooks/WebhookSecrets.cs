using System.Security.Cryptography;
using BlueTechWave.Core.Webhooks;
using Microsoft.AspNetCore.DataProtection;

namespace BlueTechWave.Web.Webhooks;

/// <summary>What we and the other side alone know. It is shown once; the store has it sealed, under the site's keys.</summary>
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const string Prefix = "whsec_";

    private readonly IDataProtector _protector = protection.CreateProtector("BlueTechWave.Webhooks");

    /// <returns>What is shown, and what is stored.</returns>
    public (string Shown, string Sealed) Make()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        return (Prefix + Convert.ToBase64String(key), Convert.ToBase64String(_protector.Protect(key)));
    }

    /// <summary>The keys that sign now: the current one, and the one before while it lasts.</summary>
    /// <exception cref="CryptographicException">The site's keys are not those it was sealed with.</exception>
    public IReadOnlyList<byte[]> KeysOf(Webhook webhook, DateTime now) =>
        webhook.OldSealedSecret is { } old && webhook.OldSecretUntil > now ? [Open(webhook.SealedSecret), Open(old)] : [Open(webhook.SealedSecret)];

    private byte[] Open(string sealedSecret) => _protector.Unprotect(Convert.FromBase64String(sealedSecret));
}
