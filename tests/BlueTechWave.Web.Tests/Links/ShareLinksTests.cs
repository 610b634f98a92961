using BlueTechWave.Web.Links;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace BlueTechWave.Web.Tests.Links;

public class ShareLinksTests
{
    private const string Address = "https://btw.example/2025/07/a-rule-for-coins";
    private const string Image = "https://btw.example/media/a b&c.jpg";
    private const string Title = "Rivals’ $1.3B R&D: 100% #1 + 🚀?";
    private const string Summary = "A & B, \"C\" = 50 % more.";
    private static readonly ShareCard Card = new(Title, Summary, ShareImage.Site);

    [Fact]
    public void Every_network_gets_address_title_and_picture_as_they_are()
    {
        var links = ShareLinks.Of(Address, Card, Image);

        Assert.Equal(["Facebook", "Twitter", "LinkedIn", "Pinterest", "Email"], links.Select(l => l.Label));
        Assert.Equal([("u", Address)], Query(links[0]));
        Assert.Equal([("text", Title), ("url", Address)], Query(links[1]));
        Assert.Equal([("url", Address)], Query(links[2]));
        Assert.Equal([("url", Address), ("media", Image), ("description", $"{Title} – {Summary}")], Query(links[3]));
        Assert.Equal([("subject", Title), ("body", $"{Title}\r\n\r\n{Summary}\r\n\r\n{Address}")], Query(links[4]));
        Assert.Equal(["www.facebook.com", "x.com", "www.linkedin.com", "www.pinterest.com", ""], links.Select(l => new Uri(l.Address).Host));
    }

    [Fact]
    public void Nothing_but_plain_address_characters_is_left()
    {
        Assert.All(ShareLinks.Of(Address, Card, Image), link => Assert.Matches("^[A-Za-z0-9:/?=&%._~-]+$", link.Address));
        Assert.Contains("text=Rivals%E2%80%99%20%241.3B%20R%26D%3A%20100%25%20%231%20%2B%20%F0%9F%9A%80%3F&", ShareLinks.Of(Address, Card, Image)[1].Address);
    }

    [Fact]
    public void A_line_break_in_a_title_begins_no_header_and_half_an_emoji_fails_nothing()
    {
        var card = ShareCard.Of(0, "a", null, "A\r\nBcc: \uD83D", null, "", null);

        Assert.StartsWith("mailto:?subject=A%20%20Bcc%3A%20%EF%BF%BD&body=", ShareLinks.Of(Address, card, Image)[4].Address, StringComparison.Ordinal);
    }

    private static IEnumerable<(string, string)> Query(ShareLink link) =>
        QueryHelpers.ParseQuery(link.Address[link.Address.IndexOf('?', StringComparison.Ordinal)..]).Select(p => (p.Key, p.Value.ToString()));
}
