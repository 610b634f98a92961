using BlueTechWave.Core.Accounts;
using Microsoft.AspNetCore.Identity;

namespace BlueTechWave.Web.Security;

/// <summary>Beside its length: a password says nothing that anybody could read off the account, and is not one key held down.</summary>
public sealed class PasswordRules : IPasswordValidator<Account>
{
    public const int ShortestAllowed = 12;
    public const int LongestAllowed = 200;

    private const int DifferentAtLeast = 5;

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var typed = password ?? "";
        if (typed.Length > LongestAllowed) return Refuse("TooLong", $"That is longer than {LongestAllowed} characters.");
        if (typed.Distinct().Count() < DifferentAtLeast) return Refuse("TooPlain", "That repeats itself too much. Several words that have nothing to do with each other are good.");
        if (Names(user).Any(name => typed.Contains(name, StringComparison.OrdinalIgnoreCase) && typed.Length - name.Length < ShortestAllowed / 2))
            return Refuse("TooKnown", "That is little more than your name or e-mail.");
        return Task.FromResult(IdentityResult.Success);
    }

    private static IEnumerable<string> Names(Account user) =>
        new[] { user.Email ?? "", (user.Email ?? "").Split('@')[0], user.Name, user.Name.Replace(" ", "", StringComparison.Ordinal) }.Where(name => name.Length > 3);

    private static Task<IdentityResult> Refuse(string code, string said) => Task.FromResult(IdentityResult.Failed(new IdentityError { Code = code, Description = said }));
}

/// <summary>Identity's own complaints, in our words.</summary>
public sealed class PasswordWords : IdentityErrorDescriber
{
    public override IdentityError PasswordTooShort(int length) =>
        new() { Code = nameof(PasswordTooShort), Description = FormattableString.Invariant($"A password has at least {length} characters. Several words are easy to keep in mind.") };

    public override IdentityError DuplicateEmail(string email) => new() { Code = nameof(DuplicateEmail), Description = "There is an account with this e-mail already." };

    public override IdentityError DuplicateUserName(string userName) => DuplicateEmail(userName);

    public override IdentityError InvalidEmail(string? email) => new() { Code = nameof(InvalidEmail), Description = "That is not an e-mail address." };

    public override IdentityError InvalidUserName(string? userName) => InvalidEmail(userName);
}
