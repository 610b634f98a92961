using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Categories;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>Articles as colleagues have them on their desks.</summary>
internal static class Pieces
{
    /// <summary>A piece that lacks nothing, begun by <paramref name="writer"/> and signed by her.</summary>
    public static async Task<int> WriteAsync(this NewsSite site, Colleague writer, string headline, Action<Article>? then = null, string body = "It happened on Wednesday.", DateTime? at = null)
    {
        Article article = null!;
        await site.EditAsync(async db =>
        {
            article = new Article(headline, writer.Account.Id, at ?? site.Now);
            article.FileUnder(await db.Set<Category>().SingleAsync(c => c.Slug == "ai"));
            article.Sign(await db.Set<Author>().SingleAsync(a => a.Id == writer.Account.AuthorId));
            article.Write(new(headline, ["It happened."], body), at ?? site.Now, writer.Account.Name);
            then?.Invoke(article);
            db.Add(article);
        });
        return article.Id;
    }

    public static Task ActAsync(this NewsSite site, int article, Action<Article> act) =>
        site.EditAsync(async db => act(await db.Articles.Whole().SingleAsync(a => a.Id == article)));

    public static Task<ArticleStatus> StatusAsync(this NewsSite site, int article) =>
        site.AskAsync(db => db.Articles.Where(a => a.Id == article).Select(a => a.Status).SingleAsync());

    /// <summary>Headlines in the pile with this heading, as they are shown.</summary>
    public static List<string> Pile(this IHtmlDocument page, string heading) =>
        [.. page.QuerySelectorAll("section").Single(s => s.QuerySelector("h2")?.TextContent == heading).QuerySelectorAll("li > a").Select(a => a.TextContent.Trim())];

    /// <summary>Headlines in the list of articles.</summary>
    public static List<string> Rows(this IHtmlDocument page) => [.. page.QuerySelectorAll("tbody th a").Select(a => a.TextContent.Trim())];

    public static string Id(this int id) => id.ToString(CultureInfo.InvariantCulture);
}
