using System.CommandLine;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Web.Cli;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Cli;

public class UserVerbTests
{
    [Theory, EachStore]
    public async Task The_first_owner_is_made_on_the_command_line_and_comes_in_by_the_link(Store store)
    {
        await using var site = await NewsSite.OpenEmptyAsync(store);
        Assert.Contains("There is no account yet", (await RunAsync(site, "list")).Said);

        var added = await RunAsync(site, "add", "olga@paper.example", "--name", "Olga Brandt", "--role", "owner");

        Assert.Equal((0, ""), (added.Code, added.Refused));
        var account = await site.AskAsync(db => db.Accounts.Include(a => a.Author).SingleAsync());
        Assert.Equal(("Olga Brandt", Role.Owner, "olga-brandt"), (account.Name, account.Role, account.Author!.Slug));
        var link = new Uri(added.Said.Split('\n').Single(line => line.StartsWith("http://localhost:5000/account/reset?", StringComparison.Ordinal))).PathAndQuery;
        using var olga = Colleague.AtTheDoor(site, account);
        Assert.Equal("/newsroom", (await olga.PostAsync(link, new() { ["password"] = Colleague.Password }, on: link)).Headers.Location?.OriginalString);
        await olga.ReadAsync("/newsroom/people");
        Assert.Contains("olga@paper.example\tOlga Brandt\towner\tactive", (await RunAsync(site, "list")).Said);
        Assert.All(await site.AuditAsync(e => e.Act == "Added"), e => Assert.Equal("command line", e.By));
    }

    [Theory, EachStore]
    public async Task Reset_disable_and_enable_do_what_they_say(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var olga = await Colleague.ArriveAsync(site, Role.Owner, "Olga Brandt");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var email = noor.Account.Email!;

        Assert.Contains("/account/reset?", (await RunAsync(site, "reset", email)).Said);
        await noor.ReadAsync("/newsroom");
        Assert.Equal(0, (await RunAsync(site, "disable", email)).Code);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, (await noor.GetAsync("/newsroom")).StatusCode);
        Refuses(await RunAsync(site, "reset", email), "is disabled");
        Assert.Equal(0, (await RunAsync(site, "enable", email)).Code);
        Assert.Equal("/newsroom", (await noor.SignInAsync()).Headers.Location?.OriginalString);
        Refuses(await RunAsync(site, "disable", olga.Account.Email!), "last owner");
        Assert.Contains(await site.AuditAsync(), e => e is { Act: "Disabled", By: "command line" } && e.SubjectId == noor.Account.Id);
    }

    [Theory, EachStore]
    public async Task What_cannot_be_done_is_refused_in_one_line(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await Colleague.HireAsync(site, Role.Owner, "Olga Brandt");

        Refuses(await RunAsync(site, "add", "olga-brandt@paper.example", "--name", "Olga", "--role", "owner"), "already");
        Refuses(await RunAsync(site, "add", "no address", "--name", "Olga", "--role", "owner"), "e-mail address");
        Refuses(await RunAsync(site, "add", "a@b.example", "--name", "A", "--role", "king"), "no role");
        Refuses(await RunAsync(site, "add", "a@b.example", "--name", "A", "--role", "2"), "no role");
        Refuses(await RunAsync(site, "reset", "nobody@paper.example"), "no account");
        Refuses(await RunAsync(site, "disable", "nobody@paper.example"), "no account");
        foreach (var verb in new[] { "add", "list", "reset", "disable", "enable" }) Assert.Contains("Usage", (await RunAsync(site, verb, "--help")).Said);
    }

    private static void Refuses((int Code, string Said, string Refused) answer, string why)
    {
        Assert.Equal(1, answer.Code);
        Assert.Contains(why, Assert.Single(answer.Refused.Trim().Split('\n')));
    }

    private static async Task<(int Code, string Said, string Refused)> RunAsync(NewsSite site, params string[] verb)
    {
        using StringWriter said = new(), refused = new();
        var code = await Verbs.RunAsync(
        [
            "user", .. verb, "--environment=Production", $"--contentRoot={Checkout.Web}", "--applicationName=BlueTechWave.Web", "--Serilog:MinimumLevel:Default=Fatal",
            "--Serilog:MinimumLevel:Override:Microsoft=Fatal", "--Serilog:MinimumLevel:Override:Microsoft.EntityFrameworkCore=Fatal",
            $"--Site:DataDirectory={site.Folder}", $"--Store:Provider={site.Store}", $"--ConnectionStrings:Store={site.Connection}",
        ], new InvocationConfiguration { Output = said, Error = refused });
        return (code, said.ToString(), refused.ToString());
    }
}
