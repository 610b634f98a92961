using System.Globalization;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Pictures;

namespace BlueTechWave.Web.Pages;

/// <summary>How a card is set: which size, which heading level, with or without picture and text.</summary>
public sealed record CardView(ArticleCard Card, SiteFrame Frame)
{
    /// <summary>Modifiers of the card's class, for example <c>card--lead</c>.</summary>
    public string Style { get; init; } = "card--s card--side";

    /// <summary>How wide its picture is shown, in CSS's words.</summary>
    public string Sizes =>
        Style.Contains("--lead", StringComparison.Ordinal) ? "(min-width: 62rem) 50rem, 100vw"
        : Style.Contains("--big", StringComparison.Ordinal) ? "(min-width: 62rem) 40rem, 100vw"
        : Style.Contains("--side", StringComparison.Ordinal) ? "(min-width: 40rem) 18rem, 6.5rem"
        : "(min-width: 40rem) 20rem, 100vw";

    public int Level { get; init; } = 3;

    public bool ShowsPicture { get; init; } = true;

    public bool ShowsText { get; init; }

    public bool ShowsDate { get; init; }

    public bool IsFirst { get; init; }
}

/// <summary>A row of a river.</summary>
/// <param name="Snippet">A search's found place, already encoded, in place of the card's text.</param>
public sealed record RowView(ArticleCard Card, SiteFrame Frame, int Level = 3, bool ShowsTime = false, string? Snippet = null);

/// <param name="Slug">Chooses the cover where there is no picture.</param>
public sealed record PictureView(CardPicture? Picture, string Slug, string Alt = "", bool IsFirst = false)
{
    public Slot Slot { get; init; } = Slot.Card;

    /// <summary>How wide it is shown, in CSS's words.</summary>
    public string Sizes { get; init; } = "(min-width: 40rem) 12.5rem, 6.5rem";

    /// <summary>A few pixels for the time until it has come.</summary>
    public string Blur { get; init; } = "";

    public static PictureView Of(LeadPicture? picture, string slug) =>
        new(picture is null ? null : new(picture.Path, picture.Width, picture.Height, picture.Alt), slug, picture?.Alt ?? "", IsFirst: true)
        {
            Slot = Slot.Lead,
            Sizes = "(min-width: 62rem) 54rem, 100vw",
            Blur = picture?.Blur ?? "",
        };
}

/// <summary>Who somebody is, at a glance: a portrait or initials.</summary>
public sealed record AvatarView(string Name, ShownPicture? Portrait, bool IsLarge = false);

/// <param name="Address">A page's address, by its number.</param>
public sealed record PagerView(int Page, int Pages, Func<int, string> Address)
{
    /// <param name="asked">As it came: what is no page of it is the nearest that is.</param>
    public static PagerView Of(int count, int size, string? asked, Func<int, string> address)
    {
        var pages = Math.Max(1, (count + size - 1) / size);
        return new(Math.Clamp(int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1, 1, pages), pages, address);
    }

    /// <summary>First, last, and those around the current one; 0 stands for a gap.</summary>
    public IEnumerable<int> Numbers
    {
        get
        {
            var last = 0;
            foreach (var number in Enumerable.Range(Page - 2, 5).Append(1).Append(Pages).Where(n => n >= 1 && n <= Pages).Distinct().Order())
            {
                if (number - last == 2) yield return number - 1;
                else if (number - last > 2) yield return 0;
                yield return number;
                last = number;
            }
        }
    }
}
