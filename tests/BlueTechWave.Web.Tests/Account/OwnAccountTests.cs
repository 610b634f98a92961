using System.Net;
using BlueTechWave.Core.Accounts;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Accounts;

public class OwnAccountTests
{
    [Theory, EachStore]
    public async Task She_says_what_she_is_called_and_what_she_likes_and_nothing_else(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var refused = await ines.PostAsync("/account", new() { ["name"] = new string('x', Account.NameLength + 1) }, "Save");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(new string('x', Account.NameLength + 1), await refused.Content.ReadAsStringAsync());

        // Whatever else is sent along is not hers to set.
        await ines.PostAsync("/account", new() { ["name"] = "Inês “<b>” Prado", ["wantsMail"] = "false", ["Role"] = "Owner", ["Account.Role"] = "2", ["email"] = "x@y.example", ["DisabledAt"] = "2024-01-01" }, "Save");

        var account = await site.AskAsync(db => db.Accounts.SingleAsync());
        Assert.Equal(("Inês “<b>” Prado", false, true, Role.Reporter, ines.Account.Email), (account.Name, account.WantsMail, account.UsesLetterKeys, account.Role, account.Email));
        Assert.Contains("Inês “<b>” Prado", (await ines.ReadAsync("/account")).QuerySelector(".me")!.TextContent);
    }

    [Theory, EachStore]
    public async Task A_new_password_needs_the_present_one_and_ends_her_other_sessions(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        using var elsewhere = await Colleague.AgainAsync(site, noor.Account);
        foreach (var (present, password, field) in new[] { ("wrong wrong wrong", "seventeen quiet lighthouses", "present"), (Colleague.Password, "too short", "password"), (Colleague.Password, "noor-haddad1", "password"), (Colleague.Password, "aaaaaaaaaaaaaa", "password"), ("", "", "present") })
        {
            var refused = await noor.PostAsync("/account/password", new() { ["present"] = present, ["password"] = password });
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.NotNull(Reading.Parse(await refused.Content.ReadAsStringAsync()).QuerySelector($"#{field}-error"));
        }

        await elsewhere.ReadAsync("/newsroom");
        Assert.Equal("/account", (await noor.PostAsync("/account/password", new() { ["present"] = Colleague.Password, ["password"] = "seventeen quiet lighthouses" })).Headers.Location?.OriginalString);

        await noor.ReadAsync("/newsroom");
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/newsroom")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await elsewhere.SignInAsync()).StatusCode);
        Assert.Equal("/newsroom", (await elsewhere.SignInAsync("seventeen quiet lighthouses")).Headers.Location?.OriginalString);
        Assert.Contains(await site.AuditAsync(), e => e.Act == "Password changed" && e.By == "Noor Haddad");
        Assert.Equal(noor.Account.Email, Assert.Single(await site.LettersAsync()).To);
    }

    [Theory, EachStore]
    public async Task She_sees_where_she_is_signed_in_and_ends_it_from_here(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        using var phone = Colleague.AtTheDoor(site, noor.Account);
        phone.Http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1");
        await phone.SignInAsync();
        using var desk = await Colleague.AgainAsync(site, noor.Account);
        using var stranger = await Colleague.ArriveAsync(site, Role.Owner, "Olga Brandt");

        var page = await noor.ReadAsync("/account/sessions");
        Assert.Equal(3, page.QuerySelectorAll("tbody tr").Length);
        Assert.Contains("This browser", page.QuerySelector("tbody tr")!.TextContent);
        Assert.Contains("Safari on iPhone", page.QuerySelector("tbody")!.TextContent);
        Assert.Contains("127.0.0.1", page.QuerySelector("tbody")!.TextContent);

        var id = await site.AskAsync(db => db.Sessions.Where(s => s.Device.Contains("iPhone")).Select(s => s.Id).SingleAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await EndAsync(stranger, id)).StatusCode);
        await phone.ReadAsync("/newsroom");
        await EndAsync(noor, id);
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/newsroom")).StatusCode);
        await desk.ReadAsync("/newsroom");
        await noor.PostAsync("/account/sessions", [], "End all others");
        Assert.Equal(HttpStatusCode.Redirect, (await desk.GetAsync("/newsroom")).StatusCode);
        await noor.ReadAsync("/newsroom");
        await stranger.ReadAsync("/newsroom");

        static async Task<HttpResponseMessage> EndAsync(Colleague who, int id)
        {
            var token = Colleague.Filled(Reading.Form(await who.ReadAsync("/account"))).Single(f => f.Key == "__RequestVerificationToken");
            return await who.Http.PostAsync("/account/sessions?handler=End", new FormUrlEncodedContent([token, new("id", id.ToString(System.Globalization.CultureInfo.InvariantCulture))]));
        }
    }

    [Theory, EachStore]
    public async Task Whatever_happens_at_the_door_leaves_a_line(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = Colleague.AtTheDoor(site, await Colleague.HireAsync(site, Role.Editor, "Noor Haddad"));
        await noor.SignInAsync("a password she never had");
        await noor.PostAsync("/account/login", new() { ["email"] = "my secret password", ["password"] = "x" });
        await noor.SignInAsync();
        await SecondFactorTests.SetUpAsync(noor);
        await noor.PostAsync("/account/logout", [], "Sign out");

        var lines = await site.AuditAsync(e => e.At >= NewsSite.Opening && e.Act != "Added");
        Assert.Contains(lines, e => e is { Act: "Sign-in failed", By: "a visitor", Address: "127.0.0.1" } && e.SubjectId == noor.Account.Id);
        Assert.Contains(lines, e => e is { Act: "Signed in", By: "Noor Haddad" } && e.AccountId == noor.Account.Id);
        Assert.Contains(lines, e => e is { Act: "Second factor on", By: "Noor Haddad" });
        var left = Assert.Single(lines, e => e.Act == "Signed out");
        Assert.Equal((noor.Account.Id, "Noor Haddad", "127.0.0.1", noor.Account.Email), (left.AccountId, left.By, left.Address, left.Name));
        Assert.Equal(site.Now, left.At);
        // People type passwords into the wrong field.
        Assert.DoesNotContain(lines, e => (e.Name + e.Detail).Contains("secret", StringComparison.Ordinal));
    }

    [Theory, EachStore]
    public async Task A_passkey_that_is_none_opens_nothing(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        using var visitor = Colleague.AtTheDoor(site, noor.Account);
        foreach (var credential in new[] { "", "null", "[]", "{}", "not json", """{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{}}""", """{"id":"AAAA","rawId":"AAAA","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"AAAA","attestationObject":"AAAA","authenticatorData":"AAAA","signature":"AAAA"}}""" })
        {
            foreach (var isAsked in new[] { false, true })
            {
                Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(visitor, "/account/login", "PasskeyOptions", "Passkey", credential, isAsked));
                Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(noor, "/account/passkeys", "Options", "Add", credential, isAsked));
            }
        }

        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/newsroom")).StatusCode);

        static async Task<HttpStatusCode> SendAsync(Colleague who, string page, string options, string handler, string credential, bool isAsked)
        {
            var form = Colleague.Filled(Reading.Form(await who.ReadAsync(page))).Where(f => f.Key != "credential").Append(new("credential", credential)).ToList();
            if (isAsked)
            {
                using var asked = await who.Http.PostAsync($"{page}?handler={options}", new FormUrlEncodedContent(form));
                Assert.Contains("challenge", await asked.Content.ReadAsStringAsync());
            }

            using var answer = await who.Http.PostAsync($"{page}?handler={handler}", new FormUrlEncodedContent(form));
            return answer.StatusCode;
        }
    }
}
