using System.Net;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Accounts;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Accounts;

public partial class LinkTests
{
    private const string New = "seventeen quiet lighthouses";

    [Theory, EachStore]
    public async Task A_forgotten_password_is_set_by_a_link_that_works_once_and_ends_all_sessions(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        using var forgetful = Colleague.AtTheDoor(site, noor.Account);
        Assert.Equal("/account/forgot?sent=1", (await forgetful.PostAsync("/account/forgot", new() { ["email"] = noor.Account.Email! })).Headers.Location?.OriginalString);
        Assert.Contains("If there is an account", (await forgetful.ReadAsync("/account/forgot?sent=1")).Body!.TextContent);
        var link = await LinkAsync(site);

        Assert.Contains(noor.Account.Email!, (await forgetful.ReadAsync(link)).Body!.TextContent);
        var refused = await forgetful.PostAsync(link, new() { ["password"] = "short" }, on: link);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("at least 12 characters", await refused.Content.ReadAsStringAsync());
        Assert.Equal("/newsroom", (await forgetful.PostAsync(link, new() { ["password"] = New }, on: link)).Headers.Location?.OriginalString);

        await forgetful.ReadAsync("/newsroom");
        Assert.Equal(HttpStatusCode.Redirect, (await noor.GetAsync("/newsroom")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await noor.SignInAsync()).StatusCode);
        var used = await noor.ReadAsync(link, HttpStatusCode.Gone);
        Assert.Contains("This link no longer works", used.QuerySelector("h1")!.TextContent);
        Assert.Contains(await site.AuditAsync(), e => e.Act == "Password changed" && e.By == "Noor Haddad" && e.Address.Length > 0);
        Assert.Contains(await site.LettersAsync(), letter => letter.Subject.Contains("was changed"));
    }

    [Theory, EachStore]
    public async Task A_link_is_too_old_after_two_hours_and_an_invitation_after_a_week(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var olga = await Colleague.ArriveAsync(site, Role.Owner, "Olga Brandt");
        await olga.PostAsync("/account/forgot", new() { ["email"] = olga.Account.Email! });
        var reset = await LinkAsync(site);
        await olga.PostAsync("/newsroom/people/invite", new() { ["email"] = "new@paper.example", ["name"] = "Nina New", ["role"] = "Reporter" });
        var invitation = await LinkAsync(site);

        site.Clock.Advance(TimeSpan.FromMinutes(119));
        await olga.ReadAsync(reset);
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        await olga.ReadAsync(reset, HttpStatusCode.Gone);
        await olga.ReadAsync(invitation);
        site.Clock.Advance(TimeSpan.FromDays(7));
        await olga.ReadAsync(invitation, HttpStatusCode.Gone);
    }

    [Theory, EachStore]
    public async Task Nobody_learns_at_the_door_who_has_an_account(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var known = await Colleague.HireAsync(site, Role.Editor, "Noor Haddad");
        var disabled = await Colleague.HireAsync(site, Role.Editor, "Dirk Gone");
        await site.EditAsync(async db => (await db.Accounts.SingleAsync(a => a.Id == disabled.Id)).Disable(site.Now));
        string[] emails = [known.Email!, disabled.Email!, "nobody@paper.example"];

        Assert.Single(await AnswersAsync("/account/login", email => new() { ["email"] = email, ["password"] = "not hers at all" }));
        Assert.Single(await AnswersAsync("/account/forgot", email => new() { ["email"] = email }));
        Assert.Equal([known.Email!], (await site.LettersAsync()).Select(letter => letter.To));
        // Refused alike, too: the sixth guess waits whether there is an account or not.
        Assert.Single(await AnswersAsync("/account/login", email => new() { ["email"] = email, ["password"] = "not hers at all" }, times: 6));
        Assert.Single(new[] { $"account={known.Id}", "account=999", "account=-1", "account=x" }
            .Select(query => Anonymous(site, $"/account/reset?{query}&token=abc").GetAwaiter().GetResult()).Distinct());

        async Task<string[]> AnswersAsync(string path, Func<string, Dictionary<string, string>> form, int times = 1)
        {
            var answers = new HashSet<string>();
            foreach (var email in emails)
            {
                using var visitor = Colleague.AtTheDoor(site, known);
                HttpResponseMessage answer = null!;
                for (var i = 0; i < times; i++) answer = await visitor.PostAsync(path, form(email));
                answers.Add(Plain($"{answer.StatusCode} {answer.Headers.Location} {answer.Headers.RetryAfter} {await answer.Content.ReadAsStringAsync()}".Replace(email, "EMAIL")));
            }

            return [.. answers];
        }
    }

    [Theory, EachStore]
    public async Task A_letter_never_leads_where_the_asker_says_the_site_is(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Site:BaseUrl=https://paper.example");
        using var visitor = Colleague.AtTheDoor(site, await Colleague.HireAsync(site, Role.Editor, "Noor Haddad"));
        visitor.Http.DefaultRequestHeaders.Host = "evil.example";
        await visitor.PostAsync("/account/forgot", new() { ["email"] = visitor.Account.Email! });

        var letter = Assert.Single(await site.LettersAsync());
        Assert.Contains("https://paper.example/account/reset?", letter.Text);
        Assert.DoesNotContain("evil", letter.Text);
    }

    [Theory, EachStore]
    public async Task A_new_address_counts_once_its_reader_says_so(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var before = noor.Account.Email!;
        await noor.PostAsync("/account/email", new() { ["email"] = "noor@elsewhere.example" });
        var link = await LinkAsync(site);
        Assert.Equal(1, await site.AskAsync(db => db.Accounts.CountAsync(a => a.Email == before)));

        await noor.PostAsync(link, [], on: link);

        Assert.Equal(1, await site.AskAsync(db => db.Accounts.CountAsync(a => a.Email == "noor@elsewhere.example" && a.UserName == a.Email)));
        Assert.Contains(await site.LettersAsync(), letter => letter.To == before && letter.Subject.Contains("was changed"));
        await noor.ReadAsync(link, HttpStatusCode.Gone);
        Assert.Contains(await site.AuditAsync(), e => e.Act == "E-mail changed");
    }

    /// <summary>Site-relative, from the newest letter.</summary>
    internal static async Task<string> LinkAsync(NewsSite site) => new Uri(Link().Match((await site.LettersAsync())[^1].Text).Value).PathAndQuery;

    private static async Task<string> Anonymous(NewsSite site, string path)
    {
        using var answer = await site.Reader.GetAsync(path);
        return Plain($"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private static string Plain(string answer) => Token().Replace(answer, "");

    [GeneratedRegex(@"https?://\S+/account/\S+")]
    private static partial Regex Link();

    [GeneratedRegex("""<input name="__RequestVerificationToken"[^>]*>""")]
    private static partial Regex Token();
}
