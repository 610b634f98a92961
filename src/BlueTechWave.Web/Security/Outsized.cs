using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace BlueTechWave.Web.Security;

/// <summary>
/// Hears out whoever sends more than a page takes, up to a measure, and then says so. Cut off while it still sends, a browser
/// shows that the connection broke, not the answer.
/// </summary>
public static class Outsized
{
    /// <summary>In bytes. Who sends more is cut off.</summary>
    public const long HeardAtMost = 8 << 20;

    /// <summary>After routing, which knows what each page takes.</summary>
    public static IApplicationBuilder UseOutsized(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var size = http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (size is null || !(http.Request.ContentLength > size.MaxRequestBodySize) || http.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            await next(http);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        if (size.IsReadOnly || http.Request.ContentLength > HeardAtMost) return;

        size.MaxRequestBodySize = HeardAtMost;
        await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
    });
}
