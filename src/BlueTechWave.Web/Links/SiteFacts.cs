using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Frame;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Links;

/// <summary>Puts what a page knows into the records that <see cref="StructuredData"/> prints.</summary>
public sealed class SiteFacts(SiteAddress address, Dates dates, IOptions<SiteOptions> site)
{
    public string Name => site.Value.Name;

    /// <summary>What every page says: whose it is, of which site, and where it stands.</summary>
    public IEnumerable<string> OfEveryPage(PageHead head, SiteFrame frame)
    {
        yield return StructuredData.Organization(Publisher(frame));
        yield return StructuredData.WebSite(Publisher(frame), frame.Settings.Tagline);
        if (head.Crumbs.Count > 0)
            yield return StructuredData.BreadcrumbList([.. head.Crumbs.Select(c => c with { Address = c.Address is { } to ? address.Of(to) : null })]);
    }

    public string Collection(string name, string page, string description, IReadOnlyList<ArticleCard> cards, SiteFrame frame) =>
        StructuredData.CollectionPage(name.Length > 0 ? name : site.Value.Name, address.Of(page), description,
            [.. cards.Select(card => (card.Headline, address.Of(To.Article(card))))], Publisher(frame));

    public string Profile(Author author, string page, SiteFrame frame) =>
        StructuredData.ProfilePage(new(author.Name, null, author.Title), address.Of(page), LightMarkdown.Plain(author.Bio), Publisher(frame));

    public string Article(ArticleReading reading, CategoryNode? category, ShareImage image, SiteFrame frame)
    {
        var article = reading.Article;
        return StructuredData.NewsArticle(new()
        {
            Headline = article.Headline,
            Address = address.Of(To.Article(article.Year, article.Month, article.Slug)),
            Description = article.CardText,
            PublishedAt = dates.Offset(article.PublishedAt),
            UpdatedAt = article.UpdatedAt is { } updated ? dates.Offset(updated) : null,
            Authors = [.. reading.Authors.Select(a => new PersonFacts(a.Name, address.Of(To.Author(a.Slug)), a.Role))],
            Images = [address.Of(image.Path)],
            Sections = category is null ? [] : [category.Name],
            Keywords = [.. reading.Tags.Select(t => t.Name)],
            Words = article.Words,
            IsPaidFor = category?.IsPartnerContent == true,
        }, Publisher(frame));
    }

    private PublisherFacts Publisher(SiteFrame frame) => new(site.Value.Name, address.Root,
        new(address.Of("/img/mark.png"), 512, 512),
        [.. frame.HeaderSocial.Select(link => link.Url)]);
}
