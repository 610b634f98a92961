using Microsoft.Net.Http.Headers;

namespace BlueTechWave.Web.Security;

/// <summary>Forms come in UTF-8, as browsers send them from our pages. Any other alphabet is refused before somebody has to read it.</summary>
public static class FormCharset
{
    public static IApplicationBuilder UseFormCharset(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !type.Charset.HasValue ||
            type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase))
            return next(http);

        http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    });
}
