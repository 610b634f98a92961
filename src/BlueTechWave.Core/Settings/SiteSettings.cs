using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Settings;

public enum RelatedOrder
{
    Newest = 0,
    NearInTime = 1,
}

/// <summary>What the paper decides about itself: one row.</summary>
public class SiteSettings
{
    public const int OnlyId = 1;

    public int Id { get; private set; } = OnlyId;

    public string Tagline { get; private set; } = "";

    /// <summary>Light Markdown, beside the logo in the footer.</summary>
    public string FooterText { get; private set; } = "";

    public string FooterHtml { get; private set; } = "";

    /// <summary>Whether a breadcrumb names the categories between home and the article.</summary>
    public bool BreadcrumbShowsCategories { get; private set; } = true;

    public RelatedOrder RelatedOrder { get; private set; } = RelatedOrder.Newest;

    public int ArticlesPerPage { get; private set; } = 20;

    public const int TaglineLength = 300;
    public const int FooterLength = 2000;
    public const int FewestPerPage = 5;
    public const int MostPerPage = 100;

    public void ShowPerPage(int articles) => ArticlesPerPage = Math.Clamp(articles, FewestPerPage, MostPerPage);

    public void Introduce(string tagline, string footerText) =>
        (Tagline, FooterText, FooterHtml) = (tagline, footerText, LightMarkdown.Bio(footerText));

    public void Arrange(bool breadcrumbShowsCategories, RelatedOrder relatedOrder) =>
        (BreadcrumbShowsCategories, RelatedOrder) = (breadcrumbShowsCategories, relatedOrder);
}
