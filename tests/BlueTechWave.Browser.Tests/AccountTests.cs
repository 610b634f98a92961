using BlueTechWave.Core.Accounts;
using Microsoft.Playwright;

namespace BlueTechWave.Browser.Tests;

/// <summary>Signing in, and one's own account, in a real browser.</summary>
public class AccountTests(Newsstand newsstand)
{
    [Fact]
    public async Task A_passkey_is_added_named_used_instead_of_a_password_and_removed()
    {
        var (email, password) = await newsstand.HireAsync(Role.Editor, "Petra Passkey");
        await using var reader = await newsstand.ReaderAsync();
        await AuthenticatorAsync(reader);
        await reader.SignInAsync(email, password);

        await reader.GoAsync(newsstand.Named("/account/passkeys"));
        await reader.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Petra’s key");
        await reader.Button("Add a passkey").ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".said")).ToContainTextAsync("The passkey is added");
        await reader.Page.Locator("section").GetByLabel("Name", new() { Exact = true }).FillAsync("Key ring");
        await reader.Button("Rename").ClickAsync();
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Region, new() { Name = "Key ring" })).ToBeVisibleAsync();

        // A key that says yes to everything would also say so to the browser's own offer, before the button can be pressed.
        await reader.Page.AddInitScriptAsync("PublicKeyCredential.isConditionalMediationAvailable = async () => false");
        await reader.Button("Sign out").ClickAsync();
        await reader.Page.WaitForURLAsync("**/account/login");
        await reader.GoAsync(newsstand.Named("/account/login?returnUrl=%2Faccount%2Fsessions"));
        await reader.Button("Use a passkey").ClickAsync();
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Name = "Sessions" })).ToBeVisibleAsync();

        await reader.GoAsync(newsstand.Named("/account/passkeys"));
        await reader.Page.GetByText("Remove Key ring").ClickAsync();
        await reader.Button("Remove passkey").ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".said")).ToContainTextAsync("The passkey is removed");
        // Keys belong to a name, not to a number: under this one the site is the same, and not elsewhere.
        Assert.DoesNotContain(reader.Complaints, c => !c.StartsWith($"elsewhere: {newsstand.Named("/")}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_script_a_password_still_opens_the_door()
    {
        var (email, password) = await newsstand.HireAsync(Role.Reporter, "Nell Noscript");
        await using var reader = await newsstand.ReaderAsync(script: false);
        await reader.GoAsync("/account/login");
        await Assertions.Expect(reader.Button("Use a passkey")).ToBeHiddenAsync();

        await reader.SignInAsync(email, password);

        await reader.GoAsync("/account/passkeys");
        await Assertions.Expect(reader.Page.GetByText("This browser cannot make passkeys")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/account/login")]
    [InlineData("/account/forgot")]
    [InlineData("/account/forgot?sent=1")]
    [InlineData("/account/reset?account=1&token=none")]
    public async Task Every_page_at_the_door_is_accessible_quiet_and_fits(string address)
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync(address);
        await EveryPageTests.FindNothingWrongAsync(reader, address);
    }

    [Fact]
    public async Task A_refused_sign_in_is_accessible_and_keeps_the_name()
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync("/account/login");
        await reader.Page.GetByLabel("Email").FillAsync("nobody@btw.example");
        await reader.Page.GetByLabel("Password").FillAsync("not a password of anybody");
        await reader.Button("Sign in").ClickAsync();
        await Assertions.Expect(reader.Page.Locator("#password-error")).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.GetByLabel("Email")).ToHaveValueAsync("nobody@btw.example");
        await EveryPageTests.FindNothingWrongAsync(reader, "a refused sign-in");
    }

    [Fact]
    public async Task Every_page_of_an_account_and_of_people_is_accessible_quiet_and_fits()
    {
        var (email, password) = await newsstand.HireAsync(Role.Owner, "Odile Owner");
        await using var reader = await newsstand.ReaderAsync();
        await reader.SignInAsync(email, password);
        foreach (var address in new[] { "/account", "/account/password", "/account/email", "/account/passkeys", "/account/sessions", "/account/authenticator", "/newsroom/people", "/newsroom/people?q=zzz", "/newsroom/people/invite" })
        {
            await reader.GoAsync(address);
            await EveryPageTests.FindNothingWrongAsync(reader, address);
        }

        await reader.GoAsync("/account/authenticator");
        await reader.Button("Set up").ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".qr")).ToBeVisibleAsync();
        await EveryPageTests.FindNothingWrongAsync(reader, "an authenticator app being set up");

        await reader.GoAsync("/newsroom/people/invite");
        await reader.Button("Invite").ClickAsync();
        await EveryPageTests.FindNothingWrongAsync(reader, "an invitation with mistakes");
        await reader.Page.GetByLabel("Email").FillAsync("guest@btw.example");
        await reader.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Gus Guest");
        await reader.Button("Invite").ClickAsync();
        await Assertions.Expect(reader.Page.Locator("#link-text")).ToBeVisibleAsync();
        await EveryPageTests.FindNothingWrongAsync(reader, "somebody invited");
    }

    /// <summary>A key of the browser's own, which says yes to everything.</summary>
    private async Task AuthenticatorAsync(Reader reader)
    {
        await reader.GoAsync(newsstand.Named("/account/login"));
        var devtools = await reader.Context.NewCDPSessionAsync(reader.Page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
