using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using BlueTechWave.Core.Pictures;

namespace BlueTechWave.Core.Articles;

/// <summary>Links, pictures and boxes of a cleaned page, made good: no picture from elsewhere, no link that tells who sent the reader.</summary>
internal static class BodyLinks
{
    /// <summary>Mends the page; returns the identities of our stories it links to, each once, in order.</summary>
    /// <param name="page">A page from <see cref="HtmlAllowList.Clean"/>.</param>
    /// <param name="rel">The relation of every link that leaves the site.</param>
    public static IReadOnlyList<int> Mend(IHtmlDocument page, string rel)
    {
        var linked = new List<int>();
        var seen = new HashSet<int>();
        foreach (var element in page.Body!.QuerySelectorAll("a, img, input, figure, th, p").ToArray())
            switch (element.LocalName)
            {
                case "a":
                    MendLink(element, rel);
                    if (MendMarker(element) is { } id && seen.Add(id)) linked.Add(id);
                    break;
                case "p": MendMarker(element); break;
                case "img": MendPicture(page, element, rel); break;
                case "figure" when element.GetAttribute("data-video") is { } mark && !Video.IsMark(mark):
                    element.RemoveAttribute("data-video");
                    break;
                case "th" when element.ParentElement?.ParentElement?.LocalName == "thead" && !element.HasAttribute("scope"):
                    element.SetAttribute("scope", "col");
                    break;
                case "input":
                    element.SetAttribute("type", "checkbox");
                    element.SetAttribute("disabled", "");
                    element.SetAttribute("aria-label", element.HasAttribute("checked") ? "Done" : "To do");
                    break;
            }

        return linked;
    }

    private static void MendLink(IElement link, string rel)
    {
        if (link.ClassList.Contains("footnote-back-ref")) link.SetAttribute("aria-label", "Back to the text");
        if (link.GetAttribute("href") is not { } address) return;

        if (!Addresses.IsSafe(address)) link.RemoveAttribute("href");
        else if (Addresses.IsElsewhere(address)) link.SetAttribute("rel", rel);
    }

    private static int? MendMarker(IElement element)
    {
        if (element.GetAttribute("data-article") is not { } mark) return null;
        if (int.TryParse(mark, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0) return id;

        element.RemoveAttribute("data-article");
        return null;
    }

    /// <summary>One of the library's: its number and its words, in this order, since <see cref="BodyPictures"/> reads them so.</summary>
    private static bool MendLibrary(IElement picture, string alt)
    {
        if (picture.GetAttribute("data-picture") is not { } mark) return false;
        foreach (var attribute in picture.Attributes.ToArray()) if (attribute.Name != "src") picture.RemoveAttribute(attribute.Name);
        if (!int.TryParse(mark, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == 0) return false;
        picture.RemoveAttribute("src");
        picture.SetAttribute("data-picture", id.ToString(CultureInfo.InvariantCulture));
        picture.SetAttribute("alt", alt);
        return true;
    }

    private static void MendPicture(IHtmlDocument page, IElement picture, string rel)
    {
        var address = picture.GetAttribute("src");
        var alt = picture.GetAttribute("alt") ?? "";
        if (MendLibrary(picture, alt)) return;
        if (address is not null && Addresses.IsOurs(address))
        {
            picture.SetAttribute("alt", alt);
            picture.SetAttribute("loading", "lazy");
            picture.SetAttribute("decoding", "async");
            return;
        }

        if (address is null || !Addresses.IsElsewhere(address) || !Addresses.IsSafe(address) || picture.Closest("a") is not null)
        {
            picture.Replace(page.CreateTextNode(alt));
            return;
        }

        var link = page.CreateElement("a");
        link.SetAttribute("href", address);
        link.SetAttribute("rel", rel);
        link.TextContent = alt == "" ? address : alt;
        picture.Replace(link);
    }
}
