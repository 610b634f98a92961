using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Exchange;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Redirects;
using BlueTechWave.Web.Imports;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Links;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Redirects;

/// <summary>Looked up only once nothing was found, so that living pages pay nothing.</summary>
public static class OldAddresses
{
    private const int LongestPath = 500;

    // What a listing has under it moves with it.
    private static readonly string[] UnderListings = ["/feed", "/feed/atom", "/feed/json"];

    public static IApplicationBuilder UseOldAddresses(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        await next(http);

        var (request, response) = (http.Request, http.Response);
        var isRespelled = response.StatusCode == StatusCodes.Status301MovedPermanently;
        if ((response.StatusCode != StatusCodes.Status404NotFound && !isRespelled) || response.HasStarted) return;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return;
        if (request.Path.Value is not { Length: > 1 and <= LongestPath } path || path.Contains('\0')) return;
        if (isRespelled)
        {
            // An old address in another spelling leads on at once, not by way of its own.
            if (Spelling.Of(path) is { } spelled && spelled != path && await TryFindAsync(http, spelled) is { } there) response.Headers.Location = there;
            return;
        }

        if (await FindAsync(http.RequestServices.GetRequiredService<NewsDbContext>(), path, http.RequestAborted) is not { } target)
        {
            if (http.Features.Get<OwnQuestion>() is null) http.RequestServices.GetRequiredService<MissedAddressCounter>().Count(path);
            return;
        }

        response.StatusCode = StatusCodes.Status301MovedPermanently;
        response.Headers.Location = target;
    });

    /// <summary>Null too while nobody can say: the right spelling is right all the same.</summary>
    private static async Task<string?> TryFindAsync(HttpContext http, string path)
    {
        try
        {
            return await FindAsync(http.RequestServices.GetRequiredService<NewsDbContext>(), path, http.RequestAborted);
        }
        catch (Exception e) when (StoreTroubles.Of(e) is not null)
        {
            return null;
        }
    }

    private static async Task<string?> FindAsync(NewsDbContext db, string path, CancellationToken cancellation)
    {
        var (listing, under) = Parted(path);
        var found = await db.Redirects.AsNoTracking()
            .Where(r => r.From == path || r.From == listing)
            .Select(r => new { r.From, r.To, r.Article!.Year, r.Article.Month, r.Article.Slug, IsPublic = r.Article.Status == ArticleStatus.Published || r.Article.Status == ArticleStatus.Withdrawn })
            .ToListAsync(cancellation);
        var best = found.Find(r => r.From == path) ?? found.FirstOrDefault();
        if (best is null) return path.Contains("/uploads/", StringComparison.Ordinal) || path.StartsWith("/content/images/", StringComparison.Ordinal) ? await FindSizeAsync(db, path, cancellation) : null;
        if (Picture.IdOf(best.To) is { } picture) return best.From == path ? await FileOfAsync(db, picture, cancellation) : null;

        var rest = best.From == path ? "" : under;
        if (best.To is { } to) return rest.Length == 0 ? to : to.StartsWith('/') ? to.TrimEnd('/') + rest : null;
        return best is { IsPublic: true, Year: { } year, Month: { } month } ? To.Article(year, month, best.Slug) + rest : null;
    }

    /// <summary>Sizes that the old site had cut lead where the picture does.</summary>
    private static async Task<string?> FindSizeAsync(NewsDbContext db, string path, CancellationToken cancellation)
    {
        var originals = UploadsFolder.Spellings(path).Skip(1).ToList();
        var to = await db.Redirects.AsNoTracking().Where(r => originals.Contains(r.From) && r.To != null).Select(r => r.To).FirstOrDefaultAsync(cancellation);
        return Picture.IdOf(to) is { } picture ? await FileOfAsync(db, picture, cancellation) : null;
    }

    /// <summary>The whole of it, as large as readers are served it; null while they have none.</summary>
    internal static async Task<string?> FileOfAsync(NewsDbContext db, int id, CancellationToken cancellation) =>
        await db.Pictures.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id && p.IsShown, cancellation) is { } picture
            ? $"{picture.Path}/{new Rendition(Slot.Full, Slot.Full.WidthsFor(picture.Width, picture.Height)[^1], "jpg").Name}"
            : null;

    /// <summary>A listing's feed or further page, parted into the listing and what is under it.</summary>
    private static (string? Listing, string Under) Parted(string path)
    {
        foreach (var under in UnderListings)
            if (path.Length > under.Length && path.EndsWith(under, StringComparison.Ordinal)) return (path[..^under.Length], under);

        var at = path.LastIndexOf("/page/", StringComparison.Ordinal);
        return at > 0 && path.AsSpan(at + "/page/".Length).ContainsAnyExceptInRange('0', '9') is false ? (path[..at], path[at..]) : (null, "");
    }
}
