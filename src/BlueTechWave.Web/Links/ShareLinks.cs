namespace BlueTechWave.Web.Links;

/// <param name="Network">The icon's name.</param>
/// <param name="Label">What the button is called.</param>
public sealed record ShareLink(string Network, string Label, string Address);

/// <summary>
/// Plain addresses that hand an article on. Nothing of theirs is loaded by our pages. Facebook and LinkedIn take an
/// address alone, and read the card there.
/// </summary>
public static class ShareLinks
{
    /// <param name="canonical">The article's whole address.</param>
    /// <param name="image">The whole address of the card's picture.</param>
    public static IReadOnlyList<ShareLink> Of(string canonical, ShareCard card, string image) =>
    [
        new("facebook", "Facebook", $"https://www.facebook.com/sharer/sharer.php?u={Encoded(canonical)}"),
        new("x", "Twitter", $"https://x.com/intent/post?text={Encoded(card.Title)}&url={Encoded(canonical)}"),
        new("linkedin", "LinkedIn", $"https://www.linkedin.com/sharing/share-offsite/?url={Encoded(canonical)}"),
        new("pinterest", "Pinterest", $"https://www.pinterest.com/pin/create/button/?url={Encoded(canonical)}&media={Encoded(image)}&description={Encoded(Told(card))}"),
        new("email", "Email", Email(canonical, card)),
    ];

    private static string Told(ShareCard card) => card.Summary.Length == 0 ? card.Title : $"{card.Title} – {card.Summary}";

    /// <summary>RFC 6068: spaces are %20, never a plus, and lines end with both characters.</summary>
    private static string Email(string canonical, ShareCard card)
    {
        string[] parts = card.Summary.Length == 0 ? [card.Title, canonical] : [card.Title, card.Summary, canonical];
        return $"mailto:?subject={Encoded(card.Title)}&body={string.Join("%0D%0A%0D%0A", parts.Select(Encoded))}";
    }

    private static string Encoded(string text) => Uri.EscapeDataString(text);
}
