using System.Security.Cryptography;
using Microsoft.AspNetCore.OutputCaching;

namespace BlueTechWave.Web.Caching;

/// <summary>
/// Gives every answer that the cache will keep an entity tag: a hash of the very bytes sent, so each encoding has
/// its own (RFC 9110, 8.8.3). The cache then answers If-None-Match by itself.
/// </summary>
public static class EntityTags
{
    public static IApplicationBuilder UseEntityTags(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.Features.Get<IOutputCacheFeature>()?.Context is not { AllowCacheStorage: true })
        {
            await next(http);
            return;
        }

        var out_ = http.Response.Body;
        using var buffer = new MemoryStream();
        http.Response.Body = buffer;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = out_;
        }

        if (await http.RequestServices.GetRequiredService<EmbargoGuard>().WithholdsAsync(http)) return;
        if (http.Response.StatusCode == StatusCodes.Status200OK)
        {
            var bytes = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
            if (http.Response.Headers.ETag.Count == 0)
                http.Response.Headers.ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"";
            if (http.Response.Headers.CacheControl.Count == 0)
                http.Response.Headers.CacheControl = "public, max-age=0, must-revalidate";
            // Compression says so only to those who ask for it; a cache on the way has to know it of the plain answer too.
            if (http.Response.Headers.Vary.Count == 0) http.Response.Headers.Vary = "Accept-Encoding";
            http.Response.ContentLength = buffer.Length;
        }

        buffer.Position = 0;
        await buffer.CopyToAsync(out_, http.RequestAborted);
    });
}
