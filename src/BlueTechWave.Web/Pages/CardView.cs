using System.Globalization;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Frame;

namespace BlueTechWave.Web.Pages;

/// <summary>How a card is set: which size, which heading level, with or without picture and text.</summary>
public sealed record CardView(ArticleCard Card, SiteFrame Frame)
{
    /// <summary>Modifiers of the card's class, for example <c>card--lead</c>.</summary>
    public string Style { get; init; } = "card--s card--side";

    public int Level { get; init; } = 3;

    public bool ShowsPicture { get; init; } = true;

    public bool ShowsText { get; init; }

    public bool ShowsDate { get; init; }

    public bool IsFirst { get; init; }
}

/// <summary>A row of a river.</summary>
/// <param name="Snippet">A search's found place, already encoded, in place of the card's text.</param>
public sealed record RowView(ArticleCard Card, SiteFrame Frame, int Level = 3, bool ShowsTime = false, string? Snippet = null);

public sealed record PictureView(CardPicture? Picture, string Slug, string Alt = "", bool IsFirst = false);

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
