using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Pages;

namespace BlueTechWave.Core.Menus;

public enum MenuPlace
{
    Header = 0,
    Footer = 1,
}

/// <summary>
/// An entry of the header menu (three levels) or a footer column with its links. It points at a category or page by
/// identity, so renames follow; with neither it is an address, and without that a heading.
/// </summary>
public class MenuItem
{
    public const int DeepestLevel = 3;

    private MenuItem()
    {
    }

    public MenuItem(MenuPlace place, string label, int position, MenuItem? parent = null, Category? category = null,
        StandingPage? page = null, string? url = null) =>
        (Place, Label, Position, Parent, Category, Page, Url) = (place, label, position, parent, category, page, url);

    public const int LabelLength = 120;
    public const int UrlLength = 500;

    /// <summary>What it is called and where it leads: to at most one of these.</summary>
    public void Lead(string label, Category? category, StandingPage? page, string? url) =>
        (Label, Category, CategoryId, Page, PageId, Url) = (label, category, category?.Id, page, page?.Id, url);

    /// <summary>What readers see. What it points at must be loaded.</summary>
    public string Name => Label.Length > 0 ? Label : Category?.Name ?? Page?.Title ?? "";

    public void PlaceAt(int position) => Position = position;

    public void MoveUnder(MenuItem? parent) => (Parent, ParentId) = (parent, parent?.Id);

    public int Id { get; private set; }

    public MenuPlace Place { get; private set; }

    public int? ParentId { get; private set; }

    public MenuItem? Parent { get; private set; }

    public int Position { get; private set; }

    /// <summary>Empty: the name of what it points at.</summary>
    public string Label { get; private set; } = "";

    public int? CategoryId { get; private set; }

    public Category? Category { get; private set; }

    public int? PageId { get; private set; }

    public StandingPage? Page { get; private set; }

    public string? Url { get; private set; }
}

/// <summary>An account of the paper elsewhere. An empty address hides it.</summary>
public class SocialLink
{
    private SocialLink()
    {
    }

    public SocialLink(string network, string label, string url, int headerPosition, int footerPosition) =>
        (Network, Label, Url, HeaderPosition, FooterPosition) = (network, label, url, headerPosition, footerPosition);

    public int Id { get; private set; }

    /// <summary>Null or empty hides it.</summary>
    public void Lead(string? url) => Url = url ?? "";

    /// <summary>The icon's name.</summary>
    public string Network { get; private set; } = "";

    public string Label { get; private set; } = "";

    public string Url { get; private set; } = "";

    public int HeaderPosition { get; private set; }

    public int FooterPosition { get; private set; }
}
