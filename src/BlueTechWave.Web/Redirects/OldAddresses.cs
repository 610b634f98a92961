using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Links;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Redirects;

/// <summary>Looked up only once nothing was found, so that living pages pay nothing.</summary>
public static class OldAddresses
{
    private const int LongestPath = 500;

    public static IApplicationBuilder UseOldAddresses(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        await next(http);

        var (request, response) = (http.Request, http.Response);
        if (response.StatusCode != StatusCodes.Status404NotFound || response.HasStarted) return;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return;
        if (request.Path.Value is not { Length: > 1 and <= LongestPath } path || path.Contains('\0')) return;

        if (await FindAsync(http.RequestServices.GetRequiredService<NewsDbContext>(), path, http.RequestAborted) is not { } target) return;
        response.StatusCode = StatusCodes.Status301MovedPermanently;
        response.Headers.Location = target;
    });

    private static async Task<string?> FindAsync(NewsDbContext db, string path, CancellationToken cancellation)
    {
        var found = await db.Redirects.AsNoTracking()
            .Where(r => r.From == path)
            .Select(r => new { r.To, r.Article!.Year, r.Article.Month, r.Article.Slug, IsPublic = r.Article.Status == ArticleStatus.Published || r.Article.Status == ArticleStatus.Withdrawn })
            .FirstOrDefaultAsync(cancellation);
        if (found is null) return null;
        if (found.To is { } to) return to;
        return found is { IsPublic: true, Year: { } year, Month: { } month } ? To.Article(year, month, found.Slug) : null;
    }
}
