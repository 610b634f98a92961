using BlueTechWave.Core.Redirects;

namespace BlueTechWave.Web.Redirects;

/// <summary>
/// Addresses are lower case, without trailing or doubled slashes and without an extension. Any other spelling of the
/// same address answers one 301 to it.
/// </summary>
public static class CanonicalSpelling
{
    public static IApplicationBuilder UseCanonicalSpelling(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var request = http.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return next(http);

        var path = request.Path.Value ?? "/";
        if (Spelling.Of(path) is not { } canonical || canonical == path) return next(http);

        http.Response.StatusCode = StatusCodes.Status301MovedPermanently;
        http.Response.Headers.Location = canonical + request.QueryString.ToUriComponent();
        return Task.CompletedTask;
    });
}
