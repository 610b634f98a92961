using System.Net;
using System.Security.Cryptography;
using AngleSharp.Html.Dom;
using BlueTechWave.Core.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Accounts;

public class SecondFactorTests
{
    [Theory, EachStore]
    public async Task A_code_from_the_phone_is_asked_for_once_it_is_set_up_and_opens_once(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var (key, codes) = await SetUpAsync(noor);
        Assert.Equal(10, codes.Distinct().Count());
        Assert.Contains("10 recovery codes left", (await noor.ReadAsync("/account")).Body!.TextContent);
        Assert.Empty((await noor.ReadAsync("/account/authenticator")).QuerySelectorAll(".code-list"));

        using var later = Colleague.AtTheDoor(site, noor.Account);
        Assert.Equal("/account/code?returnUrl=%2Fnewsroom", (await later.SignInAsync()).Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await later.GetAsync("/newsroom")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await later.PostAsync("/account/code", new() { ["code"] = "000000" })).StatusCode);
        var code = Code(key);
        Assert.Equal("/newsroom", (await later.PostAsync("/account/code", new() { ["code"] = code })).Headers.Location?.OriginalString);
        await later.ReadAsync("/newsroom");

        using var thief = Colleague.AtTheDoor(site, noor.Account);
        await thief.SignInAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await thief.PostAsync("/account/code", new() { ["code"] = code })).StatusCode);
    }

    [Theory, EachStore]
    public async Task A_recovery_code_opens_once(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var (_, codes) = await SetUpAsync(noor);

        using var later = Colleague.AtTheDoor(site, noor.Account);
        await later.SignInAsync();
        Assert.Equal("/newsroom", (await later.PostAsync("/account/recovery", new() { ["code"] = codes[3].ToLowerInvariant() })).Headers.Location?.OriginalString);
        Assert.Contains("9 recovery codes left", (await later.ReadAsync("/account")).Body!.TextContent);

        using var again = Colleague.AtTheDoor(site, noor.Account);
        await again.SignInAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await again.PostAsync("/account/recovery", new() { ["code"] = codes[3] })).StatusCode);
    }

    [Theory, EachStore]
    public async Task The_store_never_has_a_recovery_code_that_was_shown_and_each_opens_once(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var (_, codes) = await SetUpAsync(noor);
        var kept = await KeptCodesAsync(site);
        Assert.All(codes, code => Assert.DoesNotContain(code, kept, StringComparison.OrdinalIgnoreCase));

        Assert.True(await RedeemAsync(site, noor.Account.Id, codes[9]));
        Assert.False(await RedeemAsync(site, noor.Account.Id, codes[9]));
        Assert.False(await RedeemAsync(site, noor.Account.Id, (await KeptCodesAsync(site)).Split(';')[^1]));
        foreach (var code in codes[..9]) Assert.True(await RedeemAsync(site, noor.Account.Id, code));
        Assert.False(await RedeemAsync(site, noor.Account.Id, codes[0]));
        Assert.Contains("0 recovery codes left", (await noor.ReadAsync("/account")).Body!.TextContent);
        Assert.All(await site.AuditAsync(), line => Assert.DoesNotContain(codes, code => (line.Name + line.Detail).Contains(code, StringComparison.OrdinalIgnoreCase)));
    }

    [Theory, EachStore]
    public async Task Recovery_codes_from_before_they_were_hashed_open_and_are_hashed_by_that(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await SetUpAsync(noor);
        await site.EditAsync(async db => (await db.Set<IdentityUserToken<int>>().SingleAsync(t => t.Name == "RecoveryCodes")).Value = "BCDFG-HJKMN;PQRTV-WXY23;45678-9BCDF");
        Assert.Contains("3 recovery codes left", (await noor.ReadAsync("/account")).Body!.TextContent);

        using var later = Colleague.AtTheDoor(site, noor.Account);
        await later.SignInAsync();
        Assert.Equal("/newsroom", (await later.PostAsync("/account/recovery", new() { ["code"] = "PQRTV-WXY23" })).Headers.Location?.OriginalString);

        var kept = await KeptCodesAsync(site);
        Assert.All(new[] { "BCDFG-HJKMN", "PQRTV-WXY23", "45678-9BCDF" }, code => Assert.DoesNotContain(code, kept, StringComparison.OrdinalIgnoreCase));
        Assert.False(await RedeemAsync(site, noor.Account.Id, "PQRTV-WXY23"));
        Assert.True(await RedeemAsync(site, noor.Account.Id, "45678-9BCDF"));
    }

    [Theory, EachStore]
    public async Task A_recovery_code_sent_twice_at_once_opens_once(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var (_, codes) = await SetUpAsync(noor);
        await using (var one = site.Services.CreateAsyncScope())
        await using (var other = site.Services.CreateAsyncScope())
        {
            // Both have looked before either has written.
            var (first, second) = (one.ServiceProvider.GetRequiredService<UserManager<Account>>(), other.ServiceProvider.GetRequiredService<UserManager<Account>>());
            var (hers, theirs) = ((await first.FindByEmailAsync(noor.Account.Email!))!, (await second.FindByEmailAsync(noor.Account.Email!))!);
            Assert.Equal((10, 10), (await first.CountRecoveryCodesAsync(hers), await second.CountRecoveryCodesAsync(theirs)));
            Assert.True((await first.RedeemTwoFactorRecoveryCodeAsync(hers, codes[0])).Succeeded);
            Assert.False((await second.RedeemTwoFactorRecoveryCodeAsync(theirs, codes[0])).Succeeded);
        }

        using var later = Colleague.AtTheDoor(site, noor.Account);
        using var thief = Colleague.AtTheDoor(site, noor.Account);
        await later.SignInAsync();
        await thief.SignInAsync();
        var answers = await Task.WhenAll(new[] { later, thief }.Select(who => who.PostAsync("/account/recovery", new() { ["code"] = codes[1] })));
        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.BadRequest], answers.Select(a => a.StatusCode).Order());
        Assert.Contains("8 recovery codes left", (await noor.ReadAsync("/account")).Body!.TextContent);
    }

    private static Task<string> KeptCodesAsync(NewsSite site) =>
        site.AskAsync(db => db.Set<IdentityUserToken<int>>().Where(t => t.Name == "RecoveryCodes").Select(t => t.Value!).SingleAsync());

    private static async Task<bool> RedeemAsync(NewsSite site, int account, string code)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var found = (await accounts.FindByIdAsync(account.ToString(System.Globalization.CultureInfo.InvariantCulture)))!;
        return (await accounts.RedeemTwoFactorRecoveryCodeAsync(found, code)).Succeeded;
    }

    [Theory, EachStore]
    public async Task Turning_it_off_asks_for_the_password_unless_she_has_only_just_signed_in(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await SetUpAsync(noor);
        site.Clock.Advance(TimeSpan.FromMinutes(11));

        var refused = await noor.PostAsync("/account/authenticator", new() { ["present"] = "wrong wrong wrong" }, "Turn off");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("not your present password", await refused.Content.ReadAsStringAsync());
        Assert.Contains("10 recovery codes left", (await noor.ReadAsync("/account")).Body!.TextContent);

        await noor.PostAsync("/account/authenticator", new() { ["present"] = Colleague.Password }, "Turn off");
        Assert.Contains("turned off", (await noor.ReadAsync("/account")).QuerySelector(".said")!.TextContent);
        using var later = await Colleague.AgainAsync(site, noor.Account);
        await later.ReadAsync("/newsroom");
        Assert.Contains(await site.LettersAsync(), letter => letter.To == noor.Account.Email && letter.Subject.Contains("less protected"));
        Assert.Contains(await site.AuditAsync(), e => e.Subject == "Account" && e.Act == "Second factor off" && e.AccountId == noor.Account.Id);
    }

    [Theory, EachStore]
    public async Task A_wrong_code_does_not_turn_it_on(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await noor.PostAsync("/account/authenticator", [], "Set up");

        Assert.Equal(HttpStatusCode.BadRequest, (await noor.PostAsync("/account/authenticator", new() { ["code"] = "123" }, "Turn on")).StatusCode);
        Assert.False(await site.AskAsync(db => db.Accounts.AnyAsync(a => a.TwoFactorEnabled)));
    }

    internal static async Task<(string Key, string[] Codes)> SetUpAsync(Colleague colleague)
    {
        await colleague.PostAsync("/account/authenticator", [], "Set up");
        var page = await colleague.ReadAsync("/account/authenticator");
        Assert.StartsWith("data:image/svg+xml", ((IHtmlImageElement)page.QuerySelector(".qr")!).GetAttribute("src"));
        var key = page.QuerySelector(".key")!.TextContent.Replace(" ", "");
        await colleague.PostAsync("/account/authenticator", new() { ["code"] = Code(key) }, "Turn on");
        var shown = await colleague.ReadAsync("/account/authenticator");
        return (key, [.. shown.QuerySelectorAll(".code-list code").Select(c => c.TextContent)]);
    }

    /// <summary>What the phone shows now (RFC 6238 with SHA-1, thirty seconds, six digits). Its clock is the world's, not the paper's.</summary>
    internal static string Code(string base32)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(base32.Select(c => Convert.ToString(Alphabet.IndexOf(c), 2).PadLeft(5, '0')));
        var key = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var step = BitConverter.GetBytes(IPAddress.HostToNetworkOrder(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30));
#pragma warning disable CA5350 // What authenticator apps agree on.
        var hash = HMACSHA1.HashData(key, step);
#pragma warning restore CA5350
        var at = hash[^1] & 15;
        var number = ((hash[at] & 127) << 24) | (hash[at + 1] << 16) | (hash[at + 2] << 8) | hash[at + 3];
        return (number % 1_000_000).ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }
}
