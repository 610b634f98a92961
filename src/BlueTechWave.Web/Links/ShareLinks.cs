using System.Text;

namespace BlueTechWave.Web.Links;

/// <param name="Network">The icon's name.</param>
/// <param name="Label">What the button is called.</param>
public sealed record ShareLink(string Network, string Label, string Address);

/// <summary>Plain addresses that hand an article on. Nothing of theirs is loaded by our pages.</summary>
public static class ShareLinks
{
    /// <param name="canonical">The article's whole address.</param>
    /// <param name="image">The whole address of its picture; null leaves the choice to the network.</param>
    public static IReadOnlyList<ShareLink> Of(string canonical, string title, string? image) =>
    [
        new("facebook", "Facebook", Facebook(canonical)),
        new("x", "Twitter", Twitter(canonical, title)),
        new("linkedin", "LinkedIn", LinkedIn(canonical)),
        new("pinterest", "Pinterest", Pinterest(canonical, title, image)),
        new("email", "Email", Email(canonical, title)),
    ];

    public static string Facebook(string canonical) => $"https://www.facebook.com/sharer/sharer.php?u={Encoded(canonical)}";

    public static string Twitter(string canonical, string title) => $"https://x.com/intent/post?text={Encoded(title)}&url={Encoded(canonical)}";

    public static string LinkedIn(string canonical) => $"https://www.linkedin.com/sharing/share-offsite/?url={Encoded(canonical)}";

    public static string Pinterest(string canonical, string title, string? image) =>
        $"https://www.pinterest.com/pin/create/button/?url={Encoded(canonical)}{(image is null ? "" : $"&media={Encoded(image)}")}&description={Encoded(title)}";

    /// <summary>RFC 6068: spaces are %20, never a plus.</summary>
    public static string Email(string canonical, string title) => $"mailto:?subject={Encoded(title)}&body={Encoded(title)}%0D%0A%0D%0A{Encoded(canonical)}";

    // A line break in a headline would begin a new header in somebody's mail; half an emoji cannot be encoded at all.
    private static string Encoded(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) plain.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        return Uri.EscapeDataString(plain.ToString());
    }
}
