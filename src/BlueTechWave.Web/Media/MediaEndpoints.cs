using System.Text.RegularExpressions;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using Microsoft.Net.Http.Headers;

namespace BlueTechWave.Web.Media;

/// <summary>
/// Pictures on their way to readers. What is asked for is on a sheet or it is not there: no request makes anything. An
/// address never means other bytes, so whoever has them keeps them for a year.
/// </summary>
internal static partial class MediaEndpoints
{
    private const string ForAYear = "public, max-age=31536000, immutable";
    private static readonly string[] Methods = ["GET", "HEAD"];

    public static void MapMedia(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/media/{key}/{name}", Methods, ServeAsync);
        app.MapMethods("/media/cards/{id:int}/{name}", Methods, HeadlineCards.ServeAsync);
    }

    private static async Task ServeAsync(HttpContext http)
    {
        var (key, name) = ((string)http.Request.RouteValues["key"]!, (string)http.Request.RouteValues["name"]!);
        var services = http.RequestServices;
        if (!Rendition.IsKey(key) || !Name().IsMatch(name) || !await services.GetRequiredService<ShownKeys>().HasAsync(key, services.GetRequiredService<NewsDbContext>, http.RequestAborted))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (http.IsKnown(key)) return;
        if (await ContactSheet.FileAsync(services.GetRequiredService<IPictureStore>(), ContactSheet.NameOf(key), name, http.RequestAborted) is { } file) await http.SendAsync(file, name, key);
        else http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    /// <summary>Whether whoever asks has it already, and has been told so.</summary>
    public static bool IsKnown(this HttpContext http, string tag)
    {
        if (!http.Request.Headers.IfNoneMatch.ToString().Contains($"\"{tag}\"", StringComparison.Ordinal)) return false;
        Keep(http, tag);
        http.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    public static async Task SendAsync(this HttpContext http, byte[] file, string name, string tag)
    {
        Keep(http, tag);
        http.Response.ContentType = Rendition.MediaTypeOf(name);
        http.Response.ContentLength = file.Length;
        if (HttpMethods.IsGet(http.Request.Method)) await http.Response.Body.WriteAsync(file, http.RequestAborted);
    }

    private static void Keep(HttpContext http, string tag)
    {
        http.Response.Headers.CacheControl = ForAYear;
        http.Response.Headers[HeaderNames.ETag] = $"\"{tag}\"";
    }

    [GeneratedRegex(@"\A[a-z]{4,8}-[0-9]{1,5}\.(avif|webp|jpg)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
