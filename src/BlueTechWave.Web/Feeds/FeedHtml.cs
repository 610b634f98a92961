using System.Globalization;
using System.Net;
using System.Text;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Media;

namespace BlueTechWave.Web.Feeds;

/// <summary>
/// The whole article for somebody who never comes to the page: picture, key points, our take, story, corrections.
/// Nothing in it depends on our address, style sheet or scripts.
/// </summary>
internal static class FeedHtml
{
    private static readonly string[] Addresses = ["href", "src", "cite", "poster"];

    /// <param name="picture">Null where the article has none of its own to show: a cover says nothing within a text.</param>
    public static string Of(FeedArticle article, FeedPicture? picture, bool isPaidFor, Uri address)
    {
        var html = new StringBuilder(article.BodyHtml.Length + 2000);
        if (isPaidFor) html.Append("<p><strong>").Append(ArticleFeeds.PaidFor).Append("</strong></p>\n");
        AppendPicture(html, picture, article.Picture?.Caption);
        if (article.KeyPoints.Count > 0)
        {
            html.Append("<ul>\n");
            foreach (var point in article.KeyPoints) html.Append("<li>").Append(LightMarkdown.Inline(point)).Append("</li>\n");
            html.Append("</ul>\n");
        }

        AppendTake(html, article.Take);
        html.Append(BodyPictures.Print(ArticlePrint.Print(article.BodyHtml, Links(article).GetValueOrDefault), placed => PictureHtml.Plain(placed, article.Pictures)));
        foreach (var correction in article.Of(FeedPartKind.Correction))
            html.Append("\n<p><strong>").Append(Correction.LabelOf(correction.Slug is null)).Append(":</strong> ").Append(Text(correction.Name)).Append("</p>");
        return Absolute(html.ToString(), address);
    }

    /// <summary>Makes every address whole, as seen from <paramref name="page"/>, and drops what only our scripts read.</summary>
    public static string Absolute(string html, Uri page)
    {
        using var document = new HtmlParser().ParseDocument("<body></body>");
        document.Body!.InnerHtml = html;
        foreach (var element in document.Body.QuerySelectorAll("*"))
        {
            foreach (var attribute in element.Attributes.Where(a => a.Name.StartsWith("data-", StringComparison.Ordinal)).ToList())
                element.RemoveAttribute(attribute.Name);
            foreach (var name in Addresses)
                if (element.GetAttribute(name) is { } value && Uri.TryCreate(page, value, out var whole)) element.SetAttribute(name, whole.AbsoluteUri);
            // A list of sizes; the picture's src serves alone.
            element.RemoveAttribute("srcset");
        }

        return document.Body.InnerHtml.Trim();
    }

    private static Dictionary<int, (string Headline, string Address)?> Links(FeedArticle article) =>
        article.Of(FeedPartKind.Link)
            .Where(l => l is { Name: not null, Slug: not null, Year: not null, Month: not null })
            .DistinctBy(l => l.Id)
            .ToDictionary(l => l.Id, l => ((string, string)?)(l.Name!, To.Article(l.Year!.Value, l.Month!.Value, l.Slug!)));

    private static void AppendPicture(StringBuilder html, FeedPicture? picture, string? caption)
    {
        if (picture is null) return;

        html.Append(CultureInfo.InvariantCulture, $"<figure><img src=\"{Text(picture.Address)}\" alt=\"{Text(picture.Alt)}\" width=\"{picture.Width}\" height=\"{picture.Height}\">");
        var under = string.Join(" ", new[] { caption, picture.Credit }.Where(s => !string.IsNullOrWhiteSpace(s)));
        if (under.Length > 0) html.Append("<figcaption>").Append(Text(under)).Append("</figcaption>");
        html.Append("</figure>\n");
    }

    private static void AppendTake(StringBuilder html, OurTake? take)
    {
        if (take is null) return;

        html.Append("<blockquote>\n<p><strong>").Append(Text(take.Label)).Append("</strong></p>\n").Append(take.Html);
        var by = string.Join(", ", new[] { take.Attribution, take.Role }.Where(s => s.Length > 0));
        if (by.Length > 0) html.Append("\n<p>–").Append(Text(by)).Append("</p>");
        html.Append("\n</blockquote>\n");
    }

    private static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");
}
