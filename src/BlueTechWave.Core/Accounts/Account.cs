using BlueTechWave.Core.Authors;
using Microsoft.AspNetCore.Identity;

namespace BlueTechWave.Core.Accounts;

public enum CommentDigest
{
    None = 0,
    Hourly = 1,
    Daily = 2,
}

/// <summary>Somebody who may sign in. Never deleted, only disabled: what they did keeps their name.</summary>
public class Account : IdentityUser<int>
{
    public const int NameLength = 120;
    public const int EmailLength = 254;

    private Account()
    {
    }

    public Account(string email, string name, Role role, Author? author, DateTime now)
    {
        (Name, Role, Author, CreatedAt) = (name.Trim(), role, author, now);
        (Email, UserName) = (email.Trim(), email.Trim());
        SecurityStamp = Guid.NewGuid().ToString("N");
    }

    public string Name { get; private set; } = "";

    public Role Role { get; private set; }

    public int? AuthorId { get; private set; }

    /// <summary>The byline this account usually signs with.</summary>
    public Author? Author { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime? DisabledAt { get; private set; }

    /// <summary>Whether notices from the desk also come by mail.</summary>
    public bool WantsMail { get; private set; } = true;

    /// <summary>How often a letter tells which comments wait.</summary>
    public CommentDigest CommentDigest { get; private set; }

    /// <summary>When the last such letter was written. Set in the store itself, by whichever machine comes first.</summary>
    public DateTime? DigestAt { get; private set; }

    /// <summary>Whether single letters act in the newsroom (WCAG 2.1.4 asks that they can be switched off).</summary>
    public bool UsesLetterKeys { get; private set; } = true;

    public bool IsDisabled => DisabledAt is not null;

    public void Call(string name) => Name = name.Trim();

    public void Appoint(Role role) => Role = role;

    public void SignAs(Author? author) => (Author, AuthorId) = (author, author?.Id is > 0 and var id ? id : null);

    public void Disable(DateTime now) => DisabledAt ??= now;

    public void Enable() => DisabledAt = null;

    public void Prefer(bool wantsMail, bool usesLetterKeys) => (WantsMail, UsesLetterKeys) = (wantsMail, usesLetterKeys);

    public void HearOfComments(CommentDigest digest) => CommentDigest = digest;
}
