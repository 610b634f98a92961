using System.Net.Mail;
using BlueTechWave.Core;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Security;

/// <summary>Somebody joins: an account, and the byline she signs with.</summary>
public sealed class Hiring(NewsDbContext db, UserManager<Account> accounts, TimeProvider clock)
{
    /// <summary>What is wrong with it, by field; empty if the account was made.</summary>
    public sealed record Outcome(Account? Account, IReadOnlyDictionary<string, string> Errors);

    /// <param name="password">Null: a one-time link will set one.</param>
    public async Task<Outcome> HireAsync(string? email, string? name, Role role, string? password = null)
    {
        var (address, called) = (email?.Trim() ?? "", name?.Trim() ?? "");
        Dictionary<string, string> errors = [];
        if (!IsEmail(address)) errors["email"] = "Please give an e-mail address, such as name@example.com.";
        else if (await accounts.FindByEmailAsync(address) is not null) errors["email"] = "There is an account with this e-mail already.";
        if (!IsName(called)) errors["name"] = $"Please give a name of up to {Account.NameLength} characters.";
        if (errors.Count > 0) return new(null, errors);

        var account = new Account(address, called, role, await BylineAsync(called, role), clock.GetUtcNow().UtcDateTime);
        var made = password is null ? await accounts.CreateAsync(account) : await accounts.CreateAsync(account, password);
        if (made.Succeeded) return new(account, errors);

        errors[made.Errors.Any(e => e.Code.StartsWith("Password", StringComparison.Ordinal) || e.Code.StartsWith("Too", StringComparison.Ordinal)) ? "password" : "email"] =
            string.Join(" ", made.Errors.Select(e => e.Description).Distinct());
        return new(null, errors);
    }

    public static bool IsEmail(string typed) =>
        typed.Length is > 2 and <= Account.EmailLength && !typed.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is ',' or ';' or '<' or '>' or '"') &&
        MailAddress.TryCreate(typed, out var address) && address.Address == typed;

    public static bool IsName(string typed) => typed.Length is > 0 and <= Account.NameLength && !typed.Any(char.IsControl);

    /// <summary>Whoever wrote here before she had an account goes on under her own name.</summary>
    private async Task<Author> BylineAsync(string name, Role role)
    {
        if (await db.Authors.FirstOrDefaultAsync(a => a.Name == name && !db.Accounts.Any(c => c.AuthorId == a.Id)) is { } known) return known;

        var slug = Slug.From(name) is { Length: > 0 } made ? made : "author";
        var taken = await db.Authors.Where(a => a.Slug.StartsWith(slug)).Select(a => a.Slug).ToHashSetAsync();
        var free = Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? slug : FormattableString.Invariant($"{slug}-{n}")).First(s => !taken.Contains(s));
        return new Author(name, role == Role.Reporter ? "BTW reporter" : "BTW editor", slug: free);
    }
}
