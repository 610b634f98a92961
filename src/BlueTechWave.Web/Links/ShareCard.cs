using System.Text;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Media;

namespace BlueTechWave.Web.Links;

/// <summary>
/// How a story is told where it is handed on: share links, the cards of social networks, every feed. An editor's social
/// title and description go before headline and card text there, and nowhere else: the page, search engines' records,
/// sitemaps and lists keep to the headline.
/// </summary>
/// <param name="Title">One line, without a character that XML, a mail or an address could not carry.</param>
/// <param name="Summary">Likewise.</param>
public sealed record ShareCard(string Title, string Summary, ShareImage Image)
{
    public static ShareCard Of(ArticleReading.ArticleRow article) =>
        Of(article.Id, article.Slug, article.SocialTitle, article.Headline, article.SocialDescription, article.CardText, article.Picture);

    /// <param name="slug">Chooses the cover where there is no picture.</param>
    public static ShareCard Of(int id, string slug, string? socialTitle, string headline, string? socialDescription, string cardText, LeadPicture? picture) => new(
        Line(string.IsNullOrWhiteSpace(socialTitle) ? headline : socialTitle),
        Line(string.IsNullOrWhiteSpace(socialDescription) ? cardText : socialDescription),
        ShareImage.Of(picture) ?? HeadlineCards.Of(id, slug, headline));

    private static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\t' or '\n' or '\r') line.Append(' ');
            else if (!Rune.IsControl(rune) && !IsNoCharacter(rune)) line.Append(rune.ToString());
        }

        return line.ToString().Trim();
    }

    // U+FFFE and its like: XML forbids some, and none means anything.
    private static bool IsNoCharacter(Rune rune) => (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;
}

/// <summary>The picture of a card, as social networks and feed readers take it: raster.</summary>
/// <param name="Path">Site-relative.</param>
public sealed record ShareImage(string Path, string Alt, int Width = 1200, int Height = 630)
{
    public static readonly ShareImage Site = new("/img/card.png", "Blue Tech Wave");

    public string MediaType => MediaTypeOf(Path)!;

    /// <summary>
    /// The picture itself, or the raster rendition of one of our drawings. Null for any other: a drawing (SVG) or AVIF
    /// is shown by few networks, and some feed readers refuse the whole item.
    /// </summary>
    public static ShareImage? Of(LeadPicture? picture) => picture switch
    {
        null or { Path: "" } => null,
        { PictureId: not null } => new($"{picture.Path}/{new Rendition(Slot.Share, Slot.Share.Widths[0], "jpg").Name}", picture.Alt),
        _ when MediaTypeOf(picture.Path) is not null => new(picture.Path, picture.Alt, picture.Width, picture.Height),
        _ when picture.Path.StartsWith("/img/art/", StringComparison.Ordinal) && picture.Path.EndsWith(".svg", StringComparison.Ordinal) =>
            new(picture.Path[..^".svg".Length] + ".png", picture.Alt),
        _ => null,
    };

    private static string? MediaTypeOf(string path) => System.IO.Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".jpg" or ".jpeg" => "image/jpeg",
        ".png" => "image/png",
        ".webp" => "image/webp",
        ".gif" => "image/gif",
        _ => null,
    };
}
