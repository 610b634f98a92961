using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace BlueTechWave.Web.Security;

/// <summary>
/// Keys that readers hold, who have no account: in a link they were sent, or in the address they were led to. Each says what it is for
/// and until when; none can be made elsewhere, and none is stored here.
/// </summary>
public sealed class SealedKeys(IDataProtectionProvider protection, TimeProvider clock)
{
    private readonly IDataProtector _protector = protection.CreateProtector("BlueTechWave.SealedKeys");

    /// <param name="content">A number or an address; nothing with a line break.</param>
    public string Seal(string purpose, string content, TimeSpan lasts) =>
        _protector.CreateProtector(purpose).Protect(string.Create(CultureInfo.InvariantCulture, $"{(clock.GetUtcNow() + lasts).UtcTicks}\n{content}"));

    /// <summary>The content; null for a key that is none, is for something else, or has had its time.</summary>
    public string? Open(string purpose, string? key)
    {
        if (key is not { Length: > 0 and <= 1000 }) return null;
        try
        {
            var parts = _protector.CreateProtector(purpose).Unprotect(key).Split('\n', 2);
            return long.Parse(parts[0], CultureInfo.InvariantCulture) > clock.GetUtcNow().UtcTicks ? parts[1] : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
