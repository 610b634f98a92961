using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Exchange;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Links;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Redirects;

/// <summary>
/// WordPress lets its front page be asked for anything: <c>/?p=7</c>, <c>/?s=cable</c>. What was asked for has an address
/// of its own here, and the question leads there in one step. One that nobody asks pays nothing.
/// </summary>
public static class OldQuestions
{
    private const int LongestId = 12;

    private static readonly (string Key, ImportedKind Kind)[] ById =
        [("p", ImportedKind.Article), ("p", ImportedKind.Page), ("page_id", ImportedKind.Page), ("attachment_id", ImportedKind.Picture)];

    public static IApplicationBuilder UseOldQuestions(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var request = http.Request;
        if (request.Path != "/" || !request.QueryString.HasValue || (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) || await FindAsync(http) is not { } target)
        {
            await next(http);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        http.Response.Headers.Location = target;
    });

    private static async Task<string?> FindAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (query["s"].ToString() is { Length: > 0 } words) return $"/search?q={Uri.EscapeDataString(words)}";
        if (query["feed"].ToString() is { Length: > 0 } feed) return feed switch
        {
            "atom" => "/feed/atom",
            "comments-rss2" or "comments-atom" => "/comments/feed",
            _ => "/feed",
        };

        if (query["m"].ToString() is { Length: 6 } month && int.TryParse(month, out var number)) return To.Month(number / 100, number % 100);
        foreach (var (key, kind) in ById)
            if (query[key].ToString() is { Length: > 0 and <= LongestId } id && id.All(char.IsAsciiDigit) && await FindAsync(http.RequestServices.GetRequiredService<NewsDbContext>(), kind, id, http.RequestAborted) is { } target) return target;
        return null;
    }

    private static async Task<string?> FindAsync(NewsDbContext db, ImportedKind kind, string id, CancellationToken cancellation)
    {
        if (await db.ImportedItems.OfWordpressAsync(kind, id, cancellation) is not { } ours) return null;
        return kind switch
        {
            ImportedKind.Article => await db.Articles.Where(a => a.Id == ours && a.Year != null && (a.Status == ArticleStatus.Published || a.Status == ArticleStatus.Withdrawn))
                .Select(a => To.Article(a.Year!.Value, a.Month!.Value, a.Slug)).FirstOrDefaultAsync(cancellation),
            ImportedKind.Page => await db.Pages.Where(p => p.Id == ours).Select(p => To.StandingPage(p.Slug)).FirstOrDefaultAsync(cancellation),
            _ => await OldAddresses.FileOfAsync(db, ours, cancellation),
        };
    }
}
