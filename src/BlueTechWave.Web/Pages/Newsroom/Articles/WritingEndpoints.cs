using BlueTechWave.Core;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Core.Search;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

public sealed record Pair(string? A, string? B);

/// <summary>An article that a writer may link to.</summary>
public sealed record LinkTarget(int Id, string Headline, string Status, string Date);

/// <summary>What the body editor and the tags field ask the newsroom for.</summary>
public static class WritingEndpoints
{
    private const int Found = 10;
    private const int DraftsLookedAt = 200;
    private const int LongestQuery = 200;

    public static void MapWriting(this IEndpointRouteBuilder app)
    {
        var writing = app.MapGroup("/newsroom").RequireAuthorization(nameof(Act.Write));
        writing.MapPost("/articles/compare", CompareAsync).WithMetadata(new RequestSizeLimitAttribute(ArticleForm.RequestLength));
        writing.MapGet("/articles/find", FindArticlesAsync);
        writing.MapGet("/tags/find", FindTagsAsync);
    }

    /// <summary>Whether two texts are the same to their readers: then one may stand for the other.</summary>
    private static async Task<IResult> CompareAsync(HttpContext http, IAntiforgery antiforgery)
    {
        if (!http.Request.HasJsonContentType() || !await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();

        Pair? pair;
        try
        {
            pair = await http.Request.ReadFromJsonAsync<Pair>(http.RequestAborted);
        }
        catch (System.Text.Json.JsonException)
        {
            return Results.BadRequest();
        }

        if (pair is not { A: { } a, B: { } b }) return Results.BadRequest();
        if (Math.Max(a.Length, b.Length) > ArticleForm.BodyLength) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new { same = a == b || ArticleBody.Press(a).Html == ArticleBody.Press(b).Html });
    }

    /// <summary>Published articles by whatever they say, and, by their headline, those of hers that readers do not have yet.</summary>
    private static async Task<IResult> FindArticlesAsync(HttpContext http, NewsDbContext db, Dates dates, string? q)
    {
        var (who, words, cancellation) = (http.User.Who()!, Words(q), http.RequestAborted);
        var ids = words.Length == 0
            ? await db.ListingEntries.In(Listing.Site).NewestFirst().Take(Found).Select(e => e.ArticleId).ToListAsync(cancellation)
            : [.. (await db.Search.FindAsync(db, new SearchQuery(words, PageSize: Found), cancellation)).Hits.Select(h => h.ArticleId)];
        var published = await db.Articles.Published().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Headline, a.Status, At = a.PublishedAt!.Value }).ToListAsync(cancellation);

        var drafts = (await db.Articles.SeenBy(who)
            .Where(a => (a.Status == ArticleStatus.Draft || a.Status == ArticleStatus.InReview || a.Status == ArticleStatus.Scheduled) && a.Headline != "")
            .OrderByDescending(a => a.EditedAt).Take(DraftsLookedAt)
            .Select(a => new { a.Id, a.Headline, a.Status, At = a.EditedAt })
            .ToListAsync(cancellation)).Where(a => a.Headline.Contains(words, StringComparison.OrdinalIgnoreCase)).ToList();

        // Her own come first where the words are in the headline: she is likely to be writing a series.
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(drafts.Take(Found / 2).Concat(published.OrderBy(a => ids.IndexOf(a.Id))).Concat(drafts.Skip(Found / 2)).Take(Found)
            .Select(a => new LinkTarget(a.Id, a.Headline, EditorActs.Words(a.Status), dates.ShortDay(a.At))));
    }

    private static async Task<IResult> FindTagsAsync(HttpContext http, NewsDbContext db, string? q)
    {
        var slug = Slug.From(Words(q));
        http.Response.Headers.CacheControl = "no-store";
        if (slug.Length == 0) return Results.Json(Array.Empty<string>());

        var names = await db.Tags.Where(t => t.Slug.StartsWith(slug)).OrderBy(t => t.Slug).Take(Found).Select(t => t.Name).ToListAsync(http.RequestAborted);
        return Results.Json(names);
    }

    private static string Words(string? typed) => (typed is { Length: > LongestQuery } ? typed[..LongestQuery] : typed ?? "").Trim();
}
