using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Authors;
using BlueTechWave.Web.Tests.Newsroom;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Accounts;

public class PeopleTests
{
    [Theory, EachStore]
    public async Task People_are_the_owners_business(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var olga = await Colleague.ArriveAsync(site, Role.Owner, "Olga Brandt");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        foreach (var address in new[] { "/newsroom/people", "/newsroom/people/invite", $"/newsroom/people/{ines.Account.Id}" })
        {
            await olga.ReadAsync(address);
            foreach (var other in new[] { noor, ines }) Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.Redirect, (await site.Reader.GetAsync(address)).StatusCode);
        }

        foreach (var act in new[] { "Role", "Disable", "Enable", "EndSessions", "Link", "Factor" })
        {
            var token = Colleague.Filled(Reading.Form(await ines.ReadAsync("/account"))).Single(f => f.Key == "__RequestVerificationToken");
            using var answer = await ines.Http.PostAsync($"/newsroom/people/{ines.Account.Id}?handler={act}", new FormUrlEncodedContent([token, new("role", "Owner")]));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await olga.GetAsync("/newsroom/people/9999")).StatusCode);
        Assert.Equal(Role.Reporter, await site.AskAsync(db => db.Accounts.Where(a => a.Id == ines.Account.Id).Select(a => a.Role).SingleAsync()));
    }

    [Theory, EachStore]
    public async Task Whoever_is_invited_comes_in_by_the_link_under_her_own_byline(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var olga = await Colleague.ArriveAsync(site, Role.Owner, "Olga Brandt");
        // She has written here before anybody thought of accounts.
        var wrong = await olga.PostAsync("/newsroom/people/invite", new() { ["email"] = "lina", ["name"] = "", ["role"] = "Reporter" });
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(2, Reading.Parse(await wrong.Content.ReadAsStringAsync()).QuerySelectorAll(".error").Length);
        var done = await olga.PostAsync("/newsroom/people/invite", new() { ["email"] = "lina@paper.example", ["name"] = "Lina Moreau", ["role"] = "Editor" });

        var person = await olga.ReadAsync(done.Headers.Location!.OriginalString);
        var link = await LinkTests.LinkAsync(site);
        Assert.EndsWith(link, person.QuerySelector("#link-text")!.TextContent.Trim());
        Assert.Contains("Invited", person.QuerySelector(".page-head")!.TextContent);
        Assert.Null((await olga.ReadAsync(done.Headers.Location!.OriginalString)).QuerySelector("#link-text"));
        Assert.Equal(1, await site.AskAsync(db => db.Authors.CountAsync(a => a.Name == "Lina Moreau")));

        var account = await site.AskAsync(db => db.Accounts.Include(a => a.Author).SingleAsync(a => a.Email == "lina@paper.example"));
        Assert.Equal((Role.Editor, "lina-moreau"), (account.Role, account.Author!.Slug));
        using var lina = Colleague.AtTheDoor(site, account);
        Assert.Equal("/newsroom", (await lina.PostAsync(link, new() { ["password"] = Colleague.Password }, on: link)).Headers.Location?.OriginalString);
        await lina.ReadAsync("/newsroom");
        Assert.Contains(await site.AuditAsync(), e => e.Act == "Invitation sent" && e.Name == "lina@paper.example" && e.By == "Olga Brandt");
        Assert.Contains(await site.AuditAsync(), e => e.Act == "Password set" && e.By == "Lina Moreau");

        var twice = await olga.PostAsync("/newsroom/people/invite", new() { ["email"] = "LINA@paper.example", ["name"] = "Lina", ["role"] = "Editor" });
        Assert.Contains("an account with this e-mail already", await twice.Content.ReadAsStringAsync());
    }

    [Theory, EachStore]
    public async Task A_role_counts_at_once_and_a_disabled_account_is_out_and_can_be_let_in_again(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var olga = await Colleague.ArriveAsync(site, Role.Owner, "Olga Brandt");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var address = $"/newsroom/people/{noor.Account.Id}";

        await olga.PostAsync(address, new() { ["role"] = "Owner" }, "Change role");
        await noor.ReadAsync("/newsroom/people");
        await olga.PostAsync(address, new() { ["role"] = "Reporter" }, "Change role");
        Assert.Equal(HttpStatusCode.Forbidden, (await noor.GetAsync("/newsroom/people")).StatusCode);

        await olga.PostAsync(address, [], "Disable");
        Assert.Equal(HttpStatusCode.Redirect, (await noor.GetAsync("/newsroom")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await noor.SignInAsync()).StatusCode);
        await olga.PostAsync(address, [], "Enable");
        Assert.Equal("/newsroom", (await noor.SignInAsync()).Headers.Location?.OriginalString);
        await olga.PostAsync(address, [], "End all sessions");
        Assert.Equal(HttpStatusCode.Redirect, (await noor.GetAsync("/newsroom")).StatusCode);

        var acts = (await site.AuditAsync(e => e.Subject == "Account" && e.SubjectId == noor.Account.Id)).Select(e => e.Act).ToList();
        Assert.Equal(["Role changed", "Role changed", "Disabled", "Sign-in failed", "Enabled"], acts.Skip(1));
    }

    [Theory, EachStore]
    public async Task What_somebody_published_keeps_her_name_when_her_account_is_renamed_and_disabled(Store store)
    {
        const string Address = "/2024/09/robots-learn-to-swim";
        await using var site = await NewsSite.OpenAsync(store);
        using var olga = await Colleague.ArriveAsync(site, Role.Owner, "Olga Brandt");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await noor.PressAsync(await noor.BeginAsync("Robots learn to swim", ("Take", "They float."), ("TakeBy", "Noor Haddad")), "Publish");
        var printed = (await site.Reader.PageAsync(Address)).QuerySelector("main")!.TextContent;
        Assert.Contains("Noor Haddad", printed, StringComparison.Ordinal);

        await noor.PostAsync("/account", new() { ["name"] = "Noor Haddad-Lind" }, "Save");
        await olga.PostAsync($"/newsroom/people/{noor.Account.Id}", [], "Disable");
        Assert.True(await site.AskAsync(db => db.Accounts.AnyAsync(a => a.DisabledAt != null && a.Name == "Noor Haddad-Lind")));

        // Made anew, not remembered.
        await using var later = await site.OpenAgainAsync(TimeSpan.Zero);
        Assert.Equal(printed, (await later.Reader.PageAsync(Address)).QuerySelector("main")!.TextContent);
        Assert.Contains("Robots learn to swim", await later.Reader.TextAsync("/author/noor-haddad"), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task The_last_owner_stays_and_nobody_disables_herself(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var olga = await Colleague.ArriveAsync(site, Role.Owner, "Olga Brandt");
        var own = $"/newsroom/people/{olga.Account.Id}";
        var refused = await olga.PostAsync(own, new() { ["role"] = "Editor" }, "Change role");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("last owner", Reading.Parse(await refused.Content.ReadAsStringAsync()).QuerySelector(".error")!.TextContent);
        var token = await TokenAsync(olga);
        Assert.Equal(HttpStatusCode.Conflict, (await olga.Http.PostAsync($"{own}?handler=Disable", new FormUrlEncodedContent([token]))).StatusCode);
        await olga.ReadAsync("/newsroom/people");

        // Two owners who demote each other at the same moment: one of them stays.
        using var otto = await Colleague.ArriveAsync(site, Role.Owner, "Otto Keller");
        var (ottos, other) = (await TokenAsync(otto), $"/newsroom/people/{otto.Account.Id}");
        var demotions = await Task.WhenAll(DemoteAsync(olga, token, other), DemoteAsync(otto, ottos, own));
        Assert.DoesNotContain(demotions, answer => answer.StatusCode == HttpStatusCode.InternalServerError);
        Assert.True(await site.AskAsync(db => db.Accounts.AnyAsync(a => a.Role == Role.Owner)));

        static async Task<KeyValuePair<string, string>> TokenAsync(Colleague who) =>
            Colleague.Filled(Reading.Form(await who.ReadAsync("/account"))).Single(f => f.Key == "__RequestVerificationToken");

        static Task<HttpResponseMessage> DemoteAsync(Colleague who, KeyValuePair<string, string> token, string whom) =>
            who.Http.PostAsync($"{whom}?handler=Role", new FormUrlEncodedContent([token, new("role", "Editor")]));
    }

    [Theory, EachStore]
    public async Task Everybody_is_found_by_name_role_and_state_page_by_page(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var olga = await Colleague.ArriveAsync(site, Role.Owner, "Olga Brandt");
        await site.EditAsync(db =>
        {
            for (var i = 0; i < 60; i++)
            {
                var account = new Account($"person{i:00}@paper.example", $"Pérson {i:00}", i % 2 == 0 ? Role.Reporter : Role.Editor, new Author($"Pérson {i:00}", "BTW reporter"), site.Now);
                (account.NormalizedEmail, account.NormalizedUserName) = (account.Email!.ToUpperInvariant(), account.Email.ToUpperInvariant());
                if (i < 3) account.Disable(site.Now);
                db.Add(account);
            }

            return Task.CompletedTask;
        });

        Assert.Equal((50, 11), (await RowsAsync(""), await RowsAsync("?page=2")));
        Assert.Equal(10, await RowsAsync("?q=person+1"));
        Assert.Equal(1, await RowsAsync("?q=PERSON59%40"));
        Assert.Equal(30, await RowsAsync("?role=Editor"));
        Assert.Equal(3, await RowsAsync("?state=disabled"));
        Assert.Equal(1, await RowsAsync("?state=active"));
        Assert.Contains("Nobody matches", (await olga.ReadAsync("/newsroom/people?q=zzz")).Body!.TextContent);
        await olga.ReadAsync("/newsroom/people?q=%00&role=99&state=x&page=-1");

        async Task<int> RowsAsync(string query) => (await olga.ReadAsync("/newsroom/people" + query)).QuerySelectorAll("tbody tr").Length;
    }
}
