using System.Net;
using AngleSharp.Html.Dom;
using BlueTechWave.Core.Accounts;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Accounts;

public class KeptFormTests
{
    private static readonly string Long = string.Concat(Enumerable.Range(0, 6_000).Select(i => $"“Line {i}” <b>& 100 % naïve</b>\r\n"));

    [Theory, EachStore]
    public async Task What_a_reporter_sends_after_her_session_has_ended_survives_signing_in(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        await EndAsync(site);
        var signIn = await SendAsync(ines, "/newsroom?handler=Save&at=1", ("Headline", "Robots"), ("Body", Long), ("KeyPoints", "one"), ("KeyPoints", "two"), ("password", "never"));
        Assert.Equal(HttpStatusCode.Unauthorized, signIn.Status);
        Assert.Contains("what you wrote is kept", signIn.Page.QuerySelector(".said")!.TextContent);
        Assert.DoesNotContain("never", signIn.Page.Source.Text);

        var saving = await SubmitAsync(ines, signIn.Page, new() { ["email"] = ines.Account.Email!, ["password"] = "wrong wrong wrong" });
        Assert.Equal(HttpStatusCode.BadRequest, saving.Status);
        saving = await SubmitAsync(ines, saving.Page, new() { ["password"] = Colleague.Password });

        var form = Reading.Form(saving.Page);
        Assert.Equal("Save what I wrote", form.QuerySelector("button")!.TextContent);
        Assert.Equal("/newsroom?handler=Save&at=1", form.GetAttribute("action"));
        var sent = Colleague.Filled(form).Where(f => f.Key != "__RequestVerificationToken").ToList();
        Assert.Equal([new("Headline", "Robots"), new("Body", Long), new("KeyPoints", "one"), new("KeyPoints", "two")], sent);
    }

    [Theory, EachStore]
    public async Task What_was_kept_is_saved_with_one_press_through_the_second_factor_too(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var (_, codes) = await SecondFactorTests.SetUpAsync(ines);
        await EndAsync(site);
        var signIn = await SendAsync(ines, "/account", ("name", "Inês de Prado"), ("wantsMail", "true"));

        var code = await SubmitAsync(ines, signIn.Page, new() { ["email"] = ines.Account.Email!, ["password"] = Colleague.Password });
        Assert.Equal("/account/code", Reading.Form(code.Page).GetAttribute("action"));
        var recovery = await SubmitAsync(ines, code.Page, new() { ["ask"] = "1" }, "/account/recovery");
        var saving = await SubmitAsync(ines, recovery.Page, new() { ["code"] = codes[0] });
        var saved = await SubmitAsync(ines, saving.Page, []);

        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal("Inês de Prado", await site.AskAsync(db => db.Accounts.Select(a => a.Name).SingleAsync()));
    }

    [Theory, EachStore]
    public async Task What_another_site_sends_is_not_kept_and_scripts_get_a_plain_answer(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = Colleague.AtTheDoor(site, await Colleague.HireAsync(site, Role.Reporter, "Inês Prado"));

        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/newsroom") { Content = new FormUrlEncodedContent([new("Body", "Planted.")]) };
        foreign.Headers.Add("Origin", "https://evil.example");
        var answer = await ines.Http.SendAsync(foreign);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/account/login", answer.Headers.Location!.PathAndQuery);

        foreach (var (header, value) in new[] { ("Accept", "application/json"), ("X-Requested-With", "fetch") })
        {
            using var script = new HttpRequestMessage(HttpMethod.Post, "/newsroom") { Content = new FormUrlEncodedContent([new("Body", "Text.")]) };
            script.Headers.Add(header, value);
            script.Headers.Add("Origin", site.Address.GetLeftPart(UriPartial.Authority));
            var plain = await ines.Http.SendAsync(script);
            Assert.Equal((HttpStatusCode.Unauthorized, ""), (plain.StatusCode, await plain.Content.ReadAsStringAsync()));
        }
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("\t//evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/%5cevil.example@x\r\nSet-Cookie: a=b")]
    public async Task Signing_in_leads_nowhere_else(string address)
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = Colleague.AtTheDoor(site, await Colleague.HireAsync(site, Role.Reporter, "Inês Prado"));
        var page = await ines.ReadAsync($"/account/login?returnUrl={Uri.EscapeDataString(address)}");
        var kept = await SubmitAsync(ines, page, new() { ["email"] = ines.Account.Email!, ["password"] = Colleague.Password, ["keptFor"] = address, ["kept"] = """[["Body","x"]]""", ["returnUrl"] = address });

        Assert.True(kept.Status == HttpStatusCode.Redirect ? kept.Location is { } to && to.StartsWith('/') && !to.Contains("evil.example/") && !to.StartsWith("//", StringComparison.Ordinal) : Reading.Form(kept.Page).GetAttribute("action")!.StartsWith("/%5c", StringComparison.Ordinal),
            $"{kept.Status} {kept.Location}");
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        await using var site = await NewsSite.OpenAsync();
        using var olga = await Colleague.ArriveAsync(site, Role.Owner, "Olga Brandt");
        foreach (var address in new[] { "/account/login", "/account/logout", "/account/forgot", "/account/code", "/account/recovery", "/account/reset", "/account/email/confirm", "/account", "/account/password", "/account/email",
            "/account/authenticator?handler=Begin", "/account/authenticator?handler=Off", "/account/passkeys?handler=Options", "/account/passkeys?handler=Remove", "/account/sessions?handler=EndOthers", "/account/login?handler=PasskeyOptions",
            "/newsroom/people/invite", $"/newsroom/people/{olga.Account.Id}?handler=Disable", $"/newsroom/people/{olga.Account.Id}?handler=Role" })
        {
            using var answer = await olga.Http.PostAsync(address, new FormUrlEncodedContent([new("name", "Mallory"), new("email", "a@b.example")]));
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{address} answers {answer.StatusCode}");
        }
    }

    private static Task EndAsync(NewsSite site) => site.EditAsync(async db => (await db.Sessions.ToListAsync()).ForEach(s => s.End(site.Now)));

    private sealed record Answer(HttpStatusCode Status, string? Location, IHtmlDocument Page);

    private static Task<Answer> SendAsync(Colleague who, string address, params (string Name, string Value)[] fields) =>
        PostAsync(who, address, fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));

    private static Task<Answer> SubmitAsync(Colleague who, IHtmlDocument page, Dictionary<string, string> typed, string? to = null)
    {
        var form = Reading.Form(page);
        return PostAsync(who, to ?? form.GetAttribute("action")!, Colleague.Filled(form).Where(f => !typed.ContainsKey(f.Key)).Concat(typed));
    }

    private static async Task<Answer> PostAsync(Colleague who, string address, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Origin", who.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using var answer = await who.Http.SendAsync(request);
        return new(answer.StatusCode, answer.Headers.Location?.OriginalString, Reading.Parse(await answer.Content.ReadAsStringAsync()));
    }
}
