using System.Text;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Options;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using QRCoder;

namespace BlueTechWave.Web.Pages.Profile;

/// <summary>The second factor: set up, with codes for the day the phone is lost, and turned off again.</summary>
public class AuthenticatorModel(NewsDbContext db, OneTimeLinks links, IOptions<SiteOptions> site, Dates dates, TimeProvider clock) : ProfilePageModel
{
    private const int CodesMade = 10;

    /// <summary>In fours, as it is typed. Empty until setting up has begun.</summary>
    public string Key { get; private set; } = "";

    /// <summary>What the app scans.</summary>
    public string Picture { get; private set; } = "";

    public int CodesLeft { get; private set; }

    /// <summary>Only on the one page that follows their making.</summary>
    public IReadOnlyList<string> Codes { get; private set; } = [];

    public string Today => dates.Day(clock.GetUtcNow().UtcDateTime);

    public async Task OnGetAsync()
    {
        Codes = TempData[nameof(Codes)] as string[] ?? [];
        await ShowAsync();
    }

    public async Task<IActionResult> OnPostBeginAsync([FromForm] string? present)
    {
        if (Account.TwoFactorEnabled) return RedirectToPage();
        if (!await IsSureAsync(present)) return await MendAsync();

        await Accounts.ResetAuthenticatorKeyAsync(Account);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostOnAsync([FromForm] string? code, [FromForm] string? present)
    {
        if (Account.TwoFactorEnabled) return RedirectToPage();
        var digits = string.Concat((code ?? "").Where(char.IsAsciiDigit));
        if (!await Accounts.VerifyTwoFactorTokenAsync(Account, TokenOptions.DefaultAuthenticatorProvider, digits))
            Errors["code"] = "That code does not fit. Wait for the next one; is the clock of your phone right?";
        if (Errors.Count > 0 || !await IsSureAsync(present)) return await MendAsync();

        // Never on without codes for the day the phone is lost.
        await using var all = await db.Database.BeginTransactionAsync(CancellationToken.None);
        await Accounts.SetTwoFactorEnabledAsync(Account, true);
        var made = await MakeCodesAsync();
        await all.CommitAsync(CancellationToken.None);
        return made;
    }

    public async Task<IActionResult> OnPostCodesAsync([FromForm] string? present)
    {
        if (!Account.TwoFactorEnabled) return RedirectToPage();
        return await IsSureAsync(present) ? await MakeCodesAsync() : await MendAsync();
    }

    public async Task<IActionResult> OnPostOffAsync([FromForm] string? present)
    {
        if (!Account.TwoFactorEnabled) return RedirectToPage();
        if (!await IsSureAsync(present)) return await MendAsync();

        await using var all = await db.Database.BeginTransactionAsync(CancellationToken.None);
        links.TellFactorRemoved(Account);
        await Accounts.TurnOffFactorAsync(Account);
        await all.CommitAsync(CancellationToken.None);
        return Done("The authenticator app is turned off.", "/Profile/Index");
    }

    private async Task<IActionResult> MakeCodesAsync()
    {
        TempData[nameof(Codes)] = (await Accounts.GenerateNewTwoFactorRecoveryCodesAsync(Account, CodesMade))?.ToArray();
        return RedirectToPage();
    }

    private async Task<IActionResult> MendAsync()
    {
        await ShowAsync();
        return Mend();
    }

    private async Task ShowAsync()
    {
        Title = "Authenticator app";
        if (Account.TwoFactorEnabled)
        {
            CodesLeft = await Accounts.CountRecoveryCodesAsync(Account);
            return;
        }

        if (await Accounts.GetAuthenticatorKeyAsync(Account) is not { Length: > 0 } key) return;
        Key = string.Join(' ', key.Chunk(4).Select(four => new string(four)));
        var (name, account) = (Uri.EscapeDataString(site.Value.Name), Uri.EscapeDataString(Account.Email!));
        var scanned = QRCodeGenerator.GenerateQrCode($"otpauth://totp/{name}:{account}?secret={key}&issuer={name}&digits=6", QRCodeGenerator.ECCLevel.M);
        var drawing = new SvgQRCode(scanned).GetGraphic(4);
        Picture = "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(drawing));
    }
}
