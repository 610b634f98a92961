using System.Net.Mail;
using System.Text;
using BlueTechWave.Core.Comments;

namespace BlueTechWave.Web.Pages;

/// <summary>What holds for whatever a reader types into a form, on whichever page it stands.</summary>
internal static class TypedText
{
    public static Dictionary<string, string> Mistakes(CommentForm form)
    {
        var mistakes = new Dictionary<string, string>();
        if (form.Name.Length == 0) mistakes["name"] = "Please give a name.";
        else if (form.Name.Length > Comment.NameLength) mistakes["name"] = $"Please keep the name to {Comment.NameLength} characters.";
        if (MistakeInEmail(form.Email) is { } email) mistakes["email"] = email;
        if (MistakeInBody(form.Body) is { } body) mistakes["body"] = body;
        return mistakes;
    }

    public static string? MistakeInEmail(string email) =>
        email.Length == 0 ? "Please give an e-mail address. It is not shown."
        : email.Length > Comment.EmailLength || !IsAddress(email) ? "This does not look like an e-mail address."
        : null;

    public static string? MistakeInBody(string body) =>
        body.Length == 0 ? "Please write something."
        : body.Length > Comment.BodyLength ? $"This is {body.Length - Comment.BodyLength:N0} characters too long; {Comment.BodyLength:N0} fit."
        : null;

    private static bool IsAddress(string email) =>
        MailAddress.TryCreate(email, out var address) && address.Address == email && address.Host.Contains('.');

    /// <summary>Without control characters and marks that turn the direction of other people's text.</summary>
    public static string Clean(string? typed)
    {
        if (string.IsNullOrEmpty(typed)) return "";
        var kept = new StringBuilder(Math.Min(typed.Length, 20_000));
        foreach (var rune in typed.EnumerateRunes())
        {
            if (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t')) continue;
            if (rune.Value is 0xFFFD or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)) continue;
            kept.Append(rune.ToString());
        }

        return kept.ToString().Trim();
    }
}
