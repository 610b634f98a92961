using System.Security.Cryptography;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Demo;
using Microsoft.AspNetCore.Identity;

namespace BlueTechWave.Web.Cli;

/// <summary>Three of the demo's authors can sign in. Their passwords are made for this store, and known to nobody but its console.</summary>
internal sealed class DemoPeople(NewsDbContext db, UserManager<Account> accounts, TimeProvider clock)
{
    private const string Plain = "abcdefghjkmnpqrstuvwxyz23456789";

    private readonly List<(string Email, string Password, Role Role)> _hired = [];

    /// <summary>Within the loading, so that a demo is never there without them.</summary>
    public async Task HireAsync()
    {
        foreach (var (slug, role) in DemoNewsroom.Staff)
        {
            var author = db.Authors.Local.Single(a => a.Slug == slug);
            var password = string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Plain, 5)));
            var account = new Account($"{slug}@btw.example", author.Name, role, author, clock.GetUtcNow().UtcDateTime);
            var made = await accounts.CreateAsync(account, password);
            if (!made.Succeeded) throw new InvalidOperationException(string.Join(" ", made.Errors.Select(e => e.Description)));
            _hired.Add((account.Email!, password, role));
        }
    }

    public void Tell(TextWriter to)
    {
        to.WriteLine("Sign in at /account/login. These passwords are shown only now:");
        foreach (var (email, password, role) in _hired) to.WriteLine($"  {role,-8}  {email,-30}  {password}");
    }
}
