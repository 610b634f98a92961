using System.Globalization;
using System.Security.Claims;
using BlueTechWave.Core.Accounts;

namespace BlueTechWave.Web.Security;

/// <summary>What a signed-in browser carries: which account and which session. All else is asked of the store anew.</summary>
public static class Identities
{
    public const string Session = "session";
    private const string RoleClaim = "role";
    private const string Author = "author";

    /// <summary>Null for a reader.</summary>
    public static Who? Who(this ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true || Number(user, ClaimTypes.NameIdentifier) is not { } id) return null;
        if (!Enum.TryParse<Role>(user.FindFirstValue(RoleClaim), out var role)) return null;
        return new(id, user.FindFirstValue(ClaimTypes.Name) ?? "", role, Number(user, Author));
    }

    public static int? SessionId(this ClaimsPrincipal user) => Number(user, Session);

    internal static ClaimsPrincipal Of(Who who, int session, string scheme)
    {
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, who.AccountId.ToString(CultureInfo.InvariantCulture)),
            new(ClaimTypes.Name, who.Name),
            new(RoleClaim, who.Role.ToString()),
            new(Session, session.ToString(CultureInfo.InvariantCulture)),
        ];
        if (who.AuthorId is { } author) claims.Add(new(Author, author.ToString(CultureInfo.InvariantCulture)));
        return new(new ClaimsIdentity(claims, scheme));
    }

    private static int? Number(ClaimsPrincipal user, string claim) =>
        int.TryParse(user.FindFirstValue(claim), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
