using System.CommandLine;
using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Cli;

/// <summary><c>user …</c>: accounts, for whoever runs the machine. The first owner is made here.</summary>
internal static class UserVerbs
{
    public const string FirstOwner = "user add EMAIL --name \"NAME\" --role owner";

    private static readonly Argument<string> Email = new("email") { Description = "The e-mail that the account signs in with." };

    public static Command All()
    {
        var user = new Command("user", "Accounts: add, list, reset, disable, enable.");
        user.Subcommands.Add(Add());
        user.Subcommands.Add(Verb("list", "Lists everybody with an account.", null, (run, _) => ListAsync(run)));
        user.Subcommands.Add(Verb("reset", "Prints a one-time link that sets a new password; the present one works until then.", Email, ResetAsync));
        user.Subcommands.Add(Verb("disable", "Closes an account; its sessions end at once.", Email, DisableAsync));
        user.Subcommands.Add(Verb("enable", "Opens a disabled account again.", Email, EnableAsync));
        return user;
    }

    private static Command Add()
    {
        var name = new Option<string>("--name") { Description = "As colleagues know them; also the byline.", Required = true };
        var role = new Option<string>("--role") { Description = "reporter, editor or owner.", Required = true };
        var typed = new Option<bool>("--password-stdin") { Description = "Reads the password from the first line of standard input, and prints no link." };
        var verb = new Command("add", "Makes an account and its author, and prints a one-time link to set the password.") { Email, name, role, typed };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, _) => RunAsync(parsed, run => AddAsync(run, parsed.GetValue(Email)!, parsed.GetValue(name)!, parsed.GetValue(role)!, parsed.GetValue(typed))));
        return verb;
    }

    private static Command Verb(string name, string does, Argument<string>? email, Func<Run, Account, Task<int>> act)
    {
        var verb = new Command(name, does) { TreatUnmatchedTokensAsErrors = false };
        if (email is not null) verb.Arguments.Add(email);
        verb.SetAction((parsed, _) => RunAsync(parsed, async run =>
        {
            if (email is null) return await act(run, null!);
            var wanted = parsed.GetValue(email)!;
            return await run.Accounts.FindByEmailAsync(wanted) is { } account ? await act(run, account) : await run.RefuseAsync($"There is no account with the e-mail {wanted}.");
        }));
        return verb;
    }

    private static async Task<int> AddAsync(Run run, string email, string name, string role, bool isTyped)
    {
        if (!Enum.TryParse<Role>(role, ignoreCase: true, out var chosen) || !Enum.IsDefined(chosen) || int.TryParse(role, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
            return await run.RefuseAsync($"“{role}” is no role: reporter, editor or owner.");
        var password = isTyped ? await Console.In.ReadLineAsync() ?? "" : null;

        var hired = await run.Get<Hiring>().HireAsync(email, name, chosen, password);
        if (hired.Account is not { } account) return await run.RefuseAsync(string.Join(" ", hired.Errors.Values));

        await run.Out.WriteLineAsync($"{account.Email} is now {chosen.ToString().ToLowerInvariant()}.");
        if (!isTyped) await TellLinkAsync(run, account);
        return 0;
    }

    private static async Task<int> ListAsync(Run run)
    {
        var people = await run.Db.Accounts.AsNoTracking().OrderBy(a => a.Email)
            .Select(a => new { a.Email, a.Name, a.Role, a.DisabledAt, IsInvited = a.PasswordHash == null, SeenAt = run.Db.Sessions.Where(s => s.AccountId == a.Id).Max(s => (DateTime?)s.SeenAt) })
            .ToListAsync();
        if (people.Count == 0) await run.Out.WriteLineAsync($"There is no account yet. Make the first: {FirstOwner}");
        foreach (var person in people)
        {
            var state = person.DisabledAt is not null ? "disabled" : person.IsInvited ? "invited" : "active";
            var seen = person.SeenAt?.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture) ?? "never";
            await run.Out.WriteLineAsync($"{person.Email}\t{person.Name}\t{person.Role.ToString().ToLowerInvariant()}\t{state}\tseen {seen}");
        }

        return 0;
    }

    private static async Task<int> ResetAsync(Run run, Account account)
    {
        if (account.IsDisabled) return await run.RefuseAsync($"{account.Email} is disabled. Enable it first: user enable {account.Email}");
        run.Db.Audit.Add(new AuditEntry(Actor.CommandLine, "Account", account.Id, account.Email!, "Link made", "", run.Now));
        await run.Db.SaveChangesAsync();
        await TellLinkAsync(run, account);
        return 0;
    }

    private static async Task<int> DisableAsync(Run run, Account account)
    {
        if (!await run.Db.Accounts.WhoMay(Act.ManagePeople).AnyAsync(a => a.Id != account.Id) && !account.IsDisabled && account.Role.May(Act.ManagePeople))
            return await run.RefuseAsync($"{account.Email} is the last owner. Make somebody else an owner first.");

        account.Disable(run.Now);
        await run.Db.EndSessionsAsync(account.Id, run.Now);
        await run.Db.SaveChangesAsync();
        await run.Out.WriteLineAsync($"{account.Email} is disabled.");
        return 0;
    }

    private static async Task<int> EnableAsync(Run run, Account account)
    {
        account.Enable();
        await run.Db.SaveChangesAsync();
        await run.Out.WriteLineAsync($"{account.Email} can come in again.");
        return 0;
    }

    private static async Task TellLinkAsync(Run run, Account account)
    {
        await run.Out.WriteLineAsync("Password, once, at:");
        await run.Out.WriteLineAsync(await run.Get<OneTimeLinks>().ForPasswordAsync(account));
    }

    private static async Task<int> RunAsync(ParseResult parsed, Func<Run, Task<int>> act)
    {
        var builder = Site.Builder([.. parsed.UnmatchedTokens]);
        builder.Services.AddSingleton<WhoActs>(() => Actor.CommandLine);
        await using var app = Site.Build(builder);
        await using var scope = app.Services.CreateAsyncScope();
        var run = new Run(scope.ServiceProvider, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (run.Get<IOptions<Options.StoreOptions>>().Value.MigrateOnStart) await Verbs.MigrateAsync(run.Services);
        return await act(run);
    }

    /// <summary>One call of a verb: what it works with, and where it speaks.</summary>
    private sealed record Run(IServiceProvider Services, TextWriter Out, TextWriter Error)
    {
        public NewsDbContext Db { get; } = Services.GetRequiredService<NewsDbContext>();

        public UserManager<Account> Accounts { get; } = Services.GetRequiredService<UserManager<Account>>();

        public DateTime Now => Get<TimeProvider>().GetUtcNow().UtcDateTime;

        public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

        public async Task<int> RefuseAsync(string why)
        {
            await Error.WriteLineAsync(why);
            return 1;
        }
    }
}
