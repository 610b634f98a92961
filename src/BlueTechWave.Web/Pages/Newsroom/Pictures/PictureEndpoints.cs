using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Pictures;

/// <summary>A picture as the article form and the body editor take it up.</summary>
/// <param name="Address">How a text names it.</param>
public sealed record PictureOffer(int Id, string Address, string Name, string Thumb, string Alt, bool IsDecorative, string Caption, string Credit)
{
    public static PictureOffer Of(Picture p) => new(p.Id, p.Address, p.Name, To.PictureThumb(p.Id), p.Alt, p.IsDecorative, p.Caption, p.Credit);
}

/// <summary>What the desk's scripts ask for: pictures to look at, pictures to choose from, and a place to send one to.</summary>
public static class PictureEndpoints
{
    private const int Found = 24;
    private const int LongestQuery = 200;

    public static void MapPictures(this IEndpointRouteBuilder app)
    {
        var pictures = app.MapGroup("/newsroom/pictures").RequireAuthorization(nameof(Act.AddPictures));
        pictures.MapGet("/{id:int}/thumb", (HttpContext http, NewsDbContext db, IPictureStore store, int id) => LookAsync(http, db, store, id, Darkroom.Thumb));
        pictures.MapGet("/{id:int}/view", (HttpContext http, NewsDbContext db, IPictureStore store, int id) => LookAsync(http, db, store, id, Darkroom.View));
        pictures.MapGet("/{id:int}/original", OriginalAsync);
        pictures.MapGet("/find", FindAsync);
        // Whoever brings a little too much is heard out, and told how much may be.
        var most = app.ServiceProvider.GetRequiredService<PictureLibrary>().Limits.Bytes + Outsized.HeardAtMost;
        pictures.MapPost("/upload", UploadAsync).WithMetadata(new RequestSizeLimitAttribute(most));
    }

    private static async Task<IResult> LookAsync(HttpContext http, NewsDbContext db, IPictureStore store, int id, string size)
    {
        if (await db.Pictures.Where(p => p.Id == id).Select(p => p.Hash).FirstOrDefaultAsync(http.RequestAborted) is not { } hash) return Results.NotFound();
        // Asked anew each time, since another file may have taken its place; sent only then.
        http.Response.Headers.CacheControl = "private, no-cache";
        var tag = $"\"{hash[..16]}\"";
        http.Response.Headers.ETag = tag;
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal)) return Results.StatusCode(StatusCodes.Status304NotModified);
        return await ContactSheet.FileAsync(store, Developed.DeskOf(hash), size, http.RequestAborted) is { } file ? Results.Bytes(file, "image/webp") : Results.NotFound();
    }

    /// <summary>The file as it was brought, to be kept and not to be shown: whatever is in it stays in it.</summary>
    private static async Task<IResult> OriginalAsync(HttpContext http, NewsDbContext db, IPictureStore store, int id)
    {
        if (await db.Pictures.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, http.RequestAborted) is not { } picture) return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return await store.OpenAsync(picture.Original, http.RequestAborted) is { } file
            ? Results.Stream(file, "application/octet-stream", $"{Path.GetFileNameWithoutExtension(picture.Name)}.{picture.Kind.Ending()}")
            : Results.NotFound();
    }

    private static async Task<IResult> FindAsync(HttpContext http, NewsDbContext db, string? q, int skip = 0)
    {
        var words = (q is { Length: > LongestQuery } ? q[..LongestQuery] : q ?? "").Trim();
        var found = await db.Pictures.AsNoTracking().Where(p => p.TrashedAt == null).Saying(words).NewestFirst().Skip(Math.Clamp(skip, 0, 100_000)).Take(Found + 1).ToListAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new { pictures = found.Take(Found).Select(PictureOffer.Of), more = found.Count > Found });
    }

    /// <summary>Takes one picture, sent as it is. Its name comes in the query; what it is, its bytes say.</summary>
    private static async Task<IResult> UploadAsync(HttpContext http, NewsDbContext db, PictureLibrary library, PictureKeeping keeping, TimeProvider clock, IAntiforgery antiforgery, string? name)
    {
        var most = library.Limits.Bytes;
        http.Response.Headers.CacheControl = "no-store";
        if (!await antiforgery.IsRequestValidAsync(http)) return Results.Json(new { error = "This page has grown old: load it again and bring the picture once more." }, statusCode: StatusCodes.Status400BadRequest);

        var file = await ReadAsync(http, most);
        try
        {
            var taken = await library.AddAsync(db, Path.GetFileName(name ?? "picture"), file, http.User.Who()!.AccountId, clock.GetUtcNow().UtcDateTime);
            keeping.Ring();
            return Results.Json(new { picture = PictureOffer.Of(taken.Picture), isNew = taken.IsNew, like = taken.Like is { } like ? PictureOffer.Of(like) : null });
        }
        catch (PictureRefusedException why)
        {
            return Results.Json(new { error = why.Message }, statusCode: StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>At most one byte more than may be: the library then says how much that is.</summary>
    private static async Task<byte[]> ReadAsync(HttpContext http, long most)
    {
        using var file = new MemoryStream((int)Math.Min(http.Request.ContentLength ?? 0, most + 1));
        var part = new byte[81_920];
        while (file.Length <= most && await http.Request.Body.ReadAsync(part, http.RequestAborted) is > 0 and var read) file.Write(part, 0, read);
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        return file.ToArray();
    }
}
